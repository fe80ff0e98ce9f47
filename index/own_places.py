"""Has every page read again whose articles do not know the user's own places."""

from __future__ import annotations

from pathlib import Path

from index.ledger import Ledger
from search.own_places import FILE, OwnPlaces


def follow(own: OwnPlaces, state: Path, ledger: Ledger) -> None:
    """Keep a copy of ``own`` in ``state`` and, if it is another one, doubt all pages.

    Doubts come first: a run that ends between the two only reads pages once more. Each
    stays until its root is read; what came through standard input cannot be.
    """
    copy = state / FILE
    known = copy.read_text("utf-8") if copy.exists() else ""
    if own.text == known:
        return
    ledger.doubt_all()
    ledger.commit()
    draft = state / f"{FILE}.new"
    draft.write_text(own.text, "utf-8")
    draft.replace(copy)

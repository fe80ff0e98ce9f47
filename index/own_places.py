"""Has every page read again whose articles do not know the user's own places."""

from __future__ import annotations

from pathlib import Path

from index.ledger import Ledger
from search.engines.known_places import copied, copy
from search.engines.sealed import Damaged
from search.own_places import OwnPlaces


def follow(own: OwnPlaces, state: Path, ledger: Ledger) -> None:
    """Keep a copy of ``own`` in ``state`` and, if it is another one, doubt all pages.

    Doubts come first: a run that ends between the two only reads pages once more. Each
    stays until its root is read; what came through standard input cannot be.
    """
    if own.text == _known(state):
        return
    ledger.doubt_all()
    ledger.commit()
    copy(own.text, state)


def _known(state: Path) -> str | None:
    """Return the file that articles were read with; None where the copy is damaged."""
    try:
        return copied(state)
    except Damaged:
        return None

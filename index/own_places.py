"""Has every page read again whose articles do not know the user's own places."""

from __future__ import annotations

from pathlib import Path

from index.ledger import Ledger
from index.records import SKIPPED
from search.engines.known_places import FILE, copied, copy
from search.engines.sealed import Damaged
from search.own_places import OwnPlaces

_FORGOTTEN = (
    "the setting places names no file, so the places and names of the file that the"
    " index was made with are forgotten; with the setting the next run finds them again"
)


def follow(own: OwnPlaces, state: Path, ledger: Ledger) -> tuple[str, ...]:
    """Keep a copy of ``own`` in ``state`` and, if it is another one, doubt all pages.

    Returns what whoever runs it should know: that there were places, and none now. The
    report has it too. Doubts come first: a run that ends between the two only reads
    pages once more. Each stays until its root is read; what came through standard
    input cannot be.
    """
    known = _known(state)
    if own.text == known:
        return ()
    ledger.doubt_all()
    ledger.commit()
    copy(own.text, state)
    if own.text or not known:
        return ()
    ledger.run.note(FILE, None, SKIPPED, _FORGOTTEN)
    return (_FORGOTTEN,)


def inherit(previous: Path, state: Path) -> None:
    """Have ``state`` begin with the copy that ``previous`` has, if that is sound."""
    if known := _known(previous):
        copy(known, state)


def _known(state: Path) -> str | None:
    """Return the file that articles were read with; None where the copy is damaged."""
    try:
        return copied(state)
    except Damaged:
        return None

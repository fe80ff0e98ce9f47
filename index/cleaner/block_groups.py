"""Pieces of one sort, and where on the page each stands, as numbers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.cleaner.block_masses import Masses
from index.cleaner.boosted import Matrix
from index.cleaner.pieces import Layout, Piece, sort_of

_GROUP = ("number", "prose", "links", "length", "ruled")
NAMES = (
    *(f"sort {name}" for name in _GROUP),
    *(f"siblings {name}" for name in _GROUP),
    "after title",
    "after first",
    "after last",
    "prose above",
    "prose below",
    "number",
    "place",
    "pieces of prose",
    "prose of page",
    "pieces of page",
    "main share",
    "links of page",
)
_FAR = 60  # pieces; a longer way is as long
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


def features(
    page: Layout,
    pieces: Sequence[Piece],
    masses: Masses,
    *,
    ruled: Flags,
    main: Flags,
    title: int | None,
) -> Matrix:
    """Return one row of ``NAMES`` for each piece.

    ``ruled`` tells which a rule speaks against, ``main`` which are in the page's main
    element, and ``title`` is the headline's place among them.
    """
    sorts = [sort_of(page, piece) for piece in pieces]
    siblings = [(page.elements[piece.element].parent, piece.tag) for piece in pieces]
    return np.hstack(
        [
            _grouped(numbered(sorts), masses, ruled),
            _grouped(numbered(siblings), masses, ruled),
            _places(masses, main, title),
        ]
    ).astype(np.float32)


def numbered(keys: Sequence[Hashable]) -> Numbers:
    """Return a number for each key, equal ones the same."""
    numbers: dict[Hashable, int] = {}
    found = [numbers.setdefault(key, len(numbers)) for key in keys]
    return np.array(found, dtype=np.int64)


def _grouped(group: Numbers, masses: Masses, ruled: Flags) -> Matrix:
    count = np.bincount(group)
    size, linked, prose, against = (
        np.bincount(group, weights=weights)
        for weights in (masses.length, masses.linked, masses.prose, ruled)
    )
    whole = max(1.0, masses.prose.sum())
    columns = (count, prose / whole, linked / np.maximum(1, size), size / count)
    rows: Matrix = np.column_stack([*columns, against / count])[group]
    return rows


def _places(masses: Masses, main: Flags, title: int | None) -> Matrix:
    number = len(masses.length)
    at = np.arange(number)
    running = masses.prose > 0
    where = np.flatnonzero(main & running)
    where = where if len(where) else np.flatnonzero(running)
    first, last = (where[0], where[-1]) if len(where) else (0, number - 1)
    above, total = np.cumsum(masses.prose) - masses.prose, max(1.0, masses.prose.sum())
    of_page = (
        running.sum(),
        masses.prose.sum(),
        number,
        masses.prose[main].sum() / total,
        masses.linked.sum() / max(1.0, masses.length.sum()),
    )
    return np.column_stack(
        [
            np.full(number, -99) if title is None else _way(at - title),
            _way(at - first),
            _way(at - last),
            above / total,
            (total - above - masses.prose) / total,
            at,
            at / number,
            *(np.full(number, value) for value in of_page),
        ]
    )


def _way(places: Numbers) -> Numbers:
    return np.clip(places, -_FAR, _FAR)

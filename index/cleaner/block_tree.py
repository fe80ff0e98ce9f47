"""Where a piece stands in the page's tree, as numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.cleaner import marks
from index.cleaner.block_masses import Masses
from index.cleaner.boosted import Matrix
from index.cleaner.pieces import Element

_INSIDE = (
    *("article", "main", "aside", "section", "header", "footer", "figure", "form"),
    *("table", "ul", "ol", "li", "p", "blockquote", "dl"),
)
_PLACE = {name: number for number, name in enumerate(_INSIDE)}
_CHAIN = ("depth", "in body", "below body", "deck", "labelled")
_DEPTH, _IN_BODY, _BELOW, _DECK, _LABELLED = range(len(_INSIDE), len(_INSIDE) + 5)
_LEVEL = ("pieces", "prose", "links", "children")
NAMES = (
    *(f"in {name}" for name in _INSIDE),
    *_CHAIN,
    *("steps to main", "steps of main", "steps to title", "steps of title"),
    *(f"{name} {at}" for at in ("here", "above", "two above") for name in _LEVEL),
    *("is main", "under main"),
)
UNDER_MAIN = NAMES.index("under main")
STEPS = NAMES.index("steps to main")

Integers = NDArray[np.int64]
Steps = dict[int, tuple[int, int]]


def features(
    elements: Sequence[Element], at: Integers, masses: Masses, title: int | None
) -> Matrix:
    """Return one row of ``NAMES`` for each piece.

    ``at`` are the elements that the pieces stand in, and ``title`` the headline's.
    """
    parents = [max(0, element.parent) for element in elements]
    up = np.array(parents, dtype=np.int64)
    main = _main(at, up, masses)
    needed = _with_ancestors(at, parents)
    places, chains = at.tolist(), _chains(elements, parents, needed)
    to_main = _steps(parents, needed, main)
    to_title = _steps(parents, needed, title or 0)
    unknown = (-1, -1)
    steps = [
        (*to_main[place], *(unknown if title is None else to_title[place]))
        for place in places
    ]
    levels = _levels(at, parents, up, masses)
    return np.hstack(
        [
            np.array([chains[place] for place in places]),
            np.array(steps),
            *(levels[which] for which in (at, up[at], up[up[at]])),
            (at == main)[:, None],
            ((at == main) | (up[at] == main))[:, None],
        ]
    ).astype(np.float32)


def _main(at: Integers, up: Integers, masses: Masses) -> int:
    """Return the element with most running text right in it or in its children."""
    own = np.bincount(at, weights=masses.prose, minlength=len(up))
    near = own / 2 + np.bincount(up, weights=own, minlength=len(up))
    return int(near.argmax())


def _levels(at: Integers, parents: list[int], up: Integers, masses: Masses) -> Matrix:
    """Return for each element its pieces, prose, links and children that have any."""
    number = len(parents)
    weights = (masses.length, masses.linked, masses.prose, np.ones(len(at)))
    sums = [np.bincount(at, weights=w, minlength=number) for w in weights]
    children = np.bincount(up, weights=sums[3] > 0, minlength=number)
    rows = np.column_stack(sums).tolist()
    for index in range(number - 1, 0, -1):
        row = rows[index]
        if row[3]:
            above = rows[parents[index]]
            rows[parents[index]] = [a + b for a, b in zip(above, row, strict=True)]
    length, linked, prose, pieces = np.array(rows).T
    links = linked / np.maximum(1, length)
    return np.column_stack([pieces, prose / max(1.0, prose[0]), links, children])


def _with_ancestors(at: Integers, parents: list[int]) -> list[int]:
    needed = {0}
    for place in set(at.tolist()):
        index = place
        while index not in needed:
            needed.add(index)
            index = parents[index]
    return sorted(needed)


def _chains(
    elements: Sequence[Element], parents: list[int], needed: list[int]
) -> dict[int, list[float]]:
    """Return what each element is in, itself included."""
    made = {0: [0.0] * (len(_INSIDE) + len(_CHAIN))}
    for index in needed[1:]:
        element, row = elements[index], made[parents[index]].copy()
        if element.name in _PLACE:
            row[_PLACE[element.name]] = 1.0
        row[_DEPTH] += 1
        row[_BELOW] += row[_IN_BODY]
        if marks.says_body(element.name, element.label, element.itemprop):
            row[_IN_BODY], row[_BELOW] = 1.0, 0.0
        row[_DECK] = float(marks.is_deck(element.label))
        row[_LABELLED] = float(bool(element.label))
        made[index] = row
    return made


def _steps(parents: list[int], needed: list[int], goal: int) -> Steps:
    """Return how far up each element meets the way up from ``goal``, and where."""
    way, index = {0: 0}, goal
    path = [goal]
    while index:
        index = parents[index]
        path.append(index)
    way = {place: steps for steps, place in enumerate(path)}
    made: Steps = {}
    for place in needed:
        if place in way:
            made[place] = (0, way[place])
        else:
            up, down = made[parents[place]]
            made[place] = (up + 1, down)
    return made

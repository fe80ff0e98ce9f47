"""Which words are close to a word: Levenshtein's distance to many at once.

The dynamic programme of Wagner and Fischer runs over columns of letters, one row a
word, for all words of one length together: a few hundred NumPy calls a dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.deadline import Deadline


def close(
    words: Sequence[str], wanted: str, most: int, deadline: Deadline
) -> NDArray[np.bool_]:
    """Return which of ``words`` can be made ``wanted`` by at most ``most`` edits.

    An edit puts in, takes out or changes one character. At the deadline, what was found
    until then.
    """
    found = np.zeros(len(words), np.bool_)
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    for length in range(max(0, len(wanted) - most), len(wanted) + most + 1):
        mine = np.flatnonzero(lengths == length)
        if not len(mine):
            continue
        if deadline.passed:
            break
        joined = "".join(words[i] for i in mine.tolist())
        letters = _codes(joined).reshape(len(mine), length)
        found[mine] = _distances(letters, _codes(wanted)) <= most
    return found


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _distances(
    words: NDArray[np.uint32], wanted: NDArray[np.uint32]
) -> NDArray[np.uint8]:
    """Return the distance of each row of ``words`` to ``wanted``."""
    count, length = words.shape
    row = [np.full(count, i, np.uint8) for i in range(len(wanted) + 1)]
    for j in range(length):
        letters = words[:, j]
        above = row
        row = [np.full(count, j + 1, np.uint8)]
        for i, letter in enumerate(wanted):
            changed = above[i] + (letters != letter)
            shifted = np.minimum(above[i + 1], row[i]) + np.uint8(1)
            row.append(np.minimum(changed, shifted))
    return row[-1]

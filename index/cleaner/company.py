"""The company rows keep, as numbers: neighbours, windows, gaps and runs.

Nothing here tells how far a row is from the first or the last one: a page may be whole,
cropped, or an article and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Flags = NDArray[np.bool_]

FURTHEST = 20  # rows that a gap is counted


def windows(columns: Matrix, sizes: Sequence[int]) -> Matrix:
    """Return each column's mean over so many rows before, then after, each row."""
    number = len(columns)
    first = np.zeros((1, columns.shape[1]))
    total = np.vstack([first, np.cumsum(columns, axis=0, dtype=np.float64)])
    at = np.arange(number)
    parts = []
    for size in sizes:
        for low, high in ((at - size, at), (at + 1, at + 1 + size)):
            start, stop = low.clip(0, number), high.clip(0, number)
            rows = np.maximum(1, stop - start)[:, None]
            parts.append((total[stop] - total[start]) / rows)
    return np.hstack(parts).astype(np.float32)


def neighbours(columns: Matrix, steps: Sequence[int], missing: float) -> Matrix:
    """Return the columns of the rows so many ``steps`` below, or ``missing``."""
    parts = []
    for step in steps:
        moved = np.full_like(columns, missing)
        if 0 < step < len(columns):
            moved[:-step] = columns[step:]
        elif -len(columns) < step < 0:
            moved[-step:] = columns[:step]
        parts.append(moved)
    return np.hstack(parts)


def gap(flags: Flags) -> Matrix:
    """Return how many rows back the last flag stands, at most ``FURTHEST``."""
    at = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, at, -FURTHEST))
    before = np.concatenate([[-FURTHEST], last[:-1]])[: len(flags)]
    gaps: Matrix = np.minimum(FURTHEST, at - before).astype(np.float32)
    return gaps


def gaps(flags: Flags) -> Matrix:
    """Return how far the nearest flags before and after each row are, as columns."""
    return np.column_stack([gap(flags), gap(flags[::-1])[::-1]])


def runs(keys: NDArray[np.generic]) -> tuple[NDArray[np.intp], Matrix, Matrix]:
    """Return for each row which run of equal keys it is in, its size and place."""
    if not len(keys):
        none = np.zeros(0, np.float32)
        return np.zeros(0, np.intp), none, none
    starts = np.concatenate([[True], keys[1:] != keys[:-1]])
    run = np.cumsum(starts) - 1
    at = np.arange(len(keys))
    place = at - np.maximum.accumulate(np.where(starts, at, 0))
    sizes = np.bincount(run)[run]
    return run, sizes.astype(np.float32), place.astype(np.float32)


def around(keys: NDArray[np.generic], reach: int) -> Matrix:
    """Return how many rows within ``reach`` have the same key."""
    found = np.zeros(len(keys), np.float32)
    for step in range(1, min(reach, len(keys) - 1) + 1):
        same = keys[step:] == keys[:-step]
        found[step:] += same
        found[:-step] += same
    return found

"""Linear models of named features, fitted by Newton's method."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

RARE = 8  # a feature seen less often keeps weight 0
DECAY = 2.0
CLOSE = 1e-3  # of a step that is the last

Array = npt.NDArray[Any]
# Features, whether they are a place's, and what the row counts.
Labelled = tuple[list[str], bool, float]
# The features of each choice, which of them are right, and what the row counts.
Ranked = tuple[list[dict[str, float]], list[bool], float]


def logistic(rows: list[Labelled]) -> dict[str, float]:
    """Return the weights of a logistic regression, by Newton's method."""
    seen = Counter(name for names, *_ in rows for name in set(names))
    names = sorted(name for name, count in seen.items() if count >= RARE)
    column = {name: number for number, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for row, (active, *_) in enumerate(rows):
        for name in active:
            if name in column:
                x[row, column[name]] = 1.0
    y = np.array([label for _, label, _ in rows], dtype=float)
    share = np.array([share for *_, share in rows])
    w = np.zeros(len(names))
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (share * (y - p)) - DECAY * w
        bend = (x * (share * p * (1 - p))[:, None]).T @ x + DECAY * np.eye(len(names))
        w = w + np.linalg.solve(bend, slope)
    return {name: float(w[number]) for name, number in column.items()}


def conditional(rows: list[Ranked]) -> dict[str, float]:
    """Return the weights of a conditional logit model in which the right choices of a
    row share its probability; by Newton's method with Fisher's information.
    """
    names = sorted({name for found, *_ in rows for row in found for name in row})
    column = {name: number for number, name in enumerate(names)}
    x = np.zeros((sum(len(found) for found, *_ in rows), len(names)))
    at = 0
    for found, *_ in rows:
        for row in found:
            for name, value in row.items():
                x[at, column[name]] = value
            at += 1
    right = np.concatenate([np.array(told) for _, told, _ in rows])
    starts = np.cumsum([0, *(len(found) for found, *_ in rows[:-1])])
    share = np.repeat([share for *_, share in rows], [len(r[0]) for r in rows])
    w = np.zeros(len(names))
    for _ in range(25):
        worth = x @ w
        p = _shares(worth, starts)
        q = _shares(np.where(right, worth, -np.inf), starts)
        middles = np.add.reduceat(x * p[:, None], starts)
        slope = x.T @ (share * (q - p)) - DECAY * w
        bend = (x * (share * p)[:, None]).T @ x
        bend -= (middles * share[starts][:, None]).T @ middles
        step = np.linalg.solve(bend + DECAY * np.eye(len(names)), slope)
        w = w + step
        if np.abs(step).max() < CLOSE:
            break
    return {name: float(w[number]) for name, number in column.items()}


def _shares(worth: Array, starts: Array) -> Array:
    """Return the probability of each choice among those of its row."""
    rows = np.diff(np.append(starts, len(worth)))
    top = np.repeat(np.maximum.reduceat(worth, starts), rows)
    raised = np.exp(worth - top)
    whole: Array = raised / np.repeat(np.add.reduceat(raised, starts), rows)
    return whole

"""Boosted decision trees, evaluated with numpy for many rows at once.

Their JSON has the names of the features, then flat arrays over the nodes of all trees:
``feature`` and ``threshold`` are what a node asks, ``child`` is where a row goes whose
value is not above the threshold, and the node after it where the others go. A node
whose ``child`` is 0 is a leaf, and its ``threshold`` what it adds to the log odds.
``roots`` are the trees' first nodes. ``tools/boosting.py`` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_AT_ONCE = 1_000  # rows; bounds memory to some ten bytes for each of them and each tree


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees whose leaves add up to log odds; ``depth`` is the deepest leaf's.

    A leaf sends every row to itself.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: Matrix
    child: NDArray[np.int32]
    value: Matrix
    depth: int

    def chances(self, rows: Matrix) -> Matrix:
        """Return one probability a row; cost is rows x trees x depth."""
        parts = [
            self._sums(np.ascontiguousarray(rows[start : start + _AT_ONCE]))
            for start in range(0, len(rows), _AT_ONCE)
        ]
        odds = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        chances: Matrix = 1 / (1 + np.exp(-odds.clip(-30, 30)))
        return chances

    def _sums(self, rows: Matrix) -> Matrix:
        values = rows.ravel()
        starts = np.arange(len(rows), dtype=np.int32)[:, None] * rows.shape[1]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            asked = values.take(self.feature.take(at) + starts)
            at = self.child.take(at) + (asked > self.threshold.take(at))
        sums: Matrix = self.value.take(at).sum(axis=1, dtype=np.float32)
        return sums


def load(text: str, features: Sequence[str]) -> Trees:
    """Return the trees in a JSON text.

    Raises:
        ValueError: they were trained on other features than ``features``.
    """
    kept = json.loads(text)
    if kept["features"] != list(features):
        raise ValueError("the trees were trained on other features: train them again")
    child = np.array(kept["child"], dtype=np.int32)
    asked = np.array(kept["threshold"], dtype=np.float32)
    roots = np.array(kept["roots"], dtype=np.int32)
    is_leaf = child == 0
    own = np.arange(len(child), dtype=np.int32)
    return Trees(
        roots=roots,
        feature=np.array(kept["feature"], dtype=np.int32),
        threshold=np.where(is_leaf, np.float32(np.inf), asked),
        child=np.where(is_leaf, own, child),
        value=np.where(is_leaf, asked, np.float32(0)),
        depth=_depth(roots, child),
    )


def _depth(roots: NDArray[np.int32], child: NDArray[np.int32]) -> int:
    depth, level = 0, roots[child[roots] > 0]
    while len(level):
        below = np.concatenate([child[level], child[level] + 1])
        depth, level = depth + 1, below[child[below] > 0]
    return depth

"""Boosted trees: a row goes down each tree, and its leaves add up to log odds."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from index.cleaner import boosted

# Two trees. The first asks for `length` and then for `links`, the second is a leaf.
MADE = {
    "features": ["length", "links"],
    "roots": [0, 5],
    "feature": [0, 0, 1, 0, 0, 0],
    "threshold": [10, -2, 0.5, 3, -1, 0.25],
    "child": [1, 0, 3, 0, 0, 0],
}


def chances(rows: list[list[float]]) -> list[float]:
    trees = boosted.load(json.dumps(MADE), ["length", "links"])
    found = trees.chances(np.array(rows, dtype=np.float32).reshape(-1, 2))
    return [float(chance) for chance in found]


def odds(chance: float) -> float:
    return math.log(chance / (1 - chance))


@pytest.mark.parametrize(
    ("row", "leaf"),
    [
        ([10, 0], -2),  # not above the threshold
        ([11, 0.5], 3),
        ([11, 0.6], -1),
    ],
)
def test_the_leaves_of_all_trees_add_up(row: list[float], leaf: float) -> None:
    assert odds(chances([row])[0]) == pytest.approx(leaf + 0.25, abs=1e-5)


def test_each_row_goes_its_own_way() -> None:
    rows = [[11.0, 1.0], [1.0, 1.0], [11.0, 0.0]] * 900
    assert chances(rows) == [chances([row])[0] for row in rows[:3]] * 900


def test_no_rows_have_no_chances() -> None:
    assert chances([]) == []


def test_trees_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        boosted.load(json.dumps(MADE), ["links", "length"])

"""LightGBM's trees in the JSON that ``index/cleaner/boosted.py`` reads."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

# Settings under which training the same twice gives the same trees.
EXACT = {
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


def exported(
    booster: Any, features: Sequence[str], fixed: Mapping[int, float] | None = None
) -> str:
    """Return a trained binary booster as JSON; its features must be numbers only.

    Features that are ``fixed`` have one value at run time: nothing is asked of them,
    and their names are left out. They must be the last ones.
    """
    values = fixed or {}
    roots: list[int] = []
    feature: list[int] = []
    threshold: list[float] = []
    child: list[int] = []

    def add(node: dict[str, Any]) -> None:
        is_leaf = "leaf_value" in node
        feature.append(0 if is_leaf else node["split_feature"])
        told = node["leaf_value"] if is_leaf else node["threshold"]
        threshold.append(_rounded(told, 4 if is_leaf else 6))
        child.append(0)

    for tree in booster.dump_model()["tree_info"]:
        roots.append(len(child))
        top = _answered(tree["tree_structure"], values)
        add(top)
        waiting = deque([(roots[-1], top)])
        while waiting:
            index, node = waiting.popleft()
            if "leaf_value" in node:
                continue
            child[index] = len(child)
            for number, side in enumerate(("left_child", "right_child")):
                below = _answered(node[side], values)
                add(below)
                waiting.append((child[index] + number, below))
    return json.dumps(
        {
            "features": list(features)[: len(features) - len(values)],
            "roots": roots,
            "feature": feature,
            "threshold": threshold,
            "child": child,
        },
        separators=(",", ":"),
    )


def _answered(node: dict[str, Any], fixed: Mapping[int, float]) -> dict[str, Any]:
    """Return the first node at or below one that asks of a feature not ``fixed``."""
    while "leaf_value" not in node and node["split_feature"] in fixed:
        is_above = fixed[node["split_feature"]] > node["threshold"]
        node = node["right_child" if is_above else "left_child"]
    return node


def _rounded(number: float, digits: int) -> float:
    told = float(f"{number:.{digits}g}")
    return int(told) if told.is_integer() else told

"""LightGBM's trees in the JSON that ``index/cleaner/boosted.py`` reads."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from typing import Any


def exported(booster: Any, features: Sequence[str]) -> str:
    """Return a trained binary booster as JSON; its features must be numbers only."""
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
        add(tree["tree_structure"])
        waiting = deque([(roots[-1], tree["tree_structure"])])
        while waiting:
            index, node = waiting.popleft()
            if "leaf_value" in node:
                continue
            child[index] = len(child)
            for number, below in enumerate(("left_child", "right_child")):
                add(node[below])
                waiting.append((child[index] + number, node[below]))
    return json.dumps(
        {
            "features": list(features),
            "roots": roots,
            "feature": feature,
            "threshold": threshold,
            "child": child,
        },
        separators=(",", ":"),
    )


def _rounded(number: float, digits: int) -> float:
    told = float(f"{number:.{digits}g}")
    return int(told) if told.is_integer() else told

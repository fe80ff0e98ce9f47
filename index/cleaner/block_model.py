"""How likely each piece in question is the article's own, by boosted trees.

Their weights are made by ``tools/train_blocks.py``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.cleaner import boosted
from index.cleaner.block_features import NAMES, Evidence, features


def chances(told: Evidence) -> NDArray[np.float32]:
    """Return for each piece in question the probability that it is kept."""
    return _trees().chances(features(told))


@cache
def _trees() -> boosted.Trees:
    path = files("index.cleaner") / "block_weights.json"
    return boosted.load(path.read_text(encoding="utf-8"), NAMES)

"""How likely each line of a text dump is chrome, from a small network.

Its weights and word list are made by ``tools/train_lines.py`` and kept as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from index.cleaner.line_features import Matrix, features


@dataclass(frozen=True, slots=True)
class Model:
    """One hidden layer over scaled features, and the words that speak for chrome."""

    lexicon: Mapping[str, float]
    mean: Matrix
    scale: Matrix
    into: Matrix
    into_bias: Matrix
    out: Matrix
    out_bias: Matrix


def scores(texts: Sequence[str]) -> list[float]:
    """Return for each line the probability that it is chrome."""
    model = _model()
    rows = (features(texts, model.lexicon) - model.mean) / model.scale
    hidden = np.maximum(0, rows @ model.into + model.into_bias)
    logit = (hidden @ model.out + model.out_bias).clip(-30, 30)
    return [float(score) for score in 1 / (1 + np.exp(-logit))]


@cache
def _model() -> Model:
    text = (files("index.cleaner") / "line_weights.json").read_text(encoding="utf-8")
    kept = json.loads(text)
    layers = (np.array(layer, dtype=np.float32) for layer in kept["layers"])
    return Model(kept["lexicon"], *layers)

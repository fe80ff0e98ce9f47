"""How likely each line of a text dump is chrome, by boosted trees.

The trees and the log odds of words are made by ``tools/train_lines.py`` and kept as
JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.cleaner import boosted, text_features
from index.cleaner.word_odds import Odds

_AT_ONCE = 2_000  # lines; bounds memory


@dataclass(frozen=True, slots=True)
class Model:
    """Trees over the features of texts, and the words that speak for chrome."""

    odds: Odds
    trees: boosted.Trees

    def chances(
        self, texts: Sequence[str], rules: Sequence[str | None]
    ) -> NDArray[np.float32]:
        """Return for each line the probability that it is chrome.

        ``rules`` are what the wording of each line says; see ``wording.rule_of``.
        """
        parts = [
            self.trees.chances(
                text_features.features(
                    texts[start : start + _AT_ONCE],
                    rules[start : start + _AT_ONCE],
                    self.odds,
                )
            )
            for start in range(0, len(texts), _AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def load(text: str) -> Model:
    """Return the model that ``text`` holds as JSON.

    Raises:
        ValueError: its trees were trained on other features.
    """
    kept = json.loads(text)
    trees = boosted.load(json.dumps(kept["trees"]), text_features.NAMES)
    return Model(odds=kept["odds"], trees=trees)


@cache
def shipped() -> Model:
    """Return the model that comes with the program."""
    return load((files("index.cleaner") / "line_weights.json").read_text("utf-8"))

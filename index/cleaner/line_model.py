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

from index.cleaner import boosted, text_features, wording
from index.cleaner.word_odds import Odds, words

_AT_ONCE = 2_000  # lines; bounds memory
# Share of the letters of sentences that are of words with odds: 98 in 100 English
# pages have 0.55 and more, stories in five other languages 0.15 at most.
_FAMILIAR = 0.35
_TELLING = 40  # letters


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

    def knows(self, texts: Sequence[str]) -> bool:
        """Tell whether the model learned from words such as those of ``texts``.

        What it says of the sentences of another language is a guess from their looks.
        True where there is too little to tell.
        """
        known = self.odds["long"]
        found = [w for text in texts if wording.is_sentence(text) for w in words(text)]
        size = sum(map(len, found))
        share = sum(len(word) for word in found if word in known) / max(1, size)
        return size < _TELLING or share > _FAMILIAR


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

"""How much the words of a text speak for chrome: log odds of words many sites use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Odds = Mapping[str, Mapping[str, float]]

NAMES = (
    "odds-mean",
    "odds-sum",
    "odds-most",
    "odds-least",
    "odds-first",
    "odds-last",
    "odds-pairs",
    "odds-pair",
    "odds-known",
)

_LONGEST = 2_000  # characters of a text that are read
_FEW = 9  # words; in a shorter text they speak otherwise than in a sentence
_FAR = 12.0  # a sum of log odds beyond says nothing more
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")


def words(text: str) -> list[str]:
    """Return the lower-case words and numbers of the first 2,000 characters."""
    return _WORD.findall(text[:_LONGEST].lower())


def form_of(words: Sequence[str]) -> str:
    """Return which of the two tables of odds is for a text of these words."""
    return "short" if len(words) < _FEW else "long"


def marks(words: Sequence[str]) -> list[str]:
    """Return all that odds are known of: words, pairs, the first and the last word.

    >>> marks(["sign", "up"])
    ['sign', 'up', 'sign up', '^sign', 'up$']
    """
    if not words:
        return []
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return [*words, *pairs, f"^{words[0]}", f"{words[-1]}$"]


def odds(texts: Sequence[Sequence[str]], known: Odds) -> Matrix:
    """Return one row of ``NAMES`` for the words of each text; positive is chrome.

    ``known`` has a table for ``short`` and one for ``long`` texts.
    """
    rows = [_row(text, known[form_of(text)]) for text in texts]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(NAMES))


def _row(words: Sequence[str], table: Mapping[str, float]) -> list[float]:
    if not words:
        return [0.0] * len(NAMES)
    get = table.get
    single = [get(word, 0.0) for word in words]
    pairs = [get(f"{a} {b}", 0.0) for a, b in pairwise(words)]
    total = sum(single)
    return [
        total / len(single),
        max(-_FAR, min(_FAR, total)),
        max(single),
        min(single),
        get(f"^{words[0]}", 0.0),
        get(f"{words[-1]}$", 0.0),
        max(-_FAR, min(_FAR, sum(pairs))),
        max(pairs, default=0.0),
        1 - single.count(0.0) / len(single),
    ]

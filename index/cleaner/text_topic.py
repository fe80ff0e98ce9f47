"""What a text has in common with the running text on its page."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from index.cleaner import vocabulary

Matrix = NDArray[np.float32]

NAMES = (
    "topic-words",
    "topic",
    "topic-most",
    "topic-near",
    "topic-number",
    "topic-none",
)

_NEAR = 3  # paragraphs each way
_FUNCTION = vocabulary.words("function")


def topic(words: Sequence[Sequence[str]], prose: Sequence[bool]) -> Matrix:
    """Return one row of ``NAMES``: shares of each text's words that prose repeats.

    ``prose`` says which texts are running text. Rare words on the page count more.
    """
    telling = [
        frozenset(word for word in text if len(word) > 3 and word not in _FUNCTION)
        for text in words
    ]
    rarity = Counter(word for text in telling for word in text)
    running = [number for number, is_prose in enumerate(prose) if is_prose]
    told = Counter(word for number in running for word in telling[number])
    weights = {word: math.log(len(words) / n + 1) for word, n in rarity.items()}
    rows: list[tuple[float, ...]] = []
    for number, text in enumerate(telling):
        if not text or not running:
            rows.append((0.0, 0.0, 0.0, 0.0, 0.0, 1.0))
            continue
        own = int(prose[number])
        at = bisect_left(running, number)
        around = running[max(0, at - _NEAR) : at]
        around += running[at + own : at + own + _NEAR]
        near = [telling[other] for other in around]
        rows.append(_row(text, near, weights, told, own))
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(NAMES))


def _row(
    text: AbstractSet[str],
    near: Sequence[AbstractSet[str]],
    weights: dict[str, float],
    told: Counter[str],
    own: int,
) -> tuple[float, ...]:
    everything = found = beside = 0.0
    number = most = 0
    for word in text:
        weight, times = weights[word], told[word] - own
        everything += weight
        if times > 0:
            found += weight
            number += 1
            most = max(most, times)
            if any(word in other for other in near):
                beside += weight
    return (
        number / len(text),
        found / everything,
        float(min(most, 8)),
        beside / everything,
        float(min(number, 20)),
        0.0,
    )

"""Measure ways to find who may be a copy: ``python -m bench.sketches``.

Pairs of invented texts, of which the one has .30 to .45 of the shingles of the shorter,
and pairs that have nothing to do with each other but the phrases of all news. One JSON
line for each way: the numbers it keeps of an article, how many of the first pairs it
would compare (recall, in percent), apart for texts of which one is four times as long
as the other, and how many of the second (in percent).

Left out: what it costs to look them up; ``bench.copies`` measures the way taken.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from random import Random
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from bench.reprints import printing, prose
from search.copies.pairs import shared
from search.copies.shingles import Numbers, Shingled, shingled

Pair = tuple[Shingled, Shingled]
# What is kept of a text, and whether two texts are compared for what is kept.
Sketch = Callable[[Shingled], Numbers]
Test = Callable[[Numbers, Numbers], bool]

_PERMUTATIONS = 128
_MIXERS = (np.arange(1, _PERMUTATIONS + 1, dtype=np.uint64) * 0x9E3779B97F4A7C15) | 1


def main() -> None:
    """Print a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=400)
    options = parser.parse_args()
    random = Random(5)  # to be made again
    found = list(_copies(random, options.pairs))
    strangers = [(_text(random, 300), _text(random, 300)) for _ in range(2_000)]
    for name, (sketch, test) in _WAYS.items():
        kept = [sketch(text) for pair in found for text in pair]
        met = [test(sketch(one), sketch(other)) for one, other in found]
        long = [
            yes
            for yes, (one, other) in zip(met, found, strict=True)
            if 4 * len(one.distinct) < len(other.distinct)
        ]
        figures = {
            "numbers_an_article": round(fmean(map(len, kept))),
            "recall_pct": round(100 * fmean(met), 1),
            "recall_short_in_long_pct": round(100 * fmean(long), 1),
            "strangers_pct": round(
                100 * fmean(test(sketch(a), sketch(b)) for a, b in strangers), 2
            ),
        }
        print(json.dumps({"way": name, **figures}))


def _copies(random: Random, number: int) -> Iterator[Pair]:
    made = 0
    while made < number:
        story = prose.story(random, random.choice((200, 400, 1_200, 2_400)))
        share = random.uniform(0.3, 0.55)
        text = printing.embedded(random, story, share, random.randint(180, 400))
        one, other = sorted(
            (shingled("\n\n".join(text)), shingled("\n\n".join(story))),
            key=lambda some: len(some.distinct),
        )
        both = shared(one, other)
        if 0.3 <= both.containment <= 0.45 and both.words >= 60:
            made += 1
            yield one, other


def _text(random: Random, words: int) -> Shingled:
    return shingled("\n\n".join(prose.story(random, words)))


def _sampled(rate: int) -> Sketch:
    return lambda text: text.distinct[text.distinct % rate == 0]


def _winnowed(width: int) -> Sketch:
    def sketch(text: Shingled) -> Numbers:
        numbers = text.numbers
        if len(numbers) <= width:
            return np.unique(numbers[:1])
        view = np.lib.stride_tricks.sliding_window_view(numbers, width)
        return np.unique(view.min(axis=1))

    return sketch


def _bottom(size: int) -> Sketch:
    return lambda text: text.distinct[:size]


def _min_hashed(text: Shingled) -> Numbers:
    mixed = text.distinct.astype(np.uint64)[:, None] * _MIXERS
    lowest: NDArray[np.uint64] = (mixed >> np.uint64(32)).min(axis=0)
    return lowest.astype(np.uint32)


def _in_bands(rows: int) -> Test:
    def test(one: Numbers, other: Numbers) -> bool:
        same = (one == other).reshape(-1, rows)
        return bool(same.all(axis=1).any())

    return test


def _several(one: Numbers, other: Numbers) -> bool:
    """Return whether as many are shared as candidates must."""
    both = len(np.intersect1d(one, other))
    return both >= max(2, 0.075 * min(len(one), len(other)))


_WAYS: dict[str, tuple[Sketch, Test]] = {
    "one shingle in 4": (_sampled(4), _several),
    "one shingle in 8": (_sampled(8), _several),
    "one shingle in 16": (_sampled(16), _several),
    "least of 8 in a row": (_winnowed(8), _several),
    "least of 16 in a row": (_winnowed(16), _several),
    "least 40 of the text": (_bottom(40), _several),
    "128 min-hashes, 32 bands of 4": (_min_hashed, _in_bands(4)),
    "128 min-hashes, 64 bands of 2": (_min_hashed, _in_bands(2)),
}

if __name__ == "__main__":
    main()

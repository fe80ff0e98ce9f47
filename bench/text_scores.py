"""How well a text extracted from a page is the gold's, and how sure that one is better.

Precision, recall and F1 are of runs of four words, counted as often as they occur, and
a page is exact where all its words are the gold's in order, as the Scrapinghub
benchmark of article extraction has it.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

_TOKEN = re.compile(r"\w+")
_RUN = 4  # words
_REAL = 20  # words of a paragraph whose loss is counted
_THERE, _KEPT = 0.8, 0.5  # shares of its runs that the page has, and that were kept
Runs = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Score:
    """A page's; ``precision`` is None where nothing was extracted.

    ``lost`` tells whether a paragraph of the gold that is on the page was not kept.
    """

    precision: float | None
    recall: float
    is_exact: bool
    lost: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """Of a set of pages, in percent; F1 is of the mean precision and recall."""

    precision: float
    recall: float
    exact: float
    lost: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)


def score(text: str, gold: str, page: str) -> Score:
    """Return the score of ``text``; ``page`` is all text of the page."""
    own, wanted = _TOKEN.findall(text), _TOKEN.findall(gold)
    runs, gold_runs = _runs(own), _runs(wanted)
    hit = (runs & gold_runs).total()
    there = _runs(_TOKEN.findall(page))
    lost = any(
        _share(paragraph, there) >= _THERE and _share(paragraph, runs) < _KEPT
        for paragraph in _paragraphs(gold)
    )
    return Score(
        precision=hit / runs.total() if runs else None,
        recall=hit / max(1, gold_runs.total()),
        is_exact=own == wanted,
        lost=lost,
    )


def summary(scores: Sequence[Score]) -> Summary:
    """Return the means of a set of pages."""
    precisions = [s.precision for s in scores if s.precision is not None]
    return Summary(
        precision=100 * fmean(precisions or [0.0]),
        recall=100 * fmean(s.recall for s in scores),
        exact=100 * fmean(s.is_exact for s in scores),
        lost=100 * fmean(s.lost for s in scores),
    )


def bootstrap(
    ours: Sequence[Score], theirs: Sequence[Score], times: int = 2_000
) -> tuple[float, float]:
    """Return the bounds that hold 95 % of how much better ``ours`` is in F1.

    Both are scores of the same pages in the same order, drawn together.
    """
    chosen = random.Random(0)
    pairs = list(zip(ours, theirs, strict=True))
    gains = []
    for _ in range(times):
        a, b = zip(*chosen.choices(pairs, k=len(pairs)), strict=True)
        gains.append(summary(a).f1 - summary(b).f1)
    gains.sort()
    return gains[int(0.025 * times)], gains[int(0.975 * times)]


def _runs(words: list[str]) -> Runs:
    if not words:
        return Counter()
    ends = range(max(1, len(words) - _RUN + 1))
    return Counter(tuple(words[at : at + _RUN]) for at in ends)


def _paragraphs(gold: str) -> Iterator[Runs]:
    for paragraph in gold.split("\n"):
        words = _TOKEN.findall(paragraph)
        if len(words) >= _REAL:
            yield _runs(words)


def _share(paragraph: Runs, runs: Runs) -> float:
    return (paragraph & runs).total() / paragraph.total()

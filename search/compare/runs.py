"""The words of paragraphs that belong together: the same, changed, or only here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from search.compare.common import Pairs, common
from search.compare.words import Word, keys

Kind = Literal["same", "changed", "only"]

_CHANCE = 2  # words in a row that may be the same by chance between changed ones


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text: the ``same`` there, ``changed`` there, or ``only`` here."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, counted from 1, or a headline, 0: runs whose texts make its text."""

    number: int
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Return the paragraph's text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, counted from 1, or a headline, 0, with its words."""

    number: int
    text: str
    words: tuple[Word, ...]


def compared(
    one: Sequence[Paragraph], other: Sequence[Paragraph]
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return both sides word by word; a side without the other is only here."""
    if not one or not other:
        return _alone(one), _alone(other)
    left = [word for paragraph in one for word in paragraph.words]
    right = [word for paragraph in other for word in paragraph.words]
    pairs = _sure(common(keys(left), keys(right)), len(left), len(right))
    kinds, others = _kinds(pairs, len(left), len(right))
    return tuple(_parts(one, kinds)), tuple(_parts(other, others))


def _alone(paragraphs: Sequence[Paragraph]) -> tuple[Part, ...]:
    return tuple(Part(some.number, (Run(some.text, "only"),)) for some in paragraphs)


def _sure(pairs: Pairs, one: int, other: int) -> Pairs:
    """Return ``pairs`` without words that are the same amid much that is not."""
    runs: list[Pairs] = []
    for pair in pairs:
        if runs and runs[-1][-1] == (pair[0] - 1, pair[1] - 1):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    kept: list[Pairs] = []
    last = (-1, -1)
    for run, following in pairwise([*runs, [(one, other)]]):
        before = max(run[0][0] - last[0], run[0][1] - last[1]) - 1
        after = max(following[0][0] - run[-1][0], following[0][1] - run[-1][1]) - 1
        if len(run) > _CHANCE or min(before, after) <= len(run):
            kept.append(run)
            last = run[-1]
    return [pair for run in kept for pair in run]


def _kinds(pairs: Pairs, one: int, other: int) -> tuple[list[Kind], list[Kind]]:
    """Return what each word is on both sides."""
    kinds: list[Kind] = []
    others: list[Kind] = []
    for a, b in [*pairs, (one, other)]:
        gap, gaps = a - len(kinds), b - len(others)
        kind: Kind = "changed" if gap and gaps else "only"
        kinds += [kind] * gap
        others += [kind] * gaps
        if a < one:
            kinds.append("same")
            others.append("same")
    return kinds, others


def _parts(paragraphs: Sequence[Paragraph], kinds: Sequence[Kind]) -> Iterator[Part]:
    at = 0
    for paragraph in paragraphs:
        upto = at + len(paragraph.words)
        yield Part(paragraph.number, tuple(_runs(paragraph, kinds[at:upto])))
        at = upto


def _runs(paragraph: Paragraph, kinds: Sequence[Kind]) -> Iterator[Run]:
    text, start = paragraph.text, 0
    if not kinds:
        if text:
            yield Run(text, "same")
        return
    for (before, after), word in zip(pairwise(kinds), paragraph.words[1:], strict=True):
        if before != after:
            yield Run(text[start : word.start], before)
            start = word.start
    yield Run(text[start:], kinds[-1])

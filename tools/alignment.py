"""Which blocks of a page are the gold text's: runs of words, in the gold's order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_RUN = 4  # words
_MOST = 3_000  # places of blocks in the gold that are chained; no page has more
_FEW = 40  # places of a block that is shorter than a run
_LIKELY = 0.5  # share of a block's words from which it may well be the gold's


@dataclass(frozen=True, slots=True)
class Match:
    """``share`` of a block's words that stand in runs of the gold.

    ``is_in_order`` is false for what the gold has at another place: a paragraph that
    is repeated in a rail, a teaser of the article itself.
    """

    share: float
    is_in_order: bool


@dataclass(frozen=True, slots=True)
class _Place:
    block: int
    start: int
    size: float
    worth: float


def matches(texts: Sequence[str], gold: str) -> list[Match]:
    """Return for each block how it matches, by the best chain of places in the gold."""
    words = _WORD.findall(gold)
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    firsts: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        firsts[word].append(at)
        if at + _RUN <= len(words):
            runs[tuple(words[at : at + _RUN])].append(at)
    shares, places = [], list[_Place]()
    for number, text in enumerate(texts):
        block = _WORD.findall(text)
        if len(block) >= _RUN:
            share, found = _in_runs(number, block, runs)
        else:
            found = [
                _Place(number, at, len(block) / 2, len(block) / 2)
                for at in (firsts.get(block[0], []) if block else [])[:_FEW]
                if words[at : at + len(block)] == block
            ]
            share = float(bool(found))
        shares.append(share)
        places.extend(found)
    chained = _chain(places[:_MOST])
    return [Match(share, n in chained) for n, share in enumerate(shares)]


def _in_runs(
    number: int, block: list[str], runs: dict[tuple[str, ...], list[int]]
) -> tuple[float, list[_Place]]:
    covered = [False] * len(block)
    ways: Counter[int] = Counter()
    for at in range(len(block) - _RUN + 1):
        found = runs.get(tuple(block[at : at + _RUN]), ())
        if found:
            covered[at : at + _RUN] = [True] * _RUN
            ways.update(start - at for start in found[:8])
    share = sum(covered) / len(block)
    weight = share if share > _LIKELY else 0.3 * share
    return share, [
        _Place(number, max(0, way), count + _RUN - 1, (count + _RUN - 1) * weight)
        for way, count in ways.most_common(3)
    ]


def _chain(places: Sequence[_Place]) -> set[int]:
    """Return the blocks on the chain, in both orders, that is worth most."""
    worth: list[float] = []
    before: list[int] = []
    for at, place in enumerate(places):
        best, link = 0.0, -1
        for other in range(at):
            earlier = places[other]
            if (
                earlier.block < place.block
                and earlier.start + earlier.size / 2 <= place.start + 1
                and worth[other] > best
            ):
                best, link = worth[other], other
        worth.append(best + place.worth)
        before.append(link)
    at = max(range(len(places)), key=worth.__getitem__, default=-1)
    chained = set()
    while at >= 0:
        chained.add(places[at].block)
        at = before[at]
    return chained

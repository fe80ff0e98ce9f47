"""Which blocks of a page are the gold text's: runs of words, in the gold's order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_RUN = 4  # words
_MOST = 3_000  # places of blocks in the gold that are chained; no page has more
_ROOM = 30  # words of a gap in which a block shorter than a run may stand
_FAR = 400  # words of a larger one that are looked at; there it must be a line
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
    """Return for each block how it matches, by the best chain of places in the gold.

    A block shorter than a run of words matches where the chain leaves room for it.
    """
    words = _WORD.findall(gold)
    blocks = [_WORD.findall(text) for text in texts]
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - _RUN + 1):
        runs[tuple(words[at : at + _RUN])].append(at)
    shares, places = [0.0] * len(blocks), list[_Place]()
    for number, block in enumerate(blocks):
        if len(block) >= _RUN:
            shares[number], found = _in_runs(number, block, runs)
            places.extend(found)
    chained = _chain(places[:_MOST])
    lines = {tuple(_WORD.findall(line)) for line in gold.split("\n")}
    for number in _short_ones(blocks, words, chained, lines):
        shares[number] = 1.0
        chained[number] = (0, 0)
    return [Match(share, n in chained) for n, share in enumerate(shares)]


def _short_ones(
    blocks: Sequence[list[str]],
    words: list[str],
    chained: dict[int, tuple[int, int]],
    lines: set[tuple[str, ...]],
) -> Iterator[int]:
    """Yield the short blocks whose words the gold has between those around them."""
    following = sorted(chained)
    at = start = 0
    for number, block in enumerate(blocks):
        if number in chained:
            at, start = at + 1, max(start, chained[number][1])
            continue
        if not 0 < len(block) < _RUN or not chained:
            continue
        end = chained[following[at]][0] if at < len(following) else len(words)
        if end - start > _ROOM and tuple(block) not in lines:
            continue
        for place in range(start, min(end, start + _FAR) - len(block) + 1):
            if words[place : place + len(block)] == block:
                start = place + len(block)
                yield number
                break


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


def _chain(places: Sequence[_Place]) -> dict[int, tuple[int, int]]:
    """Return the blocks on the chain, in both orders, that is worth most.

    Each has its place in the gold: where it starts, and where it ends.
    """
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
    chained = {}
    while at >= 0:
        place = places[at]
        chained[place.block] = (place.start, place.start + int(place.size))
        at = before[at]
    return chained

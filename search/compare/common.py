"""The longest common subsequence of two lists of words, in bits.

Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): a row of the table is an
integer, of which a bit that is clear says that the length grows there. Rows are kept,
so that the way back can be walked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

_MOST_BITS = 50_000_000  # of a table, 6 MB: two texts of 7,000 words; 25 ms

Pairs = list[tuple[int, int]]  # places of equal words, rising on both sides


def common(one: Sequence[Hashable], other: Sequence[Hashable]) -> Pairs:
    """Return which words of ``one`` are which of ``other``, as many as can be.

    Lists that are too long are cut where a word stands once in both; of what is too
    long even then, only what both begin and end with is found.
    """
    head = _head(one, other)
    rest, others = one[head:], other[head:]
    tail = _head(rest[::-1], others[::-1])
    left, lefts = rest[: len(rest) - tail], others[: len(others) - tail]
    found = [(at, at) for at in range(head)]
    inner = _inner(left, lefts)
    found += [(a + head, b + head) for a, b in inner]
    ends = zip(
        range(len(one) - tail, len(one)),
        range(len(other) - tail, len(other)),
        strict=True,
    )
    return [*found, *ends]


def _head(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Return how many words both begin with."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))


def _inner(one: Sequence[Hashable], other: Sequence[Hashable]) -> Pairs:
    if not one or not other:
        return []
    if len(one) * len(other) <= _MOST_BITS:
        return _longest(one, other)
    found: Pairs = []
    a = b = 0
    anchors = _anchors(one, other)
    for c, d in [*anchors, (len(one), len(other))]:
        if (c - a) * (d - b) <= _MOST_BITS:
            found += [(x + a, y + b) for x, y in _longest(one[a:c], other[b:d])]
        if c < len(one):
            found.append((c, d))
        a, b = c + 1, d + 1
    return found


def _anchors(one: Sequence[Hashable], other: Sequence[Hashable]) -> Pairs:
    """Return words that stand once in both, as many as are in one order."""
    counts, others = Counter(one), Counter(other)
    places = {word: at for at, word in enumerate(other) if others[word] == 1}
    pairs = [
        (at, places[word])
        for at, word in enumerate(one)
        if counts[word] == 1 and word in places
    ]
    return rising(pairs)


def rising(pairs: Pairs) -> Pairs:
    """Return the most of ``pairs``, whose first halves rise, of which both halves rise.

    >>> rising([(0, 5), (1, 1), (2, 2), (3, 9)])
    [(1, 1), (2, 2), (3, 9)]
    """
    ends: list[int] = []  # the least last number of a row of each length
    last: list[int] = []  # which pair that is
    before: list[int] = []
    for at, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            last.append(at)
        else:
            ends[length], last[length] = number, at
    found: Pairs = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _longest(one: Sequence[Hashable], other: Sequence[Hashable]) -> Pairs:
    masks: defaultdict[Hashable, int] = defaultdict(int)
    for at, word in enumerate(one):
        masks[word] |= 1 << at
    full = (1 << len(one)) - 1
    row, rows = full, []
    for word in other:
        met = row & masks.get(word, 0)
        row = ((row + met) | (row - met)) & full
        rows.append(row)
    found: Pairs = []
    a, b = len(one), len(other)
    while a and b:
        if rows[b - 1] >> (a - 1) & 1:
            a -= 1
            continue
        b -= 1
        if not b or rows[b - 1] >> (a - 1) & 1:
            a -= 1
            found.append((a, b))
    return found[::-1]

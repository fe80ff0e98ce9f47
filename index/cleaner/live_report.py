"""Reports that run while something goes on: entries under times of day, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.cleaner import wording
from index.cleaner.line_context import Line

_CLOCK = re.compile(r"(?i)\W{0,3}(\d{1,2})[.:h](\d\d)\s?([ap])?")
_LONGEST = 40  # characters of a time
_FEWEST = 5  # entries; fewer times stand below pictures, or in a programme
_IN_ORDER = 0.8  # of the steps from time to time; one may cross midnight
_TOLD = 0.5  # of the entries have a sentence, as those of a list of links have not
_WORDS = 4  # of a sentence
_MOST = 15  # lines of an entry


def entries(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that stand under the times of a live report; its times not.

    None if times of day are few, or in no order: under comments and cards they are.
    """
    heads = [(n, at) for n, line in enumerate(lines) if (at := _clock(line)) >= 0]
    steps = [later - earlier for (_, earlier), (_, later) in pairwise(heads)]
    falling = sum(step <= 0 for step in steps)
    rising = sum(step >= 0 for step in steps)
    if len(heads) < _FEWEST or max(falling, rising) < _IN_ORDER * len(steps):
        return frozenset()
    last = heads[-1][0]
    ends = (n for n, line in enumerate(lines) if n > last and line.rule)
    found = list(_under([n for n, _ in heads], next(ends, len(lines))))
    told = sum(any(_tells(lines[n]) for n in entry) for entry in found)
    if told < _TOLD * len(found):
        return frozenset()
    return frozenset(n for entry in found for n in entry)


def _under(heads: Sequence[int], end: int) -> Iterator[range]:
    for head, below in pairwise([*heads, end]):
        yield range(head + 1, min(below, head + 1 + _MOST))


def _clock(line: Line) -> int:
    """Return the minute of the day that a line tells, -1 for any other line."""
    found = _CLOCK.match(line.text) if line.rule == "timestamp" else None
    if found is None or len(line.text) > _LONGEST:
        return -1
    hour, minute, half = int(found[1]), int(found[2]), found[3]
    if half:
        hour = hour % 12 + 12 * (half in "pP")
    return 60 * hour + minute


def _tells(line: Line) -> bool:
    long = len(line.text.split()) >= _WORDS
    return line.rule is None and long and wording.is_sentence(line.text)

"""Reports that run while something goes on: entries under times of day, in order.

The time is a line of its own, or opens the first line of its entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.cleaner import wording
from index.cleaner.line_context import Line

_CLOCK = re.compile(r"(?i)\W{0,3}(\d{1,2})[.:h](\d\d)\s?([ap])?")
_OPENS = re.compile(r"(\d{1,2})[.:h](\d\d)(?:\s?([ap])\.?m\.?)?(?=\W{0,3}\s)")
_LONGEST = 40  # characters of a time
_FEWEST = 5  # entries; fewer times stand below pictures, or in a programme
_IN_ORDER = 0.8  # of the steps from time to time; one may cross midnight
_TOLD = 0.5  # of the entries have a sentence, as those of a list of links have not
_WHOLE = (
    0.5  # or of the lines are theirs, as those of such a list beside a story are not
)
_WORDS = 4  # of a sentence
_MOST = 15  # lines of an entry


def entries(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines of a live report that stand under its times, or open with them.

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
    found = list(_under(lines, [n for n, _ in heads], next(ends, len(lines))))
    told = sum(any(_tells(lines[n]) for n in entry) for entry in found)
    theirs = len({n for entry in found for n in entry} | {n for n, _ in heads})
    if told < _TOLD * len(found) and theirs < _WHOLE * len(lines):
        return frozenset()
    return frozenset(n for entry in found for n in entry)


def _under(lines: Sequence[Line], heads: Sequence[int], end: int) -> Iterator[range]:
    for head, below in pairwise([*heads, max(end, heads[-1] + 1)]):
        first = head if lines[head].rule is None else head + 1
        yield range(first, min(below, head + 1 + _MOST))


def _clock(line: Line) -> int:
    """Return the minute of the day that a line tells or opens with, else -1."""
    if line.rule == "timestamp":
        found = _CLOCK.match(line.text) if len(line.text) <= _LONGEST else None
    else:
        found = _OPENS.match(line.text) if line.rule is None else None
    if found is None:
        return -1
    hour, minute, half = int(found[1]), int(found[2]), found[3]
    if half:
        hour = hour % 12 + 12 * (half in "pP")
    return 60 * hour + minute if hour < 24 and minute < 60 else -1


def _tells(line: Line) -> bool:
    long = len(line.text.split()) >= _WORDS
    return line.rule is None and long and wording.is_sentence(line.text)

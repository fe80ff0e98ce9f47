"""Dates far from nearly all others, such as slips in a year: told, but not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.address import url
from search.engine import Searcher
from search.model import Bucket, Query
from search.periods import span
from web import wording
from web.chips import choosing

_WIDE = 60  # years; fewer are drawn whole
_NEARLY = 20  # of so many articles, one may be left out
_FEW = 4  # articles, of which one may be left out too


@dataclass(frozen=True, slots=True)
class Stray:
    """Articles before or after what is drawn: how many, and where they are."""

    said: str
    url: str


def nearly_all(years: Sequence[Bucket]) -> tuple[int, int]:
    """Return the first and last year of a span that holds nearly all that is counted.

    ``years`` are buckets of a year each, in order, at least one. It is the whole span
    unless that is over 60 years, and half of it would do for 19 articles in 20.
    """
    numbers = [span(bucket.value)[0].year for bucket in years]
    whole = numbers[0], numbers[-1]
    if _length(whole) <= _WIDE:
        return whole
    counts = [bucket.count for bucket in years]
    total = sum(counts)
    needed = total - max(total // _NEARLY, int(total >= _FEW))
    best, begin, held = whole, 0, 0
    for end, count in enumerate(counts):
        held += count
        while held - counts[begin] >= needed:
            held -= counts[begin]
            begin += 1
        if held >= needed:
            best = min(best, (numbers[begin], numbers[end]), key=_length)
    return best if 2 * _length(best) <= _length(whole) else whole


def strays(
    query: Query, first: int, last: int, searcher: Searcher
) -> tuple[Stray, ...]:
    """Return what ``query`` finds before the year ``first`` and after ``last``."""
    sides = []
    if first > 1:
        sides.append((f"before {first}", f"..{first - 1:04}"))
    if last < 9999:
        sides.append((f"after {last}", f"{last + 1:04}.."))
    asked = [choosing(query, "date", (dates,)) for _, dates in sides]
    totals = searcher.totals(asked)
    return tuple(
        Stray(
            f"{wording.counted(total, wording.what(query))} {when}",
            url("/search", other),
        )
        for (when, _), other, total in zip(sides, asked, totals, strict=True)
        if total
    )


def _length(years: tuple[int, int]) -> int:
    return years[1] - years[0] + 1

"""The facet of dates: a histogram, counted from the days articles begin and end on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.engines import histogram
from search.engines.column import Column
from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.filters import Choice
from search.engines.histogram import Span
from search.fields import FACETS
from search.model import Bucket, Facet, Interval, Query
from search.periods import span

_Ordinals = NDArray[np.int64]


def counted(
    query: Query, columns: Columns, docs: DocSet, missing: int, choice: Choice
) -> Facet:
    """Return the histogram of ``docs``; a bucket counts all whose period touches it.

    It lists every bucket that counts something, of at most 200 years: those that have
    the most articles. A bucket is selected, or excluded, where it lies inside a period
    that is. ``missing`` of ``docs`` have no date.
    """
    interval = query.interval or Interval.DAY
    periods = _Periods.of(columns, docs, interval)
    buckets: list[Bucket] = []
    if periods.any:
        start, end = _within(query, periods.earliest, periods.latest)
        if end.year - start.year >= histogram.MAX_BUCKETS:
            start, end = periods.fullest(start, end)
        interval = histogram.choose(start, end, query.interval)
        spans = histogram.spans(start, end, interval)
        counts = periods.touching(before=spans.before, last=spans.last)
        there = np.flatnonzero(counts)
        listed = zip(there.tolist(), counts[there].tolist(), strict=True)
        buckets = [_date_bucket(spans.spans[i], count, choice) for i, count in listed]
    total = len(buckets) + bool(missing)
    undated = FACETS["date"].unknown or ""
    chosen, excluded = undated in choice.chosen, undated in choice.excluded
    if missing or chosen or excluded:
        buckets.append(Bucket(undated, undated, missing, chosen, excluded))
    return Facet("date", tuple(buckets), total, missing, interval)


def beginning(facet: Facet, prefix: str) -> Facet:
    """Return ``facet``, of dates, with those values only that begin with ``prefix``."""
    if not prefix:
        return facet
    kept = tuple(b for b in facet.buckets if b.value.startswith(prefix.strip()))
    return replace(facet, buckets=kept, total=sum(b.count > 0 for b in kept))


@dataclass(frozen=True, slots=True)
class _Periods:
    """How many documents begin, and how many end, in a bucket that begins with a day.

    Days are proleptic ordinals and rise. Both are one where every document begins and
    ends in the same bucket.
    """

    begun: _Days
    ended: _Days

    @classmethod
    def of(cls, columns: Columns, docs: DocSet, interval: Interval) -> _Periods:
        if interval is Interval.WEEK:
            interval = Interval.DAY  # weeks make no months, which may be drawn instead
        begun, ended = columns.begun(interval), columns.ended(interval)
        firsts = _Days.of(begun, docs)
        return cls(firsts, firsts if ended is begun else _Days.of(ended, docs))

    @property
    def any(self) -> bool:
        return bool(len(self.begun.days))

    @property
    def earliest(self) -> int:
        return int(self.begun.days[0])

    @property
    def latest(self) -> int:
        return int(self.ended.days[-1])

    def fullest(self, start: date, end: date) -> tuple[date, date]:
        """Return from when to when to draw: the articles of the 200 fullest years."""
        years = histogram.years(start, end)
        counts = self.touching(before=years[:-1] - 1, last=years[1:] - 1)
        first, last = (d.toordinal() for d in histogram.fullest(start, counts))
        begun = self.begun.days[self.begun.days.searchsorted(first)]
        ended = self.ended.days[self.ended.days.searchsorted(last, side="right") - 1]
        return (
            max(start, date.fromordinal(int(begun))),
            min(end, date.fromordinal(int(ended))),
        )

    def touching(self, *, before: _Ordinals, last: _Ordinals) -> Ids:
        """Return how many documents have a day in each bucket.

        Buckets by the days ``before`` them and their ``last`` ones.
        """
        return self.begun.until(last) - self.ended.until(before)


@dataclass(frozen=True, slots=True)
class _Days:
    """How many documents have each of the distinct ``days``, which rise.

    ``so_far`` are the sums of their numbers, the empty one first.
    """

    days: NDArray[np.int64]
    so_far: Ids

    @classmethod
    def of(cls, column: Column[int], docs: DocSet) -> _Days:
        counts = column.counts(docs)
        there = np.flatnonzero(counts)
        so_far = np.zeros(len(there) + 1, np.int64)
        counts[there].cumsum(out=so_far[1:])
        return cls(np.asarray(column.values)[there], so_far)

    def until(self, days: NDArray[np.int64]) -> Ids:
        """Return how many documents have a day up to each of ``days``."""
        return self.so_far[self.days.searchsorted(days, side="right")]


def _within(query: Query, first: int, last: int) -> tuple[date, date]:
    """Return the days to draw: the articles' own, cut to the range asked for.

    An article of which only the year is known must not stretch a week's histogram.
    """
    start, end = date.fromordinal(first), date.fromordinal(last)
    return max(start, query.since or start), min(end, query.until or end)


def _date_bucket(days: Span, count: int, choice: Choice) -> Bucket:
    if not choice.chosen and not choice.excluded:
        return Bucket(days.value, days.label, count, last=days.last_day)
    return Bucket(
        value=days.value,
        label=days.label,
        count=count,
        selected=_inside(days, choice.chosen),
        excluded=_inside(days, choice.excluded),
        last=days.last_day,
    )


def _inside(days: Span, values: frozenset[str]) -> bool:
    spans = (span(v) for v in values if v != FACETS["date"].unknown)
    return any(
        first.toordinal() <= days.first and days.last <= last.toordinal()
        for first, last in spans
    )

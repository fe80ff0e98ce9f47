"""Facets counted from columns: every value, or a histogram of dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.engines import histogram
from search.engines.column import Column
from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.filters import Choice, Filters, unknown_facet
from search.engines.histogram import Span
from search.engines.tables import Tables
from search.errors import BadQuery
from search.fields import FACETS
from search.folding import begins
from search.model import Bucket, Facet, Interval, Query, span

_Ordinals = NDArray[np.int64]

MAX_VALUES = 200  # of one facet in one answer


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts the facets of ``query``.

    ``matching`` are the documents that match its text, ``hits`` those of them that
    pass its filters; ``tables`` knows what values are called.
    """

    query: Query
    columns: Columns
    filters: Filters
    matching: DocSet
    hits: DocSet
    tables: Tables

    def facets(self) -> tuple[Facet, ...]:
        """Return the facets asked for, in the order asked.

        Raises:
            BadQuery: there is no such facet, or ``facet_size`` is out of bounds.
        """
        check(self.query)
        return tuple(self._facet(name) for name in dict.fromkeys(self.query.facets))

    def _facet(self, name: str) -> Facet:
        choice = self.filters.choices[name]
        docs = self.hits
        if choice.passing is not None:
            docs = self.matching & self.filters.passing(but=name)
        if name == "date":
            facet = _dates(self.query, self.columns, docs, choice)
            return _beginning(facet, self.query.facet_prefix)
        column, prefix = self.columns[name], self.query.facet_prefix
        counts = column.counts(docs)
        missing = unnamed = _common(docs, column.missing)
        if missing and FACETS[name].unknown in column.code_of:
            # Some articles say themselves that it is unknown.
            counts[column.code_of[FACETS[name].unknown]] += missing
            unnamed = 0
        codes = np.flatnonzero(counts)
        unknown = bool(unnamed) and FACETS[name].unknown is not None
        if prefix:
            codes = codes[self.tables.beginning(name, prefix)[codes]]
            unknown = unknown and begins(FACETS[name].unknown or "", prefix)
        found = self._listed(name, counts, codes, unnamed if unknown else 0)
        wanted = self._with_parents(name, choice.chosen | choice.excluded)
        if wanted and not prefix and self.query.facet_page == 1:
            found += self._chosen(name, counts, unnamed, wanted - {v for v, _ in found})
        return Facet(
            name,
            tuple([self._bucket(name, value, count, choice) for value, count in found]),
            total=len(codes) + unknown,
            missing=missing,
        )

    def _listed(
        self, name: str, counts: Ids, codes: Ids, missing: int
    ) -> list[tuple[str, int]]:
        """Return a page of the most frequent values; a place before what is in it.

        ``codes`` are those that ``counts`` is not 0 for. Parents count at least what
        their children count, so a short list of places is whole: no child without its
        parent.
        """
        page, times = self.query.facet_page, counts[codes]
        size = self.query.facet_size * page
        if 0 < size < len(codes):
            kept = times >= np.partition(times, -size)[-size]
            codes, times = codes[kept], times[kept]
        levels = self.columns.levels[codes] if name == "place" else codes
        order = np.lexsort((codes, levels, -times))[:size]
        before = size - self.query.facet_size
        values = self.columns[name].values
        listed = zip(codes[order].tolist(), times[order].tolist(), strict=True)
        found = [(values[code], number) for code, number in listed]
        unknown = FACETS[name].unknown
        if not missing or unknown is None:
            return found[before:]
        return self._ordered(name, {**dict(found), unknown: missing})[before:size]

    def _chosen(
        self, name: str, counts: Ids, missing: int, values: set[str]
    ) -> list[tuple[str, int]]:
        """Return ``values``, which the query speaks of, in the same order."""
        code_of = self.columns[name].code_of
        found = {v: int(counts[code_of[v]]) if v in code_of else 0 for v in values}
        unknown = FACETS[name].unknown
        if unknown is not None and unknown in found:
            found[unknown] += missing
        return self._ordered(name, found)

    def _ordered(self, name: str, found: dict[str, int]) -> list[tuple[str, int]]:
        level = self.columns.level if name == "place" else lambda _: 0
        return sorted(found.items(), key=lambda one: (-one[1], level(one[0]), one[0]))

    def _with_parents(self, name: str, values: frozenset[str]) -> set[str]:
        found = set(values)
        for value in values if name == "place" else ():
            above = value
            while (above := self.columns.parents.get(above, "")) and above not in found:
                found.add(above)
        return found

    def _bucket(self, name: str, value: str, count: int, choice: Choice) -> Bucket:
        known = name == "place" and value in self.columns.parents
        return Bucket(
            value=value,
            label=self.tables.label(name, value),
            count=count,
            selected=value in choice.chosen,
            excluded=value in choice.excluded,
            parent=(self.columns.parents[value] or None) if known else None,
            level=self.columns.level(value) if known else None,
        )


def check(query: Query) -> None:
    """Raise BadQuery unless the facets asked for can be counted."""
    for name in query.facets:
        if name not in FACETS:
            raise unknown_facet("facet", name)
    if not 0 <= query.facet_size <= MAX_VALUES:
        raise BadQuery(
            f"facet_size must be from 0 to {MAX_VALUES}",
            parameter="facet_size",
            value=str(query.facet_size),
            reason="out-of-bounds",
        )
    if query.facet_page < 1:
        raise BadQuery("facet_page must be 1 or more", parameter="facet_page")


def _dates(query: Query, columns: Columns, docs: DocSet, choice: Choice) -> Facet:
    """Return the histogram of ``docs``; a bucket counts all whose period touches it.

    It lists every bucket that counts something, of at most 200 years: those that have
    the most articles. A bucket is selected, or excluded, where it lies inside a period
    that is.
    """
    missing = _common(docs, columns.undated)
    interval = query.interval or Interval.DAY
    counted = _Periods.of(columns, docs, interval)
    buckets: list[Bucket] = []
    if counted.any:
        start, end = _within(query, counted.earliest, counted.latest)
        if end.year - start.year >= histogram.MAX_BUCKETS:
            start, end = counted.fullest(start, end)
        interval = histogram.choose(start, end, query.interval)
        spans = histogram.spans(start, end, interval)
        counts = counted.touching(before=spans.before, last=spans.last)
        there = np.flatnonzero(counts)
        listed = zip(there.tolist(), counts[there].tolist(), strict=True)
        buckets = [_date_bucket(spans.spans[i], count, choice) for i, count in listed]
    total = len(buckets) + bool(missing)
    undated = FACETS["date"].unknown or ""
    chosen, excluded = undated in choice.chosen, undated in choice.excluded
    if missing or chosen or excluded:
        buckets.append(Bucket(undated, undated, missing, chosen, excluded))
    return Facet("date", tuple(buckets), total, missing, interval)


def _beginning(facet: Facet, prefix: str) -> Facet:
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


def _common(docs: DocSet, others: DocSet) -> int:
    """Return how many documents are in both; often ``others`` are none."""
    return (docs & others).count if others.count else 0


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

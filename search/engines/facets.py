"""Facets counted from columns: every value, or a histogram of dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from search.engines import histogram
from search.engines.column import Column
from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.filters import Choice, Filters, unknown_facet
from search.engines.histogram import Span
from search.errors import BadQuery
from search.fields import FACETS
from search.model import Bucket, Facet, Interval, Query, span

MAX_VALUES = 200  # of one facet in one answer

# A facet's name and a value of it to the words for people.
Label = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts the facets of ``query``.

    ``matching`` are the documents that match its text, ``hits`` those of them that
    pass its filters.
    """

    query: Query
    columns: Columns
    filters: Filters
    matching: DocSet
    hits: DocSet
    label: Label

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
            return _dates(self.query, self.columns, docs, choice)
        counts = self.columns[name].counts(docs)
        missing = (docs & self.columns[name].missing).count
        found = self._listed(name, counts, missing)
        wanted = self._with_parents(name, choice.chosen | choice.excluded)
        found += self._chosen(name, counts, missing, wanted - {v for v, _ in found})
        unknown = bool(missing) and FACETS[name].unknown is not None
        return Facet(
            name,
            tuple(self._bucket(name, value, count, choice) for value, count in found),
            total=int(np.count_nonzero(counts)) + unknown,
            missing=missing,
        )

    def _listed(self, name: str, counts: Ids, missing: int) -> list[tuple[str, int]]:
        """Return the most frequent values; a place comes before what is in it.

        Parents count at least what their children count, so a short list of places
        is whole: no child without its parent.
        """
        codes, size = np.flatnonzero(counts), self.query.facet_size
        if 0 < size < len(codes):
            least = np.partition(counts[codes], -size)[-size]
            codes = codes[counts[codes] >= least]
            levels = self.columns.levels[codes] if name == "place" else codes
            codes = codes[np.lexsort((codes, levels, -counts[codes]))[:size]]
        values = self.columns[name].values
        found = {values[code]: int(counts[code]) for code in codes.tolist()}
        unknown = FACETS[name].unknown
        if missing and unknown is not None:
            found[unknown] = found.get(unknown, 0) + missing
        return self._ordered(name, found)[:size]

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
            label=self.label(name, value),
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


def _dates(query: Query, columns: Columns, docs: DocSet, choice: Choice) -> Facet:
    """Return the histogram of ``docs``; a bucket counts all whose period touches it.

    It lists every bucket that counts something. A bucket is selected, or excluded,
    where it lies inside a period that is.
    """
    firsts = _Days.of(columns.begun, docs)
    lasts = firsts
    if columns.ended is not columns.begun:
        lasts = _Days.of(columns.ended, docs)
    missing = (docs & columns.undated).count
    buckets: list[Bucket] = []
    interval = query.interval or Interval.DAY
    if firsts.total:
        start, end = _within(query, firsts.earliest, lasts.latest)
        interval = histogram.choose(start, end, query.interval)
        spans = histogram.spans(start, end, interval)
        counts = firsts.until(spans.last) - lasts.until(spans.first - 1)
        buckets = [
            _date_bucket(days, count, choice)
            for days, count in zip(spans.spans, counts.tolist(), strict=True)
            if count
        ]
    total = len(buckets) + bool(missing)
    undated = FACETS["date"].unknown or ""
    chosen, excluded = undated in choice.chosen, undated in choice.excluded
    if missing or chosen or excluded:
        buckets.append(Bucket(undated, undated, missing, chosen, excluded))
    return Facet("date", tuple(buckets), total, missing, interval)


@dataclass(frozen=True, slots=True)
class _Days:
    """How many documents have each of the distinct ``days``, which rise."""

    days: NDArray[np.int64]
    counts: Ids

    @classmethod
    def of(cls, column: Column[int], docs: DocSet) -> _Days:
        return cls(np.asarray(column.values, np.int64), column.counts(docs))

    @property
    def total(self) -> int:
        return int(self.counts.sum())

    @property
    def earliest(self) -> int:
        return int(self.days[np.flatnonzero(self.counts)[0]])

    @property
    def latest(self) -> int:
        return int(self.days[np.flatnonzero(self.counts)[-1]])

    def until(self, days: NDArray[np.int64]) -> Ids:
        """Return how many documents have a day up to each of ``days``."""
        so_far = np.concatenate([[0], np.cumsum(self.counts)])
        return so_far[np.searchsorted(self.days, days, side="right")]


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

"""Facets counted from columns: every value, or a histogram of dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from search.engines import histogram
from search.engines.columns import Columns, Mask
from search.engines.filters import Choice, Filters, unknown_facet
from search.errors import BadQuery
from search.fields import FACETS
from search.model import Bucket, Facet, Interval, Query, span

MAX_VALUES = 200  # of one facet in one answer

# A facet's name and a value of it to the words for people.
Label = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts the facets of ``query`` among the documents that match its text."""

    query: Query
    columns: Columns
    filters: Filters
    matching: Mask
    label: Label

    def facets(self) -> tuple[Facet, ...]:
        """Return the facets asked for, in the order asked.

        Raises:
            BadQuery: there is no such facet, or ``facet_size`` is out of bounds.
        """
        check(self.query)
        return tuple(self._facet(name) for name in dict.fromkeys(self.query.facets))

    def _facet(self, name: str) -> Facet:
        docs = self.matching & self.filters.passing(but=name)
        choice = self.filters.choices[name]
        if name == "date":
            return _dates(self.query, self.columns, docs, choice)
        column = self.columns[name]
        counts = column.counts(docs)
        found = {v: int(n) for v, n in zip(column.values, counts, strict=True) if n}
        missing = int((docs & column.missing).sum())
        unknown = FACETS[name].unknown
        if missing and unknown is not None:
            found[unknown] = found.get(unknown, 0) + missing
        order = self._order(name, found)
        listed = order[: self.query.facet_size]
        wanted = self._with_parents(name, choice.chosen | choice.excluded)
        listed += self._order(name, {v: found.get(v, 0) for v in wanted - {*listed}})
        buckets = (self._bucket(name, v, found.get(v, 0), choice) for v in listed)
        return Facet(name, tuple(buckets), total=len(found), missing=missing)

    def _order(self, name: str, found: dict[str, int]) -> list[str]:
        """Return the values, most frequent first; a place comes before what is in it.

        Parents count at least what their children count, so a short list of places
        is whole: no child without its parent.
        """
        level = self.columns.level if name == "place" else lambda _: 0
        return sorted(found, key=lambda value: (-found[value], level(value), value))

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


def _dates(query: Query, columns: Columns, docs: Mask, choice: Choice) -> Facet:
    """Return the histogram of ``docs``; a bucket counts all whose period touches it.

    It lists every bucket that counts something. A bucket is selected, or excluded,
    where it lies inside a period that is.
    """
    dated = docs & (columns.first > 0)
    missing = int((docs & (columns.first == 0)).sum())
    buckets: list[Bucket] = []
    interval = query.interval or Interval.DAY
    if dated.any():
        firsts, lasts = np.sort(columns.first[dated]), np.sort(columns.last[dated])
        start, end = _within(query, int(firsts[0]), int(lasts[-1]))
        interval = histogram.choose(start, end, query.interval)
        spans = list(histogram.spans(start, end, interval))[-histogram.MAX_BUCKETS :]
        # A range that ends before it begins has no spans, and still two columns.
        ordinals = [(a.toordinal(), b.toordinal()) for a, b in spans]
        edges = np.array(ordinals, dtype=np.int64).reshape(-1, 2)
        begun = np.searchsorted(firsts, edges[:, 1], side="right")
        over = np.searchsorted(lasts, edges[:, 0], side="left")
        buckets = [
            _date_bucket(days, interval, int(count), choice)
            for days, count in zip(spans, begun - over, strict=True)
            if count
        ]
    total = len(buckets) + bool(missing)
    undated = FACETS["date"].unknown or ""
    chosen, excluded = undated in choice.chosen, undated in choice.excluded
    if missing or chosen or excluded:
        buckets.append(Bucket(undated, undated, missing, chosen, excluded))
    return Facet("date", tuple(buckets), total, missing, interval)


def _within(query: Query, first: int, last: int) -> tuple[date, date]:
    """Return the days to draw: the articles' own, cut to the range asked for.

    An article of which only the year is known must not stretch a week's histogram.
    """
    start, end = date.fromordinal(first), date.fromordinal(last)
    return max(start, query.since or start), min(end, query.until or end)


def _date_bucket(
    days: tuple[date, date], interval: Interval, count: int, choice: Choice
) -> Bucket:
    return Bucket(
        value=histogram.value(*days, interval),
        label=histogram.label(days[0], interval),
        count=count,
        selected=_inside(days, choice.chosen),
        excluded=_inside(days, choice.excluded),
        last=days[1].isoformat(),
    )


def _inside(days: tuple[date, date], values: frozenset[str]) -> bool:
    spans = (span(v) for v in values if v != FACETS["date"].unknown)
    return any(first <= days[0] and days[1] <= last for first, last in spans)

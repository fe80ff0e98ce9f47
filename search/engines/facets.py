"""Facets counted from columns: which values there are, how often, which are listed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from search.engines import dates
from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.filters import Choice, Filters, unknown_facet
from search.engines.tables import Tables
from search.errors import BadQuery
from search.fields import FACETS
from search.folding import begins
from search.model import Bucket, Facet, Query

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
            undated = _common(docs, self.columns.undated)
            facet = dates.counted(self.query, self.columns, docs, undated, choice)
            return dates.beginning(facet, self.query.facet_prefix)
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


def _common(docs: DocSet, others: DocSet) -> int:
    """Return how many documents are in both; often ``others`` are none."""
    return (docs & others).count if others.count else 0

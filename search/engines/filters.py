"""Which documents a query's filters let through, facet by facet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from search.engines.columns import Columns
from search.engines.docsets import DocSet, union
from search.errors import BadQuery
from search.fields import FACETS
from search.model import Query
from search.periods import span

# A facet's name and what was asked for to the index's values.
ValuesOf = Callable[[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a query says of one facet: the values taken and the values left out.

    ``chosen`` and ``excluded`` are the index's own values where the query gave labels.
    ``passing`` are the documents it lets through, None where it says nothing.
    """

    chosen: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    passing: DocSet | None = None


_NOTHING = Choice()


class Filters:
    """The filters of ``query`` over ``columns``, each evaluated once.

    Raises:
        BadQuery: a date that is none, or an exclusion of an unknown facet.
    """

    def __init__(
        self, query: Query, columns: Columns, live: DocSet, values_of: ValuesOf
    ) -> None:
        self._columns = columns
        self._values_of = values_of
        self._live = live
        self._base = live & self._within(query.since, query.until)
        for name in query.exclude:
            if name not in FACETS:
                raise unknown_facet("exclude_" + name, name)
        self.choices = {name: self._choice(query, name) for name in FACETS}

    def passing(self, *, but: str = "") -> DocSet:
        """Return the documents that pass every filter ``but`` one facet's own."""
        docs = self._base
        for name, choice in self.choices.items():
            if name != but and choice.passing is not None:
                docs = docs & choice.passing
        return docs

    def _within(self, since: date | None, until: date | None) -> DocSet:
        """Return the documents whose period overlaps the one from ``since`` on."""
        if since is None and until is None:
            return self._live
        first, last = since or date.min, until or date.max
        if first > last:  # a year touches both ends and holds no day between them
            return DocSet.none(self._columns.words)
        return self._columns.overlapping(first.toordinal(), last.toordinal())

    def _choice(self, query: Query, name: str) -> Choice:
        selected = getattr(query, FACETS[name].selection)
        if not selected and name not in query.exclude:
            return _NOTHING
        chosen = self._values(name, selected, name)
        excluded = self._values(name, query.exclude.get(name, ()), "exclude_" + name)
        passing = None
        if chosen:
            passing = self._having(name, chosen)
        if excluded:
            passing = (self._live if passing is None else passing) - self._having(
                name, excluded
            )
        return Choice(chosen, excluded, passing)

    def _values(
        self, name: str, given: Iterable[str], parameter: str
    ) -> frozenset[str]:
        if name == "date":
            return frozenset(_checked(value, parameter) for value in given)
        # What the index has not is itself, and finds nothing.
        return frozenset(f for v in given for f in self._values_of(name, v) or (v,))

    def _having(self, name: str, values: frozenset[str]) -> DocSet:
        if name == "date":
            return self._dated(values)
        column = self._columns[name]
        docs = column.having(values)
        return docs | column.missing if FACETS[name].unknown in values else docs

    def _dated(self, values: frozenset[str]) -> DocSet:
        columns = self._columns
        days = (span(value) for value in values if value != FACETS["date"].unknown)
        sets = [columns.overlapping(a.toordinal(), b.toordinal()) for a, b in days]
        if FACETS["date"].unknown in values:
            sets.append(columns.undated)
        return union(columns.words, sets)


def unknown_facet(parameter: str, name: str) -> BadQuery:
    """Return the error for the name of a facet that there is not."""
    return BadQuery(
        f"there is no facet {name!r}; there are {', '.join(FACETS)}",
        parameter=parameter,
        value=name,
        reason="unknown-facet",
    )


def _checked(value: str, parameter: str) -> str:
    if value != FACETS["date"].unknown:
        try:
            span(value)
        except ValueError as error:
            raise BadQuery(
                f"{parameter} must be YYYY, YYYY-MM, YYYY-MM-DD, A..B or undated",
                parameter=parameter,
                value=value,
                reason="not-a-date",
            ) from error
    return value

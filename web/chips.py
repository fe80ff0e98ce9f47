"""The filters of a query in words, each with the query that lacks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from search.address import selections
from search.fields import FACETS
from search.model import Published, Query, Scope
from web import wording

Labels = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in words, and ``without``: the query that lacks only it."""

    label: str
    value: str
    without: Query


def chips(query: Query, labels: Labels) -> tuple[Chip, ...]:
    """Return what narrows ``query`` down; ``labels`` name values by facet and value."""
    return tuple(_chips(from_start(query), labels))


def from_start(query: Query, **changes: object) -> Query:
    """Return ``query`` changed, from its first page."""
    return replace(query, page=1, cursor=None, **changes)  # type: ignore[arg-type]


def bare(query: Query) -> Query:
    """Return ``query`` with nothing that narrows its text down."""
    return Query(text=query.text, sort=query.sort, per_page=query.per_page)


def leaving_out(query: Query, facet: str, values: tuple[str, ...]) -> Query:
    """Return ``query`` with these values of ``facet`` left out, and no others."""
    exclude = {**query.exclude, facet: values}
    kept = {name: left for name, left in exclude.items() if left}
    return from_start(query, exclude=MappingProxyType(kept))


def choosing(query: Query, facet: str, values: tuple[str, ...]) -> Query:
    """Return ``query`` with these values of ``facet`` chosen, and no others."""
    return from_start(query, **{FACETS[facet].selection: values})


def named(facet: str, value: str, labels: Labels) -> str:
    """Return a facet's value in words."""
    if value == FACETS[facet].unknown:
        return "unknown" if facet != "agency" else "no agency"
    if facet == "lang":
        return wording.language(value)
    if facet == "kind":
        return wording.KINDS.get(value, value)
    if facet == "date":
        return _when(value)
    return labels.get((facet, value), value)


def _chips(query: Query, labels: Labels) -> Iterator[Chip]:
    if query.scope is not Scope.ALL:
        where = wording.SCOPES[query.scope]
        yield Chip("Looked for in", where, replace(query, scope=Scope.ALL))
    for name, facet in FACETS.items():
        chosen = selections(query, name)
        if name == "kind":
            yield from _kinds(query)
            chosen = ()
        for value in chosen:
            rest = tuple(other for other in chosen if other != value)
            without = choosing(query, name, rest)
            yield Chip(facet.label, named(name, value, labels), without)
        left = query.exclude.get(name, ())
        for value in left:
            rest = tuple(other for other in left if other != value)
            without = leaving_out(query, name, rest)
            yield Chip(f"{facet.label} not", named(name, value, labels), without)
    if query.since:
        yield Chip("From", _day(query.since), replace(query, since=None))
    if query.until:
        yield Chip("To", _day(query.until), replace(query, until=None))


def _kinds(query: Query) -> Iterator[Chip]:
    usual = Query().kinds
    if query.kinds != usual:
        value = ", ".join(wording.KINDS.get(kind, kind) for kind in query.kinds)
        yield Chip("Kind of page", value or "every kind", replace(query, kinds=usual))


def _day(day: date) -> str:
    return _when(day.isoformat())


def _when(value: str) -> str:
    start, dots, end = value.partition("..")
    said = [wording.day(Published(day, "")) for day in (start, end) if day]
    if dots and len(said) < 2:
        return f"{'from' if start else 'to'} {said[0]}"
    return " to ".join(said)

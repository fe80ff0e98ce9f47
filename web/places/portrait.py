"""One place: who writes it how and when, and what is named beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from search.address import url
from search.engine import Searcher
from search.errors import NoPlace
from search.fields import FACETS
from search.mentions import Companion, PlaceCount, PlaceReport, Written
from search.model import Bucket, Facet, Query, SearchResult
from web import facets
from web.entries import Entry, entry
from web.histogram import Histogram, histogram
from web.links import Links
from web.places.addresses import PlacesLinks, of_place, together, written
from web.places.figure import Locator, locator
from web.places.named import kind

_WAYS = 6  # spellings that have a column
_OUTLETS = 12  # rows of spellings, and outlets that are listed
_COMPANY = 12
_INSIDE = 12
_LATEST = 5
_ROUND = 10  # times from which on tenths say nothing


@dataclass(frozen=True, slots=True)
class Cell:
    """How many articles write the place so, and where they are."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet with a cell for each spelling that has a column."""

    label: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Spellings by outlet; ``all`` has a cell a spelling, of every outlet.

    ``rare`` are the spellings without a column, each with its cell, and
    ``more_outlets`` are not listed.
    """

    ways: tuple[str, ...]
    all: tuple[Cell, ...]
    outlets: tuple[Outlet, ...]
    more_outlets: int
    rare: tuple[tuple[str, Cell], ...]
    more_rare: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A place that is named beside this one."""

    companion: Companion
    times: str
    url: Markup
    articles: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the page of a place shows."""

    report: PlaceReport
    kind: str | None
    where: str | None
    path: tuple[tuple[str, Markup], ...]
    locator: Locator | None
    articles: str
    opening: str
    map: Markup | None
    feed: str
    spellings: Spellings | None
    histogram: Histogram | None
    outlets: tuple[tuple[str, int, str], ...]
    more_outlets: str | None
    company: tuple[Beside, ...]
    inside: tuple[tuple[PlaceCount, Markup], ...]
    more_inside: int
    latest: tuple[Entry, ...]


def portrait(id: str, searcher: Searcher) -> Portrait:
    """Return the page of a place; costs two searches.

    Raises:
        NoPlace: neither the collection nor the gazetteer has it.
    """
    report = reported(id, searcher)
    query = Query(places=(id,))
    found = _found(query, report, searcher)
    place, links = report.place, Links(query)
    return Portrait(
        report=report,
        kind=kind(place),
        where=_where(place),
        path=tuple((label, of_place(step)) for step, label in report.path[:-1]),
        locator=locator(place, [step for step, _ in report.path]),
        articles=url("/search", query),
        opening=url("/search", Query(text=f'dateline:"{id}"')),
        map=PlacesLinks(Query()).within(id) if report.inside else None,
        feed=url("/search.atom", query),
        spellings=_spellings(id, report.written),
        histogram=histogram(query, found, links, searcher) if found else None,
        outlets=_outlets(found, id) if found else (),
        more_outlets=_more_outlets(found, query) if found else None,
        company=tuple(_beside(id, one) for one in report.companions[:_COMPANY]),
        inside=tuple((one, of_place(one.id)) for one in report.inside[:_INSIDE]),
        more_inside=max(0, len(report.inside) - _INSIDE),
        latest=_latest(found) if found else (),
    )


def reported(id: str, searcher: Searcher) -> PlaceReport:
    """Return what all articles say of a place.

    Raises:
        NoPlace: neither the collection nor the gazetteer has it by this very id;
            017 is not how 17 is written, though the gazetteer reads it so.
    """
    report = searcher.place(id)
    if id.startswith("0") or not (report.place.count or report.place.kind):
        raise NoPlace(id)
    return report


def _found(
    query: Query, report: PlaceReport, searcher: Searcher
) -> SearchResult | None:
    """Return the latest articles, counted by outlet and date; None for no articles."""
    if not report.place.count:
        return None
    asked = Query(
        places=query.places,
        facets=("source", "date"),
        facet_size=_OUTLETS,
        per_page=_LATEST,
        snippets=0,
    )
    return searcher.search(asked)


def _where(place: PlaceCount) -> str | None:
    """Return coordinates as people write them: 53.55° N, 9.99° E."""
    if place.lat is None or place.lon is None:
        return None
    north, east = "N" if place.lat >= 0 else "S", "E" if place.lon >= 0 else "W"
    return f"{abs(place.lat):.2f}° {north}, {abs(place.lon):.2f}° {east}"


def _spellings(id: str, rows: Sequence[Written]) -> Spellings | None:
    if not rows:
        return None
    ways: dict[str, int] = {}
    outlets: dict[tuple[str | None, str | None], dict[str, int]] = {}
    for row in rows:
        ways[row.spelling] = ways.get(row.spelling, 0) + row.count
        outlets.setdefault((row.source, row.label), {})[row.spelling] = row.count
    order = sorted(ways, key=lambda way: (-ways[way], way))
    shown, rare = order[:_WAYS], order[_WAYS:]
    unknown = FACETS["source"].unknown
    by_size = sorted(outlets.items(), key=lambda one: -sum(one[1].values()))
    return Spellings(
        ways=tuple(shown),
        all=tuple(_cell(id, way, ways[way], None) for way in shown),
        outlets=tuple(
            Outlet(
                label,
                tuple(
                    _cell(id, way, counts.get(way, 0), source or unknown)
                    for way in shown
                ),
            )
            for (source, label), counts in by_size[:_OUTLETS]
        ),
        more_outlets=max(0, len(outlets) - _OUTLETS),
        rare=tuple((way, _cell(id, way, ways[way], None)) for way in rare[:_OUTLETS]),
        more_rare=max(0, len(rare) - _OUTLETS),
    )


def _cell(id: str, way: str, count: int, source: str | None) -> Cell:
    return Cell(count, url("/search", written(id, way, source)) if count else "")


def _outlets(found: SearchResult, id: str) -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (
            _outlet(bucket),
            bucket.count,
            url("/search", Query(places=(id,), sources=(bucket.value,))),
        )
        for bucket in _facet(found).buckets
    )


def _facet(found: SearchResult) -> Facet:
    return next(facet for facet in found.facets if facet.name == "source")


def _outlet(bucket: Bucket) -> str:
    unknown = bucket.value == FACETS["source"].unknown
    return "Source unknown" if unknown else bucket.label


def _more_outlets(found: SearchResult, query: Query) -> str | None:
    facet = _facet(found)
    if facet.total <= len(facet.buckets):
        return None
    return url("/search/facet/source", query)


def _beside(id: str, one: Companion) -> Beside:
    return Beside(
        one, _times(one.times), of_place(one.id), url("/search", together(id, one.id))
    )


def _times(times: float) -> str:
    return f"{times:,.0f}" if times >= _ROUND else f"{times:.1f}"


def _latest(found: SearchResult) -> tuple[Entry, ...]:
    names = facets.labels(found)
    return tuple(entry(hit, Links(Query()), names) for hit in found.hits)

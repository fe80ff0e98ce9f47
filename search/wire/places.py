"""Places of a collection, many and each alone, in the shapes of the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal
from urllib.parse import urlencode

from msgspec import Meta

from search import mentions
from search.address import pairs, url, whole
from search.model import Query
from search.wire.answers import API, ATOM, state
from search.wire.parts import Address, Count, PlaceId, Shape, place_id
from search.wire.shapes import State

_PLACES = "/api/places"

Kind = Literal["country", "region", "county", "city", "continent", "area", "water"]


class PlaceCount(Shape, frozen=True):
    """A place and how many articles name it or one inside it.

    `own` of them name the place itself. `parent` is what it lies in, `level` 0 for what
    lies in nothing. `kind` is null where only this collection knows it.
    """

    id: PlaceId
    label: str
    kind: Kind | None
    count: Count
    own: Count
    parent: PlaceId | None
    level: int
    lat: float | None
    lon: float | None


class PlacesLinks(Shape, frozen=True):
    """Where the same is as a page, where it goes on, and where the articles are."""

    self: Address
    next: Address | None
    html: Address
    articles: Address


class Places(Shape, frozen=True):
    """A page of the places that the `articles` a query finds name.

    `total` is how many places there are, `unplaced` how many of the articles name none.
    `filters` is what was asked, by the parameter's name. `complete` is false where the
    deadline left a part of the index unsearched.
    """

    filters: dict[str, tuple[str, ...]]
    within: str
    prefix: str
    articles: Count
    unplaced: Count
    total: Count
    page: Annotated[int, Meta(ge=1)]
    per_page: Count
    pages: Count
    places: tuple[PlaceCount, ...]
    complete: bool
    index: State
    links: PlacesLinks


class Step(Shape, frozen=True):
    """A place that another lies in."""

    id: PlaceId
    label: str


class Outlet(Shape, frozen=True):
    """How many articles of an outlet; `source` and `label` are null where unknown."""

    source: str | None
    label: str | None
    count: Count


class Spelling(Shape, frozen=True):
    """A way to write a place, capitals aside, and who writes it so."""

    spelling: str
    count: Count
    outlets: tuple[Outlet, ...]


class Companion(Shape, frozen=True):
    """A place that is named beside another, in `count` of its articles.

    `times` is how many times as often that is as in all articles, `strength` how surely
    it is no accident: Dunning's log-likelihood ratio.
    """

    id: PlaceId
    label: str
    count: Count
    times: float
    strength: float


class PlaceLinks(Shape, frozen=True):
    """Where the place is as a page, its articles and their feed, what lies in it."""

    self: Address
    html: Address
    articles: Address
    atom: Address
    places: Address


class PlaceDetails(Shape, frozen=True):
    """What all articles of a collection say of one place.

    `count` of the `articles` name it or a place in it, `own` it itself; `datelined`
    open with one of these. `path` leads from the country down to it. `companions` are
    the places that belong to it most, the strongest first; none of them lies in it,
    nor it in them. `inside` is what lies directly in it.
    """

    id: PlaceId
    label: str
    kind: Kind | None
    path: tuple[Step, ...]
    lat: float | None
    lon: float | None
    count: Count
    own: Count
    datelined: Count
    articles: Count
    spellings: tuple[Spelling, ...]
    companions: tuple[Companion, ...]
    inside: tuple[PlaceCount, ...]
    index: State
    links: PlaceLinks


def places(
    query: Query,
    found: mentions.PlaceCounts,
    chosen: Sequence[mentions.PlaceCount],
    within: str,
) -> Places:
    """Return the page of ``chosen`` places that ``query`` asks for."""
    first, size = (query.page - 1) * query.per_page, query.per_page
    own = {"within": within, "prefix": query.facet_prefix}
    asked: dict[str, tuple[str, ...]] = {}
    for name, value in pairs(whole(query)):
        asked[name] = (*asked.get(name, ()), value)
    after = None
    if first + size < len(chosen):
        after = address(_PLACES, replace(query, page=query.page + 1), **own)
    return Places(
        filters=asked,
        within=within,
        prefix=query.facet_prefix,
        articles=found.articles,
        unplaced=found.unplaced,
        total=len(chosen),
        page=query.page,
        per_page=size,
        pages=-(-len(chosen) // size),
        places=tuple(map(_counted, chosen[first : first + size])),
        complete=found.complete,
        index=state(found.index),
        links=PlacesLinks(
            self=address(_PLACES, query, **own),
            next=after,
            html=address("/places", whole(query), **own),
            articles=url(API, whole(query)),
        ),
    )


def place(report: mentions.PlaceReport, self: str, html: str) -> PlaceDetails:
    """Return what is said of a place, which is ``self`` here and a page at ``html``."""
    counted = report.place
    query = Query(places=(counted.id,))
    return PlaceDetails(
        id=place_id(counted.id),
        label=counted.label,
        kind=_kind(counted),
        path=tuple(Step(id=place_id(step), label=said) for step, said in report.path),
        lat=counted.lat,
        lon=counted.lon,
        count=counted.count,
        own=counted.own,
        datelined=report.datelined,
        articles=report.articles,
        spellings=tuple(_spellings(report.written)),
        companions=tuple(map(_companion, report.companions)),
        inside=tuple(map(_counted, report.inside)),
        index=state(report.index),
        links=PlaceLinks(
            self=self,
            html=html,
            articles=url(API, query),
            atom=url(ATOM, query),
            places=address(_PLACES, Query(), within=counted.id),
        ),
    )


def address(path: str, query: Query, **own: str) -> str:
    """Return ``path`` with a query and parameters of its own, those that are given."""
    asked = url(path, query)
    said = urlencode({name: value for name, value in own.items() if value}, safe=",:")
    return f"{asked}{'&' if '?' in asked else '?'}{said}" if said else asked


def _spellings(rows: Sequence[mentions.Written]) -> list[Spelling]:
    found: dict[str, list[mentions.Written]] = {}
    for row in rows:
        found.setdefault(row.spelling, []).append(row)
    made = [
        Spelling(
            spelling=way,
            count=sum(row.count for row in some),
            outlets=tuple(
                Outlet(source=row.source, label=row.label, count=row.count)
                for row in some
            ),
        )
        for way, some in found.items()
    ]
    return sorted(made, key=lambda one: (-one.count, one.spelling))


def _counted(place: mentions.PlaceCount) -> PlaceCount:
    return PlaceCount(
        id=place_id(place.id),
        label=place.label,
        kind=_kind(place),
        count=place.count,
        own=place.own,
        parent=None if place.parent is None else place_id(place.parent),
        level=place.level,
        lat=place.lat,
        lon=place.lon,
    )


def _kind(place: mentions.PlaceCount) -> Kind | None:
    return place.kind  # type: ignore[return-value]  # the gazetteer has no others


def _companion(one: mentions.Companion) -> Companion:
    return Companion(
        id=place_id(one.id),
        label=one.label,
        count=one.count,
        times=round(one.times, 3),
        strength=round(one.strength, 3),
    )

"""The places of a collection, or of what a search finds: a map and a table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from search.address import pairs, url
from search.gazetteer import gazetteer
from search.mentions import PlaceCount
from search.model import IndexInfo, Query
from web import wording
from web.chips import Chip, Labels, chips, from_start
from web.links import Links
from web.places.addresses import PlacesLinks, of_place
from web.places.figure import Figure, figure
from web.places.frames import CONTINENTS
from web.places.named import Named, inside, kind
from web.results import Link

SIZE = 50  # rows a page
_INSIDE = 3  # places that are named below the one they lie in


@dataclass(frozen=True, slots=True)
class Part:
    """A place inside the one of a row, and how many articles name it."""

    label: str
    url: Markup
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """A place; ``zoom`` is where those in it are shown, None where there are none.

    ``own`` tells how many articles name it itself, where those in it count too.
    """

    place: PlaceCount
    kind: str | None
    url: Markup
    articles: Markup
    own: str | None
    zoom: Markup | None
    parts: tuple[Part, ...]
    other_parts: int
    inside: str


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """A page of places, those that most articles name first."""

    query: Query
    prefix: str
    within: str
    flat: bool
    title: str
    about: str
    back: str | None
    chips: tuple[Chip, ...]
    hidden: tuple[tuple[str, str], ...]
    trail: tuple[Link, ...]
    zooms: tuple[Link, ...]
    ways: tuple[Link, ...]
    figure: Figure | None
    rows: tuple[Row, ...]
    total: int
    first: int
    articles: int
    unplaced: int
    complete: bool
    previous: Markup | None
    following: Markup | None
    everything: Markup
    index: IndexInfo


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is asked for: of which articles, and which of their places."""

    query: Query
    within: str = ""
    prefix: str = ""
    flat: bool = False


def drawn(asked: Asked, named: Named) -> Figure | None:
    """Return the map: countries where these are listed, else each place by itself."""
    every = named.all(asked.within)
    ordered = not (asked.prefix or asked.flat)
    if ordered and (not asked.within or asked.within in CONTINENTS):
        shown = [p for p in named.directly(asked.within) if p.id not in CONTINENTS]
        return figure(shown, every, query=asked.query, within=asked.within, own=False)
    towns = [place for place in every if place.own and place.id not in CONTINENTS]
    others = [place for place in every if not place.own]
    return figure(towns, others, query=asked.query, within=asked.within, own=True)


def listing(asked: Asked, named: Named, drawing: Figure | None) -> PlacesPage:
    """Return a page of places, of what lies in one where asked for."""
    query, counts = from_start(asked.query), named.counts
    flat = asked.flat or bool(asked.prefix)
    listed = (named.all if flat else named.directly)(asked.within)
    number = asked.query.page
    here, plain = _links(asked), PlacesLinks(query)
    some = listed[(number - 1) * SIZE : number * SIZE]
    last = max(1, -(-len(listed) // SIZE))
    return PlacesPage(
        query=query,
        prefix=asked.prefix,
        within=asked.within,
        flat=flat,
        title=_title(asked, named),
        about=_about(asked, named),
        back=url("/search", query) if query != Query() else None,
        chips=chips(query, _labels(query, named)),
        hidden=_hidden(asked),
        trail=_trail(asked, named, here),
        zooms=_zooms(asked, named, here),
        ways=_ways(asked),
        figure=drawing,
        rows=tuple(_row(p, named, Links(query), plain, flat=flat) for p in some),
        total=len(listed),
        first=(number - 1) * SIZE + 1,
        articles=counts.articles,
        unplaced=counts.unplaced,
        complete=counts.complete,
        previous=_page(asked, min(number - 1, last)) if number > 1 else None,
        following=_page(asked, number + 1) if number < last else None,
        everything=plain.within(),
        index=counts.index,
    )


def _title(asked: Asked, named: Named) -> str:
    number = len(named.all(asked.within))
    said = wording.counted(number, "place")
    if asked.within:
        said = f"{said} in {named.label(asked.within) or asked.within}"
    return f"{said} with “{asked.prefix}”" if asked.prefix else said


def _about(asked: Asked, named: Named) -> str:
    """Return what the places are of: 120 articles for “flood”."""
    what = wording.what(asked.query)
    found = wording.counted(named.counts.articles, what)
    text = " ".join(asked.query.text.split())
    return f"{found} for “{text}”" if text else found


def _labels(query: Query, named: Named) -> Labels:
    """Return what to call the places that the query speaks of."""
    asked = (*query.places, *query.exclude.get("place", ()))
    return {("place", p): label for p in asked if (label := named.label(p))}


def _row(
    place: PlaceCount, named: Named, links: Links, plain: PlacesLinks, *, flat: bool
) -> Row:
    inner = named.directly(place.id)
    # What a continent counts is itself alone: no path of a place has it.
    within = () if flat or place.id in CONTINENTS else inner
    parts = [Part(p.label, of_place(p.id), f"{p.count:,}") for p in within[:_INSIDE]]
    return Row(
        place=place,
        kind=kind(place),
        url=of_place(place.id),
        articles=links.changed(place=(place.id,)),
        own=_own(place),
        zoom=plain.within(place.id) if inner and not flat else None,
        parts=tuple(parts),
        other_parts=max(0, len(within) - len(parts)),
        inside=_said(place, named, flat=flat),
    )


def _own(place: PlaceCount) -> str | None:
    """Return how many articles name a place itself, None where all of them do."""
    if place.own == place.count:
        return None
    return f"{place.own:,} itself" if place.own else "by what is in it"


def _said(place: PlaceCount, named: Named, *, flat: bool) -> str:
    """Return what a place lies in, or what it is where it is neither land nor town."""
    sort = kind(place) if not place.parent else None
    if sort == "continent":
        return "continent, counted by its own name only"
    if sort in ("area", "water"):
        return str(sort)
    return inside(place, named) if flat else ""


def _links(asked: Asked, page: int = 1) -> PlacesLinks:
    """Return links on which what is asked for stays, but where to look."""
    every = "all" if asked.flat else ""
    query = replace(from_start(asked.query), page=page)
    return PlacesLinks(query, prefix=asked.prefix, list=every)


def _trail(asked: Asked, named: Named, links: PlacesLinks) -> tuple[Link, ...]:
    world = Link("World", links.within(), not asked.within)
    steps = named.trail(asked.within) if asked.within else []
    return (
        world,
        *(
            Link(label or place, links.within(place), place == asked.within)
            for place, label in steps
        ),
    )


def _zooms(asked: Asked, named: Named, links: PlacesLinks) -> tuple[Link, ...]:
    """Return the way to each other continent that has places here."""
    around = {step for step, _ in named.trail(asked.within)} if asked.within else set()
    return tuple(
        Link(place.label, links.within(place.id))
        for place in map(gazetteer().place, CONTINENTS)
        if place is not None and place.id not in around and named.directly(place.id)
    )


def _ways(asked: Asked) -> tuple[Link, ...]:
    """Return the two ways to list places; a beginning is looked for in all."""
    if asked.prefix:
        return ()
    query = from_start(asked.query)
    ordered, every = PlacesLinks(query), PlacesLinks(query, list="all")
    return (
        Link("By what they lie in", ordered.within(asked.within), not asked.flat),
        Link("One by one", every.within(asked.within), asked.flat),
    )


def _page(asked: Asked, number: int) -> Markup:
    return _links(asked, number).within(asked.within)


def _hidden(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return what the box for a beginning carries along."""
    own = (("within", asked.within),) if asked.within else ()
    return (*pairs(from_start(asked.query)), *own)

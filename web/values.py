"""All values of one facet: found by their beginning, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_uppercase

from markupsafe import Markup

from search.address import pairs, selections, url
from search.engine import Searcher
from search.errors import NoFacet
from search.gazetteer import gazetteer
from search.model import Bucket, IndexInfo, Query
from web import facets, wording
from web.chips import Chip, chips, choosing, from_start
from web.links import Links
from web.places.addresses import PlacesLinks
from web.results import summary

SIZE = 60  # values a page
_MANY = 2 * SIZE  # values from which on letters help
_NO_LIST = (
    f"There are lists of {wording.listed([*wording.PLURALS.values()]).lower()}."
    " Dates and kinds of page are chosen beside the results."
)


@dataclass(frozen=True, slots=True)
class Value:
    """A checkbox, and what the place lies in."""

    option: facets.Option
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class ValuesPage:
    """A page of the values of a facet, as a form that keeps the rest of the query.

    ``more`` and ``less`` are the numbers of the next page and of the one before.
    """

    name: str
    label: str
    about: str
    prefix: str
    total: int
    first: int
    last: int
    values: tuple[Value, ...]
    hidden: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]
    letters: tuple[str, ...]
    more: int | None
    less: int | None
    back: str
    map: Markup
    index: IndexInfo


def values(
    query: Query, name: str, searcher: Searcher, prefix: str = "", page: int = 1
) -> ValuesPage:
    """Return a page of the values of the facet ``name``; dates have a chart instead.

    Raises:
        NoFacet: there is no such facet, or it has no list.
    """
    if name not in wording.PLURALS:
        raise NoFacet(_NO_LIST)
    asked = replace(
        from_start(query),
        facets=(name,),
        facet_size=SIZE,
        facet_prefix=prefix,
        facet_page=page,
        per_page=1,
        snippets=0,
    )
    result = searcher.search(asked)
    facet, links, names = result.facets[0], Links(query), facets.labels(result)
    listed = tuple(
        Value(facets.option(facet, bucket, 0, links, names), _inside(bucket))
        for bucket in facet.buckets
    )
    so_far = (page - 1) * SIZE + len(listed)
    return ValuesPage(
        name=name,
        label=wording.PLURALS[name],
        about=summary(query, result),
        prefix=prefix,
        total=facet.total,
        first=(page - 1) * SIZE + 1,
        last=min(page * SIZE, facet.total),
        values=listed,
        hidden=_hidden(query, name, listed),
        chips=chips(query, names),
        letters=tuple(ascii_uppercase) if prefix or facet.total > _MANY else (),
        more=page + 1 if so_far < facet.total and listed else None,
        less=min(page - 1, max(1, -(-facet.total // SIZE))) if page > 1 else None,
        back=url("/search", from_start(query)),
        map=PlacesLinks(from_start(query)).within(),
        index=result.index,
    )


def _hidden(
    query: Query, name: str, listed: tuple[Value, ...]
) -> tuple[tuple[str, str], ...]:
    """Return the query without the values that are listed, by value or by label."""
    boxes = [value.option for value in listed]
    here = {said for box in boxes for said in (box.value, box.label)}
    chosen = tuple(v for v in selections(query, name) if v not in here)
    return pairs(choosing(query, name, chosen))


def _inside(bucket: Bucket) -> str | None:
    """Return what lies around a place, nearest first: Odesa Oblast, Ukraine."""
    if not bucket.parent:
        return None
    known = gazetteer().place(bucket.value)
    around = reversed(known.path[:-1]) if known else (bucket.parent,)
    found = [gazetteer().place(above) for above in around]
    return ", ".join(place.label for place in found if place)

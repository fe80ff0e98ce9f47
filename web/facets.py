"""Facets as a form: fieldsets of checkboxes with their counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from search.address import EVERY_KIND, pairs, url
from search.fields import FACETS
from search.model import Bucket, Facet, Query, SearchResult
from web.chips import Labels, choosing, from_start, named
from web.links import Links
from web.places.addresses import PlacesLinks

_DEEPEST = 4  # levels that are indented


@dataclass(frozen=True, slots=True)
class Option:
    """A checkbox, its count ``said`` in figures.

    ``depth`` indents a place, ``toggle`` leaves the value out or takes it back in.
    ``unknown`` marks the value that stands for articles without one.
    """

    value: str
    label: str
    said: str
    checked: bool
    excluded: bool
    depth: int
    toggle: Markup | None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A fieldset; ``more`` is where all ``total`` values are listed, if not here.

    ``map`` is where places are on a map.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    total: int
    more: str | None = None
    map: Markup | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """All fieldsets, and the rest of the query as hidden fields."""

    groups: tuple[Group, ...]
    hidden: tuple[tuple[str, str], ...]


def panel(query: Query, result: SearchResult, links: Links, names: Labels) -> Panel:
    """Return the form that narrows ``query`` down by the facets of ``result``.

    Sent as it is, it asks the same question from the first page on.
    """
    shown = [facet for facet in result.facets if _worth_showing(query, facet)]
    groups = tuple(group(query, facet, links, names) for facet in shown)
    rest = from_start(query, since=None, until=None, group=None)
    for facet in result.facets:
        if facet.name == "date":  # of its values the form has a box for undated only
            kept = (value for value in rest.dates if value != FACETS["date"].unknown)
            rest = choosing(rest, "date", tuple(kept))
    named_here = {facet.name for facet in shown}
    hidden = tuple(pair for pair in pairs(rest) if pair[0] not in named_here)
    return Panel(groups, hidden)


def labels(result: SearchResult) -> Labels:
    """Return the words for values, by facet and value, as far as ``result`` has any."""
    found = {}
    for hit in result.hits:
        found.update({("place", place.id): place.label for place in hit.places})
        if hit.source:
            found["source", hit.source.value] = hit.source.label
    for facet in result.facets:
        name = facet.name
        found.update({(name, bucket.value): bucket.label for bucket in facet.buckets})
    return found


def group(query: Query, facet: Facet, links: Links, names: Labels) -> Group:
    """Return a facet as a fieldset; what is unknown comes last."""
    tree = facet.name == "place"
    ordered = _tree(facet.buckets) if tree else _flat(facet)
    options = tuple(
        option(facet, bucket, depth, links, names) for bucket, depth in ordered
    )
    if facet.name == "kind":
        options = (_every_kind(query, facet), *options)
    more = None
    if facet.total > len(options):
        more = url(f"/search/facet/{facet.name}", from_start(query))
    map_ = PlacesLinks(from_start(query)).within() if tree else None
    return Group(facet.name, FACETS[facet.name].label, options, facet.total, more, map_)


def option(
    facet: Facet, bucket: Bucket, depth: int, links: Links, names: Labels
) -> Option:
    """Return one value of ``facet`` as a checkbox."""
    name = facet.name
    return Option(
        value=bucket.value,
        label=named(name, bucket.value, names),
        said=f"{bucket.count:,}",
        checked=bucket.selected,
        excluded=bucket.excluded,
        depth=min(depth, _DEEPEST),
        toggle=None if name == "kind" else _toggled(facet, bucket, links),
        unknown=bucket.value == FACETS[name].unknown,
    )


def _worth_showing(query: Query, facet: Facet) -> bool:
    if facet.name == "date":
        return False  # the histogram is its form
    touched = any(bucket.selected or bucket.excluded for bucket in facet.buckets)
    if facet.name == "kind":
        touched = query.kinds != Query().kinds
    return len(facet.buckets) > 1 or touched


def _every_kind(query: Query, facet: Facet) -> Option:
    total = sum(bucket.count for bucket in facet.buckets)
    return Option(
        value=EVERY_KIND,
        label="Every kind",
        said=f"{total:,}",
        checked=not query.kinds,
        excluded=False,
        depth=0,
        toggle=None,
    )


def _toggled(facet: Facet, bucket: Bucket, links: Links) -> Markup:
    """Return where ``bucket`` is left out, or taken back in.

    Values are the index's own: the query may have chosen this one by a label.
    """
    name, others = facet.name, [b for b in facet.buckets if b is not bucket]
    left = [b.value for b in others if b.excluded]
    if bucket.excluded:
        return links.changed(**{f"exclude_{name}": left})
    chosen = [b.value for b in others if b.selected]
    return links.changed(**{name: chosen, f"exclude_{name}": [*left, bucket.value]})


def _flat(facet: Facet) -> Iterator[tuple[Bucket, int]]:
    unknown = FACETS[facet.name].unknown
    known = [bucket for bucket in facet.buckets if bucket.value != unknown]
    last = [bucket for bucket in facet.buckets if bucket.value == unknown]
    return ((bucket, 0) for bucket in (*known, *last))


def _tree(
    buckets: tuple[Bucket, ...], parent: str | None = None, depth: int = 0
) -> Iterator[tuple[Bucket, int]]:
    """Yield each place before those inside it; siblings keep their order."""
    listed = {bucket.value for bucket in buckets}
    for bucket in buckets:
        above = bucket.parent if bucket.parent in listed else None
        if above == parent:
            yield bucket, depth
            if depth < 8:  # levels; a loop in the data must not hang a page
                yield from _tree(buckets, bucket.value, depth + 1)

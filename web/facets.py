"""Facets as a form: fieldsets of checkboxes with their counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.address import EVERY_KIND, pairs, url
from search.fields import FACETS
from search.model import Bucket, Facet, Query, SearchResult
from web.chips import Labels, choosing, from_start, leaving_out, named

MORE = 200  # values of one facet on a page that shows them all


@dataclass(frozen=True, slots=True)
class Option:
    """A checkbox; ``depth`` indents a place, ``toggle`` leaves it out or in."""

    value: str
    label: str
    count: int
    checked: bool
    excluded: bool
    depth: int
    toggle: str


@dataclass(frozen=True, slots=True)
class Group:
    """A fieldset; ``more`` is where all ``total`` values are listed, if not here."""

    name: str
    label: str
    options: tuple[Option, ...]
    total: int
    more: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """All fieldsets, and the rest of the query as hidden fields."""

    groups: tuple[Group, ...]
    hidden: tuple[tuple[str, str], ...]


def panel(query: Query, result: SearchResult) -> Panel:
    """Return the form that narrows ``query`` down by the facets of ``result``.

    Sent as it is, it asks the same question from the first page on.
    """
    names = labels(result)
    shown = [facet for facet in result.facets if _worth_showing(query, facet)]
    groups = tuple(_group(query, facet, names) for facet in shown)
    rest = from_start(query, since=None, until=None)
    for facet in result.facets:
        if facet.name == "date":  # of its values the form has a box for undated only
            kept = (value for value in rest.dates if value != FACETS["date"].unknown)
            rest = choosing(rest, "date", tuple(kept))
    named_here = {facet.name for facet in shown}
    hidden = tuple(pair for pair in pairs(rest) if pair[0] not in named_here)
    return Panel(groups, hidden)


def labels(result: SearchResult) -> Labels:
    """Return the words for values, by facet and value, as far as ``result`` has any."""
    found = {
        (facet.name, bucket.value): bucket.label
        for facet in result.facets
        for bucket in facet.buckets
    }
    for hit in result.hits:
        found.update({("place", place.id): place.label for place in hit.places})
        if hit.source:
            found["source", hit.source.value] = hit.source.label
    return found


def _worth_showing(query: Query, facet: Facet) -> bool:
    if facet.name == "date":
        return False  # the histogram is its form
    touched = any(bucket.selected or bucket.excluded for bucket in facet.buckets)
    if facet.name == "kind":
        touched = query.kinds != Query().kinds
    return len(facet.buckets) > 1 or touched


def _group(query: Query, facet: Facet, names: Labels) -> Group:
    ordered = _tree(facet.buckets) if facet.name == "place" else _flat(facet.buckets)
    options = tuple(
        Option(
            value=bucket.value,
            label=named(facet.name, bucket.value, names),
            count=bucket.count,
            checked=bucket.selected,
            excluded=bucket.excluded,
            depth=depth,
            toggle=url("/search", _toggled(query, facet, bucket)),
        )
        for bucket, depth in ordered
    )
    if facet.name == "kind":
        options = (_every_kind(query, facet), *options)
    more = None
    if facet.total > len(options) and len(options) < MORE:
        more = url("/search", from_start(query, facet_size=MORE))
    return Group(facet.name, FACETS[facet.name].label, options, facet.total, more)


def _every_kind(query: Query, facet: Facet) -> Option:
    total = sum(bucket.count for bucket in facet.buckets)
    every = url("/search", from_start(query, kinds=()))
    return Option(
        value=EVERY_KIND,
        label="Every kind",
        count=total,
        checked=not query.kinds,
        excluded=False,
        depth=0,
        toggle=every,
    )


def _toggled(query: Query, facet: Facet, bucket: Bucket) -> Query:
    """Return ``query`` with ``bucket`` left out, or taken back in.

    Values are the index's own: the query may have chosen this one by a label.
    """
    name, others = facet.name, [b for b in facet.buckets if b is not bucket]
    left = tuple(b.value for b in others if b.excluded)
    if bucket.excluded:
        return leaving_out(query, name, left)
    chosen = tuple(b.value for b in others if b.selected)
    return leaving_out(choosing(query, name, chosen), name, (*left, bucket.value))


def _flat(buckets: tuple[Bucket, ...]) -> Iterator[tuple[Bucket, int]]:
    return ((bucket, 0) for bucket in buckets)


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

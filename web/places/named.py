"""Places as a tree: what lies in what, and what to call a kind of place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from search.gazetteer import gazetteer
from search.mentions import PlaceCount, PlaceCounts
from web.places.atlas import atlas
from web.places.frames import CONTINENTS

_KINDS = {
    "country": "country",
    "region": "region",
    "county": "district",
    "city": "town",
    "continent": "continent",
    "area": "area",
    "water": "water",
}
_DEEPEST = 16


class Named:
    """The places of some articles, in the order of ``counts``."""

    def __init__(self, counts: PlaceCounts) -> None:
        self.counts = counts
        self.by_id = {place.id: place for place in counts.places}

    @cached_property
    def _children(self) -> dict[str | None, list[PlaceCount]]:
        found: dict[str | None, list[PlaceCount]] = {}
        for place in self.counts.places:
            found.setdefault(place.parent, []).append(place)
        return found

    def directly(self, within: str) -> Sequence[PlaceCount]:
        """Return what lies directly in a place or continent; of "", in nothing."""
        if within in CONTINENTS:
            of = atlas().continent_of
            return [p for p in self._children.get(None, ()) if of.get(p.id) == within]
        return self._children.get(within or None, ())

    def all(self, within: str) -> Sequence[PlaceCount]:
        """Return what lies in a place or continent, however deep."""
        if not within:
            return self.counts.places
        return [place for place in self.counts.places if within in self.above(place.id)]

    def above(self, id: str) -> Iterator[str]:
        """Yield what a place lies in, nearest first, and the continent last."""
        top = id
        for _ in range(_DEEPEST):
            parent = self._parent(top)
            if parent is None:
                break
            yield parent
            top = parent
        if continent := atlas().continent_of.get(top):
            yield continent

    def trail(self, id: str) -> list[tuple[str, str]]:
        """Return ids and labels from the continent down to ``id``."""
        steps = (*reversed([*self.above(id)]), id)
        return [(step, self.label(step)) for step in steps]

    def label(self, id: str) -> str:
        """Return what a place is called; "" where nobody knows it."""
        known = self.by_id.get(id) or gazetteer().place(id)
        return known.label if known else ""

    def _parent(self, id: str) -> str | None:
        """Return what a place lies in as articles have it, else the gazetteer."""
        if (known := self.counts.parents.get(id)) is not None:
            return known or None
        place = gazetteer().place(id)
        return place.path[-2] if place and len(place.path) > 1 else None


def kind(place: PlaceCount) -> str | None:
    """Return what sort of place it is, None where only this collection knows it."""
    return None if place.kind is None else _KINDS[place.kind]


def inside(place: PlaceCount, named: Named) -> str:
    """Return what a place lies in, nearest first: Odesa Oblast, Ukraine."""
    above = [step for step in named.above(place.id) if step not in CONTINENTS]
    return ", ".join(filter(None, map(named.label, above)))

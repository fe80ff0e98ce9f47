"""The places a row brings with it."""

from __future__ import annotations

import re

from search.folding import own_id
from search.gazetteer import Gazetteer, GazetteerPlace
from search.model import Place

_CODE = re.compile(r"[A-Z]{2}")  # ISO 3166, or like it


def places_given(values: tuple[str, ...], source: Gazetteer) -> tuple[Place, ...]:
    """Return a place for each GeoNames id, ISO 3166 code or name, in order, each once.

    A name is taken for its most prominent place; what the gazetteer does not know
    becomes a place of its own, ``x:`` and the folded name. Two capitals are a country
    or unknown: ``EU`` is no town in France, though one is called Eu. Only a place that
    has no other label is as written in the row: the article may never name it.
    """
    found: dict[str, Place] = {}
    for value in (v.strip() for v in values):
        if value:
            place = _known(value, source)
            made = _own(value) if place is None else _place(place)
            if made.id:
                found.setdefault(made.id, made)
    return tuple(found.values())


def _known(value: str, source: Gazetteer) -> GazetteerPlace | None:
    if (place := source.place(value)) is not None:
        return place
    code = source.country(value) if value.isascii() and value.isupper() else None
    ids = (code,) if code else source.named(value)
    place = source.place(ids[0]) if ids else None
    if place and _CODE.fullmatch(value) and len(place.path) > 1:
        return None
    return place


def _place(place: GazetteerPlace) -> Place:
    return Place(
        id=place.id,
        label=place.label,
        path=place.path,
        lat=place.lat,
        lon=place.lon,
    )


def _own(value: str) -> Place:
    name = value.removeprefix("x:").strip() or value
    own = own_id(name)
    return Place(id=own, label=name, path=(own,), as_written=(name,))

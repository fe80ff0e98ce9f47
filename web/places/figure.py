"""A map with its circles, and what it shows in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.mentions import PlaceCount
from search.model import Query
from web import wording
from web.places import frames, marks
from web.places.addresses import PlacesLinks, of_place
from web.places.frames import Frame
from web.places.ground import Ground, ground
from web.places.marks import Layer, Spot

_NAMED = 3  # places that the sentence names
_ANTARCTIC = -56.0  # degrees: what lies south of it needs the whole world
_FAR = 8  # strays that are named


@dataclass(frozen=True, slots=True)
class Figure:
    """A map; ``summary`` is what it says in words, ``far`` what does not fit on it."""

    ground: Ground
    layers: tuple[Layer, ...]
    summary: str
    far: tuple[Spot, ...]
    more_far: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Locator:
    """A small map of one place: ``x`` and ``y`` in per cent, None for a country."""

    ground: Ground
    x: float | None
    y: float | None


def figure(
    shown: Sequence[PlaceCount], others: Sequence[PlaceCount], *,
    query: Query, within: str, own: bool,
) -> Figure | None:  # fmt: skip
    """Return the map of the places that are ``shown``, largest first, and ``others``.

    A circle is as large as ``own`` articles, or all that count for the place.
    """
    links = PlacesLinks(query)
    to = of_place if own else links.within
    spots = [
        Spot(p.label, p.own if own else p.count, p.lat, p.lon, to(p.id))
        for p in shown
        if p.lat is not None and p.lon is not None
    ]
    beside = [(p.lat, p.lon) for p in others if p.lat is not None and p.lon is not None]
    frame = frame_of(within, [(spot.lat, spot.lon) for spot in spots])
    if frame is None or not spots:
        return None
    spots.sort(key=lambda spot: -spot.size)
    drawn, far = marks.layers(frame, spots, beside)
    return Figure(
        ground=ground(frame),
        layers=drawn,
        summary=_summary(spots),
        far=far[:_FAR],
        more_far=max(0, len(far) - _FAR),
        unknown=sum(place.lat is None for place in shown),
    )


def frame_of(within: str, where: Sequence[tuple[float, float]]) -> Frame | None:
    """Return the map of what lies ``where`` in a place; of "", of the world."""
    if not within:
        return frames.world(whole=any(lat < _ANTARCTIC for lat, _ in where))
    return frames.continent(within) or frames.country(within) or frames.around([*where])


def locator(place: PlaceCount, path: Sequence[str]) -> Locator | None:
    """Return where a place is: in its country, a country on its continent."""
    frame = frames.locating(path)
    if frame is not None and frame.of == place.id:
        return Locator(ground(frame), None, None)
    if place.lat is None or place.lon is None:
        return None
    frame = frame or frames.world()
    point = frame.point(place.lat, place.lon)
    if point is None:
        frame = frames.around([(place.lat, place.lon)], path[0]) or frame
        point = frame.point(place.lat, place.lon) or (0.5, 0.5)
    return Locator(ground(frame), round(point[0] * 100, 2), round(point[1] * 100, 2))


def _summary(spots: Sequence[Spot]) -> str:
    first, *rest = spots[:_NAMED]
    said = f"Most articles name {first.label}: {first.size:,}"
    if not rest:
        return f"{said}."
    others = wording.listed([f"{spot.label} {spot.size:,}" for spot in rest])
    return f"{said}; then {others}."

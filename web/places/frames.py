"""What part of the world a map shows, and where on it a point lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from web.places.atlas import Cap, atlas
from web.places.projection import (
    Azimuthal,
    EqualEarth,
    Floats,
    Projection,
    middle,
    unrolled,
)

WIDTH = 1600  # units of a drawing, twice the pixels of a usual map
_EARTH = 57.3  # degrees a radian
_MARGIN = 0.09  # of a part of the world's width, on each side
_LEAST = 0.03  # radians across: a country smaller than two degrees has sea around it
_ASPECT = 1.5  # width by height of a map of a part
_POINT = 0.35  # radians across a map of one point
# Where people live; places farther south make the map of the world reach the pole.
_SOUTH, _NORTH, _WEST, _EAST = -56.0, 84.0, -2.52, 2.6  # degrees, radians
_POLE = -90.0
# South, north, west, east in degrees: where most of a continent's people live.
_CONTINENTS = {
    "6255146": (-35.0, 37.0, -18.0, 52.0),
    "6255147": (-10.0, 54.0, 28.0, 146.0),
    "6255148": (35.5, 68.0, -19.0, 38.0),
    "6255149": (9.0, 66.0, -140.0, -58.0),
    "6255150": (-54.0, 12.0, -81.0, -35.0),
    "6255151": (-47.0, 12.0, 113.0, 209.0),
}
CONTINENTS = tuple(_CONTINENTS)


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a projected plane; ``left`` and ``top`` in radii of the earth.

    ``world`` says that all of the world is in it. ``of`` is the country it is about,
    if any.
    """

    project: Projection
    left: float
    top: float
    width: float
    height: float
    world: bool = False
    of: str = ""

    @property
    def units(self) -> tuple[int, int]:
        """Return width and height of the drawing in its own units."""
        return WIDTH, round(WIDTH * self.height / self.width)

    @property
    def finest(self) -> float:
        """Return what matters so little that nobody sees it, in degrees."""
        return self.width * _EARTH / WIDTH * 2

    @property
    def cap(self) -> Cap | None:
        """Return the part of the globe that is on it; None for all."""
        if not isinstance(self.project, Azimuthal):
            return None
        right, bottom = self.left + self.width, self.top - self.height
        farthest = float(np.hypot(max(-self.left, right), max(self.top, -bottom)))
        angle = 2 * float(np.arcsin(min(1.0, farthest / 2)))
        return Cap(self.project.lat, self.project.lon, angle)

    def place(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return where projected points are drawn, in units."""
        scale = WIDTH / self.width
        return (x - self.left) * scale, (self.top - y) * scale

    def shares(self, where: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
        """Return where points, given as latitude and longitude, lie on the map.

        In shares of its width from the left and of its height from the top; what is
        not on it is NaN.
        """
        lat, lon = np.array(where, np.float64).reshape(-1, 2).T
        x, y = self.project(lat, unrolled(lon) if self.world else lon)
        across, down = (x - self.left) / self.width, (self.top - y) / self.height
        there = (across >= 0) & (across <= 1) & (down >= 0) & (down <= 1)
        return np.where(there, across, np.nan), np.where(there, down, np.nan)

    def point(self, lat: float, lon: float) -> tuple[float, float] | None:
        """Return where one point lies on the map; None where it is not on it."""
        x, y = self.shares([(lat, lon)])
        return None if np.isnan(x[0]) else (float(x[0]), float(y[0]))


@lru_cache(maxsize=2)
def world(*, whole: bool = False) -> Frame:
    """Return the map of the world; the ``whole`` one has the Antarctic on it."""
    project = EqualEarth()
    _, edges = project(np.array([_POLE if whole else _SOUTH, _NORTH]), np.zeros(2))
    south, north = edges.tolist()
    return Frame(project, _WEST, north, _EAST - _WEST, north - south, world=True)


@lru_cache(maxsize=512)
def country(id: str) -> Frame | None:
    """Return the map of a country, None where there are no outlines of it."""
    main = atlas().main(id)
    return None if main is None else _around(*main, of=id)


@lru_cache(maxsize=16)
def continent(id: str) -> Frame | None:
    """Return the map of a continent; None where it is none that people live on."""
    bounds = _CONTINENTS.get(id)
    if bounds is None:
        return None
    south, north, west, east = bounds
    sides = np.meshgrid(np.linspace(south, north, 9), np.linspace(west, east, 9))
    return _around(*(side.ravel() for side in sides), least=_LEAST)


def locating(path: Sequence[str]) -> Frame | None:
    """Return the map of the country a place is in, of its continent for a country.

    None where there are no outlines of it.
    """
    return country(path[0]) if len(path) > 1 else _on_its_continent(path[0])


@lru_cache(maxsize=512)
def _on_its_continent(id: str) -> Frame | None:
    """Return the map of a country's continent, its own where that is not on it."""
    main = atlas().main(id)
    whole = continent(atlas().continent_of.get(id, ""))
    if whole is None or main is None or whole.point(*middle(*main)) is None:
        return country(id)
    return replace(whole, of=id)


def around(where: Sequence[tuple[float, float]], of: str = "") -> Frame | None:
    """Return the map of some points, given as latitude and longitude."""
    if not where:
        return None
    lat, lon = np.array(where, np.float64).T
    return _around(lat, lon, least=_POINT / 3 if len(where) > 1 else _POINT, of=of)


def _around(lat: Floats, lon: Floats, *, least: float = _LEAST, of: str = "") -> Frame:
    project = Azimuthal(*middle(lat, lon))
    x, y = project(lat, lon)
    across = max(float(np.ptp(x)) * (1 + 2 * _MARGIN), least)
    down = max(float(np.ptp(y)) * (1 + 2 * _MARGIN), least / _ASPECT)
    width, height = max(across, down * _ASPECT), max(down, across / _ASPECT)
    left = (float(x.min()) + float(x.max()) - width) / 2
    top = (float(y.min()) + float(y.max()) + height) / 2
    return Frame(project, left, top, width, height, of=of)

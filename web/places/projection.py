"""From latitude and longitude to a plane, on which equal areas are equal.

What is drawn are amounts, so areas have to be true: a circle must not look small
because the country under it was blown up. For the world this is the Equal Earth
projection (Šavrič, Patterson and Jenny, International Journal of Geographical
Information Science 33, 2019), which also looks like the maps people know. For a part of
it it is Lambert's azimuthal one about the middle of that part, which is hardly
distorted as far as a continent reaches, and knows neither poles nor a line where days
change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CUT = -169.0  # degrees: the map of the world begins in the Bering Strait
_MIDDLE = CUT + 180

_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = np.sqrt(3) / 2
_FARTHEST = -0.3  # cosine of the angle from the middle: 107 degrees


class Projection(Protocol):
    """Makes a plane of the globe."""

    def __call__(self, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
        """Return x to the right and y upwards, in radii of the earth, of degrees."""


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The world, cut where hardly anybody lives; longitudes from ``CUT`` on."""

    def __call__(self, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
        """Return x and y in radii of the earth."""
        east = np.radians(lon - _MIDDLE)
        t = np.arcsin(_M * np.sin(np.radians(lat)))
        a1, a2, a3, a4 = _A
        t2 = t * t
        t6 = t2 * t2 * t2
        slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
        x = 2 * np.sqrt(3) * east * np.cos(t) / (3 * slope)
        return x, t * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """The part of the world about a point; what is behind it is nowhere, NaN."""

    lat: float
    lon: float

    def __call__(self, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
        """Return x and y in radii of the earth."""
        up, east = np.radians(lat), np.radians(lon - self.lon)
        here = np.radians(self.lat)
        x = np.cos(up) * np.sin(east)
        y = np.cos(here) * np.sin(up) - np.sin(here) * np.cos(up) * np.cos(east)
        near = np.sin(here) * np.sin(up) + np.cos(here) * np.cos(up) * np.cos(east)
        scale = np.sqrt(2 / np.maximum(1 + near, 1e-9))
        scale[near < _FARTHEST] = np.nan
        return x * scale, y * scale


def unrolled(lon: Floats) -> Floats:
    """Return longitudes from ``CUT`` to 360 degrees east of it."""
    return np.where(lon < CUT, lon + 360, lon)


def middle(lat: Floats, lon: Floats) -> tuple[float, float]:
    """Return the latitude and longitude in the midst of some points."""
    up, east = np.radians(lat), np.radians(lon)
    x, y = np.mean(np.cos(up) * np.cos(east)), np.mean(np.cos(up) * np.sin(east))
    z = np.mean(np.sin(up))
    north = np.arctan2(z, np.hypot(x, y))
    return float(np.degrees(north)), float(np.degrees(np.arctan2(y, x)))

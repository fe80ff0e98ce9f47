"""A share as whole percent, rounded one way wherever it is told."""

from __future__ import annotations

from typing import Any, TypeVar

from numpy.typing import NDArray

N = TypeVar("N", int, "NDArray[Any]")


def percent(part: N, whole: int) -> N:
    """Return what percentage ``part`` is of ``whole``, halves up; of nothing, 0.

    In integers: a float has 0.285 below its half.

    >>> percent(1, 200), percent(57, 200), percent(3, 200)
    (1, 29, 2)
    """
    return (200 * part + whole) // max(1, 2 * whole)

"""Where in its document each token stands: a byte and a few bits a position.

The low byte of each is one array. What is above it is packed into 1, 2, 4 or 8 bits,
whatever makes least of the field; the highest value of those bits says that the
position is in a list of far ones. So any position is read without those before it, and
none is too high.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.engines.columnar.narrow import WIDTHS, evenly, packed, unpacked
from search.engines.columnar.spool import Spool

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.engines.columnar.container import Container, ContainerWriter

    Ints = NDArray[np.int64]

_FAR = 8  # bytes a far position costs


class PlaceWriter:
    """Takes the positions of a field in order, and writes them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._positions = Spool(np.uint16, folder)
        self._beyond = [0] * len(WIDTHS)  # how many are far at each width

    def append(self, positions: NDArray[np.uint32]) -> None:
        """Put ``positions`` at the end."""
        self._positions.append(positions)
        for i, bits in enumerate(WIDTHS):
            far = int(np.count_nonzero(positions >= ((1 << bits) - 1) << 8))
            self._beyond[i] += far
            if not far:
                break

    def write(self, container: ContainerWriter, name: str) -> int:
        """Write the arrays of the field ``name``, and return the bits of each."""
        size = len(self._positions)
        costs = [
            size * bits / 8 + _FAR * far
            for bits, far in zip(WIDTHS, self._beyond, strict=True)
        ]
        bits = WIDTHS[costs.index(min(costs))]
        low = container.reserve(f"{name}/positions", np.uint8, (size,))
        high = container.reserve(f"{name}/above", np.uint8, (-(-size * bits // 8),))
        far, far_at = Spool(np.uint32, self._folder), Spool(np.uint32, self._folder)
        at = 0
        for part in evenly(self._positions.pieces()):
            above = part >> 8
            beyond = np.flatnonzero(above >= (1 << bits) - 1)
            far_at.append(beyond + at)
            far.append(part[beyond])
            above[beyond] = (1 << bits) - 1
            low.write(at, part.astype(np.uint8))
            high.write(at * bits // 8, packed(above.astype(np.uint8), bits))
            at += len(part)
        far_at.write(container, f"{name}/far_at")
        far.write(container, f"{name}/far")
        return bits


class PlaceReader:
    """The positions of a field, by their number within it."""

    def __init__(self, container: Container, name: str, bits: int) -> None:
        self._container = container
        self._name = name
        self._bits = bits
        self._each = 8 // bits  # positions a byte
        self._shift = self._each.bit_length() - 1
        self._mask = (1 << bits) - 1

    def all(self, start: int, stop: int) -> Ints:
        """Return the positions with the numbers ``start`` to before ``stop``."""
        low, high, first = self._parts(start, stop)
        above = unpacked(high, self._bits)[start - first : stop - first]
        return self._joined(low, above, np.arange(start, stop))

    def some(self, start: int, stop: int, at: Ints) -> Ints:
        """Return those of the positions ``start`` .. ``stop`` with these numbers."""
        low, high, first = self._parts(start, stop)
        offset = at - first
        shifts = ((offset & (self._each - 1)) * self._bits).astype(np.uint8)
        above = (high[offset >> self._shift] >> shifts) & np.uint8(self._mask)
        return self._joined(low[at - start], above, at)

    def _parts(
        self, start: int, stop: int
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8], int]:
        """Return low bytes, packed bits, and the number these bits begin with."""
        first, last = start // self._each, -(-stop // self._each)
        return (
            self._container.part(f"{self._name}/positions", start, stop),
            self._container.part(f"{self._name}/above", first, last),
            first * self._each,
        )

    def _joined(
        self, low: NDArray[np.uint8], above: NDArray[np.uint8], at: Ints
    ) -> Ints:
        near = above.astype(np.uint16)
        near <<= np.uint16(8)
        near |= low
        found = near.astype(np.int64)
        beyond = np.flatnonzero(above == self._mask)
        if beyond.size:
            known = self._container.array(f"{self._name}/far_at")
            where = np.searchsorted(known, at[beyond].astype(known.dtype))
            found[beyond] = self._container.array(f"{self._name}/far")[where]
        return found

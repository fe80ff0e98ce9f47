"""The documents of rare terms: two bytes a number, and above them few bits or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.engines.columnar.narrow import WIDTHS, evenly, packed, unpacked
from search.engines.columnar.spool import Spool

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.engines.columnar.container import Container, ContainerWriter

_LOW = 16  # bits


class NumberWriter:
    """Takes numbers below ``size`` and writes them in as few bits as all need."""

    def __init__(self, size: int, folder: Path) -> None:
        self._bits = bits_above(size)
        self._numbers = Spool(np.uint32 if self._bits else np.uint16, folder)

    def append(self, numbers: NDArray[np.uint32]) -> None:
        """Put ``numbers`` at the end."""
        self._numbers.append(numbers)

    def write(self, container: ContainerWriter, name: str) -> None:
        """Write the array ``name``, and with bits above the low ones a second one."""
        if not self._bits:
            self._numbers.write(container, name)
            return
        size, bits = len(self._numbers), self._bits
        low = container.reserve(name, np.uint16, (size,))
        high = container.reserve(f"{name}_above", np.uint8, (-(-size * bits // 8),))
        at = 0
        for part in evenly(self._numbers.pieces()):
            low.write(at, part.astype(np.uint16))
            above = (part >> _LOW).astype(np.uint8)
            high.write(at * bits // 8, packed(above, bits))
            at += len(part)


class NumberReader:
    """Numbers below ``size`` that were written as the array ``name``."""

    def __init__(self, container: Container, name: str, size: int) -> None:
        self._container = container
        self._name = name
        self._above = f"{name}_above"
        self._bits = bits_above(size)

    def part(self, start: int, stop: int) -> NDArray[np.uint32]:
        """Return the numbers from ``start`` to before ``stop``."""
        found = self._container.part(self._name, start, stop).astype(np.uint32)
        if self._bits:
            each = 8 // self._bits
            first = start // each
            data = self._container.part(self._above, first, -(-stop // each))
            above = unpacked(data, self._bits).astype(np.uint32)
            above <<= np.uint32(_LOW)
            found |= above[start - first * each :][: stop - start]
        return found

    def some(self, at: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Return the numbers at these places, which rise."""
        if not len(at):
            return np.zeros(0, np.uint32)
        start, stop = int(at[0]), int(at[-1]) + 1
        return self.part(start, stop)[at - start]


def bits_above(size: int) -> int:
    """Return how many bits above the low ones number ``size`` documents.

    >>> bits_above(65_536), bits_above(65_537), bits_above(1_000_000)
    (0, 1, 4)
    """
    need = max(0, (size - 1).bit_length() - _LOW) if size else 0
    if need > WIDTHS[-1]:
        raise OverflowError(f"{size} documents are too many for one segment")
    return next(bits for bits in (0, *WIDTHS) if bits >= need)

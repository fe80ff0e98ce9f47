"""The sorted terms of a field of a segment."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search.engines.columnar.container import Container


class Vocabulary:
    """Terms by number, in order of their bytes; nothing is loaded."""

    def __init__(self, container: Container, name: str, size: int) -> None:
        self._size = size
        self._container = container
        self._name = name

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < self._size:
            raise IndexError(f"no term {number}")
        start, stop = self._ends(number, number + 1)
        return bytes(self._container.part(f"{self._name}/blob", start, stop))

    def lower(self, term: bytes) -> int:
        """Return the number of the first term that is not less than ``term``."""
        low, high = 0, self._size
        if not high:
            return 0
        end = self._container.array(f"{self._name}/off").item
        blob = self._container.array(f"{self._name}/blob").data
        while low < high:
            middle = (low + high) >> 1
            if bytes(blob[end(middle) : end(middle + 1)]) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int:
        """Return the number of ``term``, -1 where there is none; about 5 µs."""
        number = self.lower(term)
        if number == self._size:
            return -1
        end = self._container.array(f"{self._name}/off").item
        blob = self._container.array(f"{self._name}/blob").data
        return number if blob[end(number) : end(number + 1)] == term else -1

    def slice(self, start: int, stop: int) -> list[bytes]:
        """Return the terms of the numbers from ``start`` to before ``stop``."""
        if start >= stop:
            return []
        ends = self._container.part(f"{self._name}/off", start, stop + 1).tolist()
        first = ends[0]
        blob = bytes(self._container.part(f"{self._name}/blob", first, ends[-1]))
        return [blob[a - first : b - first] for a, b in pairwise(ends)]

    def some(self, numbers: NDArray[np.int64]) -> list[bytes]:
        """Return the terms with these numbers."""
        if not len(numbers):
            return []
        ends = self._container.array(f"{self._name}/off")
        blob = self._container.array(f"{self._name}/blob").data
        starts, stops = ends[numbers].tolist(), ends[numbers + 1].tolist()
        return [bytes(blob[a:b]) for a, b in zip(starts, stops, strict=True)]

    def _ends(self, first: int, last: int) -> tuple[int, int]:
        ends = self._container.part(f"{self._name}/off", first, last + 1).tolist()
        return ends[0], ends[-1]

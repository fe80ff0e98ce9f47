"""Counts that the processes of a site keep together, in memory they share.

Each process counts in a row of its own, so that none waits for another; sums are taken
when somebody asks. A row outlives its process and the next process goes on with it:
totals never fall, and nothing piles up however often workers are replaced.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator
from mmap import mmap
from threading import Lock

EDGES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds

_ROW = 65_536  # bytes, of which only the pages in use take memory
_NAMES = 32_768  # bytes of them for names, the rest for their values
_HEAD = 24  # bytes: process, length of the names, number of values
_PROCESS, _LENGTH, _USED = range(3)
_SPARE = 0  # the value that counts what has no room any more


class Board:
    """Rows in shared memory. Make it before the processes are forked.

    The parent lends rows and takes them back, a child takes the one it was lent.
    Whoever takes none counts in row 0, which belongs to the process that made it.
    """

    def __init__(self, children: int = 0) -> None:
        self._memory = mmap(-1, (1 + children) * _ROW)
        self._free = list(range(children, 0, -1))
        self.row = Row(self._memory, 0)
        self.row.begin()

    def lend(self) -> int | None:
        """Return the number of a free row; None where there is none."""
        return self._free.pop() if self._free else None

    def take(self, number: int | None) -> None:
        """Make this process count in the row it was lent.

        Without one it counts for itself alone, which is told to nobody.
        """
        memory = mmap(-1, _ROW) if number is None else self._memory
        self.row = Row(memory, number or 0)
        self.row.begin()

    def give_back(self, number: int | None) -> None:
        """Take a row back from a process that has ended."""
        if number is not None:
            Row(self._memory, number).end()
            self._free.append(number)

    def totals(self) -> dict[str, tuple[float, ...]]:
        """Return the values under each name, summed over all processes there were."""
        summed: dict[str, tuple[float, ...]] = {}
        for row in self._rows():
            for name, values in row.read():
                before = summed.get(name, (0.0,) * len(values))
                pairs = zip(before, values, strict=True)
                summed[name] = tuple(a + b for a, b in pairs)
        return summed

    def processes(self) -> dict[int, int]:
        """Return the ids of the processes that count now, by number of their row."""
        rows = enumerate(self._rows())
        return {number: row.process for number, row in rows if row.process}

    def _rows(self) -> Iterator[Row]:
        for number in range(len(self._memory) // _ROW):
            yield Row(self._memory, number)


class Row:
    """Values by name. One process writes, its threads in turn; others may read.

    A name is published after its place, and a value is one aligned store, so that a
    reader sees no half of either.
    """

    def __init__(self, memory: mmap, number: int) -> None:
        view = memoryview(memory)[number * _ROW : (number + 1) * _ROW]
        self._head = view[:_HEAD].cast("Q")
        self._names = view[_HEAD:_NAMES]
        self._values = view[_NAMES:].cast("d")
        self._places: dict[str, int] = {}
        self._lock = Lock()

    @property
    def process(self) -> int:
        """Return the id of the process that counts here; 0 if none does."""
        return self._head[_PROCESS]

    def begin(self) -> None:
        """Count here from now on, after what was counted before."""
        self._head[_USED] = max(1, self._head[_USED])
        self._places = {name: place for name, place, _ in self._known()}
        self._head[_PROCESS] = os.getpid()

    def end(self) -> None:
        """Leave the counts to whoever comes next."""
        self._head[_PROCESS] = 0

    def add(self, name: str, amount: float = 1.0) -> None:
        """Add ``amount`` to the value under ``name``."""
        with self._lock:
            self._values[self._place(name, 1)] += amount

    def observe(self, name: str, seconds: float) -> None:
        """Count a time in the one of the buckets under ``name`` that it falls into.

        The value after the last bucket is the sum of all times.
        """
        with self._lock:
            place = self._place(name, len(EDGES) + 2)
            if place != _SPARE:
                self._values[place + bisect_left(EDGES, seconds)] += 1
                self._values[place + len(EDGES) + 1] += seconds

    def read(self) -> Iterator[tuple[str, tuple[float, ...]]]:
        """Yield each name and its values."""
        for name, place, width in self._known():
            yield name, tuple(self._values[place : place + width])

    def _known(self) -> Iterator[tuple[str, int, int]]:
        """Yield each name, the place of its first value, how many there are."""
        place = 1
        text = bytes(self._names[: self._head[_LENGTH]]).decode()
        for line in text.splitlines():
            width, name = line.split(" ", 1)
            yield name, place, int(width)
            place += int(width)

    def _place(self, name: str, width: int) -> int:
        place = self._places.get(name)
        if place is None:
            place = self._places[name] = self._new(name, width)
        return place

    def _new(self, name: str, width: int) -> int:
        """Return the place of a new name; of the spare value where no room is left."""
        line = f"{width} {name}\n".encode()
        begin, place = self._head[_LENGTH], self._head[_USED]
        end = begin + len(line)
        if end > len(self._names) or place + width > len(self._values):
            return _SPARE
        self._names[begin:end] = line
        self._head[_USED] = place + width
        self._head[_LENGTH] = end
        return place

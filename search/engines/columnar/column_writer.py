"""What is counted, filtered and sorted by, as columns of numbers."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import numpy as np

from search.engines.column import narrow
from search.engines.ids import decoded, encoded
from search.engines.rows import COLUMNS, PAIRS, Row

if TYPE_CHECKING:
    from search.engines.columnar.container import ContainerWriter

_BETWEEN = b"\x1f"  # the two halves of a pair
_ITSELF = b"\xff"  # that byte in the first half; no byte of UTF-8


class ColumnWriter:
    """Takes the rows of a segment's documents in order, and writes them as columns."""

    def __init__(self) -> None:
        self._ids: list[bytes] = []
        self._first = array("i")
        self._last = array("i")
        self._groups = array("Q")
        self._columns = {name: _Column() for name in COLUMNS}

    @property
    def held(self) -> int:
        """Return about how much memory is held."""
        columns = self._columns.values()
        return 78 * len(self._ids) + sum(column.held for column in columns)

    def add(self, row: Row) -> None:
        """Append a document."""
        self._ids.append(encoded(row.id))
        self._first.append(row.first)
        self._last.append(row.last)
        self._groups.append(row.group)
        for column, values in zip(self._columns.values(), row.values, strict=True):
            column.add(values)

    def write(self, container: ContainerWriter) -> dict[str, Any]:
        """Write the columns and return what the segment's ``meta`` says of them."""
        write_days(container, self._ids, self._first, self._last)
        write_groups(container, self._groups)
        for name, column in self._columns.items():
            column.write(container, name)
        return {"names": list(COLUMNS), "pairs": list(PAIRS)}


class _Column:
    """The values of one column, numbered as they come."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._codes = array("i")
        self._counts = array("i")

    @property
    def held(self) -> int:
        return 4 * (len(self._codes) + len(self._counts)) + 200 * len(self._numbers)

    def add(self, values: tuple[Any, ...]) -> None:
        self._counts.append(len(values))
        numbers = self._numbers
        for value in values:
            self._codes.append(numbers.setdefault(value, len(numbers)))

    def write(self, container: ContainerWriter, name: str) -> None:
        values = [_encoded(value) for value in self._numbers]
        order = sorted(range(len(values)), key=values.__getitem__)
        ranks = np.empty(len(values), np.int64)
        ranks[order] = np.arange(len(values))
        codes = ranks[np.array(self._codes, np.int64)]
        counts = np.array(self._counts, np.int64)
        write_column(container, name, [values[i] for i in order], codes, counts)


def joined(first: str, second: str) -> bytes:
    """Return a pair as one value, which :func:`halves` takes apart again."""
    return encoded(first).replace(_BETWEEN, _ITSELF) + _BETWEEN + encoded(second)


def halves(value: bytes) -> tuple[str, str]:
    """Return the pair that was joined."""
    first, _, second = value.partition(_BETWEEN)
    return decoded(first.replace(_ITSELF, _BETWEEN)), decoded(second)


def write_days(container: ContainerWriter, ids: Any, first: Any, last: Any) -> None:
    """Write the ids of all documents and the first and last days of their periods."""
    names = np.array(ids, None if len(ids) else "S1")
    container.put("c/id", names)
    container.put("c/id_order", np.argsort(names, kind="stable").astype(np.uint32))
    container.put("c/first", np.array(first, np.int32))
    container.put("c/last", np.array(last, np.int32))


def write_groups(container: ContainerWriter, groups: Any) -> None:
    """Write which documents are copies of each other: they have the same number."""
    container.put("c/group", np.array(groups, np.uint64))


def write_column(
    container: ContainerWriter,
    name: str,
    values: list[bytes],
    codes: np.ndarray[Any, np.dtype[np.int64]],
    counts: np.ndarray[Any, np.dtype[np.int64]],
) -> None:
    """Write a column: its values, sorted, and the numbers each document has of them."""
    single = int(counts.max(initial=0)) <= 1
    if single:
        filled = np.full(len(counts), len(values), np.int64)
        filled[counts > 0] = codes
        codes = filled
    container.put(f"c/{name}/codes", codes.astype(narrow(len(values))))
    if not single:
        ends = np.cumsum(counts)
        container.put(f"c/{name}/off", np.append(0, ends).astype(np.uint32))
    container.put(f"c/{name}/blob", np.frombuffer(b"".join(values), np.uint8))
    upto = np.cumsum([0, *map(len, values)])
    container.put(f"c/{name}/ends", upto.astype(np.uint32))


def _encoded(value: str | tuple[str, str]) -> bytes:
    return encoded(value) if isinstance(value, str) else joined(*value)

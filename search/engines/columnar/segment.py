"""One segment opened for reading: its fields, columns and stored documents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from search.engines.columnar.column_writer import halves
from search.engines.columnar.field import Field
from search.engines.columnar.stored import FrameReader
from search.engines.docsets import WORD
from search.engines.ids import decoded, encoded, is_one
from search.runs import spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.engines.columnar.container import Container

    Ints = NDArray[np.int64]


class SegmentColumn:
    """One column: each document's values, as numbers of the sorted ``values``.

    Without ``off`` a document has one code, ``len(values)`` where it has no value;
    with it document ``d`` has ``codes[off[d]:off[d + 1]]``.
    """

    def __init__(self, container: Container, name: str, *, pairs: bool) -> None:
        self._container = container
        self._name = name
        self._pairs = pairs
        self.codes: NDArray[Any] = container.array(f"c/{name}/codes")
        self.off: NDArray[np.uint32] | None = None
        if f"c/{name}/off" in container.names:
            self.off = container.array(f"c/{name}/off")

    @cached_property
    def values(self) -> list[Any]:
        """Return the values: texts, or pairs of texts."""
        read = halves if self._pairs else decoded
        return [read(value) for value in self.encoded]

    def of(self, docs: Ints) -> tuple[Ints, Ints]:
        """Return the codes of ``docs``, one after another, and how many each has."""
        if self.off is None:
            codes = self.codes[docs].astype(np.int64)
            some = codes < self._size
            return codes[some], some.astype(np.int64)
        starts = self.off[docs].astype(np.int64)
        counts = self.off[docs + 1].astype(np.int64) - starts
        return self.codes[spans(starts, counts)].astype(np.int64), counts

    @property
    def _size(self) -> int:
        return len(self._container.array(f"c/{self._name}/ends")) - 1

    @property
    def encoded(self) -> list[bytes]:
        """Return the values as bytes, pairs with a separator between the halves."""
        blob = self._container.array(f"c/{self._name}/blob").tobytes()
        ends = self._container.array(f"c/{self._name}/ends").tolist()
        return [blob[a:b] for a, b in pairwise(ends)]


class Segment:
    """An immutable segment; its documents are numbered from 0 to ``size`` - 1.

    ``words`` is how many words of 64 documents there are.

    Raises:
        Damaged: what it takes to read the segment is not what was written.
    """

    def __init__(self, container: Container) -> None:
        self.container = container
        self.meta = container.meta
        self.size: int = self.meta["documents"]
        self.words = -(-self.size // WORD)
        self.fields: Mapping[str, Field] = {
            name: Field(container, name, self.size, meta)
            for name, meta in self.meta["fields"].items()
        }
        self.frames = FrameReader(container)
        self._columns: dict[str, SegmentColumn] = {}

    def stored(self, doc: int) -> bytes:
        """Return what was stored with a document.

        Raises:
            Damaged: it is not what was written.
        """
        return self.frames.frame(doc)

    def column(self, name: str) -> SegmentColumn:
        """Return a column of ``search.engines.rows``; segments of articles have them.

        Raises:
            KeyError: there is no such column.
        """
        column = self._columns.get(name)
        if column is None:
            pairs = name in self.meta["columns"]["pairs"]
            column = SegmentColumn(self.container, name, pairs=pairs)
            self._columns[name] = column
        return column

    def number(self, id: str) -> int:
        """Return the number of the last document with this id, -1 if there is none."""
        if not is_one(id):
            return -1
        ids, order = self.container.array("c/id"), self.container.array("c/id_order")
        name = encoded(id)
        at = int(np.searchsorted(ids, np.bytes_(name), side="right", sorter=order)) - 1
        if at < 0 or ids[order[at]] != name:
            return -1
        return int(order[at])

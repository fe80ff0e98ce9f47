"""The segments of a commit: opened once each, and kept while commits come and go."""

from __future__ import annotations

import pickle
import struct
import time
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import VarBytesColumn
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader

from search.engines.folder import Folder, Generation
from search.engines.rows import Row
from search.engines.stock.storage import (
    ARTICLE,
    FORMAT,
    ROW,
    SCHEMA_ON_DISK,
    Storage,
    contents,
    storage_of,
)

_TRIES = 20
_PAUSE = 0.02  # seconds; a commit removes files while a reader opens them

# What Whoosh raises over bytes that are not what it wrote.
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, LookupError,
    MemoryError, NameError, OSError, TypeError, ValueError,
    pickle.UnpicklingError, struct.error, zlib.error, WhooshIndexError,
)  # fmt: skip


@contextmanager
def damage(folder: Folder) -> Iterator[None]:
    """Turn what Whoosh raises over a damaged file into IndexUnusable."""
    try:
        yield
    except _DAMAGE as error:
        raise folder.damaged(error) from error


@dataclass(frozen=True, slots=True)
class Opened:
    """A segment's reader, its rows, and which of its documents are not deleted."""

    id: str
    reader: SegmentReader
    rows: tuple[Row, ...]
    articles: Any
    live: NDArray[np.bool_]

    @classmethod
    def of(cls, storage: Storage, segment: Any, last: Opened | None) -> Opened:
        """Open ``segment``; what never changes comes from the ``last`` opening."""
        if last is None:
            storage.verify(segment.make_filename(segment.COMPOUND_EXT))
        reader = SegmentReader(storage, SCHEMA_ON_DISK, segment)
        if last is None:
            packed = reader.column_reader(ROW, VarBytesColumn())
            rows = tuple(Row.unpack(bytes(row)) for row in packed)
        else:
            rows = last.rows
        live = np.ones(len(rows), np.bool_)
        live[list(segment.deleted_docs())] = False
        articles = reader.column_reader(ARTICLE, VarBytesColumn())
        return cls(segment.segment_id(), reader, rows, articles, live)


@dataclass(frozen=True)
class Segments:
    """The segments of commit ``number`` of ``generation``, in document order."""

    generation: Generation
    number: int
    opened: tuple[Opened, ...]
    size: int  # bytes on disk

    @classmethod
    def open(cls, folder: Folder, last: Segments | None) -> Segments:
        """Open the newest commit, trying again while one is being made.

        Raises:
            NoIndex: there is no index.
            IndexUnusable: it is damaged or of another version.
        """
        for _ in range(_TRIES - 1):
            stamp = folder.stamp()
            generation = folder.current(FORMAT)
            try:
                return cls._open(generation, last)
            except FileNotFoundError:
                time.sleep(_PAUSE)
            except _DAMAGE as error:
                if folder.stamp() == stamp:
                    raise folder.damaged(error) from error
        with damage(folder):
            return cls._open(folder.current(FORMAT), last)

    @classmethod
    def _open(cls, generation: Generation, last: Segments | None) -> Segments:
        storage = storage_of(generation)
        toc = contents(storage)
        known = {opened.id: opened for opened in last.opened} if last else {}
        opened = tuple(
            Opened.of(storage, segment, known.get(segment.segment_id()))
            for segment in toc.segments
        )
        return cls(generation, toc.generation, opened, generation.bytes)

    @cached_property
    def reader(self) -> IndexReader:
        """Return one reader of all segments."""
        if not self.opened:
            return EmptyReader(SCHEMA_ON_DISK)
        readers = [opened.reader for opened in self.opened]
        return readers[0] if len(readers) == 1 else MultiReader(readers)

    def stored(self, doc: int) -> bytes:
        """Return the packed article of this document."""
        i = bisect_right(self._bases, doc) - 1
        return bytes(self.opened[i].articles[doc - self._bases[i]])

    @cached_property
    def _bases(self) -> list[int]:
        sizes = [len(opened.rows) for opened in self.opened]
        return [sum(sizes[:i]) for i in range(len(sizes))]

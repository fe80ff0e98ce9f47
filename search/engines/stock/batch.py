"""Whoosh's segment writer, made to replace what the same batch added before."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from search.engines.stock.storage import (
    NAME,
    SCHEMA_ON_DISK,
    TABLE,
    Storage,
    contents,
)

_MEMORY = 256  # MB of postings, as Whoosh counts them, before they are spilled
_TIER = 10  # segments of one size, within a factor of ten, that are merged into one


class Batch(SegmentWriter):  # type: ignore[misc]  # Whoosh is untyped
    """The changes of one commit; ``commit`` makes them visible, ``cancel`` forgets."""

    def __init__(self, storage: Storage) -> None:
        _clear(storage)
        index = FileIndex(storage, SCHEMA_ON_DISK, NAME)
        super().__init__(index, limitmb=_MEMORY, _lk=False)
        # Which documents there are is settled before the first change.
        self._committed = self.reader() if self.segments else None
        self._added_as: dict[str, int] = {}
        self._replaced: set[int] = set()

    def put(self, id: str, fields: dict[str, Any]) -> None:
        """Add a document in place of the one with this id, committed or not."""
        self.drop(id)
        self._added_as[id] = self.docnum
        self.add_document(**fields)

    def drop(self, id: str) -> None:
        """Remove the document with this id, committed or not, if there is one."""
        added = self._added_as.pop(id, None)
        if added is not None:
            self._replaced.add(added)
        if self._committed is not None and ("id", id) in self._committed:
            matcher = self._committed.postings("id", id)
            for doc in matcher.all_ids():
                self.delete_document(doc)

    def get_segment(self) -> Any:
        """Return the new segment, without the documents this batch replaced."""
        segment = super().get_segment()
        for doc in self._replaced:
            segment.delete_document(doc)
        return segment

    def per_document_reader(self) -> Any:
        """Return what the writer of postings asks for the lengths of fields."""
        return _Lengths(super().per_document_reader())

    def commit(self) -> None:
        """Write the batch, merging segments of a size where there are ten of them."""
        if self._committed is not None:
            self._committed.close()
        super().commit(mergetype=_merge)

    def cancel(self) -> None:
        """Forget the batch, as far as it can; the next one clears the rest."""
        if self._committed is not None:
            self._committed.close()
        super().cancel()


class _Lengths:
    """Field lengths by document, each read once and not once a posting.

    Whoosh asks for them field by field: 1.2 times the speed (``bench/queries.py``).
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._field = ""
        self._known: dict[int, int] = {}
        self.close = reader.close

    def doc_field_length(self, doc: int, field: str) -> int:
        """Return how many words the field has in the document."""
        if field != self._field:
            self._field, self._known = field, {}
        if doc not in self._known:
            self._known[doc] = self._reader.doc_field_length(doc, field)
        return self._known[doc]


def _merge(writer: Batch, segments: list[Any]) -> list[Any]:
    """Return the segments to keep; the others went into ``writer``."""
    tiers: dict[int, list[Any]] = {}
    for segment in segments:
        if segment.doc_count():
            tiers.setdefault(len(str(segment.doc_count())), []).append(segment)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= _TIER:
            for segment in tiers.pop(tier):
                reader = SegmentReader(writer.storage, writer.schema, segment)
                writer.add_reader(reader)
                reader.close()
            break  # one merge a commit; the next tier waits for the next
    kept = {id(segment) for tier in tiers.values() for segment in tier}
    return [segment for segment in segments if id(segment) in kept]


def _clear(storage: Storage) -> None:
    """Remove what a writer that died left behind."""
    toc = contents(storage)
    segments = (f"{segment.segment_id()}." for segment in toc.segments)
    kept = (TABLE.format(toc.generation), *segments)
    for path in Path(storage.folder).iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif not path.name.startswith(kept):
            path.unlink()

"""Segments under a writer's hands, and the documents that wait to become one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.engines.columnar.commits import Part, new_part
from search.engines.columnar.segment import Segment
from search.engines.columnar.segment_writer import DocumentWriter

if TYPE_CHECKING:
    from whoosh.fields import Schema

    from search.engines.columnar.whoosh.documents import Fields, Unique
    from search.engines.disk import Disk
    from search.engines.docsets import Ids


class OpenPart:
    """A segment whose documents may be deleted; ``part`` says which still live."""

    def __init__(self, part: Part) -> None:
        self.part = part

    @cached_property
    def segment(self) -> Segment:
        """Return the segment, open."""
        return Segment(self.part.container)

    @property
    def size(self) -> int:
        """Return how many documents there are, deleted ones included."""
        return self.part.entry.documents

    def delete(self, docs: Ids) -> None:
        """Delete documents by their numbers in the segment."""
        self.part = self.part.without(docs)

    def delete_all_with(self, uniques: Iterable[Unique]) -> None:
        """Delete the documents that have one of these terms."""
        for name, term in uniques:
            field = self.segment.fields.get(name)
            number = field.find(term) if field else -1
            if field is not None and number >= 0:
                self.delete(field.documents_of(number))


class Waiting:
    """Documents on their way into a segment, in memory and in ``folder``."""

    def __init__(self, schema: Schema, folder: Path) -> None:
        self._writer = DocumentWriter(schema, folder)
        self._having: dict[Unique, list[int]] = {}
        self._dead: list[int] = []

    @property
    def size(self) -> int:
        """Return how many documents wait, replaced ones included."""
        return self._writer.size

    @property
    def held(self) -> int:
        """Return about how much memory is held, in bytes."""
        return self._writer.buffered

    def add(self, values: Fields, stored: bytes, uniques: Iterable[Unique]) -> None:
        """Append a document."""
        doc = self._writer.add(values, stored)
        for unique in uniques:
            self._having.setdefault(unique, []).append(doc)

    def keep_last(self, uniques: Iterable[Unique]) -> None:
        """Of the documents with one of these terms, keep none but the last added."""
        last = self.size - 1
        for unique in uniques:
            docs = self._having[unique]
            self._dead.extend(doc for doc in docs if doc != last)
            self._having[unique] = [last]

    def flush(self, path: Path, disk: Disk) -> OpenPart:
        """Write the segment to the new file ``path``, synced.

        Raises:
            OSError: the disk is full or fails.
        """
        part = new_part(path, self._writer.write(path, disk))
        return OpenPart(part.without(np.array(self._dead, np.int64)))

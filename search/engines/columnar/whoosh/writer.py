"""Whoosh's writer of a columnar index."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from whoosh.index import LockError
from whoosh.writing import (
    CLEAR,
    MERGE_SMALL,
    NO_MERGE,
    OPTIMIZE,
    IndexingError,
    IndexWriter,
)

from search.engines.columnar.compaction import compacted, merged
from search.engines.columnar.store import Store, faults
from search.engines.columnar.whoosh.documents import Fields, Reading, fixed
from search.engines.columnar.whoosh.parts import OpenPart, Waiting
from search.engines.columnar.whoosh.reader import reader_of
from search.engines.columnar.whoosh.searcher import ColumnarSearcher
from search.errors import IndexLocked

if TYPE_CHECKING:
    from whoosh.fields import FieldType, Schema
    from whoosh.reading import IndexReader

    from search.engines.folder import Folder

_MB = 1 << 20
_POLICIES = (None, MERGE_SMALL, NO_MERGE, OPTIMIZE, CLEAR)


class ColumnarIndexWriter(IndexWriter):  # type: ignore[misc]  # Whoosh is untyped
    """One batch of changes, visible when it is committed; holds the index's lock.

    ``limitmb`` bounds its buffers, in MB; for ``timeout`` seconds the lock is tried
    every ``delay``. Deletions see what was committed; :meth:`update_document` replaces
    what was added in the same batch as well, where Whoosh's own writer keeps both.

    Raises:
        LockError: another writer holds the index.
        IndexUnusable: the index is missing, damaged or of another schema.
    """

    def __init__(
        self,
        folder: Folder,
        schema: Schema,
        format: str,
        *,
        timeout: float = 0.0,
        delay: float = 0.1,
        limitmb: int = 128,
    ) -> None:
        self.schema = schema
        self.is_closed = False
        self.mergetype: Any = None
        self.optimize = False
        self.merge = True
        self._folder = folder
        self._memory = limitmb * _MB
        self._reading = Reading(schema)
        with ExitStack() as stack:
            stack.enter_context(_locked(folder, timeout, delay))
            with faults(folder):
                self._store = Store(folder, folder.current(format), visible=True)
                self._committed = [OpenPart(part) for part in self._store.parts()]
            self._lock = stack.pop_all()
        self._flushed: list[OpenPart] = []
        self._waiting = Waiting(self.schema, self._store.path)
        self._groups = 0

    def add_document(self, **fields: Any) -> None:
        """Add a document; ``_stored_NAME`` is kept instead of the value of NAME.

        Raises:
            UnknownFieldError: the schema has no such field.
            ValueError: a value is none of its field, or is boosted, which is not kept.
            TypeError: a stored value is of a type that cannot be kept.
            DatelineError: the disk is full or fails.
        """
        self._check_state()
        self._add(fields)
        self._flush_if_full()

    def update_document(self, **fields: Any) -> None:
        """Add a document in place of all those with one of its unique values.

        Raises what :meth:`add_document` does; then nothing is replaced.
        """
        self._check_state()
        self._add(fields)
        uniques = self._reading.uniques(fields)
        with faults(self._folder):
            for part in (*self._committed, *self._flushed):
                part.delete_all_with(uniques)
        self._waiting.keep_last(uniques)
        self._flush_if_full()

    def delete_document(
        self,
        docnum: int,
        delete: bool = True,  # noqa: FBT001, FBT002  # Whoosh's interface
    ) -> None:
        """Delete a committed document.

        Raises:
            IndexingError: there is no such document.
            ValueError: a deleted one is asked back.
        """
        self._check_state()
        if not delete:
            raise ValueError("a document that is deleted does not come back")
        left = docnum
        for part in self._committed:
            if 0 <= left < part.size:
                part.delete(np.array([left]))
                return
            left -= part.size
        raise IndexingError(f"there is no document {docnum} in this index")

    def has_deletions(self) -> bool:
        """Return whether committed documents are deleted, by this batch or before."""
        return self.deleted_count() > 0

    def deleted_count(self) -> int:
        """Return how many committed documents are deleted."""
        return sum(part.size - part.part.alive for part in self._committed)

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a committed document is deleted."""
        with self.reader() as reader:
            return bool(reader.is_deleted(docnum))

    def doc_count(self) -> int:
        """Return how many documents were added, those replaced since included."""
        return sum(part.size for part in self._flushed) + self._waiting.size

    def reader(self, **kwargs: Any) -> IndexReader:  # noqa: ARG002  # Whoosh's interface
        """Return a reader of what is committed, without what this batch deleted."""
        self._check_state()
        parts = [(part.segment, part.part.live) for part in self._committed]
        return reader_of(parts, self.schema, self._store.next, lambda: None)

    def searcher(self, **kwargs: Any) -> ColumnarSearcher:
        """Return a searcher of what is committed, without what this batch deleted."""
        return ColumnarSearcher(self.reader(), **kwargs)

    def start_group(self) -> None:
        """Keep what is added until :meth:`end_group` in one segment."""
        self._groups += 1

    def end_group(self) -> None:
        """End the group that was begun last."""
        if not self._groups:
            raise IndexingError("no group was begun")
        self._groups -= 1

    def add_field(
        self,
        fieldname: str,
        fieldtype: FieldType,
        **kwargs: Any,  # noqa: ARG002  # Whoosh's interface
    ) -> NoReturn:
        """Refuse: the fields of an index are fixed."""
        self._check_state()
        raise fixed(fieldname, fieldtype)

    def remove_field(self, fieldname: str, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        """Refuse: the fields of an index are fixed."""
        self._check_state()
        raise fixed(fieldname)

    def add_reader(self, reader: IndexReader) -> NoReturn:
        """Refuse: documents come in through :meth:`add_document`."""
        self._check_state()
        raise NotImplementedError(
            f"{type(reader).__name__} cannot be merged into this index;"
            " add its documents one by one"
        )

    def commit(
        self,
        mergetype: Any = None,
        optimize: bool | None = None,  # noqa: FBT001  # Whoosh's interface
        merge: bool | None = None,  # noqa: FBT001
    ) -> None:
        """Make the batch visible, whole, and let the index go.

        Segments are merged as their tiers have it; not at all without ``merge`` or with
        ``NO_MERGE``, all of them with ``optimize`` or ``OPTIMIZE``. With ``CLEAR`` only
        this batch is left. What is not given is as the attribute of that name says.

        Raises:
            DatelineError: the disk is full or fails; the batch is lost.
        """
        self._check_state()
        policy = self._policy(mergetype, optimize=optimize, merge=merge)
        try:
            with faults(self._folder):
                self._flush()
                self._advance(policy)
        except BaseException:
            self._store.abandon()
            raise
        finally:
            self._close()

    def cancel(self) -> None:
        """Forget the batch and let the index go."""
        self._check_state()
        try:
            self._store.abandon()
        finally:
            self._close()

    def _add(self, fields: Fields) -> None:
        reading = self._reading
        values, stored = reading.values(fields), reading.kept(fields)
        with faults(self._folder):
            self._waiting.add(values, stored, reading.uniques(fields))

    def _flush_if_full(self) -> None:
        if not self._groups and self._waiting.held > self._memory:
            with faults(self._folder):
                self._flush()

    def _flush(self) -> None:
        """Write what waits as a segment."""
        if self._waiting.size:
            path = self._store.new_segment()
            self._flushed.append(self._waiting.flush(path, self._folder.disk))
            self._waiting = Waiting(self.schema, self._store.path)

    def _policy(
        self, mergetype: Any, *, optimize: bool | None, merge: bool | None
    ) -> Any:
        """Return how segments are to be merged."""
        chosen = mergetype or self.mergetype
        if chosen not in _POLICIES:
            raise ValueError(f"{chosen!r} cannot choose among columnar segments")
        if self.optimize if optimize is None else optimize:
            return OPTIMIZE
        merging = self.merge if merge is None else merge
        return chosen if chosen or merging else NO_MERGE

    def _advance(self, policy: Any) -> None:
        """Commit what lives, if it is not as it was committed."""
        before = [] if policy is CLEAR else self._committed
        opened = [*before, *self._flushed]
        parts = [part.part for part in opened if part.part.alive]
        if policy is OPTIMIZE:
            if len(parts) > 1 or any(p.alive < p.entry.documents for p in parts):
                parts = [merged(self._store, parts)]
        elif policy is not NO_MERGE:
            parts = compacted(self._store, parts)
        entries = [self._store.entry_of(part) for part in parts]
        commit = self._store.commit
        if commit is None or tuple(entries) != commit.segments:
            self._store.advance(entries)

    def _close(self) -> None:
        self.is_closed = True
        self._lock.close()

    def _check_state(self) -> None:
        if self.is_closed:
            raise IndexingError("this writer is closed")


@contextmanager
def _locked(folder: Folder, timeout: float, delay: float) -> Iterator[None]:
    """Hold the folder's lock, tried for ``timeout`` seconds."""
    end = time.monotonic() + timeout
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(folder.locked())
                break
            except IndexLocked as error:
                if time.monotonic() >= end:
                    raise LockError(str(error)) from error
                time.sleep(delay)
        yield

"""One batch: into memory, from there into new segments, then committed as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Self

from search.engines.columnar.buffer import Buffer, Flushed
from search.engines.columnar.compaction import compacted
from search.engines.columnar.grouping.regroup import Change, regrouped
from search.engines.columnar.grouping.texts import Texts
from search.engines.columnar.removals import found
from search.engines.columnar.store import Store, faults
from search.engines.columnar.tokens import Tokens
from search.errors import BadArticle, DatelineError
from search.model import Article


class ColumnarWriter:
    """One batch of changes to ``store``, in about ``memory`` bytes of buffers.

    ``tokens`` and ``texts`` may be shared by the batches of a run.
    """

    def __init__(self, store: Store, tokens: Tokens, texts: Texts, memory: int) -> None:
        self._store = store
        self._tokens = tokens
        self._texts = texts
        self._memory = memory
        self._flushed: list[Flushed] = []
        self._buffer: Buffer | None = None
        self._fault: DatelineError | None = None

    def add(self, article: Article) -> None:
        """Add ``article``, or put it in place of the one with its id.

        Raises:
            BadArticle: its id cannot be one; the batch goes on.
            DatelineError: the disk is full or fails, and the batch is lost.
        """
        buffer = self._entered
        with self._faults():
            buffer.add(article)
            if buffer.is_full(self._memory):
                self._flush()

    def delete(self, id: str) -> None:
        """Remove the article with this id, if there is one."""
        self._entered.delete(id)

    def __enter__(self) -> Self:
        self._buffer = Buffer(self._tokens, self._store.path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        committed = False
        try:
            if kind is None:
                with self._faults():
                    self._commit()
                    committed = True
        finally:
            self._buffer = None
            self._flushed.clear()
            if not committed:
                self._store.abandon()

    @property
    def _entered(self) -> Buffer:
        if self._fault is not None:
            raise self._fault
        if self._buffer is None:
            raise ValueError("a writer is used inside its with block")
        return self._buffer

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn what the disk raises into one line; the batch is over then."""
        try:
            with faults(self._store.folder):
                yield
        except BadArticle:
            raise
        except DatelineError as fault:
            self._fault = fault
            raise

    def _flush(self) -> None:
        disk = self._store.folder.disk
        self._flushed.append(self._entered.flush(self._store.new_segment(), disk))
        self._buffer = Buffer(self._tokens, self._store.path)

    def _commit(self) -> None:
        """Make the batch one commit, or none where it changes nothing."""
        if not self._entered.is_empty:
            self._flush()
        before = self._store.parts()
        parts = list(before)
        for flushed in self._flushed:
            parts = [p.without(found(p.container, flushed.keys)) for p in parts]
            if flushed.part is not None:
                parts.append(flushed.part)
        if all(part.is_as_committed for part in parts) and len(parts) == len(before):
            return
        change = Change(before, parts)
        grouped = regrouped(change, self._store.table, self._texts)
        pairs = zip(parts, grouped.labels, strict=True)
        parts = [replace(part, labels=some) for part, some in pairs if part.alive]
        left = compacted(self._store, parts)
        entries = [self._store.entry_of(part) for part in left]
        labels = [part.labels for part in left]
        self._store.advance(entries, self._store.save_groups(labels, grouped.table))

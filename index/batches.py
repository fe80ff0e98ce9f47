"""Changes go into the index in batches: the engine commits, then the ledger.

Between the two a crash leaves articles in the index that the ledger does not know.
Their ids are written down before, so that the next run can settle them even if their
files are gone by then.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from index.ledger import Ledger
from search.engine import Build, Writer
from search.model import Article

ARTICLES = 10_000
SECONDS = 60.0
CHARACTERS = 200_000_000  # of text, a bound on the memory a batch takes
_PENDING = "pending"


class Batches:
    """Writes to ``build`` and ``ledger`` in step; a context manager.

    Leaving it commits what is left, an exception drops what was not committed.
    ``committed`` is told, after each batch, how many changes are durable by now.
    """

    def __init__(
        self, build: Build, ledger: Ledger, committed: Callable[[int], None]
    ) -> None:
        self._build = build
        self._ledger = ledger
        self._committed = committed
        self._pending = build.state / _PENDING
        self._writer: Writer | None = None
        self._total = 0
        self._begin()

    def add(self, article: Article) -> None:
        """Put ``article`` into the index, or in place of the one with its id."""
        self._open().add(article)
        self._ids.add(article.id)
        self._changes += 1
        self._characters += len(article.text)

    def revise(self, article: Article) -> None:
        """Put ``article`` in place of the one with its id; no page changed for it."""
        self._open().add(article)
        self._ids.add(article.id)
        self._revised += 1
        self._characters += len(article.text)

    def delete(self, id: str) -> None:
        """Take the article with this id out of the index."""
        self._take_out(id)
        self._changes += 1

    def holds(self, id: str) -> bool:
        """Tell whether the article with this id changed since the last commit."""
        return id in self._ids

    def commit_if_due(self) -> None:
        """Commit a batch that is full or has been open for long enough."""
        late = time.monotonic() - self._since > SECONDS
        changes = self._changes + self._revised
        full = changes >= ARTICLES or self._characters >= CHARACTERS
        if full or late:
            self.commit()

    def commit(self) -> None:
        """Make all changes so far visible and durable."""
        if self._writer is not None:
            _write_down(self._pending, self._ids)
            writer, self._writer = self._writer, None
            writer.__exit__(None, None, None)
        self._ledger.commit()
        self._pending.unlink(missing_ok=True)
        if self._changes:
            self._total += self._changes
            self._committed(self._total)
        self._begin()

    def recover(self) -> None:
        """Settle what a run that crashed between two commits has left.

        What the ledger has in the index may have been changed or taken out there: it
        is read again, even if its file is by now as the ledger knows it. What is
        taken out was never said to be committed, so that it is not counted.
        """
        try:
            left = self._pending.read_text("ascii").split()
        except FileNotFoundError:
            return
        for id_ in left:
            self._ids.add(id_)
            self._ledger.witnesses.doubt(id_)
            if (holder := self._ledger.claims.holder(id_)) is not None:
                self._ledger.doubt(holder)
                continue
            if self._ledger.claims.latest(id_) is not None:
                self._ledger.claims.vacate(id_)
            else:
                self._take_out(id_)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.commit()
            return
        self._ledger.rollback()
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.__exit__(kind, error, trace)

    def _begin(self) -> None:
        self._ids: set[str] = set()
        self._changes = 0
        self._revised = 0
        self._characters = 0
        self._since = time.monotonic()

    def _take_out(self, id: str) -> None:
        self._open().delete(id)
        self._ids.add(id)

    def _open(self) -> Writer:
        if self._writer is None:
            self._writer = self._build.writer().__enter__()
        return self._writer


def _write_down(path: Path, ids: set[str]) -> None:
    """Write ``ids`` to ``path``, on disk when it returns."""
    with path.open("w", encoding="ascii") as file:
        file.writelines(f"{id_}\n" for id_ in sorted(ids))
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

"""The way into a stock index: a run, and the batches it commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex

from search.engines.block import Block
from search.engines.folder import Folder, Generation
from search.engines.record import pack
from search.engines.rows import Row
from search.engines.stock.batch import Batch
from search.engines.stock.segments import damage
from search.engines.stock.storage import (
    ARTICLE,
    FORMAT,
    NAME,
    ROW,
    SCHEMA_ON_DISK,
    contents,
    storage_of,
)
from search.errors import DatelineError, NoIndex
from search.language.schema import fields_of
from search.model import Article


class StockBuild(Block[Generation]):
    """A run over the index in ``folder``: on the live generation or on a new one."""

    state: Path  # of the generation, once it is entered

    def __init__(self, folder: Folder, *, full: bool) -> None:
        self._folder = folder
        self._full = full

    def writer(self) -> StockWriter:
        """Return a writer for the next batch; a second one at a time is a mistake."""
        return StockWriter(self._folder, self._held, visible=not self._full)

    def _hold(self) -> Iterator[Generation]:
        with self._folder.locked():
            self._folder.clear()
            generation = self._chosen()
            self.state = generation.state
            try:
                yield generation
                self._finish(generation)
            finally:
                self._folder.clear()

    def _chosen(self) -> Generation:
        if not self._full:
            with suppress(NoIndex):
                return self._sound(self._folder.current(FORMAT))
        # A commit that was cut short may have been seen under the number after the
        # one that is written down, so begin two after it.
        made = self._folder.begin(FORMAT, self._folder.number() + 2)
        storage = storage_of(made)
        storage.create()
        Path(storage.folder).chmod(0o750)
        FileIndex.create(storage, SCHEMA_ON_DISK, NAME)
        return made

    def _sound(self, generation: Generation) -> Generation:
        """Return ``generation`` once its files are what was committed.

        About a second a gigabyte.

        Raises:
            IndexUnusable: they are not.
        """
        with damage(self._folder):
            storage = storage_of(generation)
            for segment in contents(storage).segments:
                storage.verify(segment.make_filename(segment.COMPOUND_EXT))
        return generation

    def _finish(self, generation: Generation) -> None:
        """Point at the generation, new or not, unless the last commit did."""
        number = generation.base + contents(storage_of(generation)).generation
        if self._folder.number() != number:
            self._folder.point_at(generation, number)


class StockWriter(Block[Batch]):
    """One batch; where it is ``visible``, leaving it points readers at the commit."""

    def __init__(
        self, folder: Folder, generation: Generation, *, visible: bool
    ) -> None:
        self._folder = folder
        self._generation = generation
        self._visible = visible

    def add(self, article: Article) -> None:
        """Add ``article``, or put it in place of the one with its id."""
        fields = {name: _safe(value) for name, value in fields_of(article).items()}
        fields[ARTICLE], fields[ROW] = pack(article), Row.of(article).pack()
        self._held.put(article.id, fields)

    def delete(self, id: str) -> None:
        """Remove the article with this id, if there is one."""
        self._held.drop(id)

    def _hold(self) -> Iterator[Batch]:
        with damage(self._folder):
            batch = Batch(storage_of(self._generation))
        try:
            yield batch
        except BaseException:
            with suppress(OSError):  # a full disk must not hide the first error
                batch.cancel()
            raise
        try:
            batch.commit()
            if self._visible:
                number = self._generation.base + batch.generation
                self._folder.point_at(self._generation, number)
        except OSError as cause:
            raise DatelineError(
                f"cannot write to the index in {self._folder.path}: {cause}"
            ) from cause


def _safe(value: Any) -> Any:
    """Return ``value`` with lone surrogates, which terms cannot hold, made ``?``."""
    if isinstance(value, list):
        return [_safe(one) for one in value]
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value

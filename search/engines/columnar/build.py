"""The way into a columnar index: a run, and the batches it commits."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from search.engines.columnar import clearing, manifest
from search.engines.columnar.fingerprint import FORMAT
from search.engines.columnar.grouping.texts import Texts
from search.engines.columnar.lookup import Lookup
from search.engines.columnar.store import Store, faults
from search.engines.columnar.tokens import Tokens
from search.engines.columnar.writer import ColumnarWriter
from search.engines.folder import Folder, Generation
from search.errors import NoIndex
from search.model import Article

MEMORY = 224  # MB of buffers: a process of 510 MB at 100,000; bench.engines

_MB = 1 << 20


class ColumnarBuild:
    """A run over the index in ``folder``: on the live generation or on a new one.

    A batch that holds ``memory`` MB is written out; its commit comes at its end all
    the same.
    """

    state: Path  # of the generation, once it is entered

    def __init__(self, folder: Folder, *, full: bool, memory: int = MEMORY) -> None:
        self._folder = folder
        self._full = full
        self._memory = memory * _MB
        self._tokens = Tokens()
        self._texts = Texts()
        self._stack = ExitStack()
        self._store: Store | None = None
        self._lookup = Lookup()

    def writer(self) -> ColumnarWriter:
        """Return a writer for the next batch; a second one at a time is a mistake."""
        if self._tokens.held > self._memory // 2:
            self._tokens = Tokens()
        return ColumnarWriter(self._entered, self._tokens, self._texts, self._memory)

    def article(self, id: str) -> Article | None:
        """Return the article with this id as it was last committed, None for none.

        Raises:
            IndexUnusable: a file of the index is not the one that was written.
        """
        with faults(self._folder):
            return self._lookup.article(self._entered.parts(), id)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self._folder.locked())
            with faults(self._folder):
                self._folder.check_is_no_programs()
                self._folder.clear(clearing.is_held)
                self._store = self._chosen()
            self.state = self._store.generation.state
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._stack:
            store, self._store = self._entered, None
            if kind is None:
                with faults(self._folder):
                    store.finish()
            with suppress(OSError):  # the next run clears again
                self._folder.clear(clearing.is_held)

    def _chosen(self) -> Store:
        visible = not self._full
        if visible:
            with suppress(NoIndex):
                return Store(self._folder, self._folder.current(FORMAT), visible=True)
        return Store(self._folder, self._begun(), visible=visible)

    def _begun(self) -> Generation:
        """Return a new generation, numbered on from every commit there is."""
        names = self._folder.path.glob(f"g*/{manifest.PATTERN}")
        numbers = (manifest.number_of(path.name) for path in names)
        base = max((self._folder.number(), *numbers))
        return self._folder.begin(FORMAT, base)

    @property
    def _entered(self) -> Store:
        if self._store is None:
            raise ValueError("a build is used inside its with block")
        return self._store

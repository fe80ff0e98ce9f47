"""A build that changes nothing, for a run that only says what it would do."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from index.ledger import FILE, Ledger
from search.engines.known_places import FILE as PLACES
from search.model import Article


class Rehearsal:
    """A Build with a copy of the notes in ``previous``; what is written is dropped."""

    state: Path  # once it is entered

    def __init__(self, previous: Path | None) -> None:
        self._previous = previous
        self._folder: TemporaryDirectory[str] | None = None
        self._depth = 0

    def writer(self) -> Self:
        """Return a writer, which is this build itself."""
        return self

    def article(self, id: str) -> Article | None:  # noqa: ARG002 - a build's
        """Return None: nothing was committed."""
        return None

    def add(self, article: Article) -> None:
        """Do nothing."""

    def delete(self, id: str) -> None:
        """Do nothing."""

    def __enter__(self) -> Self:
        if self._folder is None:  # else it is entered as a writer
            self._folder = TemporaryDirectory(prefix="dateline-")
            self.state = Path(self._folder.name)
            if self._previous is not None and (self._previous / FILE).exists():
                with Ledger(self._previous / FILE, read_only=True) as ledger:
                    ledger.copy(self.state / FILE)
                if (self._previous / PLACES).exists():
                    shutil.copy(self._previous / PLACES, self.state / PLACES)
        self._depth += 1
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if not self._depth and self._folder is not None:
            self._folder.cleanup()

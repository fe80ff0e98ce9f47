"""A writer for one batch, which is a build of its own."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from search.engine import Build, Writer
from search.model import Article


class LoneWriter:
    """A Writer that holds ``build`` for as long as it is open."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._stack = ExitStack()
        self._writer: Writer | None = None

    def add(self, article: Article) -> None:
        """Add ``article``, or put it in place of the one with its id."""
        self._entered.add(article)

    def delete(self, id: str) -> None:
        """Remove the article with this id, if there is one."""
        self._entered.delete(id)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            build = stack.enter_context(self._build)
            self._writer = stack.enter_context(build.writer())
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer = None
        self._stack.__exit__(kind, error, trace)

    @property
    def _entered(self) -> Writer:
        if self._writer is None:
            raise ValueError("a writer is used inside its with block")
        return self._writer

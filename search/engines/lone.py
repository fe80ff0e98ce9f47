"""A writer for one batch, which is a build of its own."""

from __future__ import annotations

from collections.abc import Iterator

from search.engine import Build, Writer
from search.engines.block import Block
from search.model import Article


class LoneWriter(Block[Writer]):
    """A Writer that holds ``build`` for as long as it is open."""

    def __init__(self, build: Build) -> None:
        self._build = build

    def add(self, article: Article) -> None:
        """Add ``article``, or put it in place of the one with its id."""
        self._held.add(article)

    def delete(self, id: str) -> None:
        """Remove the article with this id, if there is one."""
        self._held.delete(id)

    def _hold(self) -> Iterator[Writer]:
        with self._build, self._build.writer() as writer:
            yield writer

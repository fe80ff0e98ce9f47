"""The searcher of a process, and what its searches found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import has_request_context, request

from search.engine import Searcher
from search.errors import IndexUnusable
from search.model import IndexInfo, Query, SearchResult
from web.opening import OpenedWhenNeeded
from web.watch.board import Board
from web.watch.requests import asked


class NotedSearcher(OpenedWhenNeeded):
    """Notes each search for the log and the counts; it answers as its parent does."""

    def __init__(self, opener: Callable[[], Searcher], board: Board) -> None:
        super().__init__(opener)
        self._board = board
        self._generation: str | None = None

    def search(self, query: Query) -> SearchResult:
        """Return the answer to ``query``."""
        with self._failures():
            result = super().search(query)
        self._note_state(result.index)
        if has_request_context():
            under_way = asked(request.environ)
            # A page may search on to fill its margins: the first is its own.
            under_way.found = under_way.found or result
        return result

    def info(self) -> IndexInfo:
        """Return which state answers now."""
        with self._failures():
            info = super().info()
        self._note_state(info)
        return info

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except IndexUnusable:
            self._board.row.add("dateline_index_failures_total")
            raise

    def _note_state(self, info: IndexInfo) -> None:
        before, self._generation = self._generation, info.generation
        if info.generation != before:
            state = "first" if before is None else "newer"
            self._board.row.add(f'dateline_index_opened_total{{state="{state}"}}')
        if has_request_context():
            asked(request.environ).generation = info.generation

"""The Searcher of any engine whose index lives in a folder."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Generic, TypeVar

from search.engines import answering
from search.engines.folder import Folder
from search.engines.state import State
from search.errors import NotFound
from search.language.names import Names
from search.mentions import PlaceCounts, PlaceReport
from search.model import (
    Article,
    Export,
    Group,
    Hit,
    IndexInfo,
    Marks,
    Query,
    SearchResult,
)

S = TypeVar("S", bound=State)

_EVERY = 1.0  # seconds between two looks at the folder


class FolderSearcher(Generic[S]):
    """Answers from the newest state, and looks for a newer one once a second.

    ``open_state`` opens the current state; it is given the last one, whose unchanged
    parts it may share. A state lives until the last answer from it is finished.
    ``damage`` turns what reading a damaged file raises into IndexUnusable.
    """

    def __init__(
        self,
        folder: Folder,
        open_state: Callable[[S | None], S],
        names: Names,
        damage: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._damage = damage
        self._folder = folder
        self._open_state = open_state
        self._names = names
        self._lock = threading.Lock()
        self._stamp = folder.stamp()
        self._state: S | None = open_state(None)
        self._looked = time.monotonic()
        self._is_cut = False

    def search(self, query: Query) -> SearchResult:
        """Return the answer to ``query``."""
        with self._damage():
            return answering.answer(query, self._current(), self._names)

    def totals(self, queries: Sequence[Query]) -> tuple[int | None, ...]:
        """Return how many articles each query finds, None where that is not known."""
        with self._damage():
            return answering.totals(queries, self._current(), self._names)

    def export(self, query: Query) -> Export:
        """Return every hit of ``query``."""
        with self._damage():
            found = answering.export(query, self._current(), self._names)
        return replace(found, hits=self._guarded(found.hits))

    def info(self) -> IndexInfo:
        """Return which state answers now."""
        with self._damage():
            return self._current().info

    def words(self, start: str, number: int) -> tuple[str, ...]:
        """Return the commonest words that begin with ``start``."""
        with self._damage():
            return answering.words(start, number, self._current())

    def places(self, query: Query) -> PlaceCounts:
        """Return the places that the articles ``query`` finds name."""
        with self._damage():
            return answering.places(query, self._current(), self._names)

    def place(self, id: str) -> PlaceReport:
        """Return what all articles say of the place with this id."""
        with self._damage():
            return answering.place(id, self._current(), self._names)

    def get(self, id: str) -> Article:
        """Return the article with this id."""
        with self._damage():
            return _article(self._current(), id)

    def marks(self, id: str, query: Query) -> Marks:
        """Return what the text of ``query`` matches in the article with this id."""
        with self._damage():
            state = self._current()
            return answering.marks(query, state, self._names, _article(state, id))

    def copies(self, id: str) -> Group | None:
        """Return the article with this id and its copies, None where it has none."""
        with self._damage():
            state = self._current()
            return answering.copies(state, _document(state, id))

    def close(self) -> None:
        """Let go of the state; an answer under way is finished first."""
        with self._lock:
            self._state = None

    def _guarded(self, hits: Iterator[Hit]) -> Iterator[Hit]:
        """Yield ``hits``, and say it as ours where one cannot be read."""
        with self._damage():
            yield from hits

    def _current(self) -> S:
        """Return the newest state; one thread opens it while the others go on.

        They wait for it where they cannot go on: files were cut short in place.
        """
        state = self._open()
        if time.monotonic() - self._looked < _EVERY:
            return state
        if not self._lock.acquire(blocking=self._is_cut):
            return state
        try:
            return self._newest(self._open())
        finally:
            self._lock.release()

    def _open(self) -> S:
        state = self._state
        if state is None:
            raise ValueError("this searcher is closed")
        return state

    def _newest(self, state: S) -> S:
        """Return ``state``, or what it became; nothing is kept of one cut short."""
        stamp = self._folder.stamp()
        self._is_cut = state.is_cut
        if stamp != self._stamp or self._is_cut:
            self._state = state = self._open_state(None if self._is_cut else state)
            self._stamp, self._is_cut = stamp, False
        # Not before: an index that cannot be read is said to every asker.
        self._looked = time.monotonic()
        return state


def _article(state: State, id: str) -> Article:
    return state.article(_document(state, id))


def _document(state: State, id: str) -> int:
    doc = state.find(id)
    if doc is None:
        raise NotFound(f"no article has the id {id!r}")
    return doc

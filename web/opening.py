"""A searcher that is opened when it is first needed, and again until that works."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from search.engine import Searcher
from search.mentions import PlaceCounts, PlaceReport
from search.model import Article, Export, Group, IndexInfo, Marks, Query, SearchResult


class OpenedWhenNeeded:
    """One searcher a process, which threads share.

    A site may start before its index exists: each call raises NoIndex until it does.
    """

    def __init__(self, opener: Callable[[], Searcher]) -> None:
        self._opener = opener
        self._opened: Searcher | None = None
        self._lock = Lock()

    def search(self, query: Query) -> SearchResult:
        """Return the answer to ``query``."""
        return self._searcher().search(query)

    def totals(self, queries: Sequence[Query]) -> tuple[int | None, ...]:
        """Return how many articles each query finds, None where that is not known."""
        return self._searcher().totals(queries)

    def export(self, query: Query) -> Export:
        """Return every hit of ``query``."""
        return self._searcher().export(query)

    def info(self) -> IndexInfo:
        """Return which state answers now."""
        return self._searcher().info()

    def words(self, start: str, number: int) -> tuple[str, ...]:
        """Return the commonest words that begin with ``start``."""
        return self._searcher().words(start, number)

    def places(self, query: Query) -> PlaceCounts:
        """Return the places that the articles ``query`` finds name."""
        return self._searcher().places(query)

    def place(self, id: str) -> PlaceReport:
        """Return what all articles say of the place with this id."""
        return self._searcher().place(id)

    def get(self, id: str) -> Article:
        """Return the article with this id."""
        return self._searcher().get(id)

    def marks(self, id: str, query: Query) -> Marks:
        """Return what the text of ``query`` matches in the article with this id."""
        return self._searcher().marks(id, query)

    def copies(self, id: str) -> Group | None:
        """Return the article with this id and its copies, None where it has none."""
        return self._searcher().copies(id)

    def close(self) -> None:
        """Close what was opened; the next call opens it again."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    def _searcher(self) -> Searcher:
        with self._lock:
            if self._opened is None:
                self._opened = self._opener()
            return self._opened

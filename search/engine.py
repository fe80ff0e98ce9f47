"""The seam: what the doors may ask of an engine, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from search.mentions import PlaceCounts, PlaceReport
from search.model import Article, Export, Group, IndexInfo, Marks, Query, SearchResult


class Searcher(Protocol):
    """Answers queries from one committed state of an index, or a newer one.

    Safe to share between threads. A commit by another process is noticed within a
    second; one answer never mixes two states.
    """

    def search(self, query: Query) -> SearchResult:
        """Return the answer to ``query``.

        Raises:
            BadQuery: a facet, cursor or page that cannot be; never for ``text``.
            IndexUnusable: the index is gone or damaged.
        """

    def totals(self, queries: Sequence[Query]) -> tuple[int | None, ...]:
        """Return how many articles each query finds; None where that is not known.

        They share a quarter of a second, and cost little where they share their text.

        Raises:
            BadQuery: a filter that cannot be.
            IndexUnusable: the index is gone or damaged.
        """

    def export(self, query: Query) -> Export:
        """Return every hit of ``query``; its page, cursor and facets do not matter.

        The hits are of one state, also where a newer one comes while they are read.

        Raises:
            BadQuery: a filter that cannot be.
            IndexUnusable: the index is gone or damaged; while hits are read, too.
        """

    def info(self) -> IndexInfo:
        """Return which state answers now; nothing is searched.

        Raises:
            IndexUnusable: the index is gone or damaged.
        """

    def words(self, start: str, number: int) -> tuple[str, ...]:
        """Return the ``number`` commonest words that begin with ``start``, in order.

        They are as articles write them, in lower case; at most 200.

        Raises:
            IndexUnusable: the index is gone or damaged.
        """

    def places(self, query: Query) -> PlaceCounts:
        """Return every place that the articles ``query`` finds name; none is read.

        Its filters all count, also that of places, and its ``facet_prefix``; its page
        and facets do not matter.

        Raises:
            BadQuery: a filter that cannot be.
            IndexUnusable: the index is gone or damaged.
        """

    def place(self, id: str) -> PlaceReport:
        """Return what all articles say of the place with this id; none is read.

        A place that none names has a count of 0; no id is an error.

        Raises:
            IndexUnusable: the index is gone or damaged.
        """

    def get(self, id: str) -> Article:
        """Return the article with this id.

        Raises:
            NotFound: there is none.
        """

    def marks(self, id: str, query: Query) -> Marks:
        """Return what the text of ``query`` matches in the article with this id.

        The same places its hit marks, in the whole article. The query's filters do
        not matter; text that matches nothing there gives no marks.

        Raises:
            NotFound: no article has this id.
        """

    def copies(self, id: str) -> Group | None:
        """Return the article with this id and its copies among all articles.

        As the group of a hit that all match, but by the last day each may be of, the
        undated last. None where it has no copies.

        Raises:
            NotFound: no article has this id.
        """

    def close(self) -> None:
        """Release files and memory; the searcher is of no use afterwards."""


class Writer(Protocol):
    """Changes an index; a context manager.

    Leaving it commits: all of it becomes visible and durable at once. An exception
    leaves no trace. There is one writer at a time.
    """

    def add(self, article: Article) -> None:
        """Add ``article``, or put it in place of the one with its id.

        Raises:
            BadArticle: its id has a NUL or over 256 bytes; the batch goes on.
        """

    def delete(self, id: str) -> None:
        """Remove the article with this id, if there is one."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Build(Protocol):
    """The exclusive right to change an index for a whole run; a context manager.

    A run commits many batches, each through a writer of its own. Where the build is a
    full one it works beside the live index: leaving it swaps the new one in with one
    rename, an exception removes it. ``state`` is a local folder for the run's own
    notes; it lives, is copied and is swapped together with the index.
    """

    state: Path

    def writer(self) -> Writer:
        """Return a writer for the next batch."""

    def article(self, id: str) -> Article | None:
        """Return the article with this id as it was last committed, None for none.

        Raises:
            IndexUnusable: the index is damaged.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

"""Dateline's own engine, through the seam that its doors use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.engines.asks import Ask, Form
from bench.engines.corpus import Row, article
from bench.engines.peer import HITS, VALUES, Answer
from search.engine import Searcher
from search.engines import open_build, open_searcher, open_writer
from search.model import Article, Interval, Query, Scope

_FACETS = ("source", "date", "place")


class Ours:
    """Dateline; its articles come with their places."""

    most = None
    rounds = None

    def prepared(self, row: Row) -> Article:
        """Return the article a row stands for."""
        return article(row)

    def build(self, folder: Path, items: Iterable[Article]) -> None:
        """Make an index as a full run does, in one batch."""
        with open_build(_locator(folder), full=True) as run, run.writer() as writer:
            for item in items:
                writer.add(item)

    def add(self, folder: Path, items: Iterable[Article]) -> None:
        """Commit ``items`` with a writer opened for them."""
        with open_writer(_locator(folder)) as writer:
            for item in items:
                writer.add(item)

    def open(self, folder: Path) -> OurIndex:
        """Return a searcher's own view of the index."""
        return OurIndex(open_searcher(_locator(folder)))


class OurIndex:
    """A Searcher that is asked as a page of results asks it."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher

    def full(self, ask: Ask) -> Answer:
        """Return the whole answer."""
        result = self.searcher.search(
            query(ask, facets=_FACETS, facet_size=VALUES, interval=Interval.MONTH)
        )
        buckets = {b.value: b.count for f in result.facets[:1] for b in f.buckets}
        return Answer(
            result.total,
            tuple(hit.id for hit in result.hits),
            buckets,
            sum(bool(hit.snippets) for hit in result.hits),
        )

    def top(self, ask: Ask) -> tuple[str, ...]:
        """Return ten hits; Dateline has no answer without the total."""
        result = self.searcher.search(query(ask, snippets=0))
        return tuple(hit.id for hit in result.hits)

    def close(self) -> None:
        """Close the searcher."""
        self.searcher.close()


def query(
    ask: Ask,
    *,
    facets: tuple[str, ...] = (),
    facet_size: int = VALUES,
    interval: Interval | None = None,
    snippets: int = 3,
) -> Query:
    """Return the query a person would send for ``ask``."""
    return Query(
        text=text(ask),
        scope=Scope.TITLE if ask.form is Form.TITLE else Scope.ALL,
        sources=(ask.source,) if ask.source else (),
        since=ask.since,
        until=ask.until,
        page=ask.page,
        per_page=HITS,
        facets=facets,
        facet_size=facet_size,
        interval=interval,
        snippets=snippets,
    )


def text(ask: Ask) -> str:
    """Return the words of ``ask`` in Dateline's language."""
    match ask.form:
        case Form.ANY_OF:
            return " OR ".join(ask.words)
        case Form.PHRASE:
            return f'"{" ".join(ask.words)}"'
        case Form.PREFIX:
            return f"{ask.words[0]}*"
        case Form.TWO_FIELDS:
            return " ".join(f"(title:{word} OR body:{word})" for word in ask.words)
        case _:
            return " ".join(ask.words)


def _locator(folder: Path) -> str:
    return str(folder / "index")


PEER = Ours()

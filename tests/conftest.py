"""Fixtures of every test: all engines behind one name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from search.engine import Searcher
from search.engines import open_searcher, open_writer
from search.model import Article
from tests.memory_engine import MemorySearcher
from tests.stock_engine import StockSearcher

Engine = Callable[..., Searcher]


def columnar(folder: Path, articles: Iterable[Article]) -> Searcher:
    with open_writer(str(folder)) as writer:
        for article in articles:
            writer.add(article)
    return open_searcher(str(folder))


def stock(folder: Path, articles: Iterable[Article]) -> Searcher:
    return StockSearcher(articles)


def memory(folder: Path, articles: Iterable[Article]) -> Searcher:
    return MemorySearcher(articles)


ENGINES = {"columnar": columnar, "stock": stock, "memory": memory}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A function from articles to a searcher of them; the test runs once an engine."""
    opened: list[Searcher] = []

    def make(*articles: Article) -> Searcher:
        folder = tmp_path / f"index{len(opened)}"
        opened.append(ENGINES[request.param](folder, articles))
        return opened[-1]

    yield make
    for searcher in opened:
        searcher.close()

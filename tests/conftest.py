"""Fixtures of every test: all engines behind one name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from index import ledger_tables
from search.engine import Searcher
from search.engines import open_searcher, open_writer
from search.model import Article
from tests import trying
from tests.memory_engine import MemorySearcher
from tests.stock_engine import StockSearcher

Engine = Callable[..., Searcher]

trying.register()


def columnar(
    folder: Path, articles: Sequence[Article], before: Sequence[Article] = ()
) -> Searcher:
    old = {article.id for article in before}
    _commit(folder, (*before, *(a for a in articles if a.id not in old)))
    if before:
        _commit(folder, [a for a in articles if a.id in old], old)
    return open_searcher(str(folder))


def stock(
    folder: Path, articles: Sequence[Article], before: Sequence[Article] = ()
) -> Searcher:
    return StockSearcher(articles)


def memory(
    folder: Path, articles: Sequence[Article], before: Sequence[Article] = ()
) -> Searcher:
    return MemorySearcher(articles)


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> Iterator[None]:
    """Have nothing wait until it is on disk: no test outlives a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        patch.setattr(ledger_tables, "SYNCHRONOUS", "OFF")
        yield


ENGINES = {"columnar": columnar, "stock": stock, "memory": memory}


def _commit(
    folder: Path, articles: Iterable[Article], gone: Iterable[str] = ()
) -> None:
    with open_writer(str(folder)) as writer:
        for id_ in gone:
            writer.delete(id_)
        for article in articles:
            writer.add(article)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A function from articles to a searcher of them; the test runs once an engine.

    What was there ``before`` was updated or deleted since.
    """
    opened: list[Searcher] = []

    def make(*articles: Article, before: Sequence[Article] = ()) -> Searcher:
        folder = tmp_path / f"index{len(opened)}"
        opened.append(ENGINES[request.param](folder, articles, before))
        return opened[-1]

    yield make
    for searcher in opened:
        searcher.close()

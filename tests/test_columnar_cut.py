"""A segment cut short in place while it is read: refused, where it can be told."""

from __future__ import annotations

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from timeit import timeit
from urllib.error import HTTPError, URLError

import pytest

from search.engine import Searcher
from search.engines import open_build, open_searcher, open_writer, searcher
from search.engines.columnar.state import ColumnarState, open_state
from search.engines.folder import Folder
from search.errors import IndexUnusable
from search.model import Query
from tests.factories import article
from tests.serving import Site, fetch, serving

TEXT = " ".join(f"gull{n} tide{n}" for n in range(4_000))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    made = tmp_path / "index"
    with open_writer(str(made)) as writer:
        for number in range(20):
            writer.add(article(id=f"{number:016x}", text=f"{number} {TEXT}"))
    return made


@pytest.fixture
def _looking_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searcher, "_EVERY", 0.0)


def segment(index: Path) -> Path:
    return max(index.glob("g*/s*.seg"), key=lambda path: path.stat().st_size)


def cut(index: Path) -> Path:
    path = segment(index)
    os.truncate(path, 20_000)
    return path


def is_refused(opened: Searcher) -> bool:
    """Return whether it answers nothing; what is asked reads no segment."""
    try:
        opened.info()
    except IndexUnusable:
        return True
    return False


def total(opened: Searcher) -> int:
    return opened.search(Query(text="gull7")).total


@pytest.mark.usefixtures("_looking_always")
def test_a_segment_cut_short_is_refused_and_names_the_command(index: Path) -> None:
    opened = open_searcher(str(index))
    cut(index)
    for _ in range(2):
        with pytest.raises(IndexUnusable, match=r"cut short.*reindex --full"):
            opened.info()


@pytest.mark.usefixtures("_looking_always")
def test_no_thread_goes_on_while_another_finds_it_still_cut(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_searcher(str(index))
    cut(index)
    assert is_refused(opened)

    def slow(folder: Folder, last: ColumnarState | None) -> ColumnarState:
        time.sleep(0.05)
        return open_state(folder, last)

    monkeypatch.setattr("search.engines.open_state", slow)
    with ThreadPoolExecutor(4) as threads:
        refused = [*threads.map(is_refused, [opened] * 8)]
    assert refused == [True] * 8


@pytest.mark.usefixtures("_looking_always")
def test_a_segment_put_back_answers_again(index: Path) -> None:
    whole = shutil.copy(segment(index), index.parent / "whole")
    opened = open_searcher(str(index))
    path = cut(index)
    assert is_refused(opened)
    Path(whole).rename(path)
    assert total(opened) == 20


@pytest.mark.usefixtures("_looking_always")
def test_an_index_made_anew_answers_in_place_of_one_that_was_cut(index: Path) -> None:
    opened = open_searcher(str(index))
    cut(index)
    assert is_refused(opened)
    with open_build(str(index), full=True) as build, build.writer() as writer:
        writer.add(article(text="gull7"))
    assert total(opened) == 1


def test_looking_whether_segments_were_cut_costs_microseconds(tmp_path: Path) -> None:
    index = tmp_path / "many"
    for number in range(9):
        with open_writer(str(index)) as writer:
            writer.add(article(id=f"{number}", text=TEXT[: 2_000 * number]))
    state = open_searcher(str(index))._open()  # type: ignore[attr-defined]
    assert not state.is_cut
    assert min(timeit(lambda: state.is_cut, number=100) for _ in range(5)) / 100 < 50e-6


def status(site: Site) -> int:
    """Return what a search is answered, 0 where the worker dies of it."""
    try:
        fetch(site.url, "/api/search?q=gull7&per_page=50")
    except HTTPError as error:
        return error.code
    except (URLError, OSError):
        return 0
    return 200


@pytest.mark.slow
def test_a_site_whose_segment_was_cut_answers_503_and_loses_no_worker(
    index: Path,
) -> None:
    with serving(index) as site:
        assert [status(site) for _ in range(8)] == [200] * 8
        before = set(site.workers())
        cut(index)
        time.sleep(1.1)  # until it looks again
        assert [status(site) for _ in range(8)] == [503] * 8
        assert set(site.workers()) == before


@pytest.mark.slow
def test_what_succeeds_a_worker_that_died_of_it_answers_503(index: Path) -> None:
    with serving(index) as site:
        assert status(site) == 200
        before = site.workers()
        cut(index)
        for worker in before:
            os.kill(worker, 7)  # SIGBUS, as a page that is gone would
        end = time.monotonic() + 20
        while set(before) & set(site.workers()) or status(site) == 0:
            assert time.monotonic() < end
            time.sleep(0.1)
        successors = set(site.workers())
        assert [status(site) for _ in range(8)] == [503] * 8
        assert set(site.workers()) == successors

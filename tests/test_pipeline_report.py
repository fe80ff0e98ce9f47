"""Where the report of a run goes, and that losing it loses nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index import report
from index.pipeline import Task, reindex
from search.errors import BadSetting
from tests.paper import STAGES, Ear, Shelf, counts, go, paper


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "state")


@pytest.fixture
def pages(tmp_path):
    """Two pages in a folder of their own."""
    root = tmp_path / "pages"
    for name in "ab":
        paper(root / f"{name}.html", text=name)
    return root


@pytest.fixture
def nowhere(tmp_path):
    """Return a place where nothing can be written."""
    (tmp_path / "file").write_text("")
    return tmp_path / "file" / "report"


def test_a_report_that_cannot_be_written_is_known_before_the_work(
    shelf, pages, nowhere
):
    with pytest.raises(BadSetting, match="--report"):
        go(shelf, pages, report=nowhere)
    assert shelf.commits == 0


def test_a_report_that_cannot_go_to_its_place_goes_to_the_other(
    shelf, pages, nowhere, tmp_path
):
    outcome = go(shelf, pages, report=nowhere, report_else=tmp_path / "other")
    assert outcome.report == tmp_path / "other"
    assert str(nowhere) in str(outcome.unreported)
    assert len((tmp_path / "other").read_text().splitlines()) == 2


@pytest.mark.parametrize("step", ["write", "close"])
def test_a_disk_that_fills_up_loses_the_report_only(
    shelf, pages, tmp_path, monkeypatch, step
):
    class Full:
        def write(self, text):
            if step == "write":
                raise OSError(28, "No space left on device")

        def close(self):
            raise OSError(28, "No space left on device")

    def opened(place):
        report.draft_of(place).touch()
        return report.draft_of(place), Full()

    monkeypatch.setattr(report, "_opened", opened)
    outcome = go(shelf, pages, report=tmp_path / "report")
    assert (counts(outcome), outcome.report) == ({"added": 2}, None)
    assert "No space left" in str(outcome.unreported)
    assert not list(tmp_path.glob("*report*"))


def test_a_run_that_fails_leaves_the_last_report(shelf, pages, tmp_path):
    go(shelf, pages, report=tmp_path / "report")
    before = (tmp_path / "report").read_text()
    paper(pages / "c.html")
    shelf.fails = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        go(shelf, pages, report=tmp_path / "report")
    assert (tmp_path / "report").read_text() == before
    assert not report.draft_of(tmp_path / "report").exists()


def test_a_report_may_go_through_a_pipe(shelf, pages):
    reader, writer = os.pipe()
    task = Task(paths=(pages,), report=Path(f"/dev/fd/{writer}"))
    reindex(shelf, task, STAGES, Ear())
    os.close(writer)
    with os.fdopen(reader) as pipe:
        assert len(pipe.read().splitlines()) == 2


def test_a_root_that_cannot_be_walked_is_in_the_report(shelf, pages, tmp_path):
    outcome = go(shelf, pages, tmp_path / "gone")
    (line,) = outcome.failures
    assert (line.path, line.status) == (str(tmp_path / "gone"), "failed")


def test_a_fifo_becomes_no_root(shelf, pages, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    outcome = go(shelf, pages, tmp_path / "pipe")
    assert "`-` reads a pipe" in str(outcome.faults[0])
    assert counts(go(shelf)) == {"unchanged": 2}

"""Two files with one id: which is current, and what crashes leave."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.paper import Ear, Shelf, counts, go, paper, rows
from tests.trying import examples


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "state")


@pytest.fixture
def root(tmp_path):
    return tmp_path / "pages"


def test_the_later_saved_of_two_files_is_current(shelf, root):
    paper(root / "a.html", id="x", saved=2)
    paper(root / "b.html", id="x", saved=1)
    assert counts(go(shelf, root)) == {"added": 1, "duplicate": 1}
    assert shelf.ids() == {"x": "a.html"}


def test_the_earlier_saved_is_reported_with_its_winner(shelf, root, tmp_path):
    paper(root / "a.html", id="x", saved=1)
    paper(root / "b.html", id="x", saved=2)
    go(shelf, root, report=tmp_path / "report")
    line = (tmp_path / "report").read_text().splitlines()[0]
    assert f'"id": "x", "status": "duplicate", "reason": "{root}/b.html is' in line


@pytest.mark.parametrize(("text", "said"), [("", 0), ("else", 1)])
def test_a_duplicate_says_whether_its_content_differs(
    shelf, root, tmp_path, text, said
):
    rows(root / "a.jsonl", {"id": "7", "text": text})
    rows(root / "b.jsonl", {"id": "7", "text": ""})
    go(shelf, root, report=tmp_path / "report")
    assert (tmp_path / "report").read_text().count("with other content") == said


def test_without_a_time_of_its_own_the_files_time_counts(shelf, root):
    paper(root / "a.html", id="x", age=50)
    paper(root / "b.html", id="x", age=60)
    go(shelf, root)
    assert shelf.ids() == {"x": "a.html"}


def test_a_touched_file_may_become_current(shelf, root):
    paper(root / "a.html", id="x", age=50)
    paper(root / "b.html", id="x", age=60)
    go(shelf, root)
    paper(root / "b.html", id="x", age=40)
    go(shelf, root)
    assert shelf.ids() == {"x": "b.html"}


def test_when_the_current_one_vanishes_the_other_steps_in(shelf, root):
    paper(root / "a.html", id="x", saved=1)
    paper(root / "b.html", id="x", saved=2)
    go(shelf, root)
    (root / "b.html").unlink()
    assert counts(go(shelf, root)) == {"updated": 1}
    assert shelf.ids() == {"x": "a.html"}


def test_when_the_current_one_changes_its_id_the_other_steps_in(shelf, root):
    paper(root / "a.html", id="x", saved=1)
    paper(root / "b.html", id="x", saved=2)
    go(shelf, root)
    paper(root / "b.html", id="y", saved=2)
    assert counts(go(shelf, root)) == {"added": 1, "updated": 1}
    assert shelf.ids() == {"x": "a.html", "y": "b.html"}


def test_a_page_that_changes_its_id_leaves_the_old_one(shelf, root):
    paper(root / "a.html", id="x")
    go(shelf, root)
    paper(root / "a.html", id="y")
    assert counts(go(shelf, root)) == {"updated": 1}
    assert shelf.ids() == {"y": "a.html"}


def test_a_row_steps_in_for_a_file(shelf, root):
    rows(root / "a.jsonl", {"n": 1, "id": "x", "saved": 1}, {"n": 2, "id": "z"})
    paper(root / "b.html", id="x", saved=2)
    go(shelf, root)
    (root / "b.html").unlink()
    assert counts(go(shelf, root)) == {"updated": 1, "unchanged": 1}
    assert shelf.ids() == {"x": "a.jsonl#1", "z": "a.jsonl#2"}


def test_a_file_of_another_root_steps_in(shelf, tmp_path):
    paper(tmp_path / "p" / "a.html", id="x", saved=1)
    paper(tmp_path / "q" / "b.html", id="x", saved=2)
    go(shelf, tmp_path / "p", tmp_path / "q")
    (tmp_path / "q" / "b.html").unlink()
    go(shelf, tmp_path / "q")
    assert shelf.ids() == {"x": "a.html"}


def test_who_cannot_be_read_any_more_does_not_step_in(shelf, root):
    paper(root / "a.html", id="x", saved=1)
    paper(root / "b.html", id="x", saved=2)
    paper(root / "c.html", id="x", saved=3)
    go(shelf, root)
    (root / "c.html").unlink()
    paper(root / "b.html", bad="torn")
    go(shelf, root)
    assert shelf.ids() == {"x": "a.html"}


def test_when_all_files_of_an_id_vanish_it_is_deleted_once(shelf, root):
    for number in (1, 2, 3):
        paper(root / f"{number}.html", id="x", saved=number)
    paper(root / "z.html", id="z")
    go(shelf, root)
    for number in (1, 2, 3):
        (root / f"{number}.html").unlink()
    assert counts(go(shelf, root, prune=True)) == {"deleted": 1, "unchanged": 1}
    assert shelf.ids() == {"z": "z.html"}


def test_a_page_that_turns_bad_leaves_its_id_to_another_file(shelf, root):
    paper(root / "x.html", id="u")
    go(shelf, root)
    paper(root / "x.html", bad="is empty", age=50)
    go(shelf, root)
    paper(root / "y.html", id="u", age=90)
    assert counts(go(shelf, root)) == {"updated": 1, "failed": 1}
    assert shelf.ids() == {"u": "y.html"}


def test_when_the_newer_copy_turns_bad_the_older_steps_in(shelf, root):
    paper(root / "a.html", id="x", saved=1)
    paper(root / "b.html", id="x", saved=2)
    go(shelf, root)
    paper(root / "b.html", bad="is empty")
    assert counts(go(shelf, root)) == {"updated": 1, "failed": 1}
    assert shelf.ids() == {"x": "a.html"}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_broken_row_leaves_its_id_to_a_row_above_it(shelf, root, workers):
    rows(root / "a.jsonl", {"n": 1, "id": "a"}, {"n": 2, "id": "b"})
    go(shelf, root)
    rows(root / "a.jsonl", {"n": 1, "id": "b", "text": "new"}, {"n": 2, "unread": "!"})
    go(shelf, root, workers=workers, prune=True)
    assert [(a.id, a.text) for a in shelf.articles.values()] == [("b", "new")]


def test_a_row_below_damage_leaves_its_id_to_another_file(shelf, root):
    rows(root / "a.jsonl", {"n": 1, "id": "x", "saved": 2}, {"n": 2, "id": "z"})
    paper(root / "b.html", id="x", saved=1)
    go(shelf, root)
    rows(root / "a.jsonl", {"n": 0, "unread": "torn", "ends": True}, age=50)
    go(shelf, root)
    assert shelf.ids() == {"x": "b.html", "z": "a.jsonl#2"}


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_when_all_files_of_an_id_turn_bad_its_article_stays(shelf, root, order):
    for saved, name in enumerate(order, 1):
        paper(root / f"{name}.html", id="x", saved=saved)
    go(shelf, root)
    for name in order:
        paper(root / f"{name}.html", bad="is empty")
    assert counts(go(shelf, root)) == {"failed": 2}
    assert shelf.ids() == {"x": f"{order[1]}.html"}


def test_a_bad_page_that_is_mended_takes_its_id_back(shelf, root):
    paper(root / "a.html", id="x", saved=1)
    paper(root / "b.html", id="x", saved=2)
    go(shelf, root)
    paper(root / "b.html", bad="is empty")
    go(shelf, root)
    paper(root / "b.html", id="x", saved=2)
    go(shelf, root)
    assert shelf.ids() == {"x": "b.html"}


def test_a_file_of_a_root_that_is_away_keeps_its_claim(shelf, tmp_path):
    paper(tmp_path / "p" / "a.html", id="x", saved=1)
    paper(tmp_path / "q" / "b.html", id="x", saved=2)
    go(shelf, tmp_path / "p", tmp_path / "q")
    (tmp_path / "p").rename(tmp_path / "away")
    paper(tmp_path / "q" / "b.html", bad="is empty")
    go(shelf, tmp_path / "q")
    assert shelf.ids() == {"x": "b.html"}
    (tmp_path / "away").rename(tmp_path / "p")
    go(shelf, tmp_path / "q")
    assert shelf.ids() == {"x": "a.html"}


NAMES = st.sampled_from(["a.html", "b.html", "sub/c.html", "d.html"])
PAGE = st.fixed_dictionaries(
    {"id": st.sampled_from("xyz"), "saved": st.integers(1, 3), "text": st.text("ab")}
)
STEP = st.dictionaries(NAMES, st.one_of(st.none(), PAGE))


@pytest.mark.slow
@examples(12)
@given(st.lists(STEP, min_size=1, max_size=4))
def test_any_history_ends_in_the_index_of_a_fresh_run(steps):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "pages")
        root.mkdir()
        shelf = Shelf(Path(folder, "state"))
        documents, age = 0, 1000.0
        for step in steps:
            age -= 10
            for name, saying in step.items():
                if saying is not None:
                    paper(root / name, age, **saying)
                else:
                    (root / name).unlink(missing_ok=True)
            tally = go(shelf, root, prune=True).tally
            documents += tally.added - tally.deleted
            assert documents == len(shelf.articles)
            assert documents == tally.added + tally.updated + tally.unchanged
        fresh = Shelf(Path(folder, "fresh"))
        go(fresh, root)
        assert shelf.articles == fresh.articles


ROW = st.one_of(
    st.fixed_dictionaries({"id": st.sampled_from("xyz"), "text": st.text("ab")}),
    st.just({"unread": "no row"}),
    st.just({"bad": "no article"}),
)
BAD = st.one_of(st.just({"bad": "torn"}), st.just({"unread": "torn"}))
FILE = st.one_of(st.none(), PAGE, BAD, st.lists(ROW, min_size=1, max_size=3))


@pytest.mark.slow
@examples(15)
@given(st.lists(st.dictionaries(NAMES, FILE), min_size=1, max_size=4))
def test_whatever_cannot_be_read_shuts_out_no_page_that_can(steps):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "pages")
        root.mkdir()
        shelf = Shelf(Path(folder, "state"))
        documents, age = 0, 1000.0
        for step in steps:
            age -= 10
            for name, saying in step.items():
                _lay(root / name, age, saying)
            outcome = go(shelf, root, prune=True)
            documents += outcome.tally.added - outcome.tally.deleted
            assert documents == len(shelf.articles)
            fresh = Shelf(Path(folder, f"fresh{age}"))
            go(fresh, root)
            kept = {k: v for k, v in shelf.articles.items() if k not in fresh.articles}
            assert shelf.articles == fresh.articles | kept
            assert kept.keys() <= {line.id for line in outcome.failures}


def _lay(path, age, saying):
    """Write what a step says of a page, or of the row file beside it."""
    table = path.with_suffix(".jsonl")
    for old in (path, table):
        old.unlink(missing_ok=True)
    if isinstance(saying, list):
        rows(table, *saying, age=age)
    elif saying is not None:
        paper(path, age, **saying)


def test_a_failed_commit_loses_nothing_of_before(shelf, root):
    paper(root / "a.html", id="x")
    go(shelf, root)
    paper(root / "b.html", id="y")
    shelf.fails = OSError(28, "No space left on device")
    with pytest.raises(OSError, match="No space"):
        go(shelf, root)
    shelf.fails = None
    assert counts(go(shelf, root)) == {"added": 1, "unchanged": 1}
    assert shelf.ids() == {"x": "a.html", "y": "b.html"}


def test_a_run_that_died_between_engine_and_ledger_is_mended(shelf, root, monkeypatch):
    paper(root / "a.html", id="x")
    paper(root / "b.html", id="y")
    with monkeypatch.context() as patch:
        patch.setattr("index.ledger.Ledger.commit", _die)
        with pytest.raises(KeyboardInterrupt):
            go(shelf, root)
    assert len(shelf.articles) == 2
    (root / "b.html").unlink()
    go(shelf, root)
    assert shelf.ids() == {"x": "a.html"}


@pytest.mark.parametrize("rowed", [False, True])
def test_what_a_run_that_died_took_out_is_read_again(shelf, root, monkeypatch, rowed):
    if rowed:
        rows(root / "a.jsonl", {"n": 1, "id": "x"}, age=90)
    else:
        paper(root / "a.html", id="x", age=90)
    go(shelf, root)
    away = root.with_name("away")
    root.rename(away)
    root.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr("index.ledger.Ledger.commit", _die)
        with pytest.raises(KeyboardInterrupt):
            go(shelf, root, prune=True)
    assert not shelf.articles
    root.rmdir()
    away.rename(root)
    go(shelf, root)
    assert list(shelf.articles) == ["x"]


def test_an_interrupted_run_keeps_what_was_committed(shelf, root, monkeypatch):
    for number in range(9):
        paper(root / f"{number}.html")
    monkeypatch.setattr("index.batches.ARTICLES", 2)
    with monkeypatch.context() as patch:
        patch.setattr("index.report.write", _die)
        with pytest.raises(KeyboardInterrupt):
            go(shelf, root)
    assert counts(go(shelf, root)) == {"unchanged": 9}


def test_what_a_run_that_failed_did_not_commit_is_not_said_to_be(shelf, root):
    for name in "abc":
        paper(root / f"{name}.html", text=name)
    shelf.fails = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        go(shelf, root)
    shelf.fails = None
    (root / "a.html").unlink()
    ear = Ear()
    go(shelf, root, ear=ear)
    assert (len(shelf.articles), ear.commits) == (2, [2])


def test_settling_alone_is_not_said_to_be_a_commit(shelf, root):
    paper(root / "a.html", text="a")
    shelf.fails = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        go(shelf, root)
    shelf.fails = None
    (root / "a.html").unlink()
    ear = Ear()
    go(shelf, root, ear=ear)
    assert ear.commits == []


def _die(*args: object) -> None:
    raise KeyboardInterrupt

"""From saved pages to answers, through the command and the real modules."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from whoosh.fields import TEXT, Schema

from search.engines import open_build
from search.engines.columnar.whoosh.index import create_in
from search.errors import IndexUnusable
from tests.commanding import Terminal, page


@pytest.fixture
def dateline(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("DATELINE_INDEX", "DATELINE_CONFIG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def pages(tmp_path):
    """Three pages of two outlets."""
    root = tmp_path / "pages"
    page(root / "storm.html", "Storm closes harbour", "A storm closed the harbour.")
    page(root / "ferry.html", "Ferries stay in port", "No ferry left the harbour.")
    page(root / "mill.html", "Mill to reopen", "The mill reopens.", "herald.example")
    return root


def found(dateline, text):
    hits = dateline("search", text, "--json").json["hits"]
    return {hit["title"] for hit in hits}


def test_pages_reindexed_are_found(dateline, pages):
    dateline("reindex", pages)
    assert found(dateline, "harbour") == {
        "Storm closes harbour",
        "Ferries stay in port",
    }


def test_reindex_says_what_it_did(dateline, pages):
    ran = dateline("reindex", pages)
    expected = "3 added, 0 updated, 0 deleted, 0 unchanged, 0 skipped, 0 failed\n"
    assert (ran.code, ran.out, ran.err) == (0, expected, "committed 3\n")


def test_reindex_names_no_remedy_for_a_programs_index(dateline, pages):
    create_in(Path("dateline-index"), Schema(title=TEXT))
    for ran in (dateline("reindex", pages), dateline("reindex", pages, "--full")):
        assert (ran.code, "name another folder" in ran.err) == (2, True)


def test_reindex_prints_its_summary_as_json(dateline, pages):
    summary = dateline("reindex", pages, "--json").json
    assert summary["added"] == 3


def test_the_report_lies_beside_the_index(dateline, pages, tmp_path):
    dateline("reindex", pages)
    lines = (tmp_path / "dateline-index.report.log").read_text().splitlines()
    assert {json.loads(line)["status"] for line in lines} == {"added"}


def test_an_index_among_its_pages_is_not_indexed(dateline, pages, monkeypatch):
    monkeypatch.chdir(pages)
    for _ in range(2):
        ran = dateline("reindex", ".", "--report", "out.jsonl", "--json")
    assert (ran.json["unchanged"], ran.json["skipped"], ran.json["failed"]) == (3, 0, 0)


def test_a_changed_page_is_found_by_its_new_words(dateline, pages):
    dateline("reindex", pages)
    page(
        pages / "mill.html", "Mill to reopen", "The brewery reopens.", "herald.example"
    )
    dateline("reindex", pages)
    assert found(dateline, "brewery") == {"Mill to reopen"}


def test_a_deleted_page_is_no_longer_found(dateline, pages):
    dateline("reindex", pages)
    (pages / "mill.html").unlink()
    dateline("reindex", pages, "--prune")
    assert found(dateline, "mill") == set()


def test_a_broken_page_is_named_and_the_code_says_so(dateline, pages):
    (pages / "torn.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    ran = dateline("reindex", pages)
    assert ran.code == 3
    assert f"{pages / 'torn.html'}: " in ran.err


def test_full_builds_the_same_index_again(dateline, pages):
    dateline("reindex", pages)
    ran = dateline("reindex", "--full")
    assert (ran.code, ran.err) == (0, "committed 3\n")
    assert found(dateline, "harbour") == {
        "Storm closes harbour",
        "Ferries stay in port",
    }


def test_full_keeps_what_came_through_standard_input(dateline, pages):
    row = json.dumps({"id": "r", "title": "Bells rung", "body": "Bells rang at noon."})
    dateline("reindex", "-", stdin=row)
    dateline("reindex", pages, "--full")
    assert found(dateline, "bells") == {"Bells rung"}


@pytest.mark.parametrize(
    ("stream", "code", "said"), [("", 0, ""), ("%PDF-1.4", 3, "-: is no text")]
)
def test_a_stream_that_holds_no_rows_is_no_accident(dateline, stream, code, said):
    ran = dateline("reindex", "-", stdin=stream)
    assert (ran.code, said in ran.err) == (code, True)


def test_full_leaves_nothing_of_the_index_it_replaces(dateline, pages, tmp_path):
    row = json.dumps({"id": "r", "title": "Bells rung", "body": "Bells rang at noon."})
    dateline("reindex", "-", stdin=row)
    dateline("reindex", pages, "--full")
    assert len([*tmp_path.glob("dateline-index/g*")]) == 1


def test_a_second_stream_leaves_the_first_alone(dateline):
    first, second = (
        json.dumps({"title": f"Bells rung {when}", "body": f"Bells rang {when}."})
        for when in ("at noon", "at dawn")
    )
    dateline("reindex", "-", stdin=first)
    assert dateline("reindex", "-", "--json", stdin=second).json["added"] == 1
    assert found(dateline, "bells") == {"Bells rung at noon", "Bells rung at dawn"}


def test_a_stream_read_twice_is_unchanged(dateline):
    stream = "\n".join(json.dumps({"body": f"Bells rang at {n}."}) for n in (1, 2))
    dateline("reindex", "-", stdin=stream)
    again = dateline("reindex", "-", "--json", stdin=stream).json
    assert (again["added"], again["unchanged"]) == (0, 2)


def test_full_with_a_missing_root_leaves_the_index_alone(dateline, pages):
    dateline("reindex", pages)
    shutil.rmtree(pages)
    ran = dateline("reindex", "--full")
    assert ran.code == 1
    assert found(dateline, "mill") == {"Mill to reopen"}


def test_full_with_an_emptied_root_leaves_the_index_alone(dateline, pages):
    dateline("reindex", pages)
    for path in pages.iterdir():
        path.unlink()
    ran = dateline("reindex", "--full")
    assert (ran.code, "--prune" in ran.err) == (1, True)
    assert found(dateline, "mill") == {"Mill to reopen"}


@pytest.mark.parametrize("prune", [[], ["--prune"]])
def test_full_builds_no_index_of_a_part(dateline, pages, prune):
    dateline("reindex", pages)
    ran = dateline("reindex", pages, "--full", "--part", "1/2", *prune)
    assert (ran.code, ran.out) == (2, "")
    assert "--part: a full run takes all files" in ran.err


def test_full_takes_the_only_part(dateline, pages):
    assert dateline("reindex", pages, "--full", "--part", "1/1").code == 0


@pytest.mark.parametrize("below", ["", "/index"])
@pytest.mark.parametrize("words", [["search", "mill"], ["reindex", "pages"]])
def test_an_index_that_is_a_file_is_one_clear_line(
    dateline, pages, tmp_path, words, below
):
    (tmp_path / "notes.txt").write_text("not an index")
    ran = dateline(*words, "--index", f"notes.txt{below}")
    said = f"index 'notes.txt{below}': notes.txt is a file; name a folder"
    assert (ran.code, ran.err) == (2, f"dateline: {said}\n")


def test_full_says_that_a_broken_pointer_loses_what_came_by_standard_input(
    dateline, pages, tmp_path
):
    row = {"title": "Lamps", "body": "The lamps burn.", "date": "2018-08-14"}
    dateline("reindex", "-", stdin=json.dumps(row))
    dateline("reindex", pages)
    (tmp_path / "dateline-index" / "current").write_text("{")
    ran = dateline("reindex", pages, "--full")
    assert ran.code == 0
    assert "what came through standard input is not in the new index" in ran.err


def test_what_was_wrong_with_a_row_goes_when_its_file_is_emptied(dateline, tmp_path):
    rows = tmp_path / "pages" / "rows.jsonl"
    rows.parent.mkdir()
    rows.write_text('{"title": "Lamps", "body": "The lamps burn."}\noops\n')
    assert "rows.jsonl#2: not JSON" in dateline("reindex", "pages").err
    rows.write_text("")
    ran = dateline("reindex", "pages")
    assert ran.err == f"{rows}: is empty\n"


def test_full_mends_an_index_whose_ledger_is_damaged(dateline, pages, tmp_path):
    dateline("reindex", pages)
    (ledger,) = tmp_path.glob("dateline-index/*/state/ledger.sqlite")
    ledger.write_bytes(b"no database" * 100)
    assert dateline("reindex").code == 5
    assert dateline("reindex", pages, "--full").code == 0
    assert found(dateline, "mill") == {"Mill to reopen"}


def test_a_report_that_cannot_lie_beside_the_index_lies_in_it(
    dateline, pages, tmp_path
):
    (tmp_path / "dateline-index.report.log").mkdir()
    ran = dateline("reindex", pages, "--json")
    inside = "dateline-index/report.log"
    assert (ran.code, ran.json["report"]) == (0, inside)
    assert f"it is in {inside}" in ran.err
    assert len((tmp_path / inside).read_text().splitlines()) == 3


def test_an_earlier_report_among_the_pages_is_not_read(dateline, pages):
    dateline("reindex", pages, "--report", pages / "out.jsonl")
    ran = dateline("reindex", pages, "--json")
    assert (ran.json["unchanged"], ran.json["added"], ran.code) == (3, 0, 0)


def test_a_path_that_may_not_be_read_does_not_end_the_run(
    dateline, pages, tmp_path, monkeypatch
):
    closed = tmp_path / "closed"
    closed.mkdir()
    real = os.scandir

    def scandir(path):
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "access", lambda path, *_: str(path) != str(closed))
    ran = dateline("reindex", closed, pages, "--json")
    assert (ran.code, ran.json["added"], ran.json["failed"]) == (1, 3, 1)
    assert f"{closed}: Permission denied" in ran.err


def biggest(tmp_path):
    """Return the biggest file of the engine's own."""
    files = [p for p in tmp_path.glob("dateline-index/g*/**/*") if p.is_file()]
    return max(
        (p for p in files if p.parent.name != "state"), key=lambda p: p.stat().st_size
    )


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(b"\0" * path.stat().st_size),
    ],
)
def test_a_run_over_a_damaged_index_is_exit_5(dateline, pages, tmp_path, harm):
    dateline("reindex", pages)
    harm(biggest(tmp_path))
    ran = dateline("reindex", pages)
    assert (ran.code, "--full --index dateline-index`" in ran.err) == (5, True)
    assert dateline("reindex", "--full").code == 0


def test_a_run_over_an_index_without_its_ledger_is_exit_5(dateline, pages, tmp_path):
    dateline("reindex", pages)
    (ledger,) = tmp_path.glob("dateline-index/*/state/ledger.sqlite")
    ledger.unlink()
    for words in ([pages], [], ["--full"], [pages, "--dry-run"]):
        ran = dateline("reindex", *words)
        remedy = "`dateline reindex --full PATH --index dateline-index`"
        assert (ran.code, remedy in ran.err) == (5, True)
    assert dateline("reindex", pages, "--full").code == 0


@pytest.mark.parametrize("line", ["", "[]", '{"folder": "../x"}', "\0"])
def test_a_broken_pointer_names_one_remedy_that_works(dateline, pages, tmp_path, line):
    dateline("reindex", pages)
    (tmp_path / "dateline-index" / "current").write_text(line)
    for words in (["status"], ["reindex"], ["reindex", "--full"], ["reindex", pages]):
        ran = dateline(*words)
        remedy = "`dateline reindex --full PATH --index dateline-index`"
        assert (ran.code, remedy in ran.err) == (5, True)
    assert dateline("reindex", "--full", pages).code == 0
    assert found(dateline, "mill") == {"Mill to reopen"}


@pytest.mark.parametrize("name", ["current", "lock"])
def test_a_forbidden_index_is_not_called_damaged(dateline, pages, monkeypatch, name):
    dateline("reindex", pages)
    forbid(monkeypatch, "os.open", name)
    forbid(monkeypatch, "io.open", name)
    ran = dateline("reindex", pages)
    assert (ran.code, "damaged" in ran.err, "who owns it" in ran.err) == (
        5,
        False,
        True,
    )


def forbid(patch, function, name):
    """Make ``function`` refuse files of this name, as to a user who may not."""
    module, _, attribute = function.partition(".")
    real = getattr(sys.modules[module], attribute)

    def refuse(path, *args, **kwargs):
        if str(path).endswith(f"/{name}"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **kwargs)

    patch.setattr(function, refuse)


def test_full_names_articles_that_only_a_damaged_index_holds(
    dateline, pages, monkeypatch
):
    row = json.dumps({"id": "r", "title": "Bells rung", "body": "Bells rang at noon."})
    dateline("reindex", "-", pages, stdin=row)

    def damaged(*_, **__):
        raise IndexUnusable("the index is damaged")

    with monkeypatch.context() as patch:
        patch.setattr("index.commands.reindex.open_searcher", damaged)
        ran = dateline("reindex", "--full")
        pruned = dateline("reindex", "--full", "--prune")
    assert (ran.code, "1 articles from standard input" in ran.err) == (5, True)
    assert pruned.code == 0


def test_full_takes_a_forgotten_root_out(dateline, pages, tmp_path):
    page(tmp_path / "more" / "x.html", "Bells rung", "Bells rang at noon.")
    dateline("reindex", pages, tmp_path / "more")
    assert dateline("reindex", "--full", "--forget", pages).code == 0
    assert found(dateline, "") == {"Bells rung"}


def test_a_dry_run_says_what_it_would_do_and_makes_nothing(dateline, pages, tmp_path):
    ran = dateline("reindex", pages, "--dry-run")
    assert (ran.out[:16], ran.err) == ("would be 3 added", "")
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_a_dry_run_over_an_index_knows_what_is_in_it(dateline, pages):
    dateline("reindex", pages)
    (pages / "mill.html").unlink()
    ran = dateline("reindex", pages, "--dry-run", "--prune", "--json")
    assert ran.json["deleted"] == 1
    assert found(dateline, "mill") == {"Mill to reopen"}


def test_more_than_a_tenth_vanished_is_a_failure(dateline, pages):
    dateline("reindex", pages)
    (pages / "mill.html").unlink()
    (pages / "storm.html").unlink()
    ran = dateline("reindex")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "2 of 3 pages have vanished" in ran.err


def test_a_locked_index_is_exit_4(dateline, pages):
    dateline("reindex", pages)
    with open_build("dateline-index"):
        ran = dateline("reindex", pages)
    assert (ran.code, ran.err.count("\n")) == (4, 1)


@pytest.mark.parametrize("words", [["search", "x"], ["status"], ["reindex"]])
def test_a_missing_index_is_exit_5_and_names_the_remedy(dateline, words):
    ran = dateline(*words)
    assert (ran.code, ran.out) == (5, "")
    assert "dateline reindex PATH" in ran.err


def test_a_missing_path_makes_no_index(dateline, tmp_path):
    ran = dateline("reindex", "gone")
    assert ran.code == 1
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_leaves_with_130_and_is_resumed(
    dateline, pages, monkeypatch
):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.departures.Departures.vanished", interrupt)
        ran = dateline("reindex", pages)
    assert (ran.code, "what was committed stays" in ran.err) == (130, True)
    assert dateline("reindex", pages, "--json").json["added"] == 3


def test_a_failing_disk_is_one_line_and_the_old_index_answers(
    dateline, pages, monkeypatch
):
    dateline("reindex", pages)
    page(pages / "new.html", "Bells rung", "Bells rang at noon.")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("index.ledger.Ledger.commit", full)
        ran = dateline("reindex", pages)
    assert (ran.code, ran.err) == (1, "dateline: No space left on device\n")
    assert dateline("reindex", pages).code == 0
    assert found(dateline, "bells") == {"Bells rung"}


def test_status_tells_documents_roots_last_run_and_failures(dateline, pages):
    (pages / "torn.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    dateline("reindex", pages)
    status = dateline("status", "--json").json
    assert (status["documents"], status["roots"]) == (3, [str(pages)])
    assert status["last_run"]["tally"]["failed"] == 1
    assert [f["path"] for f in status["failures"]] == [str(pages / "torn.html")]


def test_status_tells_what_each_rule_removed_of_each_source(dateline, pages):
    dateline("reindex", pages)
    removed = dateline("status", "--json").json["removed"]["courier.example"]
    assert {"copyright", "navigation"} & {each["rule"] for each in removed}
    assert "removed     " in dateline("status").out


def test_a_full_run_keeps_what_rows_of_standard_input_taught(dateline, pages):
    appeal = "<p>Your gift keeps our presses going through winter; become a friend."
    rows = [
        {
            "id": f"row{number}",
            "source": "Quay Post",
            "html": "".join(
                f"<p>The storm closed quay {n} of harbour {number} for {number + n}"
                f" days; it cost {n * 7 + number} crowns, its master said."
                for n in range(5)
            )
            + appeal,
        }
        for number in range(6)
    ]
    dateline("reindex", pages)
    dateline("reindex", "-", stdin="".join(json.dumps(row) + "\n" for row in rows))
    before = dateline("status", "--json").json["recurring"]["quay-post"]
    dateline("reindex", "--full")
    assert dateline("status", "--json").json["recurring"]["quay-post"] == before
    assert dateline("search", '"become a friend"', "--json").json["total"] == 0


def test_status_answers_while_a_run_writes(dateline, pages):
    dateline("reindex", pages)
    with open_build("dateline-index"):
        assert dateline("status").code == 0

"""What a run adds, updates, deletes and says."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from index.roots import Missing, Part
from search.errors import BadRoot, TooManyVanished
from tests.paper import Ear, Shelf, counts, go, paper, put, raw_page, rows


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "state")


@pytest.fixture
def pages(tmp_path):
    """Five pages in a folder of their own."""
    root = tmp_path / "pages"
    for name in "abcde":
        paper(root / f"{name}.html", text=name)
    return root


def test_a_first_run_adds_every_page(shelf, pages):
    assert counts(go(shelf, pages)) == {"added": 5}
    assert len(shelf.articles) == 5


def test_a_second_run_parses_nothing(shelf, pages):
    go(shelf, pages)
    commits = shelf.commits
    assert counts(go(shelf, pages)) == {"unchanged": 5}
    assert shelf.commits == commits


def test_a_file_only_touched_is_unchanged(shelf, pages):
    go(shelf, pages)
    os.utime(pages / "a.html")
    assert counts(go(shelf, pages)) == {"unchanged": 5}


def test_a_changed_file_is_updated(shelf, pages):
    go(shelf, pages)
    paper(pages / "a.html", text="new")
    assert counts(go(shelf, pages)) == {"updated": 1, "unchanged": 4}
    assert shelf.articles["pages/a.html"].text == "new"


def test_a_change_within_the_clocks_tick_is_seen(shelf, pages):
    paper(pages / "a.html", text="one", age=0)
    go(shelf, pages)
    before = (pages / "a.html").stat()
    paper(pages / "a.html", text="two", age=0)
    os.utime(pages / "a.html", ns=(before.st_mtime_ns, before.st_mtime_ns))
    go(shelf, pages)
    assert shelf.articles["pages/a.html"].text == "two"


def test_a_changed_sidecar_has_its_page_read_again(shelf, pages):
    go(shelf, pages)
    put(pages / "a.html.json", "{}")
    assert counts(go(shelf, pages))["updated"] == 1


def test_a_changed_sidecar_of_rows_has_them_all_read_again(shelf, pages):
    rows(pages / "rows.jsonl", {"id": "one"}, {"id": "two"})
    go(shelf, pages)
    put(pages / "rows.jsonl.json", "{}")
    assert counts(go(shelf, pages)) == {"updated": 2, "unchanged": 5, "skipped": 1}
    assert counts(go(shelf, pages)) == {"unchanged": 7, "skipped": 1}


def test_a_changed_manifest_has_those_pages_read_again_it_speaks_of(shelf, pages):
    manifest = pages / "manifest.csv"
    put(manifest, "path,date\na.html,2020\nb.html,2020\n")
    go(shelf, pages)
    put(manifest, "path,date\na.html,2020\nb.html,2021\nc.html,2020\n")
    assert counts(go(shelf, pages)) == {"updated": 2, "unchanged": 3, "skipped": 1}


@pytest.mark.parametrize(("held", "gone"), [(10, 1), (30, 3)])
def test_a_vanished_file_is_deleted(shelf, tmp_path, held, gone):
    _lose(shelf, tmp_path / "many", held, gone)
    outcome = go(shelf, tmp_path / "many")
    assert counts(outcome) == {"deleted": gone, "unchanged": held - gone}
    assert len(shelf.articles) == held - gone


@pytest.mark.parametrize(("held", "gone"), [(1, 1), (2, 1), (9, 1), (30, 4)])
def test_over_a_tenth_vanished_deletes_nothing(shelf, tmp_path, held, gone):
    _lose(shelf, tmp_path / "many", held, gone)
    outcome = go(shelf, tmp_path / "many")
    assert [type(fault) for fault in outcome.faults] == [TooManyVanished]
    assert len(shelf.articles) == held


def _lose(shelf, root, held, gone):
    """Index as many pages as ``held``, and take ``gone`` of them away."""
    for number in range(held):
        paper(root / f"{number}.html")
    go(shelf, root)
    for number in range(gone):
        (root / f"{number}.html").unlink()


def test_prune_deletes_however_much_vanished(shelf, pages):
    go(shelf, pages)
    for page in pages.iterdir():
        page.unlink()
    assert counts(go(shelf, pages, prune=True)) == {"deleted": 5}
    assert shelf.articles == {}


def test_a_refused_deletion_still_adds(shelf, pages):
    go(shelf, pages)
    (pages / "a.html").unlink()
    (pages / "b.html").unlink()
    paper(pages / "f.html")
    assert counts(go(shelf, pages)) == {"added": 1, "unchanged": 3}


def test_renamed_pages_with_ids_of_their_own_have_not_vanished(shelf, tmp_path):
    for name in "abcd":
        paper(tmp_path / "pages" / "old" / f"{name}.html", id=name)
    go(shelf, tmp_path / "pages")
    (tmp_path / "pages" / "old").rename(tmp_path / "pages" / "new")
    assert not go(shelf, tmp_path / "pages").faults
    assert shelf.ids() == {name: f"new/{name}.html" for name in "abcd"}


def test_a_missing_root_is_a_fault_and_deletes_nothing(shelf, pages):
    go(shelf, pages)
    shutil.rmtree(pages)
    outcome = go(shelf, pages)
    assert [type(fault) for fault in outcome.faults] == [Missing]
    assert len(shelf.articles) == 5


def test_a_missing_root_does_not_keep_others_from_being_read(shelf, pages, tmp_path):
    outcome = go(shelf, tmp_path / "gone", pages)
    assert counts(outcome) == {"added": 5, "failed": 1}
    assert len(outcome.faults) == 1


def test_a_folder_that_cannot_be_listed_keeps_its_pages(shelf, pages, monkeypatch):
    paper(pages / "sub" / "x.html")
    go(shelf, pages)
    real = os.scandir

    def scandir(path):
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    outcome = go(shelf, pages)
    assert counts(outcome) == {"unchanged": 5, "failed": 1}
    assert len(shelf.articles) == 6


def test_no_path_means_all_roots_so_far(shelf, pages, tmp_path):
    paper(tmp_path / "more" / "x.html")
    go(shelf, pages)
    go(shelf, tmp_path / "more")
    assert counts(go(shelf)) == {"unchanged": 6}


def test_a_run_over_one_root_deletes_nothing_below_another(shelf, pages, tmp_path):
    paper(tmp_path / "more" / "x.html")
    go(shelf, pages, tmp_path / "more")
    (pages / "a.html").unlink()
    assert counts(go(shelf, tmp_path / "more")) == {"unchanged": 1}


def test_forget_drops_a_root_and_its_pages(shelf, pages, tmp_path):
    paper(tmp_path / "more" / "x.html")
    go(shelf, pages, tmp_path / "more")
    assert counts(go(shelf, forget=(pages,))) == {"deleted": 5}
    assert counts(go(shelf)) == {"unchanged": 1}


def test_forgetting_an_unknown_root_is_an_error(shelf, tmp_path):
    with pytest.raises(BadRoot, match="is not a root of this index"):
        go(shelf, forget=(tmp_path,))


def test_other_file_types_are_counted_and_no_failure(shelf, pages):
    put(pages / "logo.png", "")
    outcome = go(shelf, pages)
    assert counts(outcome) == {"added": 5, "skipped": 1}
    assert outcome.failures == ()


def test_a_bad_page_fails_and_the_rest_is_indexed(shelf, pages):
    paper(pages / "b.html", bad="nothing readable")
    ear = Ear()
    assert counts(go(shelf, pages, ear=ear)) == {"added": 4, "failed": 1}
    assert ear.failures == {str(pages / "b.html"): "nothing readable"}


def test_a_bad_page_is_reported_again_without_being_read(shelf, pages):
    paper(pages / "b.html", bad="nothing readable")
    go(shelf, pages)
    ear = Ear()
    assert counts(go(shelf, pages, ear=ear)) == {"unchanged": 4, "failed": 1}
    assert list(ear.failures.values()) == ["nothing readable"]


def test_a_page_that_turns_bad_keeps_its_article(shelf, pages):
    go(shelf, pages)
    paper(pages / "b.html", bad="torn")
    assert counts(go(shelf, pages)) == {"unchanged": 4, "failed": 1}
    assert len(shelf.articles) == 5


def test_an_unexpected_error_costs_one_page(shelf, pages):
    paper(pages / "b.html", wrong="key")
    ear = Ear()
    assert counts(go(shelf, pages, ear=ear)) == {"added": 4, "failed": 1}
    assert list(ear.failures.values()) == ["unexpected KeyError: 'key'"]


def test_a_page_that_kills_its_worker_costs_itself(shelf, pages):
    paper(pages / "b.html", die=True)
    assert counts(go(shelf, pages, workers=2)) == {"added": 4, "failed": 1}


def test_a_page_over_the_time_limit_fails_and_is_tried_again_next_time(shelf, pages):
    paper(pages / "b.html", sleep=9)
    assert counts(go(shelf, pages, limit=0.3)) == {"added": 4, "failed": 1}
    paper(pages / "b.html", sleep=0.1)
    assert counts(go(shelf, pages)) == {"added": 1, "unchanged": 4}


def test_the_report_has_a_line_for_every_page(shelf, pages, tmp_path):
    go(shelf, pages)
    paper(pages / "b.html", bad="torn")
    paper(pages / "f.html", id="f")
    (pages / "e.html").unlink()
    put(pages / "logo.png", "")
    go(shelf, pages, report=tmp_path / "report", prune=True)
    lines = map(json.loads, (tmp_path / "report").read_text().splitlines())
    found = {
        line["path"].split("/")[-1]: (line["id"], line["status"]) for line in lines
    }
    assert found == {
        "a.html": ("pages/a.html", "unchanged"),
        "b.html": ("pages/b.html", "failed"),
        "c.html": ("pages/c.html", "unchanged"),
        "d.html": ("pages/d.html", "unchanged"),
        "e.html": ("pages/e.html", "deleted"),
        "f.html": ("f", "added"),
        "logo.png": (None, "skipped"),
    }


def test_names_that_are_not_unicode_pass(shelf, pages, tmp_path):
    odd = os.fsdecode(b"caf\xe9.html")
    paper(pages / odd, bad="x")
    go(shelf, pages, report=tmp_path / "report")
    assert counts(go(shelf, pages)) == {"unchanged": 5, "failed": 1}


def test_parts_together_index_every_page_once(shelf, pages):
    for number in (1, 2, 3):
        go(shelf, pages, part=Part(number, 3))
    assert counts(go(shelf, pages)) == {"unchanged": 5}


def test_parts_take_a_root_whose_name_is_not_unicode(shelf, tmp_path):
    root = tmp_path / os.fsdecode(b"r\xff")
    paper(root / "a.html", id="x")
    for number in (1, 2):
        go(shelf, root, part=Part(number, 2))
    assert len(shelf.articles) == 1


def test_a_part_deletes_in_its_own_share_only(shelf, pages):
    go(shelf, pages)
    for page in pages.iterdir():
        page.unlink()
    go(shelf, pages, part=Part(1, 2), prune=True)
    left = {
        f"pages/{name}.html"
        for name in "abcde"
        if not Part(1, 2).holds("pages", f"{name}.html")
    }
    assert set(shelf.articles) == left


def test_rows_of_standard_input_are_indexed_and_delete_nothing(shelf, pages):
    go(shelf, pages)
    first = raw_page("-", "-#1", pages, '{"id": "one"}')
    second = raw_page("-", "-#1", pages, '{"id": "two"}')
    assert counts(go(shelf, rows=[first])) == {"added": 1}
    assert counts(go(shelf, rows=[second])) == {"added": 1}
    assert len(shelf.articles) == 7


def test_a_row_of_standard_input_seen_before_is_unchanged(shelf, pages):
    row = raw_page("-", "-#1", pages, '{"id": "one"}')
    go(shelf, rows=[row])
    assert counts(go(shelf, rows=[row])) == {"unchanged": 1}


def test_a_row_file_is_one_unit_and_its_rows_go_by_hash(shelf, tmp_path):
    path = tmp_path / "pages" / "x.jsonl"
    rows(path, {"n": "a"}, {"n": "b"}, {"n": "c"})
    assert counts(go(shelf, path.parent)) == {"added": 3}
    rows(path, {"n": "new"}, {"n": "a"}, {"n": "b", "text": "x"}, {"n": "c"}, age=50)
    assert counts(go(shelf, path.parent)) == {"added": 1, "updated": 1, "unchanged": 2}


def test_a_row_that_vanished_is_deleted(shelf, tmp_path):
    path = tmp_path / "pages" / "x.jsonl"
    rows(path, {"n": "a"}, {"n": "b"}, {"n": "c"})
    go(shelf, path.parent)
    rows(path, {"n": "a"}, {"n": "c"}, age=50)
    went = go(shelf, path.parent, prune=True)
    assert counts(went) == {"deleted": 1, "unchanged": 2}


def test_rows_whose_deletion_was_refused_go_with_prune(shelf, tmp_path):
    path = tmp_path / "p" / "x.jsonl"
    rows(path, {"n": "a"}, {"n": "b"})
    go(shelf, path.parent)
    rows(path, {"n": "a"}, age=50)
    go(shelf, path.parent)
    assert counts(go(shelf, path.parent, prune=True)) == {"unchanged": 1, "deleted": 1}


def test_rows_gone_from_a_file_named_alone_go_with_its_root(shelf, tmp_path):
    path = tmp_path / "p" / "x.jsonl"
    rows(path, *({"n": n} for n in range(20)))
    go(shelf, path.parent)
    rows(path, *({"n": n} for n in range(19)), age=50)
    go(shelf, path)
    assert counts(go(shelf)) == {"unchanged": 19, "deleted": 1}


def test_a_bad_row_keeps_no_row_that_vanished(shelf, tmp_path):
    path = tmp_path / "p" / "x.jsonl"
    rows(path, {"n": 1}, {"n": 2}, {"n": 3})
    go(shelf, path)
    rows(path, {"n": 1}, {"n": 2, "unread": "torn"}, age=50)
    went = go(shelf, path, prune=True)
    assert counts(went) == {"unchanged": 1, "failed": 1, "deleted": 1}
    assert counts(go(shelf, path)) == {"unchanged": 1, "failed": 1}


def test_a_bad_row_that_is_gone_is_not_reported_again(shelf, tmp_path):
    path = rows(tmp_path / "p" / "x.jsonl", {"n": 1}, {"n": 2}, {"unread": "torn"})
    go(shelf, path)
    rows(path, {"n": 1}, {"n": 2, "unread": "torn"}, age=50)
    go(shelf, path)
    rows(path, age=40)
    refused = go(shelf, path)
    assert (counts(refused), refused.failures) == ({"unchanged": 2}, ())
    assert counts(go(shelf, path, prune=True)) == {"deleted": 2}


def test_a_file_that_cannot_be_read_on_keeps_the_rows_below(shelf, tmp_path):
    path = tmp_path / "p" / "x.jsonl"
    rows(path, {"n": 1}, {"n": 2}, {"n": 3})
    go(shelf, path)
    rows(path, {"n": 1}, {"n": 2, "unread": "torn", "ends": True}, age=50)
    assert counts(go(shelf, path, prune=True)) == {"unchanged": 2, "failed": 1}
    assert len(shelf.articles) == 3


def test_rows_lost_between_others_stay(shelf, tmp_path):
    path = rows(tmp_path / "p" / "x.jsonl", {"n": 1}, {"n": 2}, {"n": 3}, {"n": 4})
    go(shelf, path)
    rows(path, {"n": 1}, {"unread": "torn", "ends": True}, {"unread": "torn"}, age=50)
    go(shelf, path, prune=True)
    assert len(shelf.articles) == 4


def test_a_bad_row_costs_itself(shelf, tmp_path):
    path = rows(tmp_path / "p" / "x.jsonl", {"n": 1}, {"unread": "torn"}, {"bad": "b"})
    ear = Ear()
    assert counts(go(shelf, path, ear=ear)) == {"added": 1, "failed": 2}
    assert ear.failures == {f"{path}#2": "torn", f"{path}#3": "b"}


def test_a_row_file_torn_in_the_middle_keeps_what_it_held(shelf, tmp_path):
    path = rows(tmp_path / "p" / "x.jsonl", {"n": "a"}, {"n": "b"})
    go(shelf, path)
    path.write_bytes(b'{"n": "a"}\n\xff')
    assert counts(go(shelf, path)) == {"unchanged": 2, "failed": 1}


def test_an_inner_root_owns_its_files_whatever_the_order(tmp_path):
    paper(tmp_path / "a" / "b" / "x.html")
    paper(tmp_path / "a" / "y.html")
    results = []
    for number, order in enumerate([("a", "a/b"), ("a/b", "a")]):
        shelf = Shelf(tmp_path / f"state{number}")
        for name in order:
            go(shelf, tmp_path / name)
        results.append(shelf.ids())
    assert results[0] == results[1] == {"a/y.html": "y.html", "b/x.html": "x.html"}


def test_a_file_and_its_folder_may_be_named_in_any_order(tmp_path, pages):
    results = []
    for number, order in enumerate(
        [(pages, pages / "a.html"), (pages / "a.html", pages)]
    ):
        shelf = Shelf(tmp_path / f"state{number}")
        for path in order:
            go(shelf, path)
        results.append((shelf.ids(), counts(go(shelf))))
    assert results[0] == results[1]


def test_roots_of_one_name_are_told_apart(shelf, tmp_path):
    paper(tmp_path / "x" / "pages" / "a.html")
    paper(tmp_path / "y" / "pages" / "a.html")
    go(shelf, tmp_path / "x" / "pages", tmp_path / "y" / "pages")
    assert set(shelf.articles) == {"pages/a.html", "y/pages/a.html"}


def test_the_outcome_is_the_same_however_many_workers(tmp_path):
    for number in range(60):
        paper(tmp_path / "p" / f"{number}.html", id=str(number % 20), age=number)
    seen = []
    for workers in (1, 3):
        shelf = Shelf(tmp_path / f"state{workers}")
        seen.append((counts(go(shelf, tmp_path / "p", workers=workers)), shelf.ids()))
    assert seen[0] == seen[1]

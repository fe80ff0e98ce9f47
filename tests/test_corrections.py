"""What a person sets by hand, and what becomes of it from run to run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.corrections.sheet import CORRECTIONS
from index.pipeline import Task, reindex
from index.rebuild import rebuild
from index.records import STDIN
from index.rehearsal import Rehearsal
from index.stages import Preparing
from search.model import Agency, Article, Place, Published, Source
from tests import paper as papers
from tests.memory_engine import MemorySearcher
from tests.paper import Ear, Shelf, counts, paper, put, raw_page, rows
from tests.trying import examples

OWN: dict[str, Any] = {
    "source": ["harbour-post.example", "Harbour Post"],
    "agency": "AP",
    "date": "2021-04-30",
}


def describe(raw, page):
    """Return the article a paper speaks of, with the values it gives."""
    said = json.loads(raw.content)
    source, date, agency = (said.get(name) for name in ("source", "date", "agency"))
    return Article(
        id=said.get("id") or f"{raw.root}/{raw.name}",
        text=said.get("text", ""),
        path=raw.name,
        source=Source(source[0], source[1], "folder") if source else None,
        published=Published(date, "meta") if date else None,
        agency=Agency(agency, "byline") if agency else None,
    )


def locate(article, given):
    """Return ``article`` in the places given, or in the one its text begins with."""
    names = given or (article.text.split(" ")[:1] if article.text else ())
    spans = () if given else ((0, len(names[0])),) if names else ()
    places = tuple(Place(f"x:{n}", n, (f"x:{n}",), spans=spans) for n in names)
    return replace(article, places=places)


STAGES = replace(papers.STAGES, describe=describe, locate=locate)


def go(shelf, *paths, **task):
    """Run over ``paths`` and return the outcome."""
    return reindex(shelf, Task(paths=paths, **task), STAGES, Ear())


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "state")


@pytest.fixture
def root(tmp_path):
    """A folder of three pages with values of their own."""
    folder = tmp_path / "pages"
    paper(folder / "a.html", text="Riga a", **OWN)
    paper(folder / "b.html", text="Riga b", **OWN)
    paper(folder / "quay" / "c.html", text="Riga c")
    return folder


def correct(root, *lines, header="id,path,source,date,agency,place"):
    """Write the corrections of ``root``."""
    return put(root / CORRECTIONS, "\n".join((header, *lines)) + "\n")


def dates(shelf):
    return {
        id_.rpartition("/")[2][0]: a.published.value if a.published else None
        for id_, a in shelf.articles.items()
    }


def test_a_page_is_corrected_by_its_id(shelf, root):
    correct(root, "pages/a.html,,Courier,2020-05,Reuters,Oslo")
    go(shelf, root)
    found = shelf.articles["pages/a.html"]
    assert found.source == Source("courier", "Courier", "manual")
    assert found.published == Published("2020-05", "manual")
    assert found.agency == Agency("Reuters", "manual")
    assert [(p.label, p.method) for p in found.places] == [("Oslo", "manual")]


def test_a_page_is_corrected_by_its_path(shelf, root):
    correct(root, ",a.html,,2020,,")
    go(shelf, root)
    assert dates(shelf) == {"a": "2020", "b": "2021-04-30", "c": None}


def test_all_pages_of_a_folder_are_corrected_by_its_path(shelf, root):
    correct(root, ",quay/,,2020,,")
    go(shelf, root)
    assert dates(shelf) == {"a": "2021-04-30", "b": "2021-04-30", "c": "2020"}


def test_a_row_of_a_file_is_corrected_by_its_number(shelf, root):
    rows(root / "rows.jsonl", {"id": "one"}, {"id": "two"})
    correct(root, ",rows.jsonl#2,,2020,,")
    go(shelf, root)
    assert shelf.articles["one"].published is None
    assert shelf.articles["two"].published == Published("2020", "manual")


@pytest.mark.parametrize("name", ["harbour-post.example", "harbour post"])
def test_an_outlets_pages_are_corrected_by_its_value_or_label(shelf, root, name):
    correct(root, f"{name},2020", header="source,date")
    go(shelf, root)
    assert dates(shelf) == {"a": "2020", "b": "2020", "c": None}


def test_pages_without_a_source_are_those_of_unknown(shelf, root):
    correct(root, "unknown,2020", header="source,date")
    go(shelf, root)
    assert dates(shelf) == {"a": "2021-04-30", "b": "2021-04-30", "c": "2020"}


def test_none_makes_a_value_unknown(shelf, root):
    correct(root, ",a.html,none,none,none,none")
    go(shelf, root)
    found = shelf.articles["pages/a.html"]
    assert (found.source, found.published, found.agency) == (None, None, None)
    assert found.places == ()


# From run to run.


def test_a_new_row_changes_its_article_and_parses_no_page(shelf, root, monkeypatch):
    go(shelf, root)
    correct(root, ",a.html,,2020,,")
    monkeypatch.setattr(Preparing, "prepare", None)
    outcome = go(shelf, root)
    assert counts(outcome) == {"unchanged": 3, "skipped": 1, "corrected": 1}
    assert dates(shelf) == {"a": "2020", "b": "2021-04-30", "c": None}


def test_a_run_without_changes_writes_nothing(shelf, root):
    correct(root, ",a.html,,2020,,Oslo")
    go(shelf, root)
    commits = shelf.commits
    assert counts(go(shelf, root)) == {"unchanged": 3, "skipped": 1}
    assert shelf.commits == commits


def test_a_row_taken_out_restores_what_the_page_says(shelf, root):
    go(shelf, root)
    before = dict(shelf.articles)
    correct(root, ",a.html,Courier,2020,Reuters,Oslo")
    go(shelf, root)
    (root / CORRECTIONS).unlink()
    assert counts(go(shelf, root))["corrected"] == 1
    assert shelf.articles == before


def test_a_page_that_changes_stays_corrected(shelf, root):
    correct(root, ",a.html,,2020,,")
    go(shelf, root)
    paper(root / "a.html", text="Riga anew", **OWN)
    go(shelf, root)
    found = shelf.articles["pages/a.html"]
    assert (found.text, found.published.value) == ("Riga anew", "2020")


def test_a_changed_page_gives_back_its_new_values(shelf, root):
    correct(root, ",a.html,,2020,,")
    go(shelf, root)
    paper(root / "a.html", text="Riga anew", date="2019")
    go(shelf, root)
    (root / CORRECTIONS).unlink()
    go(shelf, root)
    assert dates(shelf)["a"] == "2019"


def test_a_new_page_of_a_corrected_folder_is_corrected(shelf, root):
    correct(root, ",quay,,2020,,")
    go(shelf, root)
    paper(root / "quay" / "d.html", text="d")
    go(shelf, root)
    assert dates(shelf)["d"] == "2020"


@pytest.mark.parametrize("name", ["Harbour-Post.EXAMPLE", "HARBOUR POST", "Unknown"])
def test_a_row_that_comes_later_finds_an_outlet_in_any_letters(shelf, root, name):
    paper(root / "d.html", source=["unknown", "Unknown"])
    go(shelf, root)
    correct(root, f"{name},2020", header="source,date")
    assert not go(shelf, root).warnings
    anew = Shelf(root.parent / "anew")
    go(anew, root)
    assert shelf.articles == anew.articles


def test_a_row_of_a_gzipped_file_goes_by_its_name_unzipped(shelf, root):
    rows(root / "rows.jsonl.gz", {"id": "one"}, {"id": "two"})
    go(shelf, root)
    correct(root, ",rows.jsonl#1,,2020,,", ",rows.jsonl.gz#2,,2020,,")
    assert not go(shelf, root).warnings
    days = {id_: shelf.articles[id_].published for id_ in ("one", "two")}
    assert set(days.values()) == {Published("2020", "manual")}


def test_rows_in_another_order_are_other_corrections(shelf, root):
    correct(root, ",a.html,,2001,,", ",a.html,,2002,,")
    go(shelf, root)
    correct(root, ",a.html,,2002,,", ",a.html,,2001,,")
    go(shelf, root)
    assert dates(shelf)["a"] == "2001"


def test_a_full_run_gives_the_same(shelf, root, tmp_path):
    go(shelf, root)
    correct(root, ",a.html,Courier,2020,none,Oslo", ",,unknown,1999,,")
    go(shelf, root)
    anew = Shelf(tmp_path / "anew")
    rebuild(anew, shelf.state, Task(), STAGES, Ear(), live=_nobody)
    assert anew.articles == shelf.articles


def test_what_came_through_standard_input_is_corrected_by_its_id(shelf, root):
    stream = [raw_page("-", "-#1", STDIN, json.dumps({"id": "x", **OWN}))]
    go(shelf, rows=stream)
    correct(root, "x,,,2020,,")
    go(shelf, root)
    assert shelf.articles["x"].published == Published("2020", "manual")
    (root / CORRECTIONS).unlink()
    go(shelf, root)
    assert shelf.articles["x"].published == Published("2021-04-30", "meta")


def test_a_rehearsal_says_what_would_be_corrected(shelf, root, tmp_path):
    go(shelf, root)
    correct(root, ",a.html,,2020,,")
    report = tmp_path / "report.log"
    build = Rehearsal(shelf.state)
    outcome = reindex(build, Task(paths=(root,), report=report), STAGES, Ear())
    assert outcome.tally.corrected == 1
    line = next(x for x in _lines(report) if x["status"] == "corrected")
    assert line["path"] == f"{root}/a.html"
    assert line["reason"] == f"date set by hand ({root}/{CORRECTIONS}, line 2)"
    assert dates(shelf)["a"] == "2021-04-30"


def test_two_roots_have_corrections_of_their_own(shelf, root, tmp_path):
    other = tmp_path / "other"
    paper(other / "a.html", text="a", **OWN)
    correct(root, "Harbour Post,2001", header="source,date")
    correct(other, "Harbour Post,2002", header="source,date")
    go(shelf, root, other)
    assert shelf.articles["pages/a.html"].published.value == "2001"
    assert shelf.articles["other/a.html"].published.value == "2002"


def test_a_run_over_one_root_leaves_the_corrections_of_another(shelf, root, tmp_path):
    other = tmp_path / "other"
    paper(other / "d.html", text="d")
    correct(root, ",a.html,,2001,,")
    go(shelf, root, other)
    correct(root, ",a.html,,2002,,")
    go(shelf, other)
    assert dates(shelf)["a"] == "2001"


def test_a_root_that_is_forgotten_takes_its_corrections_along(shelf, root, tmp_path):
    other = tmp_path / "other"
    paper(other / "d.html", text="d")
    correct(other, "pages/a.html,,,2001,,")
    go(shelf, root, other)
    go(shelf, forget=(other,))
    assert dates(shelf)["a"] == "2021-04-30"


def test_a_run_that_dies_settling_is_made_good_by_the_next(shelf, root, monkeypatch):
    go(shelf, root)
    correct(root, ",a.html,,2001,,", ",b.html,,2002,,")
    shelf.fails = OSError("the disk is full")
    with pytest.raises(OSError, match="full"):
        go(shelf, root)
    shelf.fails = None
    go(shelf, root)
    assert dates(shelf) == {"a": "2001", "b": "2002", "c": None}


# Whatever the order.

FOLDERS = ("pages", "pages/in", "other")
OUTLETS = ("harbour-post.example", "Harbour Post", "HARBOUR POST", "Unknown", "Quay")
NAMES = ("a.html", "quay/b.html", "in/c.html", "rows.jsonl")
KEYS = st.one_of(
    st.sampled_from(("one", "two", "pages/a.html", "in/c.html")).map("{},,".format),
    st.sampled_from((*NAMES, ".", "in", "rows.jsonl#2")).map(",{},".format),
    st.sampled_from(OUTLETS).map(",,{}".format),
)
LINES = st.tuples(
    KEYS, st.sampled_from(("", "none", *OUTLETS)), st.sampled_from(("", "2001", "none"))
).map(",".join)
SAID = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(("one", "two")),
        "date": st.just("2010"),
        "source": st.sampled_from(
            [
                ["harbour-post.example", "Harbour Post"],
                ["harbour-post", "The Harbour Post"],
                ["quay.example", "Harbour Post"],
                ["unknown", "Unknown"],
            ]
        ),
    },
)
EDITS = st.one_of(
    st.tuples(st.just(CORRECTIONS), st.lists(LINES, max_size=3)),
    st.tuples(st.sampled_from(NAMES), st.lists(SAID, max_size=2)),
)
AGES = st.integers(100, 1_000)
RUNS = st.lists(st.tuples(st.sampled_from(FOLDERS), AGES, EDITS), max_size=4)


@examples(12)
@given(st.lists(RUNS, min_size=2, max_size=4), st.sampled_from((2, 3)))
def test_after_any_edits_the_index_is_as_if_built_anew(tmp_path_factory, runs, known):
    top = tmp_path_factory.mktemp("top")
    roots = [top / folder for folder in FOLDERS[:: 4 - known]]
    shelf, anew = Shelf(top / "state"), Shelf(top / "anew")
    for folder in FOLDERS:
        (top / folder).mkdir()
    for edits in runs:
        for folder, age, (name, content) in edits:
            _edit(top / folder / name, age, content)
        go(shelf, *roots, prune=True)
    go(anew, *roots)
    assert shelf.articles == anew.articles


def _edit(path, age, content):
    """Give a file other content, or take it away where there is none."""
    if not content:
        path.unlink(missing_ok=True)
    elif path.name == CORRECTIONS:
        put(path, "\n".join(("id,path,source,new_source,date", *content)), age)
    elif path.suffix == ".jsonl":
        rows(path, *content, age=age)
    else:
        paper(path, age, **content[0])


# What is wrong with them.


def test_a_row_that_cannot_be_used_fails_and_the_others_are_used(shelf, root):
    correct(root, ",a.html,,soon,,", ",b.html,,2020,,")
    (fault,) = go(shelf, root).failures
    assert fault.path == str(root / CORRECTIONS)
    assert fault.reason == "line 2: soon is no date; write 2021-04-30, 2021-04 or 2021"
    assert dates(shelf)["b"] == "2020"


def test_an_unknown_column_is_named(shelf, root):
    correct(root, "a.html,2020,Roe", header="path,date,autor")
    (warning,) = go(shelf, root).warnings
    assert "nothing is read from the column autor" in warning


@pytest.mark.parametrize(
    "line", ["gone,,,2020,,", ",gone.html,,2020,,", ",,Gone,2020,,"]
)
def test_a_row_that_names_no_article_is_said(shelf, root, line):
    correct(root, ",a.html,,2020,,", line)
    outcome = go(shelf, root)
    assert outcome.warnings == (f"{root / CORRECTIONS}: no article is named by line 3",)
    assert not outcome.failures


def test_corrections_that_cannot_be_read_leave_what_was_set(shelf, root):
    correct(root, ",a.html,,2020,,")
    go(shelf, root)
    put(root / CORRECTIONS, "nothing,of,use\n")
    assert go(shelf, root).failures
    assert dates(shelf)["a"] == "2020"


# One outlet by two names.


def _named(shelf):
    return {a.path: a.source.value for a in shelf.articles.values() if a.source}


def test_a_label_of_a_known_domain_is_that_domain(shelf, root):
    paper(root / "d.txt", source=["harbour-post", "The Harbour Post"])
    go(shelf, root)
    found = shelf.articles["pages/d.txt"].source
    assert found == Source("harbour-post.example", "The Harbour Post", "folder")


def test_the_order_in_which_pages_come_does_not_matter(shelf, root, tmp_path):
    paper(root / "0.txt", source=["harbour-post", "Harbour Post"])
    apart = tmp_path / "apart"
    paper(apart / "9.txt", source=["harbour-post", "Harbour Post"])
    go(shelf, apart)
    assert _named(shelf) == {"9.txt": "harbour-post"}
    go(shelf, root)
    assert _named(shelf)["9.txt"] == _named(shelf)["0.txt"] == "harbour-post.example"


def test_a_label_of_two_domains_stays_a_label(shelf, root):
    paper(root / "d.txt", source=["harbour-post", "Harbour Post"])
    go(shelf, root)
    paper(root / "e.html", source=["harbour-post.test", "Harbour Post"])
    go(shelf, root)
    assert _named(shelf)["d.txt"] == "harbour-post"


def test_a_domain_that_goes_leaves_the_label(shelf, root):
    paper(root / "d.txt", source=["harbour-post", "Harbour Post"])
    go(shelf, root)
    paper(root / "a.html", text="Riga a")
    paper(root / "b.html", text="Riga b")
    go(shelf, root)
    assert _named(shelf) == {"d.txt": "harbour-post"}


def test_a_source_set_by_its_label_is_the_domain_of_that_name(shelf, root):
    correct(root, ",quay,The Harbour Post,,,")
    go(shelf, root)
    found = shelf.articles["pages/quay/c.html"].source
    assert found == Source("harbour-post.example", "The Harbour Post", "manual")


def _nobody():
    return MemorySearcher(())


def _lines(report):
    return [json.loads(line) for line in report.read_text().splitlines()]

"""What ``dateline search`` prints."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.console import bold, faint
from search.engines import open_writer
from search.engines.searcher import FolderSearcher
from search.model import Query
from search.printed import Look, marked, people, plain
from tests.commanding import Terminal
from tests.factories import article, place
from tests.memory_engine import MemorySearcher
from web.commands.search import search as command
from web.parameters import PARAMETERS


@pytest.fixture(scope="module")
def locator(tmp_path_factory):
    """Return an index of three articles, one of them hostile."""
    path = str(tmp_path_factory.mktemp("news") / "index")
    with open_writer(path) as writer:
        writer.add(article(id="0" * 15 + "1", source="The Courier"))
        writer.add(article(id="0" * 15 + "2", source="The Herald", published="2018-08"))
        writer.add(
            article(id="0" * 15 + "3", title="=SUM(A1)", text="Bells \x1b[2Jrang.")
        )
    return path


@pytest.fixture
def search(monkeypatch, capsys, tmp_path, locator):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_INDEX", locator)
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal = Terminal(monkeypatch, capsys)
    return lambda *words: terminal("search", *words)


def test_json_is_one_object_like_the_apis(search):
    answer = search("harbour", "--json").json
    assert answer["total"] == 2
    assert {"query", "hits", "facets", "index"} <= answer.keys()


def test_jsonl_is_a_hit_a_line(search):
    hits = search("harbour", "--jsonl").lines
    assert {hit["id"][-1] for hit in hits} == {"1", "2"}


def test_an_option_filters_like_its_parameter(search):
    hits = search("harbour", "--source", "The Courier", "--jsonl").lines
    assert [hit["id"][-1] for hit in hits] == ["1"]


def test_an_excluding_option_leaves_out(search):
    hits = search("harbour", "--exclude-source", "The Courier", "--jsonl").lines
    assert [hit["id"][-1] for hit in hits] == ["2"]


def test_a_period_filters(search):
    hits = search("", "--from", "2018-08-03", "--to", "2018-08-09", "--jsonl").lines
    assert [hit["id"][-1] for hit in hits] == ["2"]


def test_limit_is_per_page(search):
    answer = search("", "--limit", "1", "--json").json
    assert (answer["total"], len(answer["hits"])) == (3, 1)


def test_a_facet_is_counted(search):
    facets = search("", "--facet", "source", "--json").json["facets"]
    assert "source" in facets


def test_people_read_how_many_of_the_hits_are_shown(search):
    first = search("", "--limit", "2").out.splitlines()[0]
    assert first == "3 articles, 2 shown; --page and --limit show others"


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_bytes_that_are_no_text_are_no_failure(search, form):
    assert search("\udcff", "--source", "\udcff", *form).code == 0


def test_copies_are_one_hit_if_asked(search):
    answer = search("harbour", "--group", "copy", "--json").json
    assert (answer["total"], answer["groups"], len(answer["hits"])) == (2, 1, 1)


def test_people_read_who_else_has_the_text(search):
    lines = search("harbour", "--group", "copy").out.splitlines()
    assert lines[0] == "2 articles in 1 group"
    assert lines[-1].strip() == "and 1 copy: The Courier (100 %)"


def test_grouping_by_anything_else_is_exit_2(search):
    ran = search("harbour", "--group", "colour")
    assert (ran.code, "group" in ran.err) == (2, True)


def test_no_hits_is_no_failure(search):
    ran = search("zebra")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "0 articles")


def test_people_read_total_title_source_and_snippet(search):
    lines = search("harbour", "--source", "The Courier").out.splitlines()
    assert lines[0] == "1 article"
    assert "Harbour reopens after storm" in lines
    assert any(line.startswith("The Courier · undated") for line in lines)
    assert any("The harbour reopened on Monday." in line for line in lines)


def test_a_page_cannot_command_the_terminal(search):
    assert "\x1b" not in search("bells").out


def test_csv_cells_that_look_like_formulas_are_quoted(search):
    (row,) = csv.DictReader(search("bells", "--csv").out.splitlines())
    assert row["title"] == "'=SUM(A1)"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--from", "yesterday"], "from"),
        (["--sort", "best"], "sort"),
        (["--limit", "1000"], "per_page"),
        (["--facet", "colour"], "facet"),
    ],
)
def test_a_bad_value_is_exit_2_and_names_its_parameter(search, words, named):
    ran = search("x", *words)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert named in ran.err


@pytest.mark.parametrize("query", ["-harbour", "-ferries", '-"a ferry"'])
def test_a_query_that_begins_with_a_minus_is_told_where_to_stand(search, query):
    ran = search(query)
    assert (ran.code, "dateline search -- " in ran.err + ran.out) == (2, True)
    assert search("--", query).code == 0


def test_an_option_nobody_knows_is_exit_2(search):
    assert search("x", "--colour", "red").code == 2


def test_all_gives_every_hit_a_line(search):
    hits = search("", "--all", "--limit", "1", "--jsonl").lines
    assert len(hits) == 3
    assert len([*csv.DictReader(search("", "--all", "--csv").out.splitlines())]) == 3


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_all_needs_a_form_of_lines(search, form):
    ran = search("", "--all", *form)
    assert (ran.code, "--jsonl or --csv" in ran.err) == (2, True)


def test_what_all_left_out_is_said_and_exit_1(search, monkeypatch):
    def late(self, query):
        return replace(export(self, query), complete=False)

    export = FolderSearcher.export
    monkeypatch.setattr(FolderSearcher, "export", late)
    ran = search("", "--all", "--jsonl")
    assert (ran.code, len(ran.lines), "only a part" in ran.err) == (1, 3, True)


def test_every_parameter_of_the_api_is_an_option(search):
    assert {option.name for option in command.params} >= {*PARAMETERS} - {"q"}


def test_help_does_not_repeat_each_filter_that_leaves_out(search):
    said = search("--help").out
    assert "--exclude-source, --exclude-place" in said
    assert "--exclude-lang" not in said


def test_a_terminal_gets_colours_and_lines_that_fit():
    look = Look(strong=bold, faint=faint, match=str.upper, width=30)
    text = "The harbour reopened on Monday after the storm had passed."
    shown = marked(text, [(4, 11), (41, 46)], look, indent="  ").split("\n")
    assert shown == [
        "  The HARBOUR reopened on",
        "  Monday after the STORM had",
        "  passed.",
    ]


def test_a_headline_is_bold_and_its_matches_stand_out():
    look = Look(strong=lambda text: f"<b>{text}</b>", match=lambda text: f"[{text}]")
    hit = MemorySearcher([article()]).search(Query(text="storm"))
    assert "<b>Harbour reopens after</b> [storm]" in [*people(hit, look)]


@given(st.text(max_size=60), st.integers(8, 40))
def test_wrapped_lines_lose_no_word_and_keep_to_their_width(text, width):
    lines = marked(text, [], Look(width=width)).split("\n")
    assert " ".join(lines).split() == plain(text).split()
    assert all(len(line) <= width or " " not in line.strip() for line in lines)


def test_a_place_that_a_word_may_mean_is_offered_as_a_query():
    bath = place("2656173", "Bath", "2635167")
    found = MemorySearcher([article(text="In Bath.", places=(bath,))])
    said = [*people(found.search(Query(text="bath")), Look())]
    assert "bath: for the place search place:Bath" in said

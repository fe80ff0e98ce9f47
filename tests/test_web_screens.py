"""The screens beside the page of results: what they count, and what they never say."""

from __future__ import annotations

import gzip
import html
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from index.pipeline import Task, reindex
from index.report import Muted
from index.way import STAGES
from search.address import url
from search.engines import open_build
from search.fields import FACETS
from search.model import Bucket, Query, SearchResult
from search.settings import Settings
from tests.commanding import page as saved_page
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARTICLES, visitor
from tests.paper import Ear
from tests.test_web_pages import heading, page, words
from tests.trying import examples
from web.app import create_app
from web.examples import sections
from web.links import Links
from web.upkeep import Caretaker
from web.wording import language

CLIENT = visitor()
OUTLETS = [article(id=f"{n:03}", source=f"Outlet {n:03}") for n in range(130)]
CROWD = visitor(MemorySearcher(OUTLETS))


def dateline(*words: str) -> int:
    command = [sys.executable, "-m", "dateline", *words]
    return subprocess.run(command, check=False, capture_output=True).returncode


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index made by a run that could not read one of its files."""
    folder = tmp_path_factory.mktemp("made")
    pages = folder / "clippings"
    saved_page(pages / "mill.html", "Mill to reopen in May", "The mill opens in May.")
    (pages / "torn.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    assert dateline("reindex", str(pages), "--index", str(folder / "index")) == 3
    return str(folder / "index")


# Links


@given(
    st.builds(
        Query,
        text=st.text(max_size=12),
        sources=st.lists(st.text(min_size=1, max_size=8), max_size=2).map(tuple),
        places=st.lists(st.text(min_size=1, max_size=8), max_size=2).map(tuple),
        since=st.none() | st.dates(),
        group=st.sampled_from([None, "copy"]),
        page=st.integers(1, 50),
    )
)
def test_links_say_what_addresses_say(query: Query) -> None:
    links, first = Links(query), replace(query, page=1)
    assert html.unescape(links.changed()) == url("/search", first)
    assert html.unescape(links.document("a b")) == url("/doc/a%20b", query)


# All values of a facet


def test_a_long_facet_is_listed_page_by_page() -> None:
    first = page("/search/facet/source", CROWD)
    last = page("/search/facet/source?more=3", CROWD)
    assert (first.count('type="checkbox"'), last.count('type="checkbox"')) == (60, 10)
    assert 'name="more" value="2">Next' in first
    assert 'name="more" value="4"' not in last


def test_a_facet_is_searched_by_the_beginning_of_a_word() -> None:
    found = page("/search/facet/source?prefix=012", CROWD)
    assert heading(found) == "Sources with “012” 1"
    assert 'value="outlet-012"' in found


def test_a_list_of_values_keeps_the_query() -> None:
    found = page("/search/facet/source?q=x&agency=Reuters&source=outlet-9&prefix=zz")
    for name, value in (
        ("q", "x"),
        ("agency", "Reuters"),
        ("source", "outlet-9"),
    ):
        assert f'<input type="hidden" name="{name}" value="{value}">' in found


def test_a_value_that_is_listed_is_ticked_and_not_hidden() -> None:
    found = page("/search/facet/source?source=Outlet+007", CROWD)
    assert re.search(r'name="source" value="outlet-007" checked', found)
    assert 'type="hidden" name="source"' not in found


def test_applying_leads_to_the_plain_address() -> None:
    answer = CROWD.get("/search/facet/source?prefix=&q=x&source=outlet-007&apply=1")
    assert (answer.status_code, answer.location) == (
        302,
        "/search?q=x&source=outlet-007",
    )


def test_a_place_says_what_it_lies_in() -> None:
    assert "Hamburg, Germany" in words(page("/search/facet/place"))


@pytest.mark.parametrize("name", ["date", "kind", "nothing"])
def test_what_has_no_list_is_not_found(name: str) -> None:
    assert CLIENT.get(f"/search/facet/{name}").status_code == 404


def test_the_results_lead_to_all_values() -> None:
    assert 'href="/search/facet/source?q=harbour">All 130' in page(
        "/search?q=harbour", CROWD
    )


# The strip


@pytest.mark.parametrize(
    ("last", "periods"),
    [("1987-03-04", 3), ("1987-12-01", 10), ("1999-12-01", 13)],
)
def test_the_strip_is_of_days_months_or_years(last: str, periods: int) -> None:
    days = {"a": "1987-03-02", "b": last}
    made = [article(id=id_, source="Bay", published=day) for id_, day in days.items()]
    found = page("/", visitor(MemorySearcher(made)))
    assert found.split('class="strip"')[1].split("</svg>")[0].count("<rect") == periods
    assert f"date={last[: {3: 10, 10: 7, 13: 4}[periods]]}" in found


# Outlets


def test_an_outlet_says_from_when_it_is() -> None:
    text = words(page("/sources"))
    assert "Northern Courier northern-courier 10 10 22 January 2023" in text


def test_a_gap_leads_to_what_the_others_wrote_then() -> None:
    dates = {"a": "2016-01", "b": "2016-05", "c": "2016-03"}
    made = [
        article(id=name, source="Bay", published=day) for name, day in dates.items()
    ]
    made += [article(id="x", source="Cove", published="2016-02-10")]
    found = page("/sources", visitor(MemorySearcher(made)))
    gap = "/search?exclude_source=bay&from=2016-02-01&to=2016-02-29"
    assert f'<a href="{gap}">February 2016</a>' in found
    assert heading(page(gap, visitor(MemorySearcher(made)))) == "1 article"


def test_more_outlets_than_a_page_has_are_on_the_next() -> None:
    assert 'href="/sources?page=2"' in page("/sources", CROWD)
    assert words(page("/sources?page=3", CROWD)).count("Outlet 1") == 30


def test_what_was_removed_is_summed_for_each_outlet(tmp_path: Path) -> None:
    line = "Your gift keeps <b>our</b> presses going; become a friend of ours."
    for number in range(6):
        told = "".join(
            f"<p>The storm closed quay {n} of harbour {number} for {number + n} days;"
            f" it cost {n * 7 + number} crowns, its master said.</p>"
            for n in range(5)
        )
        told += f"<p>{line.replace('<', '&lt;')}</p>"
        saved_page(tmp_path / "p" / f"{number}.html", f"Harbour {number}", told)
    index = str(tmp_path / "index")
    task = Task(paths=(tmp_path / "p",))
    reindex(open_build(index), task, STAGES, Muted(Ear()))
    found = page("/sources", create_app(Settings(index=index)).test_client())
    assert re.search(r"courier\.example : \d+ blocks", words(found))
    assert re.search(r"outlet rule recurring 6 \d+ [\d,]+", words(found))
    client = create_app(Settings(index=index)).test_client()
    markup = client.get("/sources").get_data(as_text=True)
    assert "6 <bdi>Your gift keeps &lt;b&gt;our&lt;/b&gt; presses" in markup


def test_without_notes_of_runs_nothing_is_summed() -> None:
    assert "by rule" not in words(page("/sources"))


# Help


def test_every_example_of_the_help_has_the_hits_it_says() -> None:
    rows = re.findall(
        r'<a href="(/search[^"]+)"><code.*?class="num">([\d,]+)</td>',
        page("/help"),
        re.DOTALL,
    )
    assert len(rows) > 12
    for address, count in rows:
        assert heading(page(address)).startswith((f"{count} article", f"{count} page"))


@examples(40)
@given(st.lists(st.none() | st.text(max_size=40), max_size=4))
def test_examples_are_made_of_whatever_headlines_there_are(
    titles: list[str | None],
) -> None:
    made = [article(id=f"{n}", title=title) for n, title in enumerate(titles)]
    searcher = MemorySearcher(made)
    found = sections(searcher, {"source": (Bucket("bay", 'B"a y', 1),)})
    assert all(each.total for section in found for each in section.examples)


# Status


def test_the_status_tells_pages_runs_and_failures_by_reason(index: str) -> None:
    text = words(page("/status", create_app(Settings(index=index)).test_client()))
    assert "Articles 1 All 1" in text
    assert "added 1 updated 0" in text
    assert "Root clippings" in text
    assert re.search(r"1 file could not be read .* clippings/torn\.html", text)


def test_no_page_tells_where_anything_is(index: str) -> None:
    client = create_app(Settings(index=index)).test_client()
    above = str(Path(index).parent)
    found = [page(path, client) for path in ("/", "/status", "/sources", "/help")]
    assert not [markup for markup in found if above in markup]


def test_the_first_page_tells_of_failures(index: str) -> None:
    client = create_app(Settings(index=index)).test_client()
    assert "1 file could not be read in the last run" in words(page("/", client))


def test_a_run_that_writes_is_told_on_every_page_it_changes(index: str) -> None:
    client = create_app(Settings(index=index)).test_client()
    with open_build(index, full=True):
        found = [words(page(path, client)) for path in ("/", "/search", "/status")]
    assert all("The index is being built anew." in text for text in found)
    assert "built anew" not in page("/", client)


def test_a_file_with_a_reason_for_each_of_its_rows_fills_no_page(
    tmp_path: Path,
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(f"{{{' ' * n}!\n" for n in range(300)))
    index = str(tmp_path / "index")
    assert dateline("reindex", str(rows), "--index", index) == 3
    told = Caretaker(index).upkeep()
    assert told.failures == 300
    assert len(told.failed) < 60
    assert told.failed[-1].reason.endswith("other reasons")


def test_notes_of_runs_are_not_read_for_every_page(index: str) -> None:
    caretaker = Caretaker(index)
    assert caretaker.upkeep().failed is caretaker.upkeep().failed


def test_of_an_index_in_memory_there_is_no_news() -> None:
    assert Caretaker(None).upkeep().tally is None
    assert "made by a program" in page("/status")


# Answers that are late, and none at all


class Late(MemorySearcher):
    """Finds a part of what there is, and says so."""

    def search(self, query: Query) -> SearchResult:
        late = "this took too long: only a part of the index was searched"
        found = super().search(query)
        return replace(found, total_relation="gte", warnings=(late,))


def test_an_answer_that_is_not_whole_says_so() -> None:
    found = page("/search?q=strike", visitor(Late(ARTICLES)))
    assert heading(found) == "At least 3 articles for “strike”"
    assert "only a part of the index was searched" in words(found)


def test_an_answer_that_took_too_long_is_asked_no_more() -> None:
    asked = Mock(wraps=Late(ARTICLES))
    client = create_app(Settings(), searcher=asked).test_client()
    page("/search?q=nowhere+zeppelins&source=unknown", client)
    assert (asked.search.call_count, asked.totals.call_count) == (1, 0)


def test_without_an_index_the_search_box_stays_filled(tmp_path: Path) -> None:
    client = create_app(Settings(index=str(tmp_path / "none"))).test_client()
    found = page("/search?q=harbour+storm", client, status=503)
    assert 'type="search" value="harbour storm"' in found


# Size


@pytest.mark.parametrize("path", ["/", "/search", "/sources", "/help", "/status"])
def test_a_page_is_small(path: str) -> None:
    assert len(gzip.compress(CLIENT.get(path).data)) < 60_000


@pytest.mark.parametrize(
    "name", [name for name in FACETS if name not in ("date", "kind")]
)
def test_every_other_facet_has_a_list(name: str) -> None:
    shown = visitor(MemorySearcher(ARTICLES))
    assert shown.get(f"/search/facet/{name}?q=council").status_code == 200


# Languages


def test_what_the_classifier_can_say_has_a_name() -> None:
    labels = LanguageIdentifier.from_model_file(MODEL_FILE).labels
    assert [code for code in labels if language(code) == code] == []


@pytest.mark.parametrize("code", ["fr", "fra", "fre", "FR-ca"])
def test_a_language_has_one_name_whatever_its_code(code: str) -> None:
    assert language(code) == "French"


def test_the_first_page_tells_how_many_are_of_no_known_language_or_source() -> None:
    known = article(id="1", lang="pcm", source="Tide Table")
    unknown = article(id="2", lang=None, source=None)
    client = visitor(MemorySearcher([known, unknown]))
    found = page("/", client)
    assert "Languages Nigerian Pidgin 1 , unknown 1" in words(found)
    assert "Outlets 1 , 1 of unknown source" in words(found)
    for asked in ("lang=unknown", "source=unknown"):
        assert f'href="/search?{asked}"' in found
        assert heading(page(f"/search?{asked}", client)) == "1 article"

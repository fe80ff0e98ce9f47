"""The pages as a reader sees them."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from search.address import pairs
from search.engine import Searcher
from search.engines import open_writer
from search.errors import NoIndex
from search.model import Query
from search.settings import Settings
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARABIC, ARTICLES, STRIKE, UNTITLED, visitor
from web import app as app_module
from web.app import create_app
from web.marking import marked
from web.params import to_query

CLIENT = visitor()


def page(path: str, client: FlaskClient = CLIENT, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    return html.unescape(answer.text)


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def heading(markup: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", markup, re.DOTALL)
    assert found
    return words(found[1])


# Results


def test_the_heading_counts_the_articles() -> None:
    assert heading(page("/search?q=strike")) == "3 articles for “strike”"


def test_one_article_is_not_articles() -> None:
    assert heading(page("/search?q=cranes")) == "1 article for “cranes”"


def test_an_empty_query_lists_all_articles() -> None:
    assert heading(page("/search")) == "40 articles"


def test_pages_that_are_no_articles_are_counted_as_pages() -> None:
    assert heading(page("/search?q=strike&kind=all")) == "4 pages for “strike”"


def test_the_title_begins_with_the_count() -> None:
    assert "<title>3 articles for “strike”" in page("/search?q=strike")


def test_the_page_says_how_the_query_was_read() -> None:
    assert "Read as strike AND NOT council" in words(page("/search?q=strike -council"))


def test_matches_are_marked_in_headline_and_text() -> None:
    assert page("/search?q=cranes").count("<mark>cranes</mark>") == 1
    assert "<mark>Hamburg</mark> begin" in page("/search?q=title:hamburg")


def test_shares_are_written_without_a_space() -> None:
    shown = page("/search?q=cranes") + page("/sources") + page(f"/doc/{STRIKE.id}")
    assert re.search(r"\d% of t", shown)
    assert not re.search(r"\d[ \xa0]%", shown)


def test_every_filter_can_be_removed_alone() -> None:
    found = page("/search?q=strike&source=unknown&from=2024-01-01")
    assert 'href="/search?q=strike&from=2024-01-01"' in found
    assert 'href="/search?q=strike&source=unknown"' in found


def test_a_place_filter_is_called_by_its_name() -> None:
    assert "Place Hamburg" in words(page("/search?place=2911298"))


def test_nothing_found_tells_of_removed_page_furniture() -> None:
    found = page("/search?q=zeppelin")
    assert "1 article has it in removed page furniture" in words(found)
    assert 'href="/search?q=zeppelin&in=chrome"' in found


def test_nothing_found_tells_which_filter_is_to_blame() -> None:
    found = words(page("/search?q=cranes&source=unknown&place=Hamburg"))
    assert "No articles for “cranes”" in found
    assert "Without source unknown 1 article" in found


def test_limits_that_find_nothing_only_together_can_all_be_left_out() -> None:
    asked = "q=cranes&source=unknown&lang=fr&agency=Reuters"
    found = page(f"/search?{asked}")
    assert "With fewer limits Without any limit 1 article All words" in words(found)
    assert '<a href="/search?q=cranes">Without <bdi>any limit' in found


def test_leaving_out_all_limits_can_mean_that_to_articles_too() -> None:
    found = page("/search?q=robot&source=unknown")
    assert "With fewer limits Without any limit 1 page All words" in words(found)
    assert '<a href="/search?q=robot&kind=all">Without <bdi>any limit' in found


def test_no_limit_at_all_is_not_offered_where_it_is_one_limit_less() -> None:
    found = words(page("/search?q=cranes&source=unknown"))
    assert "With fewer limits Without source unknown 1 article All words" in found


def test_words_are_counted_within_the_limits_and_without_where_those_have_none() -> (
    None
):
    found = page("/search?q=cranes+ferries+zeppelin&source=unknown")
    assert (
        "Each word alone cranes 1 article outside the limits"
        " ferries 1 article within the limits zeppelin 0 articles" in words(found)
    )
    assert '<a href="/search?q=cranes"><bdi>cranes' in found


def test_nothing_found_tells_of_pages_that_are_no_articles() -> None:
    found = words(page("/search?q=robot"))
    assert "Without limit to articles 1 page" in found


def test_nothing_found_counts_each_word_alone_and_either() -> None:
    found = words(page("/search?q=cranes+zeppelin"))
    assert "Each word alone cranes 1 article zeppelin 0 articles" in found
    assert "cranes OR zeppelin 1 article" in found


def test_a_slip_of_the_keyboard_is_mended_by_a_word_of_the_collection(
    tmp_path: Path,
) -> None:
    with open_writer(str(tmp_path / "index")) as writer:
        writer.add(STRIKE)
    client = create_app(Settings(index=str(tmp_path / "index"))).test_client()
    found = page("/search?q=terminalz", client)
    assert "Did you mean terminals ? 1 article" in words(found)
    assert 'href="/search?q=terminals"' in found


def test_a_page_without_hits_searches_twice_at_the_most() -> None:
    asked = Mock(wraps=MemorySearcher(ARTICLES))
    app = create_app(Settings(), searcher=asked)
    page("/search?q=x1&source=unknown&place=Hamburg", app.test_client())
    assert (asked.search.call_count, asked.totals.call_count) == (1, 1)


def test_a_chosen_facet_value_is_a_checked_box() -> None:
    found = page("/search?source=harbour-gazette")
    assert re.search(r'name="source" value="harbour-gazette" checked', found)


def test_a_facet_keeps_the_values_beside_the_chosen_one() -> None:
    assert 'name="source" value="northern-courier"' in page(
        "/search?source=harbour-gazette"
    )


@pytest.mark.parametrize(
    ("chosen", "value"),
    [("source=Harbour+Gazette", "harbour-gazette"), ("place=Hamburg", "2911298")],
)
def test_a_value_chosen_by_its_label_can_be_left_out(chosen: str, value: str) -> None:
    name = chosen.partition("=")[0]
    link = f"/search?exclude_{name}={value}"
    assert f'href="{link}"' in page(f"/search?{chosen}")
    assert not heading(page(link)).startswith("No ")


def test_a_value_left_out_by_its_label_can_be_taken_back_in() -> None:
    found = page("/search?exclude_source=Harbour+Gazette")
    assert re.search(r'class="not" href="/search"><span class="vh">Take back', found)


def test_places_are_indented_below_their_country() -> None:
    found = page("/search")
    assert re.search(r'class="d0".{0,80}value="2921044"', found, re.DOTALL)
    assert re.search(r'class="d1".{0,80}value="2911298"', found, re.DOTALL)


def test_the_filter_form_keeps_what_it_has_no_fields_for() -> None:
    found = page("/search?q=council&sort=oldest&exclude_source=northern-courier")
    form = found[found.index('id="filters"') :]
    for name, value in (
        ("q", "council"),
        ("sort", "oldest"),
        ("exclude_source", "northern-courier"),
    ):
        assert f'<input type="hidden" name="{name}" value="{value}">' in form


def test_the_search_box_keeps_the_filters() -> None:
    box = page("/search?q=council&agency=Reuters").split("</form>")[0]
    assert '<input type="hidden" name="agency" value="Reuters">' in box


def test_a_bar_leads_to_its_month() -> None:
    assert 'href="/search?date=2023-03" tabindex="-1"' in page("/search")


def test_a_chosen_bar_leads_back() -> None:
    assert re.search(r'<a href="/search" tabindex="-1">', page("/search?date=2023-03"))


def test_a_bar_leads_to_its_week_and_back() -> None:
    week = "/search?date=2023-02-06..2023-02-12&interval=week"
    assert f'href="{week}" tabindex="-1"' in page("/search?interval=week")
    chosen = page(week)
    assert "Date 6 February 2023 to 12 February 2023" in words(chosen)
    assert re.search(r'<a href="/search\?interval=week" tabindex="-1">', chosen)


def test_undated_articles_can_be_asked_for() -> None:
    assert 'name="date" value="undated"' in page("/search?q=strike")


def test_a_hit_links_to_its_copies() -> None:
    same = [article(id="a", published="2016"), article(id="b", source="Bay")]
    shown = page("/search?group=copy", visitor(MemorySearcher(same)))
    assert heading(shown) == "2 articles in 1 group"
    assert '<a href="/doc/b?group=copy"><bdi>Bay</bdi></a> 100%' in shown
    assert "1 more outlet, 100% shared: Bay 100%" in words(shown)


def test_an_article_without_date_and_source_says_so() -> None:
    assert "Source unknown Undated" in words(page("/search?q=timetable"))


def test_the_first_sentence_stands_in_for_a_headline() -> None:
    hit = page("/search?q=timetable")
    assert UNTITLED.text in words(hit[hit.index("<h2 lang") :])


def test_a_page_after_the_last_says_so_and_leads_back() -> None:
    found = page("/search?q=council&page=999")
    assert "The results end before this page" in found
    assert 'href="/search?q=council">Go to the first page' in found
    assert "What may help" not in found


def test_other_pages_are_linked() -> None:
    found = page("/search?q=council&page=2")
    assert 'rel="prev" href="/search?q=council"' in found
    assert 'rel="next" href="/search?q=council&page=3"' in found


def test_the_same_answer_is_linked_as_json() -> None:
    found = re.search(r'href="(/api/search[^"]+)">JSON', page("/search?q=strike"))
    assert found
    said = CLIENT.get(found[1]).get_json()
    assert said["total"] == 3
    assert said["links"]["html"].startswith("/search?q=strike")


def test_a_form_with_blank_fields_is_answered_by_a_plain_address() -> None:
    answer = CLIENT.get("/search?q=strike&from=&to=&in=all")
    assert (answer.status_code, answer.location) == (302, "/search?q=strike")


def test_a_right_to_left_headline_says_so() -> None:
    assert '<h2 lang="ar" dir="rtl">' in page(f"/search?q={ARABIC.title}")


class Fields(HTMLParser):
    """Collects what the second form of a page, the filters, would send."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.forms = 0
        self.sent: dict[str, list[str]] = {}
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.forms += tag == "form"
        boxed = given.get("type") == "checkbox" and "checked" not in given
        if tag == "input" and self.forms == 2 and not boxed:
            self.sent.setdefault(str(given["name"]), []).append(str(given["value"]))


@pytest.mark.parametrize(
    "words",
    [
        "q=council&in=title&sort=oldest&per_page=20",
        "source=harbour-gazette&source=unknown&exclude_agency=Reuters&lang=en",
        "place=2911298&exclude_place=272103&author=Mira+Okonkwo",
        "date=2023-02-06..2023-02-12&interval=week",
        "date=2023-03&date=undated&from=2023-02-01&to=2024-06-30",
        "kind=all",
        "kind=wall",
        "q=strike&kind=wall&kind=listing&exclude_kind=error",
        "q=nowhere&source=nobody&place=x%3Anowhere&date=undated",
        "facet=source&date=undated&date=2023&place=2911298&facet_size=30",
    ],
)
def test_the_filter_form_sent_as_it_is_asks_the_same(words: str) -> None:
    asked = to_query(parse_qs(words))
    sent = to_query(Fields(CLIENT.get(f"/search?{words}").text).sent)
    assert unordered(sent) == unordered(asked)


def unordered(query: Query) -> set[tuple[str, str]]:
    return set(pairs(query))


# The collection


def test_the_first_page_counts_what_is_there() -> None:
    text = words(page("/"))
    assert "40 articles from 5 outlets, 2023 to 8 April 2024" in text


def test_the_first_page_names_what_is_not_shown() -> None:
    text = words(page("/"))
    assert "Not shown by default Consent, login and bot walls 1" in text


def test_every_example_has_hits() -> None:
    found = re.search(r'class="try".*?</ul>', page("/"), re.DOTALL)
    assert found
    queries = re.findall(r'href="([^"]+)"', found[0])
    headings = [heading(page(query)) for query in queries]
    assert len(headings) >= 3
    assert not [text for text in headings if text.startswith("No ")]


def test_the_strip_has_a_row_for_each_outlet() -> None:
    strip = page("/").split('class="strip"')[1].split("<details")[0]
    assert strip.count("<svg") == 6 + 1  # with the unknown one, and the years


def test_the_first_page_of_an_empty_index_works() -> None:
    assert "0 articles" in words(page("/", visitor(MemorySearcher(()))))


def test_the_facts_are_counted_once_for_each_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searcher = MemorySearcher(ARTICLES)
    client = visitor(searcher)
    client.get("/")
    search = Mock(side_effect=searcher.search)
    monkeypatch.setattr(searcher, "search", search)
    client.get("/")
    assert search.call_count == 0


def test_every_outlet_is_listed() -> None:
    assert "Northern Courier northern-courier 10" in words(page("/sources"))


# Odd input


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_words_break_a_page(text: str) -> None:
    answer = CLIENT.get("/search", query_string={"q": text})
    assert answer.status_code == 200


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["q", "from", "page", "source", "kind", "cursor", "exclude_date"]
        ),
        st.text(max_size=12),
        max_size=3,
    )
)
def test_no_value_is_a_fault_of_ours(values: dict[str, str]) -> None:
    if "cursor" in values:
        values["cursor"] = str(len(values["cursor"]))  # the engine's own to check
    assert CLIENT.get("/search", query_string=values).status_code in (200, 302, 400)


def test_a_bad_parameter_is_named_and_the_words_are_kept() -> None:
    found = page("/search?q=strike&sauce=ap", status=400)
    assert "there is no parameter sauce; the nearest is source" in words(found)
    assert 'name="q" type="search" value="strike"' in found


def test_too_long_a_query_is_a_page_too() -> None:
    assert "must not be longer than 512" in page("/search?q=" + "x" * 513, status=400)


@settings(deadline=None)
@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(-3, 33), st.integers(-3, 33)), max_size=5),
)
def test_marking_changes_no_text(text: str, ranges: list[tuple[int, int]]) -> None:
    markup = re.sub("</?mark>", "", str(marked(text, ranges)))
    assert html.unescape(markup) == html.unescape(str(marked(text, ())))


# Before there is an index


@pytest.mark.parametrize("path", ["/", "/search?q=strike", "/doc/x", "/sources"])
def test_without_an_index_a_page_shows_the_command(path: str, tmp_path: Path) -> None:
    client = create_app(Settings(index=str(tmp_path / "none"))).test_client()
    found = page(path, client, status=503)
    assert "dateline reindex" in found
    assert str(tmp_path) not in found


def test_an_index_that_is_a_file_is_no_fault_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    client = create_app(Settings(index=str(tmp_path / "notes.txt"))).test_client()
    found = page("/", client, status=503)
    assert "A setting is wrong" in found
    assert str(tmp_path) not in found


def test_without_an_index_the_help_works(tmp_path: Path) -> None:
    client = create_app(Settings(index=str(tmp_path / "none"))).test_client()
    assert heading(page("/help", client)) == "How to ask"


def test_an_index_that_appears_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    states: list[Searcher | None] = [None, MemorySearcher([article()])]

    def opener(*_: object, **__: object) -> Searcher:
        state = states.pop(0)
        if state is None:
            raise NoIndex("none")
        return state

    monkeypatch.setattr(app_module, "open_searcher", opener)
    client = create_app(Settings()).test_client()
    statuses = [client.get(path).status_code for path in ("/readyz", "/readyz", "/")]
    assert statuses == [503, 200, 200]


def test_the_stylesheet_is_small() -> None:
    assert len(CLIENT.get("/static/dateline.css", buffered=True).data) <= 30_000


@pytest.mark.parametrize(
    ("asked", "without"),
    [
        ("/search?q=strike&source=bay&from=19+nov", "/search?q=strike&source=bay"),
        ("/search?from=abc", "/search"),
        ("/search?q=a%26b&pages=2", "/search?q=a%26b"),
    ],
)
def test_one_goes_on_without_what_cannot_be(asked: str, without: str) -> None:
    assert f'<a href="{without}">Go on without it</a>' in page(asked, status=400)


def test_a_text_too_long_leaves_nothing_to_go_on_with() -> None:
    assert "without it" not in page(f"/search?q={'w' * 513}&source=bay", status=400)

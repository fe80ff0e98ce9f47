"""The API beside its searches: facets, suggestions, exports, caching, other sites."""

from __future__ import annotations

import csv
import json
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient

from search.errors import IndexUnusable
from search.mentions import PlaceCounts, PlaceReport
from search.model import Export, IndexInfo, Query, SearchResult
from search.settings import Settings
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARTICLES, HOSTILE, STRIKE, site, visitor
from web.app import create_app

CLIENT = visitor()
END = '{"complete":true,"count":%d}'


def ask(path: str, client: FlaskClient = CLIENT) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


def over(searcher: Any) -> FlaskClient:
    return create_app(Settings(), searcher).test_client()


# Facets


def test_a_facet_lists_the_values_that_begin_so() -> None:
    said = ask("/api/facets/source?prefix=HAR&q=council")
    assert [value["label"] for value in said["values"]["values"]] == ["Harbour Gazette"]
    assert (said["facet"], said["prefix"]) == ("source", "HAR")
    assert said["values"]["total_values"] == 1


@pytest.mark.parametrize(("lang", "count"), [("en", 9), ("ar", 1)])
def test_a_facet_keeps_to_the_other_filters(lang: str, count: int) -> None:
    asked = f"/api/facets/source?prefix=n&source=harbour-gazette&lang={lang}"
    (value,) = ask(asked)["values"]["values"]
    assert (value["label"], value["count"]) == ("Northern Courier", count)


def test_a_facet_without_a_prefix_lists_the_commonest() -> None:
    said = ask("/api/facets/source?facet_size=2")
    assert len(said["values"]["values"]) == 2
    assert said["values"]["total_values"] > 2


@pytest.mark.parametrize("name", ["page", "sort", "cursor", "facet"])
def test_a_facet_takes_no_parameter_that_means_nothing_there(name: str) -> None:
    answer = CLIENT.get(f"/api/facets/source?{name}=1")
    assert answer.get_json(force=True)["errors"][0]["parameter"] == name


# Suggestions


def test_suggestions_are_in_the_form_of_opensearch() -> None:
    answer = CLIENT.get("/api/suggest?q=cou")
    assert answer.mimetype == "application/x-suggestions+json"
    typed, queries, told, addresses = json.loads(answer.text)
    assert (typed, len(queries)) == ("cou", len(told))
    assert addresses[queries.index("council")] == "/search?q=council"
    assert told[queries.index("council")] == "36 articles"


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("harbour cou", "harbour council"),
        ("harbour -nob", None),
        ("gaz", 'source:"Harbour Gazette"'),
        ("hamb", "hamburg"),
        ("beyr", "place:beirut"),
        ("HARBOUR g", 'source:"Harbour Gazette"'),
    ],
)
def test_words_outlets_and_places_complete_what_is_typed(
    typed: str, query: str | None
) -> None:
    queries = ask(f"/api/suggest?q={typed}")[1]
    assert query is None or query in queries


@pytest.mark.parametrize("typed", ["", " ", "…", '"', "zeppelins", "source:", "-"])
def test_what_begins_nothing_completes_to_nothing(typed: str) -> None:
    assert ask(f"/api/suggest?q={typed}")[1:] == [[], [], []]


def test_every_suggestion_finds_as_many_as_it_says() -> None:
    _, queries, told, addresses = ask("/api/suggest?q=h")
    for number, address in enumerate(addresses):
        total = ask(address.replace("/search", "/search.json"))["total"]
        assert total > 0
        assert told[number].startswith(f"{total} ")
    assert queries


def test_suggestions_that_could_not_be_counted_are_not_kept() -> None:
    class Late(MemorySearcher):
        def totals(self, queries: Sequence[Query]) -> tuple[int | None, ...]:
            return (*super().totals(queries)[:-1], None)

    answer = over(Late(ARTICLES)).get("/api/suggest?q=cou")
    assert (answer.status_code, "ETag" in answer.headers) == (200, False)


# Status


def test_the_status_says_what_the_collection_holds() -> None:
    said = ask("/api/status")
    assert said["kinds"] == {"article": len(ARTICLES) - 1, "wall": 1}
    assert (said["index"]["documents"], said["agencies"]) == (len(ARTICLES), 3)
    assert said["undated"] == 1


# Exports


@pytest.mark.parametrize("query", ["q=council", "q=council&sort=oldest", "", "q=xyz"])
def test_an_export_has_all_hits_of_the_search_in_order(query: str) -> None:
    *lines, last = CLIENT.get(f"/api/export?{query}").text.splitlines()
    listed = ask(f"/api/search?{query}&per_page=100")["hits"]
    assert [json.loads(line) for line in lines] == listed
    assert last == END % len(listed)


def test_a_table_has_how_many_articles_a_hit_of_a_group_stands_for() -> None:
    same = [article(id=id_, text="It rained.") for id_ in "abc"]
    client = site(MemorySearcher([*same, article(id="d")])).test_client()
    for group, copies in (("", ["", "", "", ""]), ("?group=copy", ["3", ""])):
        rows = client.get(f"/search.csv{group}").text.splitlines()[:-1]
        assert [row["copies"] for row in csv.DictReader(rows)] == copies


def test_a_table_has_a_header_a_row_a_hit_and_the_last_line() -> None:
    answer = CLIENT.get("/api/export?q=council&format=csv")
    *rows, last = answer.text.splitlines()
    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    assert len([*csv.DictReader(rows)]) == 36
    assert last == END % 36


def test_an_export_is_offered_as_a_file() -> None:
    sent = CLIENT.get("/search.csv?q=council").headers["Content-Disposition"]
    assert sent == 'attachment; filename="dateline.csv"'


def test_a_results_page_is_a_table_of_all_by_its_suffix() -> None:
    whole = CLIENT.get("/api/export?q=council&format=csv").text
    assert CLIENT.get("/search.csv?q=council&page=2&facet=source").text == whole


@pytest.mark.parametrize("begin", [*"=+-@\t\r\n", " =", "\uff1d"])
def test_no_cell_of_a_table_is_a_formula(begin: str) -> None:
    odd = article(title=f"{begin}cmd()", authors=(f"{begin}1+1",), source=None)
    text = over(MemorySearcher([odd])).get("/search.csv").text
    (row, _) = csv.DictReader(text.splitlines(keepends=True))
    assert row["title"][0] == row["authors"][0] == "'"


# What begins a cell where a spreadsheet divides a line at semicolons, or at tabs.
CELLS = (";=1+1", '; "=1+1', "a;\t@sum(a1)", "a\t=1+1", "a\n-1", ';;"" +1', "a;\uff1d1")


@pytest.mark.parametrize("divider", [";", "\t"])
@pytest.mark.parametrize("title", CELLS)
def test_no_text_of_a_cell_begins_a_cell_of_its_own(title: str, divider: str) -> None:
    odd = article(title=title, authors=("Ada", "=1+1"), source=title)
    text = over(MemorySearcher([odd])).get("/search.csv").text
    lines = text.replace("\n", "\r\n").splitlines(keepends=True)
    cells = [cell for row in csv.reader(lines, delimiter=divider) for cell in row]
    assert [c for c in cells if c.strip()[:1] in tuple("=+-@\uff1d")[: len(c)]] == []


def test_a_text_with_semicolons_stays_as_it_is() -> None:
    plain = article(title="Port; quay - and pier: 3 + 4; 5 = 5", source=None)
    text = over(MemorySearcher([plain])).get("/search.csv").text
    (row, _) = csv.DictReader(text.splitlines(keepends=True))
    assert row["title"] == plain.title


SAME = ("ETag", "Content-Type", "Content-Disposition", "Content-Length", "Vary")


@pytest.mark.parametrize("path", ["/api/export?q=storm", "/search.csv?q=x&sort=oldest"])
def test_the_head_of_an_export_says_what_the_whole_does_and_finds_nothing(
    path: str,
) -> None:
    asked = Mock(wraps=MemorySearcher(ARTICLES))
    client = over(asked)
    head = client.head(path)
    assert (head.status_code, head.data, asked.export.call_count) == (200, b"", 0)
    whole = client.get(path)
    assert [head.headers.get(n) for n in SAME] == [whole.headers.get(n) for n in SAME]
    assert {*head.headers.keys()} == {*whole.headers.keys()}


def test_the_head_of_an_export_that_cannot_be_is_refused() -> None:
    assert CLIENT.head("/api/export?sort=up").status_code == 400


def test_an_export_cut_short_by_the_deadline_says_so() -> None:
    class Late(MemorySearcher):
        def export(self, query: Query) -> Export:
            return replace(super().export(query), complete=False)

    answer = over(Late(ARTICLES)).get("/api/export?q=council")
    assert answer.text.splitlines()[-1] == '{"complete":false,"count":36}'
    assert "ETag" not in answer.headers


def test_an_export_that_breaks_off_has_no_last_line() -> None:
    class Damaged(MemorySearcher):
        def export(self, query: Query) -> Export:
            def some() -> Any:
                yield from islice(found.hits, 3)
                raise IndexUnusable("gone")

            found = super().export(query)
            return replace(found, hits=some())

    with pytest.raises(IndexUnusable):  # which breaks the connection off
        over(Damaged(ARTICLES)).get("/api/export")


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize("at_once", [True, False])
def test_damage_before_the_first_hit_is_a_problem(form: str, at_once: bool) -> None:
    class Damaged(MemorySearcher):
        def export(self, query: Query) -> Export:
            def none() -> Any:
                raise IndexUnusable("gone")
                yield

            if at_once:
                raise IndexUnusable("gone")
            return replace(super().export(query), hits=none())

    answer = over(Damaged(ARTICLES)).get(f"/api/export?format={form}")
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")


def test_an_export_takes_no_more_memory_than_a_page() -> None:
    (one,) = MemorySearcher([STRIKE]).search(Query()).hits

    class Endless(MemorySearcher):
        def export(self, query: Query) -> Export:
            hits = (replace(one, id=str(number)) for number in range(20_000))
            return Export(total=20_000, hits=hits, index=self.info())

    answer = over(Endless([STRIKE])).get("/api/export?format=csv", buffered=False)
    tracemalloc.start()
    size = sum(map(len, answer.response))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 5_000_000
    assert peak < 1_000_000


def test_what_a_page_holds_cannot_leave_its_line() -> None:
    *lines, _ = CLIENT.get("/api/export?q=&kind=all").text.splitlines()
    titles = [json.loads(line)["title"] or "" for line in lines]
    assert any(HOSTILE in title for title in titles)


# Asking again


class Counting(MemorySearcher):
    """Counts its searches, and can be told of a newer state."""

    asked = 0
    state = "1"
    built: datetime | None = None

    def search(self, query: Query) -> SearchResult:
        self.asked += 1
        return replace(super().search(query), index=self.info())

    def places(self, query: Query) -> PlaceCounts:
        self.asked += 1
        return super().places(query)

    def place(self, id: str) -> PlaceReport:
        self.asked += 1
        return super().place(id)

    def info(self) -> IndexInfo:
        return IndexInfo(self.state, len(self.articles), self.built)


CACHED = [
    "/api/search?q=council&facet=source",
    "/search.json?q=council",
    "/api/facets/source?prefix=h",
    "/api/suggest?q=cou",
    f"/api/doc/{STRIKE.id}",
    f"/api/doc/{STRIKE.id}/removed",
    "/api/places?q=council",
    "/api/places/2911298",
    "/places?q=council",
    "/place/2911298",
    "/api/status",
    "/api/export?q=council",
    "/search.csv?q=council",
    "/search.atom?q=council",
    "/search?q=council",
]


@pytest.mark.parametrize("path", CACHED)
def test_what_has_not_changed_is_not_searched_again(path: str) -> None:
    searcher = Counting(ARTICLES)
    client = over(searcher)
    etag = client.get(path).headers["ETag"]
    searcher.asked = 0
    answer = client.get(path, headers={"If-None-Match": f'"other", {etag}'})
    assert (answer.status_code, answer.data, searcher.asked) == (304, b"", 0)
    assert answer.headers["ETag"] == etag
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", CACHED)
def test_a_newer_state_is_answered_anew(path: str) -> None:
    searcher = Counting(ARTICLES)
    client = over(searcher)
    etag = client.get(path).headers["ETag"]
    searcher.state = "2"
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", CACHED)
def test_a_state_of_the_same_number_built_at_another_time_is_answered_anew(
    path: str,
) -> None:
    searcher = Counting(ARTICLES)
    client = over(searcher)
    etag = client.get(path).headers["ETag"]
    searcher.built = datetime(2031, 5, 6, tzinfo=UTC)
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_two_ways_to_ask_the_same_share_their_etag() -> None:
    asked = ("q=storm&page=1&sort=", "q=storm", "sort=&q=storm&group=none")
    assert len({CLIENT.get(f"/api/search?{q}").headers["ETag"] for q in asked}) == 1


def test_different_questions_have_different_etags() -> None:
    paths = [*CACHED, "/api/facets/source?prefix=n", "/api/facets/place?prefix=h"]
    etags = [CLIENT.get(path).headers["ETag"] for path in paths]
    assert len({*etags}) == len(paths)


def test_a_page_that_offers_something_instead_of_nothing_has_no_etag() -> None:
    assert "ETag" not in CLIENT.get("/search?q=zeppelin").headers


def test_an_answer_that_the_deadline_cut_short_has_no_etag() -> None:
    class Late(MemorySearcher):
        def search(self, query: Query) -> SearchResult:
            return replace(super().search(query), total_relation="gte")

    answer = over(Late(ARTICLES)).get("/api/search?q=council&facet=source")
    assert "ETag" not in answer.headers
    assert answer.get_json()["facets"]["source"]["exact"] is False


# Links and other sites


def test_link_headers_lead_to_the_next_and_the_previous_page() -> None:
    sent = CLIENT.get("/api/search?q=council&per_page=5&page=2").headers["Link"]
    assert sent == (
        '</api/search?q=council&per_page=5&page=3>; rel="next", '
        '</api/search?q=council&per_page=5>; rel="prev"'
    )


def test_a_single_page_has_no_link_header() -> None:
    assert "Link" not in CLIENT.get("/api/search?q=cranes").headers


@pytest.mark.parametrize("path", ["/api/search", "/api/none", "/api/search?page=0"])
def test_other_sites_may_read_the_api(path: str) -> None:
    sent = CLIENT.get(path, headers={"Origin": "https://other.example"}).headers
    assert sent["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in sent


@pytest.mark.parametrize(
    "path", ["/", "/search", "/search.json", "/search.csv", "/search.atom", "/api"]
)
def test_other_sites_may_read_nothing_else(path: str) -> None:
    sent = CLIENT.get(path, headers={"Origin": "https://other.example"}).headers
    assert "Access-Control-Allow-Origin" not in sent


def test_other_sites_may_read_nothing_where_that_is_set() -> None:
    client = create_app(Settings(cors=False), MemorySearcher(ARTICLES)).test_client()
    sent = client.get("/api/search", headers={"Origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in sent.headers


def test_a_browser_that_asks_first_learns_what_it_may() -> None:
    sent = CLIENT.options("/api/search", headers={"Origin": "https://other.example"})
    assert sent.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in sent.headers["Access-Control-Allow-Headers"]


# Its page


def test_the_apis_page_needs_no_index() -> None:
    client = create_app(Settings(index="/nowhere/at/all")).test_client()
    answer = client.get("/api")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")


def test_the_apis_page_names_every_address_and_parameter() -> None:
    text = CLIENT.get("/api/docs").text
    for name in ("/api/export", "/api/facets/{name}", "facet_size", "prefix", "cursor"):
        assert f">{name}</code>" in text

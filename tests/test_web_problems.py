"""What a fault says and where its type leads."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from whoosh.fields import ID, Schema

from search.engines.columnar.whoosh.index import create_in
from search.errors import DatelineError, DeniedIndex
from search.settings import Settings
from tests.newsroom import visitor
from tests.test_web_pages import heading, page, words
from web import problems
from web.app import create_app
from web.faults import OURS

CLIENT = visitor()


@pytest.mark.parametrize(
    "path", ["/api/search?form=1", "/api/doc/x", "/api/nothing", "/nothing.json"]
)
def test_the_type_of_a_problem_leads_to_what_it_means(path: str) -> None:
    said = CLIENT.get(path).get_json()
    assert heading(page(said["type"])) == said["title"]


@pytest.mark.parametrize("slug", sorted(problems.known()))
def test_every_kind_of_problem_has_a_page_that_explains_it(slug: str) -> None:
    found = page(f"/problems/{slug}")
    assert len(words(found.partition("</h1>")[2].partition("</p>")[0]).split()) > 3


def test_what_we_raise_ourselves_is_among_them() -> None:
    assert {fault.slug for fault in OURS} <= problems.known().keys()


def test_what_is_no_kind_of_problem_has_no_page() -> None:
    assert CLIENT.get("/problems/headache").status_code == 404


def test_a_page_of_a_problem_needs_no_index(tmp_path: Path) -> None:
    client = create_app(Settings(index=str(tmp_path))).test_client()
    assert "There is no index yet" in page("/problems/no-index", client)


@pytest.mark.parametrize("name", ["date", "kind", "nope"])
def test_a_facet_without_a_list_is_not_called_an_article(name: str) -> None:
    answer = CLIENT.get(f"/search/facet/{name}")
    assert answer.status_code == 404
    assert heading(answer.text) == "There is no such list"
    assert "lists of sources, places, agencies, languages and authors" in answer.text


@pytest.mark.parametrize("path", ["/search?from=never", "/search/x", "/doc/x"])
def test_no_part_of_the_site_is_current_where_a_fault_is(path: str) -> None:
    assert "aria-current" not in CLIENT.get(path).text


def test_nobody_is_told_to_make_the_index_of_a_program_anew(tmp_path: Path) -> None:
    create_in(tmp_path / "index", Schema(id=ID(stored=True)))
    client = create_app(Settings(index=str(tmp_path / "index"))).test_client()
    for path in ("/search", "/api/search"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "reindex --full" not in answer.text
        assert "Another program made it" in answer.text


def test_nobody_is_told_to_make_a_sound_index_anew() -> None:
    assert "reindex --full" not in _fault(DeniedIndex("/srv/secret: denied"))


def _fault(error: DatelineError) -> str:
    searcher = Mock(**{"search.side_effect": error, "info.side_effect": error})
    return create_app(Settings(), searcher).test_client().get("/search").text


def test_a_page_before_one_that_is_not_there_is_one_that_is() -> None:
    assert 'rel="prev" href="/sources?page=1"' in page("/sources?page=9999")
    assert 'name="more" value="1">Previous' in page("/search/facet/source?more=9999")


def test_pages_of_other_sites_may_read_the_number_of_a_request() -> None:
    headers = CLIENT.get("/api/search").headers
    shown = headers["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "Link", "X-Request-ID"} <= {*shown} & {*headers.keys(), "Link"}

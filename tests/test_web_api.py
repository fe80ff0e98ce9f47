"""The API: its shape, and its faults."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from search.model import Query, Repair
from search.wire import answers, documents
from search.wire.encoding import encoded
from tests.factories import article, place
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARTICLES, STRIKE, UNTITLED, visitor

CLIENT = visitor()


def ask(path: str, status: int = 200) -> Any:
    answer = CLIENT.get(path)
    assert answer.status_code == status
    return answer.get_json()


def problem(path: str, status: int = 400) -> Any:
    answer = CLIENT.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    return json.loads(answer.text)


def test_an_answer_has_all_its_parts() -> None:
    said = ask("/api/search?q=cranes")
    assert list(said) == [
        *("query", "total", "total_relation", "groups", "in_chrome", "took_ms"),
        *("page", "per_page", "pages", "cursor", "hits", "facets", "suggestions"),
        *("index", "links"),
    ]


BATH = visitor(
    MemorySearcher(
        [
            article(
                id="b1",
                text="The pump room of Bath.",
                places=(place("2656173", "Bath", "2635167", "6269131"),),
            )
        ]
    )
)


def test_a_place_that_words_may_mean_is_suggested() -> None:
    answer = BATH.get("/api/search?q=bath+pump").get_json()
    assert answer["suggestions"] == [
        {
            "q": "place:Bath pump",
            "term": "bath",
            "place": 2656173,
            "label": "Bath",
            "within": "England",
            "reason": "common-word",
        }
    ]


def test_the_page_offers_the_place_in_one_click() -> None:
    page = BATH.get("/search?q=bath+pump").text
    assert 'href="/search?q=place:Bath+pump"' in page
    assert "Bath</bdi> in <bdi>England" in page


def test_a_hit_says_what_is_known_and_how() -> None:
    (hit,) = ask("/api/search?q=cranes")["hits"]
    assert hit["source"] == {
        "value": "harbour-gazette",
        "label": "Harbour Gazette",
        "method": "folder",
    }
    assert hit["agency"] == {"value": "AP", "method": "dateline"}
    assert hit["published"] == {
        "value": "2024-03-04",
        "precision": "day",
        "method": "meta",
    }


def test_what_is_not_known_is_null() -> None:
    (hit,) = ask("/api/search?q=timetable")["hits"]
    names = ("title", "source", "agency", "published")
    assert [hit[name] for name in names] == [None] * 4
    assert hit["lead"] == UNTITLED.text


def test_a_place_has_numbers_for_ids_and_its_path() -> None:
    (hit,) = ask("/api/search?q=cranes")["hits"]
    assert hit["places"][0] == {
        "id": 2911298,
        "label": "Hamburg",
        "path": [2921044, 2911298],
        "as_written": ["Hamburg"],
        "lat": 53.55,
        "lon": 10.0,
        "weight": 1.0,
        "dateline": False,
        "method": "text",
    }


def test_a_snippet_is_text_and_ranges() -> None:
    (hit,) = ask("/api/search?q=cranes")["hits"]
    (snippet,) = hit["snippets"]
    (start, end), *_ = snippet["ranges"]
    assert snippet["text"][start:end] == "cranes"
    assert (snippet["field"], snippet["paragraph"]) == ("body", 2)


def test_the_place_facet_is_a_flat_list_with_parents() -> None:
    facet = ask("/api/search?q=cranes&facet=place")["facets"]["place"]
    found = {value["label"]: value for value in facet["values"]}
    assert found["Hamburg"] == {
        "value": 2911298,
        "label": "Hamburg",
        "count": 1,
        "selected": False,
        "excluded": False,
        "parent": 2921044,
        "level": 1,
    }


def test_the_date_facet_has_an_interval_and_ends() -> None:
    facet = ask("/api/search?q=cranes&facet=date&interval=month")["facets"]["date"]
    (bucket,) = facet["values"]
    assert facet["interval"] == "month"
    assert (bucket["value"], bucket["to"]) == ("2024-03", "2024-03-31")


def test_filters_come_back_as_they_were_given() -> None:
    said = ask("/api/search?source=unknown&exclude_lang=fr&from=2024")
    assert said["query"]["filters"] == {
        "source": ["unknown"],
        "exclude_lang": ["fr"],
        "from": "2024-01-01",
    }


def test_next_links_lead_through_all_hits() -> None:
    path: str | None = "/api/search?q=council&per_page=7"
    seen: list[str] = []
    while path:
        said = ask(path)
        seen += [hit["id"] for hit in said["hits"]]
        path = said["links"]["next"]
    assert len(seen) == len(set(seen)) == said["total"] == 36


def test_a_cursor_continues_after_the_last_hit() -> None:
    first = ask("/api/search?q=council&per_page=5")
    second = ask(f"/api/search?q=council&per_page=5&cursor={first['cursor']}")
    assert not {h["id"] for h in first["hits"]} & {h["id"] for h in second["hits"]}


def test_the_short_address_gives_the_same_answer() -> None:
    long, short = ask("/api/search?q=strike"), ask("/search.json?q=strike")
    assert {**long, "took_ms": 0} == {**short, "took_ms": 0}


def test_an_article_is_given_whole() -> None:
    said = ask(f"/api/doc/{STRIKE.id}")
    assert said["text"] == STRIKE.text
    assert said["removed"]["blocks"] == 3
    assert said["saved"] == "2024-03-05T10:02:00Z"


def test_words_put_right_are_given_as_the_page_has_them() -> None:
    mended = replace(STRIKE, repairs=(Repair("title", 0, 4, "D0ck"),))
    (told,) = documents.document(mended).repairs
    assert (told.field, told.span, told.was) == ("title", (0, 4), "D0ck")


def test_removed_blocks_are_given_with_rule_and_position() -> None:
    said = ask(f"/api/doc/{STRIKE.id}/removed")
    assert said["removed"][1] == {
        "text": "Subscribe now and read on any device.",
        "rule": "appeal",
        "after": 2,
    }


def test_an_unknown_parameter_is_a_problem_that_names_the_nearest() -> None:
    said = problem("/api/search?sauce=ap")
    assert said["errors"] == [
        {"parameter": "sauce", "value": "ap", "reason": "unknown-parameter"}
    ]
    assert "the nearest is source" in said["detail"]
    assert (said["status"], said["type"]) == (400, "/problems/bad-parameter")
    assert said["instance"] == "/api/search?sauce=ap"


def test_a_problem_names_an_endless_address_by_its_beginning() -> None:
    asked = f"/api/search?sauce={'ap' * 2000}"
    assert problem(asked)["instance"] == asked[:1000]


def test_a_bad_date_is_a_problem_that_says_how_dates_look() -> None:
    said = problem("/api/search?from=19-11")
    assert said["detail"].startswith("from must be a date like 2017-11-19")
    assert said["errors"][0]["reason"] == "not-a-date"


def test_groups_are_counted_where_asked_for() -> None:
    said = ask("/api/search?q=cranes&group=copy")
    assert (said["groups"], said["hits"][0]["group"]) == (1, None)
    assert ask("/api/search?group=none")["groups"] is None


def test_a_hit_of_a_group_names_its_copies() -> None:
    bay = {"value": "bay", "label": "Bay"}
    (hit,) = copies("/api/search?group=copy&sort=oldest").get_json()["hits"]
    assert hit["group"] == {
        "kind": "copy",
        "size": 3,
        "outlets": 1,
        "unsourced": 1,
        "shared": [1.0, 1.0],
        "copies": [
            {"id": "b", "source": bay, "shared": 1.0, "date": "2016-05-02"},
            {"id": "c", "source": None, "shared": 1.0, "date": None},
        ],
        "original": None,
    }


def test_pages_count_groups() -> None:
    said = copies("/api/search?group=copy&per_page=2").get_json()
    assert (said["total"], said["pages"], said["links"]["next"]) == (3, 1, None)


def copies(path: str) -> Any:
    """Return the answer of a site with one text three times."""
    same = [
        article(id="a", published="2016-05"),
        article(id="b", published="2016-05-02", source="Bay"),
        article(id="c"),
    ]
    return visitor(MemorySearcher(same)).get(path)


@pytest.mark.parametrize("path", ["/api/doc/none", "/api/doc/none/removed", "/api/x"])
def test_what_is_not_there_is_a_problem_too(path: str) -> None:
    assert problem(path, 404)["status"] == 404


def test_a_value_no_article_has_finds_nothing() -> None:
    assert ask("/api/search?source=nobody&kind=poem")["total"] == 0


def test_a_fault_names_its_request() -> None:
    one, other = (problem("/api/search?page=0")["request_id"] for _ in range(2))
    assert one != other


def test_the_process_and_the_index_tell_that_they_are_well() -> None:
    assert ask("/healthz") == {"status": "ok"}
    assert ask("/readyz")["documents"] == len(ARTICLES)


def test_the_command_and_the_api_give_the_same_object() -> None:
    query = Query(text="strike", facets=("source",))
    result = MemorySearcher(ARTICLES).search(query)
    assert json.loads(encoded(answers.answer(query, result, 0.0))) == {
        **ask("/api/search?q=strike&facet=source"),
        "took_ms": 0.0,
    }

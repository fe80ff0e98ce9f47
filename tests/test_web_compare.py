"""The page and the API of articles side by side."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from search.address import comparison_of
from search.model import Article, Kind, Query
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import NASTY, STRIKE, site

WIRE = article(
    id="a",
    title="Quay reopens",
    text="The mayor of Bay City opened the quay on Monday.\n\nOf 12 boats, two left.",
    source="Bay Courier",
    agency="AP",
    published="2016-03-02",
)
PRINT = article(
    id="b",
    title="Hill quay",
    text="The mayor of Hill Town opened the quay.\n\nIt rained, the coroner said.",
    source="Hill Post",
    published="2016-03-01",
)
CLIENT = site(
    MemorySearcher((WIRE, PRINT, article(id="c"), STRIKE, NASTY))
).test_client()


def shown(path: str) -> str:
    answer = CLIENT.get(path)
    assert answer.status_code == 200
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def asked(path: str) -> dict[str, Any]:
    answer = CLIENT.get(path)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_each_row_says_in_words_what_became_of_it() -> None:
    page = shown("/compare?ids=a,b")
    for heading in ("Changed", "Only in A", "Only in B"):
        assert f'<h3 class="what">{heading}</h3>' in page


def test_changed_words_are_told_from_those_that_are_only_here() -> None:
    page = shown("/compare?ids=a,b")
    assert 'dir="ltr">changed</span> <span>Bay City</span>' in page
    assert 'dir="ltr">only A</span> <span>on Monday.</span>' in page


def test_the_first_row_is_that_of_the_headlines() -> None:
    page = shown("/compare?ids=a,b")
    assert page.index('<h3 class="what">Headline: changed</h3>') < page.index(
        ">Changed<"
    )
    found = asked("/api/compare?ids=a,b")["against"][0]["headline"]
    assert [run["text"] for run in found["one"]] == ["Quay ", "reopens"]


def test_the_page_says_who_was_first_and_what_is_shared() -> None:
    page = shown("/compare?ids=a,b")
    assert "Published in this order: B (1 March 2016), then A (2 March 2016)." in page
    assert "of the words of A stand in B" in page


def test_copies_of_which_nothing_tells_the_first_are_compared() -> None:
    same = [article(id=id_, text=WIRE.text * 9) for id_ in ("a", "b")]
    assert "are copies; nothing tells which is the original." in compare(*same)


def compare(*articles: Article) -> str:
    ids = ",".join(one.id for one in articles)
    client = site(MemorySearcher(articles)).test_client()
    return unescape(client.get(f"/compare?ids={ids}").get_data(as_text=True))


def test_the_page_says_of_whom_the_day_is_not_known() -> None:
    days = {"x": "2016-03-01", "y": "2016-03", "z": "2016-03-01"}
    page = compare(*(article(id=id_, published=day) for id_, day in days.items()))
    assert (
        "Published: A and C (1 March 2016). The day is not known of B (March 2016)."
        in page
    )


def test_the_page_says_who_is_a_copy_of_whom() -> None:
    text = WIRE.text * 9
    one, other = article(id="x", text=text, agency="AP"), article(id="y", text=text)
    page = compare(one, other, PRINT)
    assert "A and B are copies; most likely the original: A, since" in page
    assert "C is a copy of none of the others." in page


@pytest.mark.parametrize(("kind", "is_said"), [("listing", True), ("article", False)])
def test_the_page_says_that_lists_are_copies_word_for_word(
    kind: str, is_said: bool
) -> None:
    words = [f"word{number}" for number in range(90)]
    other = [*words, "Lamp", "lit"] if is_said else words[::-1]
    some = {"x": words, "y": other}
    page = compare(
        *(article(id=i, kind=Kind(kind), text=" ".join(t)) for i, t in some.items())
    )
    assert "No two are copies: they share too little" in page
    assert ("no article is a copy only of one with the same text" in page) is is_said


def test_articles_whose_ids_look_like_versions_are_no_versions() -> None:
    assert "2 texts side by side" in compare(article(id="x@2"), article(id="x@3"))


def test_the_page_says_that_a_text_is_too_long() -> None:
    long = article(id="x", text="Boats wait. " * 5_001)
    assert "after its first 10,000 words" in compare(long, PRINT)
    assert "is not compared" not in compare(WIRE, PRINT)


def test_what_differs_is_listed() -> None:
    page = shown("/compare?ids=a,b")
    assert "Figures that differ" in page
    assert '<b dir="auto">the coroner</b>' in page


def test_three_articles_are_two_comparisons_with_the_first() -> None:
    found = asked("/api/compare?ids=c,a,b")
    assert [(one["one"], one["other"]) for one in found["against"]] == [
        ("c", "a"),
        ("c", "b"),
    ]


def test_page_and_api_say_the_same() -> None:
    found = asked("/api/compare?ids=a,b")
    shares = found["against"][0]
    page = shown("/compare?ids=a,b")
    assert f"{round(100 * shares['one_shared'])}% of the words of A" in page
    assert found["order"] == ["b", "a"]
    assert "/api/compare?ids=a,b" in page


def test_a_hit_shares_as_much_as_its_comparison_says() -> None:
    text = "\n\n".join(f"{word} " * 40 for word in ("quay", "storm", "boat"))
    same = [article(id="x", text=text), article(id="y", text=f"{text}\n\nIt rained.")]
    searcher = MemorySearcher(same)
    (hit,) = searcher.search(Query(group="copy")).hits
    assert hit.group is not None
    client = site(searcher).test_client()
    other = hit.group.copies[0]
    found = client.get(f"/api/compare?ids={hit.id},{other.id}").get_json()
    assert found["against"][0]["one_shared"] == other.shared


@pytest.mark.parametrize("ids", ["", "a", "a,a", "a,b,c,x,y", ",,", "%00"])
@pytest.mark.parametrize("path", ["/compare", "/api/compare"])
def test_two_to_four_different_articles_are_compared(path: str, ids: str) -> None:
    answer = CLIENT.get(f"{path}?ids={ids}")
    assert answer.status_code == 400
    assert "2 to 4 different articles" in unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize("path", ["/compare", "/api/compare"])
def test_an_article_that_is_not_there_is_not_compared(path: str) -> None:
    assert CLIENT.get(f"{path}?ids=a,none").status_code == 404


@pytest.mark.parametrize("path", ["/compare", "/api/compare"])
def test_which_article_is_not_there_is_said(path: str) -> None:
    said = unescape(CLIENT.get(f"{path}?ids=a,none").get_data(as_text=True))
    assert "No article has the id none." in said


@pytest.mark.parametrize("id_", ["x,y", " x ", "x@3", "x/y", "x&ids=c", "x%2Cy"])
def test_whatever_an_id_is_what_links_to_its_comparison_finds_it(id_: str) -> None:
    found = (article(id=id_), article(id="a"))
    client = site(MemorySearcher(found)).test_client()
    answer = client.get(comparison_of("/api/compare", (id_, "a")))
    assert [one["id"] for one in answer.get_json()["articles"]] == [id_, "a"]


@pytest.mark.parametrize(
    "asked", ["ids=a,b", "ids=a%2Cb", "ids=a,,%20b&ids=", "ids=a&ids=b", "ids=a,b,a"]
)
def test_a_list_of_ids_may_be_written_in_several_ways(asked: str) -> None:
    found = CLIENT.get(f"/api/compare?{asked}").get_json()
    assert [one["id"] for one in found["articles"]] == ["a", "b"]


def test_articles_are_no_versions_and_say_when_they_were_saved() -> None:
    found = asked(f"/api/compare?ids=a,{STRIKE.id}")
    saved = [one["saved"] for one in found["articles"]]
    assert (found["versions"], saved) == (False, [None, "2024-03-05T10:02:00Z"])


@pytest.mark.parametrize(
    "path",
    [
        "/compare?ids=x,y",
        "/doc/x",
        "/api/doc/x",
        "/search",
        "/search.csv",
        "/search.atom",
    ],
)
def test_halves_of_characters_are_replaced(path: str) -> None:
    said = {"title": "Quay \udc00", "text": "It \ud800 rained.", "source": "Bay \udc01"}
    torn = article(id="x", authors=("Ann \udc02",), **said)
    client = site(MemorySearcher((torn, article(id="y")))).test_client()
    answer = client.get(path).get_data(as_text=True)
    assert re.search("Quay (\ufffd|[?])", answer)


def test_a_comparison_is_not_sent_twice() -> None:
    first = CLIENT.get("/compare?ids=a,b")
    again = CLIENT.get(
        "/compare?ids=a,b", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


def test_hostile_text_stays_text() -> None:
    answer = CLIENT.get(f"/compare?ids={NASTY.id},a")
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_texts_without_a_word_can_be_compared() -> None:
    bare: tuple[Article, ...] = (article(id="x", text=""), article(id="y", text=""))
    client = site(MemorySearcher(bare)).test_client()
    assert client.get("/compare?ids=x,y").status_code == 200


def test_the_style_of_comparisons_is_small() -> None:
    static = Path(__file__).parents[1] / "web" / "static"
    assert (static / "compare.css").stat().st_size <= 6_000

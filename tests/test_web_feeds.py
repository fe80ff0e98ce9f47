"""The feed of a query, and the description that browsers read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.engines import open_writer
from search.model import Query, Source
from search.settings import Settings
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARTICLES, NASTY, STRIKE, visitor
from web.app import create_app
from web.feeds.atom import feed

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
CLIENT = visitor()
# RFC 4287, 4.1.1 and 4.1.2: how often an element may be there.
FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "subtitle": (0, 1)}
ENTRY = {
    "id": (1, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "published": (0, 1),
    "summary": (0, 1),
}


def parsed(path: str, client: FlaskClient = CLIENT) -> Element:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return fromstring(answer.data)  # noqa: S314  # it is our own


def texts(of: Element, name: str) -> list[str]:
    return [found.text or "" for found in of.findall(ATOM + name)]


def links(of: Element) -> dict[str, str]:
    return {
        one.get("rel", ""): one.get("href", "") for one in of.findall(f"{ATOM}link")
    }


def faults(feed: Element) -> list[str]:
    """Return what of RFC 4287 a feed breaks."""
    entries = feed.findall(f"{ATOM}entry")
    ids = [text for entry in entries for text in texts(entry, "id")]
    found = [fault for entry in entries for fault in _faults(entry, ENTRY)]
    found += _faults(feed, FEED)
    if feed.tag != f"{ATOM}feed" or not feed.findall(f"{ATOM}author"):
        found.append("no feed with an author")
    if len({*ids}) != len(entries):
        found.append("an id twice")
    return found


def _faults(element: Element, bounds: dict[str, tuple[int, int]]) -> Iterator[str]:
    for name, (least, most) in bounds.items():
        if not least <= len(texts(element, name)) <= most:
            yield f"too many or too few {name}"
    moments = (*texts(element, "updated"), *texts(element, "published"))
    if any(datetime.fromisoformat(moment).tzinfo is None for moment in moments):
        yield "a moment without a zone"
    if not all(text.startswith("urn:uuid:") for text in texts(element, "id")):
        yield "an id that is no absolute IRI"
    if len(links(element)) != len(element.findall(f"{ATOM}link")):
        yield "two links of a kind"
    if not all(links(element).values()):
        yield "a link without href"
    if not all(all(texts(one, "name")) for one in element.findall(f"{ATOM}author")):
        yield "an author without a name"


@pytest.mark.parametrize(
    "query", ["", "?q=council", "?q=zeppelin", "?q=strike&kind=all", "?place=Hamburg"]
)
def test_a_feed_is_valid_atom(query: str) -> None:
    assert faults(parsed(f"/search.atom{query}")) == []


def test_a_feed_has_the_newest_hits_first() -> None:
    moments = [
        texts(entry, "updated")[0]
        for entry in parsed("/search.atom?q=council").findall(f"{ATOM}entry")
    ]
    assert (len(moments), moments) == (20, sorted(moments, reverse=True))


def test_a_feed_is_as_old_as_its_newest_entry() -> None:
    feed = parsed("/search.atom?q=cranes")
    assert texts(feed, "updated") == ["2024-03-04T00:00:00Z"]


def test_a_feed_says_what_it_is_ordered_by() -> None:
    feed = parsed("/search.atom")
    assert texts(feed, "title") == ["Dateline: what was published last"]
    assert "by date of publication, the latest first" in texts(feed, "subtitle")[0]


def test_an_undated_entry_is_as_old_as_its_page() -> None:
    undated = replace(STRIKE, published=None)
    (entry,) = parsed("/search.atom", visitor(MemorySearcher([undated]))).findall(
        f"{ATOM}entry"
    )
    assert texts(entry, "updated") == ["2024-03-05T10:02:00Z"]
    assert texts(entry, "published") == []


def test_what_nothing_dates_is_as_old_as_the_index(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "index")) as writer:
        writer.add(article(published=None))
    client = create_app(Settings(index=str(tmp_path / "index"))).test_client()
    built = client.get("/api/status").get_json()["index"]["built"]
    feed = parsed("/search.atom", client)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert texts(entry, "updated") == texts(feed, "updated") == [built]


def test_no_feed_is_newer_than_its_index(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "index")) as writer:
        writer.add(article(published="9999"))
    client = create_app(Settings(index=str(tmp_path / "index"))).test_client()
    built = client.get("/api/status").get_json()["index"]["built"]
    assert texts(parsed("/search.atom", client), "updated") == [built]


def test_an_entry_says_what_is_known_of_the_article() -> None:
    (entry,) = parsed("/search.atom?q=cranes").findall(f"{ATOM}entry")
    assert texts(entry, "title") == [STRIKE.title]
    assert [texts(a, "name")[0] for a in entry.findall(f"{ATOM}author")] == [
        *STRIKE.authors
    ]
    assert links(entry) == {
        "alternate": f"http://localhost/doc/{STRIKE.id}?q=cranes",
        "via": STRIKE.url,
    }
    assert "cranes" in texts(entry, "summary")[0]


def test_an_article_keeps_its_id_in_every_feed() -> None:
    ids = {
        texts(parsed(f"/search.atom?q={word}").findall(f"{ATOM}entry")[0], "id")[0]
        for word in ("cranes", "estuary")
    }
    assert len(ids) == 1


def test_a_feed_leads_to_its_page_itself_and_the_next() -> None:
    there = links(parsed("/search.atom?q=council"))
    asked = "q=council&sort=newest&per_page=20"
    assert there["alternate"] == f"http://localhost/search?{asked}"
    following = parsed(there["next"].removeprefix("http://localhost"))
    assert len(following.findall(f"{ATOM}entry")) == 16


def test_nothing_on_a_page_breaks_a_feed() -> None:
    odd = article(
        title="\x00<b>\x1b[2J \ud800 &amp; ]]>",
        lang='x"y',
        source="\x0b",
        authors=("\ufffe",),
        url="https://a.example/\x01",
    )
    client = visitor(MemorySearcher([odd, NASTY]))
    assert faults(parsed("/search.atom", client)) == []


ANYTHING = st.text(st.characters())  # what no file can hold among it


@settings(max_examples=50, deadline=None)
@example("", "\udcff", "")  # a byte of a command line that is no text
@given(ANYTHING, ANYTHING, ANYTHING)
def test_a_feed_is_well_formed_whatever_stands_in_an_article(
    one: str, two: str, three: str
) -> None:
    odd = article(
        title=one,
        text=two,
        lang=three,
        source=Source(two, three, "row"),
        authors=(two, three),
        url=f"https://a.example/{one}",
    )
    query = Query(text=two)
    found = MemorySearcher([odd]).search(Query())
    fromstring(feed(query, found, "http://localhost"))  # noqa: S314  # it is our own


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    text = CLIENT.get("/search.atom?q=strike&kind=all").text
    assert 'href="javascript' not in text


# The browser's search box


def description(client: FlaskClient = CLIENT) -> Element:
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    return fromstring(answer.data)  # noqa: S314  # it is our own


def templates(of: Element) -> dict[str, str]:
    return {
        url.get("type", ""): url.get("template", "")
        for url in of.findall(f"{OPENSEARCH}Url")
    }


def test_the_description_names_where_to_search_and_where_to_ask_for_completions() -> (
    None
):
    found = templates(description())
    assert found["text/html"] == "http://localhost/search?q={searchTerms}"
    assert (
        found["application/x-suggestions+json"]
        == "http://localhost/api/suggest?q={searchTerms}"
    )


def test_its_names_are_as_short_as_they_must_be() -> None:
    root = description()
    for name, most in (("ShortName", 16), ("Description", 1024)):
        (text,) = (found.text or "" for found in root.findall(OPENSEARCH + name))
        assert 0 < len(text) <= most


@pytest.mark.parametrize("template", templates(description()).values())
def test_every_address_in_it_answers(template: str) -> None:
    address = urlsplit(template.replace("{searchTerms}", "harbour"))
    assert CLIENT.get(f"{address.path}?{address.query}").status_code == 200


@pytest.mark.parametrize("path", ["/opensearch.xml", "/search.atom?q=strike"])
def test_a_site_that_answers_to_any_name_repeats_none(path: str) -> None:
    settings = Settings(bind="0.0.0.0:8000")
    client = create_app(settings, MemorySearcher(ARTICLES)).test_client()
    answer = client.get(path, headers={"Host": "evil.example"})
    assert (answer.status_code, "evil" in answer.text) == (200, False)


def test_an_origin_that_is_set_is_named_whatever_the_request_says() -> None:
    settings = Settings(origin="https://news.example", bind="0.0.0.0:80")
    client = create_app(settings, MemorySearcher(ARTICLES)).test_client()
    found = templates(description(client))
    assert found["text/html"] == "https://news.example/search?q={searchTerms}"
    there = links(parsed("/search.atom?q=strike", client))
    assert there["self"].startswith("https://news.example/search.atom?q=strike")


def test_every_page_tells_browsers_of_it() -> None:
    assert 'href="/opensearch.xml"' in CLIENT.get("/help").text

"""One page has one id, wherever and however it was saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity import address, identify, normal
from index.page import Given, Head
from tests.factories import raw

SITE = "https://harbourpost.example.com"
STORY = f"{SITE}/2021/03/storm-closes-quay"


def own(
    saved: str | None = None, head: Head | None = None, **changes: Any
) -> str | None:
    found = address(
        raw("", url=saved, url_method="saved-from", **changes), head or Head()
    )
    return found.url if found else None


@given(
    st.none() | st.text(),
    st.none() | st.text(),
    st.text(st.characters(exclude_categories=[])),
)
def test_every_page_has_sixteen_hex_digits_and_keeps_them(url, canonical, name):
    page = raw("", url=url, name=name)
    head = Head(canonical=canonical)
    assert len(identify(page, head)) == 16
    assert int(identify(page, head), 16) >= 0
    assert identify(page, head) == identify(page, head)


@pytest.mark.parametrize(
    "other",
    [
        STORY.replace("https", "http"),
        STORY.replace("harbourpost", "www.harbourpost"),
        STORY.replace("harbourpost", "HarbourPost"),
        STORY.replace(".com/", ".com:443/"),
        STORY + "/",
        STORY + "/index.html",
        STORY + "#comments",
        STORY + "?utm_source=mail&fbclid=x",
    ],
)
def test_addresses_of_one_page_give_one_id(other):
    assert identify(raw("", url=other), Head()) == identify(raw("", url=STORY), Head())


@pytest.mark.parametrize(
    "other", [STORY + "?id=3", STORY + "-2", STORY.upper().replace("HTTPS", "https")]
)
def test_addresses_of_other_pages_give_other_ids(other):
    assert identify(raw("", url=other), Head()) != identify(raw("", url=STORY), Head())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/story.php?ref=77", "/story.php?ref=78"),
        ("/story.php?print=5", "/story.php?print=6&utm_source=mail"),
        ("/app#!/story/2", "/app#!/story/3"),
        ("/app#!/story/2", "/app"),
        ("#!/story/2", "#!/story/3"),
    ],
)
def test_what_alone_tells_pages_apart_is_kept(one, other):
    ids = {identify(raw("", url=SITE + end), Head()) for end in (one, other)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    "query", ["ref=home", "print=1", "amp=1", "id=3&ref=77", "id=3&print=5"]
)
def test_where_a_reader_came_from_is_no_part_of_an_address(query):
    kept = "?id=3" if "id" in query else ""
    assert normal(f"{STORY}?{query}") == normal(STORY + kept)


def test_the_page_that_shows_all_stories_is_no_address_of_one():
    saved = f"{SITE}/reader-of-stories#!/story/2"
    assert own(saved, Head(canonical=f"{SITE}/reader-of-stories")) == saved


def test_the_order_of_parameters_does_not_matter():
    assert normal(f"{SITE}/a?b=1&c=2") == normal(f"{SITE}/a?c=2&b=1")


def test_the_canonical_link_names_the_page():
    assert own(STORY + "/amp", Head(canonical=STORY)) == STORY


def test_a_relative_canonical_link_is_read_from_where_it_stands():
    assert own(STORY + "?page=2", Head(canonical="/2021/03/storm-closes-quay")) == STORY


@pytest.mark.parametrize(
    "canonical",
    [
        SITE,
        f"{SITE}/2021/03",
        f"{SITE}/news/",
        "https://other.example.org/2021/03/storm",
        "javascript:alert(1)",
        "http://[broken",
        "",
    ],
)
def test_a_canonical_link_that_cannot_be_right_is_ignored(canonical):
    assert own(STORY, Head(canonical=canonical)) == STORY


def test_the_script_behind_all_pages_is_no_address_of_one():
    saved = f"{SITE}/article.php?id=7"
    assert own(saved, Head(canonical=f"{SITE}/article.php")) == saved


@pytest.mark.parametrize("url", [SITE, SITE + "/", "file:///tmp/a.html", "ftp://a/b"])
def test_a_bare_host_or_another_scheme_is_no_address(url):
    assert own(url) is None


def test_a_section_page_saved_as_such_keeps_its_address():
    assert own(f"{SITE}/news/") == f"{SITE}/news/"


def test_the_deeper_of_two_claims_names_the_page():
    head = Head(canonical=f"{SITE}/news", meta={"og:url": f"{SITE}/news/2021/storm-2"})
    assert own(None, head) == f"{SITE}/news/2021/storm-2"


def test_a_canonical_link_into_the_archive_names_the_page_captured():
    head = Head(canonical=f"https://web.archive.org/web/20210305060708/{STORY}")
    assert own(None, head) == STORY


def test_an_address_carries_no_password():
    assert own("https://ada:secret@example.com/a") == "https://example.com/a"


def test_without_address_a_row_is_known_by_its_id():
    row = (Given("row", id="7"),)
    first = identify(raw("", given=row, name="a.jsonl#1"), Head())
    assert first == identify(raw("", given=row, name="b.jsonl#9"), Head())


def test_without_either_a_row_of_a_stream_is_known_by_its_content():
    first = raw("", name="-#1", path=Path("-"), digest="a" * 64)
    moved = raw("", name="-#2", path=Path("-"), digest="a" * 64)
    other = raw("", name="-#1", path=Path("-"), digest="b" * 64)
    assert identify(first, Head()) == identify(moved, Head())
    assert identify(first, Head()) != identify(other, Head())


def test_without_either_the_place_below_the_root_decides():
    first = identify(raw("", name="a.html"), Head())
    assert first == identify(raw("other text", name="a.html"), Head())
    assert first != identify(raw("", name="b.html"), Head())
    assert first != identify(raw("", name="a.html", root="elsewhere"), Head())

"""The outlet of a page, and how it is known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata.self_naming import named
from index.metadata.source import slug, source_of
from index.page import Block, CleanPage, Given, Head
from search.model import Kind, Source
from tests.factories import raw

URL = "https://news.harbourpost.co.uk/2021/storm"
DOMAIN = "harbourpost.co.uk"


def source(
    *chrome: str, url: str | None = None, head: Head | None = None, **changes: Any
) -> Source | None:
    blocks = tuple(Block(line, kept=False, rule="line") for line in chrome)
    page = CleanPage(Kind.ARTICLE, None, blocks, head or Head())
    return source_of(raw("", **changes), page, url)


def publisher(name: str, **more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "publisher": {"name": name}, **more}


def test_json_ld_names_the_outlet():
    head = Head(jsonld=(publisher("The Harbour Post"),))
    assert source(url=URL, head=head) == Source(DOMAIN, "The Harbour Post", "jsonld")


def test_an_owner_does_not_stand_for_the_outlet():
    head = Head(jsonld=(publisher("Tidewater Media"),), meta={"og:site_name": "Post"})
    found = source(url=URL, head=head)
    assert found == Source(DOMAIN, "Post", "og:site_name")


def test_the_owner_is_better_than_no_name():
    head = Head(jsonld=(publisher("Tidewater Media"),))
    assert source(url=URL, head=head) == Source(DOMAIN, "Tidewater Media", "jsonld")


def test_a_website_in_json_ld_names_the_outlet():
    head = Head(jsonld=({"@type": "WebSite", "name": "Harbour Post"},))
    assert source(url=URL, head=head) == Source(DOMAIN, "Harbour Post", "jsonld")


def test_the_host_stands_for_an_outlet_without_a_name():
    assert source(url=URL) == Source(DOMAIN, DOMAIN, "url-host")


def test_without_address_the_value_is_a_slug():
    found = source(head=Head(meta={"og:site_name": "The Harbour Post"}))
    assert found == Source("the-harbour-post", "The Harbour Post", "og:site_name")


@pytest.mark.parametrize("method", ["row", "front-matter", "sidecar", "manifest"])
def test_what_was_said_outside_names_it(method):
    found = source(given=(Given(method, source="Harbour Post"),))
    assert found == Source("harbour-post", "Harbour Post", method)


def test_what_was_said_outside_gives_a_domain_its_name():
    found = source(url=URL, given=(Given("manifest", source="Harbour Post"),))
    assert found == Source(DOMAIN, "Harbour Post", "manifest")


@pytest.mark.parametrize("name", ["harbourpost.co.uk", "News.HarbourPost.co.uk"])
def test_a_name_that_is_a_domain_is_its_value(name):
    found = source(given=(Given("manifest", source=name),))
    assert found == Source(DOMAIN, name, "manifest")


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("edition.harbourpost.co.uk", "harbourpost.co.uk"),
        ("www.harbourpost.com.au", "harbourpost.com.au"),
        ("quay.blogspot.com", "quay.blogspot.com"),
        ("quay.blogspot.co.uk", "quay.blogspot.co.uk"),
        ("www.quay.wordpress.com", "quay.wordpress.com"),
        ("quay.github.io", "quay.github.io"),
        ("quay.substack.com", "quay.substack.com"),
        ("www.substack.com", "substack.com"),
        ("medium.com", "medium.com"),
    ],
)
def test_a_platforms_guests_are_outlets_of_their_own(host, domain):
    found = source(url=f"https://{host}/2021/storm")
    assert found == Source(domain, domain, "url-host")


def test_the_first_folder_names_it():
    found = source(name="Harbour Post/2021/a.txt")
    assert found == Source("harbour-post", "Harbour Post", "folder")


def test_a_folder_named_as_a_domain_is_one():
    found = source(name="www.harbourpost.co.uk/a.txt")
    assert found == Source(DOMAIN, DOMAIN, "folder")


@pytest.mark.parametrize("name", ["a.txt", "post.jsonl#3", "2021/a.txt", "html/a.txt"])
def test_what_sorts_files_names_no_outlet(name):
    assert source(name=name) is None


def test_a_page_may_name_itself():
    found = source(
        "Subscribe to The Harbour Post",
        "Already a subscriber to The Harbour Post?",
        "Sign up for The Harbour Post's Free Newsletters",
    )
    assert found == Source("the-harbour-post", "The Harbour Post", "self-naming")


def test_its_name_is_taken_from_furniture_only():
    page = CleanPage(
        Kind.ARTICLE,
        None,
        (
            Block("Subscribe to The Harbour Post", kept=True, rule="text"),
            Block("Sign up for The Harbour Post's letters", kept=True, rule="text"),
        ),
    )
    assert source_of(raw(""), page, None) is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Subscribe to The Harbour Post"],
        ["Subscribe to The Harbour Post", "Subscribe to The Harbour Post"],
        ["Subscribe to our newsletter", "Sign up for our newsletter"],
        ["Follow us on Facebook", "Follow Facebook", "Sign up for Facebook"],
        ["The Harbour Post reported", "Ada Roe is an editor at The Harbour Post"],
        ["© 2021 Tidewater Media Inc", "Copyright Tidewater Media Inc"],
        [
            "Subscribe to A Post",
            "Support A Post",
            "Subscribe to B Post",
            "Support B Post",
        ],
    ],
)
def test_lines_that_do_not_agree_name_nobody(lines):
    assert named(lines) is None


def test_the_rights_may_confirm_a_name():
    lines = ["SUBSCRIBE TO THE HARBOUR POST", "© 2021 The Harbour Post. All rights"]
    assert named(lines) == "The Harbour Post"


@given(st.lists(st.text()))
def test_any_lines_are_survived(lines):
    assert named(lines) != ""


@given(st.text(min_size=1))
def test_a_slug_of_a_slug_is_itself(text):
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize("title", ["Skerry Herald", "Ferry stays - Skerry Herald"])
def test_the_link_to_the_front_names_an_outlet_that_the_title_names(title):
    found = source(head=Head(title=title, home="Skerry Herald"))
    assert found == Source("skerry-herald", "Skerry Herald", "self-naming")


@pytest.mark.parametrize(
    ("title", "home"),
    [("Home", "Home"), ("Skerry ferry stays", "Skerry"), (None, "Skerry"), ("x", "")],
)
def test_other_links_to_the_front_name_nobody(title, home):
    assert source(head=Head(title=title, home=home)) is None

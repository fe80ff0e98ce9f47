"""What an address does not understand it says, whichever address it is."""

from __future__ import annotations

import re

import pytest

from search.settings import Settings
from tests.newsroom import STRIKE, visitor
from tests.test_web_pages import page, words
from web.app import create_app

CLIENT = visitor()
PARTS = {"id": STRIKE.id, "slug": "bad-parameter", "name": "source"}
# Files, and what programs ask that watch or crawl, which may add what they like.
LENIENT = {"static", "pages.robots", "pages.favicon"}
LENIENT |= {"health.healthy", "health.ready", "watch.metrics"}


def addresses() -> list[str]:
    """Return every address there is, but the lenient ones."""
    rules = create_app(Settings()).url_map.iter_rules()
    return sorted(
        re.sub(r"<(?:path:)?(\w+)>", lambda part: PARTS[part[1]], rule.rule)
        for rule in rules
        if rule.endpoint not in LENIENT
    )


@pytest.mark.parametrize("path", addresses())
def test_no_address_passes_over_a_parameter_it_does_not_know(path: str) -> None:
    answer = CLIENT.get(f"{path}?utm_source=mail")
    assert answer.status_code == 400
    assert "there is no parameter utm_source" in answer.text.lower()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/sources?page=abc", "page"),
        ("/sources?page=0", "page"),
        ("/sources?page=1&page=2", "page"),
        ("/search/facet/source?more=abc", "more"),
        (f"/search/facet/source?prefix={'w' * 101}", "prefix"),
        (f"/doc/{STRIKE.id}?removed=perhaps", "removed"),
        ("/places?list=some", "list"),
        (f"/places?within={'w' * 600}", "within"),
    ],
)
def test_no_page_passes_over_a_value_that_cannot_be(path: str, name: str) -> None:
    assert f"{name} must " in words(page(path, status=400)).lower()


@pytest.mark.parametrize("path", ["/sources?page=", "/search/facet/source?more="])
def test_a_blank_number_is_one_that_is_not_given(path: str) -> None:
    assert page(path) == page(path.partition("?")[0])


def test_of_two_beginnings_the_button_s_wins() -> None:
    assert page("/search/facet/source?prefix=har&prefix=n") == page(
        "/search/facet/source?prefix=n"
    )


def test_one_goes_on_without_a_parameter_no_page_knows() -> None:
    assert '<a href="/help">Go on without it</a>' in page("/help?x=1", status=400)

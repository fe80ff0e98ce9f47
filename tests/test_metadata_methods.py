"""Title, authors and language say how they are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.cleaner.clean import clean
from index.metadata.describe import describe
from index.page import Form, Given
from search.model import Methods
from tests.factories import raw

PAGES = Path(__file__).parent / "pages"
STORY = (
    "<p>The harbour reopened on Monday after a storm, and the ferries ran again.</p>"
)
NAMED = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s"'
LINKED = NAMED + ', "author": {"name": "Ada Roe"}}</script>'
TITLE = "Ferry runs again after storm"


def methods(content: str, form: Form = Form.HTML, **changes: object) -> Methods:
    page = raw(content, form, **changes)
    return describe(page, clean(page)).methods


@pytest.mark.parametrize(
    ("markup", "method"),
    [
        (f"<title>{TITLE} | Quay Post</title><h1>{TITLE}</h1>", "h1"),
        (f"<title>Quay Post</title>{LINKED % TITLE}", "jsonld"),
        (f'<meta property="og:title" content="{TITLE}">', "meta"),
        (f"<title>{TITLE} | Quay Post</title>", "title"),
    ],
)
def test_a_title_says_which_part_of_the_page_has_it(markup: str, method: str) -> None:
    assert methods(f"{markup}{STORY * 3}").title == method


@pytest.mark.parametrize(
    ("markup", "method"),
    [
        (LINKED % TITLE, "jsonld"),
        ('<meta name="author" content="Ada Roe">', "meta"),
        (f"<h1>{TITLE}</h1><p class=byline>By Ada Roe</p>", "byline"),
        (f"<h1>{TITLE}</h1>", None),
    ],
)
def test_authors_say_what_names_them(markup: str, method: str | None) -> None:
    assert methods(f"{markup}{STORY * 3}").authors == method


@pytest.mark.parametrize(
    ("markup", "method"),
    [
        ("<html lang=en>", "html-lang"),
        ('<meta property="og:locale" content="en_GB">', "meta"),
        ("<html lang=de>", "text"),
        ("", "text"),
    ],
)
def test_a_language_says_whether_it_is_declared_or_read(
    markup: str, method: str
) -> None:
    assert methods(f"{markup}{STORY * 3}").lang == method


def test_what_was_given_says_how() -> None:
    given = Given("sidecar", title=TITLE, authors=("Ada Roe",), lang="en")
    said = methods(STORY * 3, given=(given,))
    assert said == Methods("sidecar", "sidecar", "sidecar")


def test_a_dump_has_its_title_from_its_text() -> None:
    page = (PAGES / "dump_with_promos.txt").read_text("utf-8")
    assert methods(page, Form.TEXT).title == "text"

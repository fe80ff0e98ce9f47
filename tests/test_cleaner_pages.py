"""Golden pages: what the cleaner keeps of each, and which rule removes what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.cleaner.clean import clean
from index.page import CleanPage, Form
from tests.factories import raw

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))


def cleaned(name: str) -> CleanPage:
    text = PAGES / f"{name}.txt"
    if text.exists():
        return clean(raw(text.read_text(encoding="utf-8"), Form.TEXT))
    return clean(raw((PAGES / f"{name}.html").read_text(encoding="utf-8")))


def wanted(name: str) -> Any:
    return json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))


def test_there_are_golden_pages() -> None:
    assert len(NAMES) >= 15


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_its_kind(name: str) -> None:
    assert cleaned(name).kind == wanted(name)["kind"]


@pytest.mark.parametrize("name", [n for n in NAMES if wanted(n)["kept"] is not None])
def test_an_article_is_kept_whole_and_nothing_else(name: str) -> None:
    assert cleaned(name).text.split("\n\n") == wanted(name)["kept"]


@pytest.mark.parametrize("name", [n for n in NAMES if wanted(n)["kept"] is not None])
def test_the_title_is_the_headline_or_none(name: str) -> None:
    assert cleaned(name).title == wanted(name)["title"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_removed_names_its_rule(name: str) -> None:
    rules = {block.text: block.rule for block in cleaned(name).removed}
    gone = wanted(name)["gone"]
    assert {text: rules.get(text) for text in gone} == gone

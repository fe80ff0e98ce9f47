"""Pages that are too much are named, and cost next to nothing."""

from __future__ import annotations

import pytest

from index.cleaner import bounds
from index.cleaner.clean import clean
from index.page import Form
from index.toponyms.locate import locate
from search.errors import BadPage
from tests.factories import article, raw

SENTENCE = "The ferry to the island was late again on Monday, its owner said. "


@pytest.mark.parametrize(
    ("content", "form", "reason"),
    [
        ("<b>x" * (bounds.TAGS + 1), Form.HTML, "has more than 60,000 tags"),
        (f"<p>{SENTENCE * 12_000}", Form.HTML, "750,000 characters of text"),
        ("<br><br>x" * 25_000, Form.HTML, "20,000 paragraphs or lines"),
        (SENTENCE * 12_000, Form.TEXT, "750,000 characters of text"),
        ("x\n" * 20_001, Form.TEXT, "20,000 paragraphs or lines"),
        (SENTENCE * 12_000, Form.CLEAN, "750,000 characters of text"),
    ],
)
def test_too_much_is_refused_by_name(content, form, reason):
    with pytest.raises(BadPage, match=reason):
        clean(raw(content, form))


def test_signs_that_open_no_tag_are_not_counted():
    page = f"<p>{SENTENCE}{'<' * (bounds.TAGS + 9)}</p>"
    assert "<<<<" in clean(raw(page, Form.HTML)).text


def test_scripts_are_not_counted_as_text():
    script = f"<script>{'x = 1; ' * 200_000}</script>"
    assert clean(raw(f"{script}<p>{SENTENCE}", Form.HTML)).text == SENTENCE.strip()


def test_places_far_down_a_novel_are_not_looked_for():
    text = "In Hamburg it rained.\n\n" + "It rained. " * 30_000 + "In Lisbon not."
    found = locate(article(title=None, text=text)).places
    assert [place.label for place in found] == ["Hamburg"]

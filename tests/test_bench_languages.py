"""The invented papers of other languages, and what the cleaner makes of them."""

from __future__ import annotations

import pytest

from bench import languages
from index.cleaner.clean import clean
from index.page import Form
from tests.factories import raw

PAPERS = sorted(languages.FOLDER.glob("*.toml"))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_no_sentence_amid_appeals_of_its_language_is_lost(path) -> None:
    paper, stories = languages.read(path)
    text = clean(raw(languages.amid(paper, stories[0]))).text
    assert [told for told in stories[0].paragraphs if told not in text] == []


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_no_sentence_of_a_dump_is_lost(path) -> None:
    paper, stories = languages.read(path)
    text = clean(raw(languages.dump(paper, stories[0]), Form.TEXT)).text
    assert [told for told in stories[0].paragraphs if told not in text] == []

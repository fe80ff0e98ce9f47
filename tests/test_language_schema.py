"""What an article puts into the fields of an index."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.language.analyzers import GAP, TITLE_END
from search.language.schema import SCHEMA, fields_of, keyword
from search.model import Kind, Removed, Scope
from tests.factories import article, place
from tests.small_corpus import SmallCorpus

LYON = place("20", "Lyon", "1", "10")


def test_a_source_is_its_value():
    fields = fields_of(article(source="The Late Post"))
    assert fields["source"] == ["the-late-post"]


def test_a_place_is_found_by_all_it_lies_in():
    assert fields_of(article(places=(LYON,)))["place"] == ["1", "10", "20"]


def test_the_places_an_article_names_are_told_from_those_they_lie_in():
    assert fields_of(article(places=(LYON,)))["named"] == ["20"]


def test_the_place_an_article_opens_with_is_a_term_with_all_it_lies_in():
    opens = replace(LYON, dateline=True)
    fields = fields_of(article(places=(opens, place("30", "Metz", "1"))))
    assert fields["dateline"] == ["1", "10", "20"]


def test_a_month_is_a_first_and_a_last_day():
    fields = fields_of(article(published="2016-02"))
    assert fields["last"] - fields["first"] == 28


def test_what_is_not_known_is_a_term_of_its_own():
    fields = fields_of(article(lang="en", published="2016"))
    assert fields["unknown"] == ["source", "place", "agency", "author"]


def test_fields_with_nothing_in_them_are_absent():
    assert not {"byline", "chrome", "source", "first"} & set(fields_of(article()))


def test_an_article_without_a_title_has_its_text():
    assert fields_of(article(title=None, text="Tea."))["text"] == "Tea."


def test_an_article_with_no_words_at_all_can_be_indexed():
    corpus = SmallCorpus(article(id="a", title=None, text="", lang=None))
    assert corpus.find("") == {"a"}


@pytest.mark.parametrize("field", ["text", "exact"])
def test_no_phrase_crosses_from_title_to_text(field):
    corpus = SmallCorpus(article(title="Ferry sails", text="Harbour opens."))
    phrase = '"sails harbour"' if field == "text" else '"=sails harbour"'
    assert not corpus.find(phrase)


def test_no_phrase_crosses_from_one_removed_block_to_another():
    removed = (Removed("Sign up", "rail"), Removed("Read more", "rail"))
    corpus = SmallCorpus(article(removed=removed))
    assert not corpus.find('"up read"', Scope.CHROME)


def test_a_word_of_the_title_weighs_double():
    text = fields_of(article(title="Tea", text="Coffee."))["text"]
    weights = {term: weight for term, _, weight, _ in SCHEMA["text"].index(text)}
    assert weights == {b"tea": 2, b"coffe": 1}


def test_markers_in_an_article_are_only_spaces():
    fields = fields_of(article(title=None, text=f"a{GAP}b{TITLE_END}c"))
    assert fields["text"] == "a b c"


def test_a_kind_is_a_keyword():
    assert fields_of(article(kind=Kind.WALL))["kind"] == ["wall"]


@given(st.text())
@settings(deadline=None)
def test_a_keyword_is_its_own_keyword(value):
    assert keyword(keyword(value)) == keyword(value)


@given(st.text(st.characters(codec=None)))
@settings(deadline=None)
def test_a_keyword_can_be_written(value):
    assert keyword(value).encode("utf-8") is not None

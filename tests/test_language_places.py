"""Names of places, in a corpus. Ids are the gazetteer's; counts are of articles."""

from __future__ import annotations

import pytest

from search.language.places import ids_of, label_of, spelling, ways_of_writing
from tests.counted_corpus import Counts

BATUMI, POTI = "615532", "612366"
VALENCIA_ES, VALENCIA_VE = "2509954", "3625549"


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Batumi’s", "batumi"),
        ("BATUMI,", "batumi"),
        ("  New\tYork ", "new york"),
        ("Aix-en-Provence", "aix-en-provence"),
        ("'Ajloun", "'ajloun"),
        ("…", ""),
    ],
)
def test_a_spelling_is_compared_without_what_a_sentence_adds(words, folded):
    assert spelling(words) == folded


@pytest.mark.parametrize("value", [BATUMI, f"0{BATUMI}", "Batumi", "batum", " BATUMI "])
def test_a_filter_takes_an_id_or_a_name(value):
    assert ids_of(value, Counts({"batumi": {BATUMI: 1}})) == (BATUMI,)


def test_of_namesakes_those_the_corpus_has_are_meant_commonest_first():
    corpus = Counts({}, {}, {VALENCIA_ES: 1, VALENCIA_VE: 4})
    assert ids_of("Valencia", corpus) == (VALENCIA_VE, VALENCIA_ES)


def test_a_place_called_so_itself_is_meant_and_not_one_also_called_so():
    corpus = Counts({"poti": {BATUMI: 9}}, {}, {POTI: 1, BATUMI: 9})
    assert ids_of("Poti", corpus) == (POTI,)


def test_a_place_also_called_so_is_meant_where_none_is_called_so_itself():
    corpus = Counts({"poti": {BATUMI: 9}})
    assert ids_of("Poti", corpus) == (BATUMI,)


def test_a_place_the_corpus_lacks_is_still_a_place():
    assert ids_of("Batumi", Counts()) == (BATUMI,)


def test_a_place_of_a_row_is_known_by_id_and_name():
    corpus = Counts({}, {}, {"x:tern island": 2})
    assert ids_of("x:Tern  Island", corpus) == ids_of("tern island", corpus)


@pytest.mark.parametrize("value", ["", "x:", "Atlantropa", "²"])
def test_what_is_no_place_has_no_id(value):
    assert ids_of(value, Counts()) == ()


def test_a_place_is_called_as_in_the_gazetteer_or_else_as_in_the_corpus():
    corpus = Counts({"Tern Island": {"x:tern island": 2}})
    assert label_of(BATUMI, corpus) == "Batumi"
    assert label_of("x:tern island", corpus) == "Tern Island"
    assert label_of("x:wren rock", corpus) == "wren rock"


def test_the_ways_of_writing_are_the_commonest_first_and_once_each():
    corpus = Counts(
        {
            "Batoum": {BATUMI: 1},
            "Batumi": {BATUMI: 5},
            "BATUMI": {BATUMI: 2},
            "batum": {BATUMI: 3},
        }
    )
    assert ways_of_writing(BATUMI, corpus) == ("Batumi", "batum", "Batoum")


@pytest.mark.parametrize(("strange", "known"), [(2, False), (3, True)])
def test_a_few_articles_of_a_great_place_teach_no_spelling(strange, known):
    corpus = Counts({"batumi": {BATUMI: 400}, "port city": {BATUMI: strange}})
    assert ("port city" in ways_of_writing(BATUMI, corpus)) == known
    assert (ids_of("Port City", corpus) == (BATUMI,)) == known


def test_one_article_teaches_what_the_gazetteer_knows():
    corpus = Counts({"batumi": {BATUMI: 400}, "batum": {BATUMI: 1}})
    assert ways_of_writing(BATUMI, corpus) == ("batumi", "batum")


@pytest.mark.parametrize("value", ["Батуми", "باطومي", "巴统", "ბათუმი", "Batûmi"])
def test_a_name_is_known_in_other_scripts_and_with_marks(value):
    assert ids_of(value, Counts({"batumi": {BATUMI: 1}})) == (BATUMI,)

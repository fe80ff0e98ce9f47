"""Spellings that mean a place. Ids are the gazetteer's; counts are of articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from search.language.places import dominating, ids_of, label_of, spelling

BATUMI, NICE, VALENCIA_ES, VALENCIA_VE = "615532", "2990440", "2509954", "3625549"
POTI = "612366"


@dataclass
class Counts:
    """A corpus that is nothing but counts."""

    written: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)

    def places_written(self, spelling: str) -> Mapping[str, int]:
        return self.written.get(spelling, {})

    def spellings_of(self, place: str) -> Mapping[str, int]:
        found = {text: ids.get(place, 0) for text, ids in self.written.items()}
        return {text: count for text, count in found.items() if count}

    def articles_of(self, place: str) -> int:
        return self.named.get(place, sum(self.spellings_of(place).values()))

    def values_by_name(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        return {}

    def articles_with(self, words: str) -> int:
        return self.words.get(words, sum(self.places_written(words).values()))


def place_of(words: str, corpus: Counts) -> str | None:
    sense = dominating(words, corpus)
    return sense.place if sense else None


def test_words_mean_the_place_this_corpus_means_by_them():
    corpus = Counts({"batumi": {BATUMI: 3}, "batum": {BATUMI: 1}})
    assert place_of("Batum", corpus) == BATUMI


@pytest.mark.parametrize(("articles", "means"), [(4, True), (5, False)])
def test_half_of_the_articles_with_the_words_must_mean_the_place(articles, means):
    corpus = Counts({"batum": {BATUMI: 2}, "batumi": {BATUMI: 9}}, {"batum": articles})
    assert (place_of("batum", corpus) is not None) == means


@pytest.mark.parametrize(("rival", "means"), [(2, True), (3, False)])
def test_no_second_place_may_have_a_comparable_claim(rival, means):
    written = {"poti": {BATUMI: 8, "1": rival}, "batumi": {BATUMI: 1}}
    assert (place_of("poti", Counts(written)) is not None) == means


def test_common_vocabulary_means_no_place():
    corpus = Counts({"nice": {NICE: 5}, "nizza": {NICE: 5}})
    assert place_of("nice", corpus) is None
    assert place_of("nizza", corpus) == NICE


def test_a_surname_that_two_great_places_have_means_no_place():
    corpus = Counts({"washington": {"4140963": 9}, "washington d.c.": {"4140963": 9}})
    assert place_of("washington", corpus) is None


@pytest.mark.parametrize(("articles", "means"), [(10, True), (11, False)])
def test_a_surname_must_mean_the_place_nearly_always(articles, means):
    written = {"london": {"2643743": 9}, "londres": {"2643743": 1}}
    corpus = Counts(written, {"london": articles})
    assert (place_of("london", corpus) is not None) == means


def test_a_place_written_one_way_only_needs_nothing_beside():
    assert dominating("batumi", Counts({"batumi": {BATUMI: 3}})) is None


def test_a_spelling_the_corpus_lacks_is_known_by_the_gazetteer():
    assert place_of("batum", Counts({"batumi": {BATUMI: 3}})) == BATUMI


def test_a_spelling_that_only_stands_for_something_else_means_no_place():
    corpus = Counts({"batumi": {BATUMI: 3}}, {"batum": 7})
    assert place_of("batum", corpus) is None


def test_the_other_spellings_are_the_commonest_first_and_once_each():
    corpus = Counts(
        {
            "Batoum": {BATUMI: 1},
            "Batumi": {BATUMI: 5},
            "BATUMI": {BATUMI: 2},
            "batum": {BATUMI: 3},
        }
    )
    sense = dominating("batum", corpus)
    assert sense is not None
    assert sense.also == ("Batumi", "Batoum")


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


@pytest.mark.parametrize("value", [BATUMI, "Batumi", "batum", " BATUMI "])
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
    assert ids_of("x:Tern Island", corpus) == ids_of("tern island", corpus)


@pytest.mark.parametrize("value", ["", "x:", "Atlantropa", "²"])
def test_what_is_no_place_has_no_id(value):
    assert ids_of(value, Counts()) == ()


def test_a_place_is_called_as_in_the_gazetteer_or_else_as_in_the_corpus():
    corpus = Counts({"Tern Island": {"x:tern island": 2}})
    assert label_of(BATUMI, corpus) == "Batumi"
    assert label_of("x:tern island", corpus) == "Tern Island"
    assert label_of("x:wren rock", corpus) == "wren rock"

"""Which place words mean. Ids are the gazetteer's; counts are of articles."""

from __future__ import annotations

import pytest

from search.language.senses import Doubt, sense_of
from tests.counted_corpus import Counts

BATUMI, NICE, WASHINGTON, STATE = "615532", "2990440", "4140963", "5815135"
GERMANY, LONDON = "2921044", "2643743"


def place_of(words: str, corpus: Counts) -> str | None:
    sense = sense_of(words, corpus)
    return sense.place if sense and not sense.doubt else None


def doubt_of(words: str, corpus: Counts) -> Doubt | None:
    sense = sense_of(words, corpus)
    assert sense is not None
    return sense.doubt


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
    assert doubt_of("nice", corpus) is Doubt.COMMON
    assert place_of("nizza", corpus) == NICE


def test_a_surname_that_two_great_places_have_means_no_place():
    written = {"washington": {WASHINGTON: 9}, "washington d.c.": {WASHINGTON: 9}}
    assert doubt_of("washington", Counts(written)) is Doubt.NAMESAKE


@pytest.mark.parametrize(("articles", "means"), [(10, True), (11, False)])
def test_a_surname_must_mean_the_place_nearly_always(articles, means):
    written = {"london": {"2643743": 9}, "londres": {"2643743": 1}}
    corpus = Counts(written, {"london": articles})
    assert (place_of("london", corpus) is not None) == means


def test_a_place_written_one_way_only_needs_nothing_beside():
    assert doubt_of("batumi", Counts({"batumi": {BATUMI: 3}})) is Doubt.ALONE


def test_a_spelling_the_corpus_lacks_is_known_by_the_gazetteer():
    assert place_of("batum", Counts({"batumi": {BATUMI: 3}})) == BATUMI


def test_a_spelling_that_only_stands_for_something_else_means_no_place():
    corpus = Counts({"batumi": {BATUMI: 3}}, {"batum": 7})
    assert place_of("batum", corpus) is None


def test_an_obscure_name_of_three_letters_is_an_acronym_unless_a_country_has_it():
    written = {"bec": {"2761369": 4}, "wien": {"2761369": 4}}
    assert doubt_of("bec", Counts(written)) is Doubt.ELSE
    written = {"uae": {"290557": 4}, "emirates": {"290557": 4}}
    assert place_of("uae", Counts(written)) == "290557"


def test_a_smaller_namesake_contests_no_surname():
    written = {"odessa": {"698740": 9}, "odesa": {"698740": 9}}
    assert place_of("odessa", Counts(written)) == "698740"


def test_the_district_of_a_city_contests_it_not():
    written = {"paris": {"2988507": 9}, "parigi": {"2988507": 1}}
    assert place_of("paris", Counts(written)) == "2988507"


def test_nothing_called_so_is_no_sense():
    assert sense_of("atlantropa", Counts()) is None


@pytest.mark.parametrize("word", ["nice", "reading", "turkey", "mobile"])
def test_words_that_are_also_common_vocabulary_are_doubtful_everywhere(word):
    assert doubt_of(word, Counts()) is Doubt.COMMON


def test_a_longer_spelling_speaks_for_the_words_in_it():
    written = {"germany": {GERMANY: 1}, "west germany": {GERMANY: 9}}
    known = {**written, "allemagne": {GERMANY: 1}}
    assert place_of("germany", Counts(known, {"germany": 10})) == GERMANY


def test_a_longer_spelling_is_no_other_one():
    written = {"germany": {GERMANY: 9}, "west germany": {GERMANY: 9}}
    assert doubt_of("germany", Counts(written)) is Doubt.ALONE
    assert place_of("west germany", Counts(written)) == GERMANY


def test_a_place_that_no_article_names_is_not_meant():
    assert doubt_of("batumi", Counts({}, {"batumi": 3})) is Doubt.ABSENT


def test_articles_that_mostly_mean_something_else_are_told():
    corpus = Counts({"batum": {BATUMI: 2}, "batumi": {BATUMI: 9}}, {"batum": 9})
    assert doubt_of("batum", corpus) is Doubt.ELSE


def test_a_name_of_people_is_told_from_a_place():
    corpus = Counts({"london": {LONDON: 5}, "londres": {LONDON: 5}}, {"london": 10})
    assert doubt_of("london", corpus) is Doubt.PERSON


def test_a_doubtful_place_is_offered_where_a_quarter_of_the_articles_mean_it():
    written = {"nice": {NICE: 1}, "nizza": {NICE: 5}}
    offered = [sense_of("nice", Counts(written, {"nice": n})) for n in (4, 5)]
    assert [sense and sense.offered for sense in offered] == [(NICE,), ()]


def test_namesakes_are_offered_likeliest_first():
    written = {"washington": {WASHINGTON: 9, STATE: 5}}
    sense = sense_of("washington", Counts(written))
    assert sense is not None
    assert sense.offered == (WASHINGTON, STATE)


def test_nothing_is_offered_where_the_words_mean_the_place():
    sense = sense_of("batum", Counts({"batum": {BATUMI: 1}, "batumi": {BATUMI: 1}}))
    assert sense is not None
    assert sense.offered == ()

"""Text to tokens."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.language.analyzers import (
    EXACT,
    GAP,
    GAP_POSITIONS,
    LONGEST_TOKEN,
    TITLE_END,
    WORDS,
    Words,
)


def tokens(text: str, words: Words = WORDS) -> list[str]:
    return [token.text for token in words(text)]


def positions(text: str) -> list[tuple[str, int]]:
    return [(token.text, token.pos) for token in WORDS(text, positions=True)]


@pytest.mark.parametrize(
    "written",
    ["Norway's fleet", "Norway’s fleet", "Norway s fleet", "NORWAY S FLEET"],
)
def test_a_possessive_is_no_part_of_a_word_nor_a_word_of_its_own(written):
    assert positions(written) == [("norway", 0), ("fleet", 1)]


@pytest.mark.parametrize("written", ["don't", "don’t", "don t", "dont", "DON'T"])
def test_a_lost_apostrophe_of_a_negation_leaves_one_word(written):
    assert tokens(written) == ["dont"]


def test_a_t_after_another_word_is_a_word():
    assert tokens("model t cells") == ["model", "t", "cell"]


@pytest.mark.parametrize("written", ["S&P", "s-class", "George S Patton"])
def test_an_s_that_is_something_else_is_a_word(written):
    assert "s" in tokens(written)


@pytest.mark.parametrize("written", ["O'Hara", "O’Hara", "OʼHara", "Oʻhara", "Ohara"])
def test_inner_apostrophes_are_dropped(written):
    assert tokens(written) == ["ohara"]


def test_quotation_marks_around_a_word_are_no_part_of_it():
    assert tokens("‘quoted’ 'words'") == ["quot", "word"]


@pytest.mark.parametrize(
    "written", ["U.S.", "U.S", "US", "USA", "U.S.A.", "u.s.", "US's"]
)
def test_the_country_has_one_token(written):
    assert tokens(written) == ["usa"]


def test_the_pronoun_is_not_the_country():
    assert tokens("tell us") == ["tell", "us"]


def test_the_question_is_not_the_organisation():
    assert tokens("who")[0] not in tokens("WHO W.H.O.")


def test_a_dotted_acronym_is_the_undotted_one():
    assert tokens("the U.N. envoy") == tokens("the UN envoy")


def test_an_acronym_at_the_end_of_a_sentence_leaves_the_next_word_alone():
    assert tokens("in the U.S.The") == ["in", "the", "usa", "the"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1,200", ["1200"]),
        ("1,200.50", ["1200.50"]),
        ("3.5bn", ["3.5bn"]),
        ("10:30", ["10", "30"]),
        ("1,2,3", ["1", "2", "3"]),
        ("2016.Then", ["2016", "then"]),
    ],
)
def test_numbers_keep_their_value(written, expected):
    assert tokens(written) == expected


def test_accents_and_case_are_folded():
    assert tokens("Müller ŁÓDŹ Straße") == tokens("muller lodz strasse")


def test_a_word_written_with_combining_marks_is_the_same_word():
    assert tokens("caf\u0065\u0301") == tokens("cafe") == tokens("café")


def test_invisible_characters_do_not_cut_a_word():
    assert tokens("har\u00adbour\u200b") == ["harbour"]


def test_endings_are_stemmed_in_english_letters_only():
    assert tokens("harbours Häfen гавани بحر") == ["harbour", "hafen", "гавани", "بحر"]


def test_a_name_is_not_the_singular_of_itself():
    assert tokens("Hamas Hama") == ["hamas", "hama"]


def test_the_exact_form_keeps_accents_endings_and_apostrophes():
    assert tokens("Häfen O’Hara’s running", EXACT) == ["häfen", "o'hara", "running"]


def test_words_are_cut_at_the_longest_token():
    assert tokens("x" * 1000) == ["x" * LONGEST_TOKEN]


def test_scripts_without_spaces_become_pairs_and_a_last_one():
    assert tokens("東京都BBC港") == ["東京", "京都", "都", "bbc", "港"]


def test_a_phrase_in_such_a_script_ends_with_its_last_pair():
    assert WORDS.phrase("東京都") == ("東京", "京都")


def test_underscores_part_words():
    assert tokens("_very_ snake_case") == ["veri", "snake", "case"]


def test_a_gap_keeps_blocks_apart():
    assert positions(f"a{GAP}b") == [("a", 0), ("b", GAP_POSITIONS + 1)]


def test_words_of_a_title_count_twice_in_their_place():
    assert positions(f"tea{TITLE_END}cup") == [
        ("tea", 0),
        ("tea", 0),
        ("cup", GAP_POSITIONS + 1),
    ]


def test_analyzers_survive_being_copied_with_a_schema():
    assert tokens("Harbours", pickle.loads(pickle.dumps(EXACT))) == ["harbours"]  # noqa: S301


@given(st.text())
@settings(deadline=None)
def test_offsets_lie_in_the_text_and_in_order(text):
    spans = [(token.startchar, token.endchar) for token in WORDS(text, chars=True)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text())
@settings(deadline=None)
def test_positions_never_go_back(text):
    found = [token.pos for token in WORDS(text, positions=True)]
    assert found == sorted(found)


@given(st.text())
@settings(deadline=None)
def test_exact_and_stemmed_words_stand_at_the_same_positions(text):
    stemmed = [token.pos for token in WORDS(text, positions=True)]
    assert [token.pos for token in EXACT(text, positions=True)] == stemmed


@given(st.text(alphabet="USus.'’ \u00a0tdon1,.天"))
@settings(deadline=None)
def test_a_token_is_the_same_the_second_time(text):
    assert tokens(text, Words()) == tokens(text)

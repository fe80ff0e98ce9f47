from __future__ import annotations

import tracemalloc
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.columnar.article_fields import clean
from search.engines.columnar.tokens import Tokens
from search.language.analyzers import EXACT, WORDS
from tests.columnar_model import texts
from tests.trying import examples


def found(tokens: Tokens, text: str) -> tuple[list[str], list[str]]:
    """Return the words and the words as written that ``tokens`` finds."""
    codes = np.array([*tokens.codes(text)], np.int32)
    pairs, _ = tokens.expand(codes, np.array([len(codes)]))
    words, exact = [*tokens.words], [*tokens.exact]
    return (
        [words[i] for i in tokens.words_of_pairs()[pairs]],
        [exact[i] for i in tokens.exact_of_pairs()[pairs]],
    )


def analyzed(text: str) -> tuple[list[str], list[str]]:
    """Return what the analyzers find in the whole text, positions without a gap."""
    both = []
    for analyzer in (WORDS, EXACT):
        tokens = [(token.text, token.pos) for token in analyzer(text, positions=True)]
        assert [at for _, at in tokens] == [*range(len(tokens))]
        both.append([text for text, _ in tokens])
    return both[0], both[1]


@examples(250)
@given(st.lists(texts.map(clean), min_size=1, max_size=4))
def test_texts_in_a_row_have_the_tokens_the_analyzers_find(many):
    tokens = Tokens()
    assert [found(tokens, text) for text in many] == [analyzed(text) for text in many]


def test_a_lone_letter_is_read_with_the_word_before_it():
    tokens = Tokens()
    for text in ("s", "Syria s", "s Syria", "don t", "don\u00a0t", "t s", "Syria  s"):
        assert found(tokens, text) == analyzed(text)


@given(st.text("abcXYZ0129", min_size=1, max_size=8), texts.map(clean))
def test_punctuation_and_a_capital_leave_a_words_tokens_as_they_are(word, other):
    tokens = Tokens()
    for text in (word, f"({word}),", word.title(), f"{other} {word} {other}"):
        assert found(tokens, text) == analyzed(text)


def test_what_is_much_is_forgotten_between_segments(monkeypatch):
    monkeypatch.setattr("search.engines.columnar.tokens._MUCH", 0)
    tokens = Tokens()
    found(tokens, "one two")
    tokens.trim()
    assert (len(tokens.words), tokens.held) == (0, 0)


def held_and_real(texts: list[str]) -> tuple[int, int]:
    """Return how much new tokens of ``texts`` say they hold, and how much it is."""
    tracemalloc.start()
    tokens = Tokens()
    for text in texts:
        tokens.codes(text)
    real, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return tokens.held, real


def test_what_is_held_of_sentences_without_spaces_is_counted():
    random = Random(1)
    letters = [chr(0x4E00 + n) for n in range(40)]
    held, real = held_and_real(
        ["".join(random.choices(letters, k=500)) for _ in range(300)]
    )
    assert 0.7 * real < held < 1.5 * real


def test_what_is_held_of_words_is_counted():
    held, real = held_and_real([f"kestrel{n}" for n in range(9_000)])
    assert 0.7 * real < held < 1.5 * real


def test_ends_are_counted_in_tokens():
    tokens = Tokens()
    codes = np.array([*tokens.codes("a - b-c d")], np.int32)
    _, ends = tokens.expand(codes, np.array([0, 1, 2, 3, 4]))
    assert ends.tolist() == [0, 1, 1, 3, 4]

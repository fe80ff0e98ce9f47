"""What the pieces shown of an article promise, whatever was asked of it."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import And, Not, Or, Phrase, Term
from whoosh.query import Query as Tree

from search.language.schema import SCHEMA
from search.matching import Wanted
from search.model import Article, Marks, Removed, Snippet
from search.sentences import sentences
from search.snippets import MAX_CHARACTERS, Weights, lead, snippets
from tests.factories import article, place


def stem(word: str, field: str = "text") -> str:
    return str(next(iter(SCHEMA[field].analyzer(word))).text)


def word(text: str, field: str = "text") -> Term:
    return Term(field, stem(text, field))


def phrase(text: str, slop: int = 1) -> Phrase:
    return Phrase("text", [stem(part) for part in text.split()], slop)


def shown(made: Article, tree: Tree, number: int = 3) -> tuple[Snippet, ...]:
    return snippets(Wanted.of(tree).found_in(made), number, Weights(lambda *_: 1.0))


def marks(made: Article, tree: Tree) -> Marks:
    return Wanted.of(tree).found_in(made).marks


def marked(made: Article, tree: Tree) -> list[str]:
    return [made.text[start:end] for start, end in marks(made, tree).text]


LONG = "One two three. " * 20


# What is marked


def test_inflected_forms_are_marked() -> None:
    made = article(text="The ferry left. Ferries leave daily.")
    assert marked(made, word("ferries")) == ["ferry", "Ferries"]


def test_a_phrase_is_marked_as_one_and_its_lone_words_are_not() -> None:
    made = article(text="The night ferry passed another ferry at night.")
    assert marked(made, phrase("night ferry")) == ["night ferry"]


def test_of_a_loose_phrase_the_words_are_marked() -> None:
    made = article(text="The ferry of the night.")
    assert marked(made, phrase("ferry night", slop=3)) == ["ferry", "night"]


def test_denied_words_are_not_marked() -> None:
    made = article(text="A ferry in the storm.")
    assert marked(made, And([word("ferry"), Not(word("storm"))])) == ["ferry"]


def test_words_of_the_title_field_are_not_marked_in_the_text() -> None:
    made = article(title="Ferry", text="A ferry.")
    found = marks(made, word("ferry", "title"))
    assert (found.title, found.text) == (((0, 5),), ())


def test_an_exact_word_leaves_other_forms_alone() -> None:
    made = article(text="The ferry left. Ferries leave.")
    assert marked(made, word("ferries", "exact")) == ["Ferries"]


def test_a_place_is_marked_however_it_is_written() -> None:
    town = place("7", "Utvik", "1", as_written=("Utvík",), spans=((7, 12),))
    made = article(title="In Utvík", text="Before Utvík fell", places=(town,))
    found = marks(made, Term("place", "7"))
    assert (found.title, found.text) == (((3, 8),), ((7, 12),))


def test_a_place_is_marked_where_what_it_lies_in_is_asked_for() -> None:
    town = place("7", "Utvik", "1", spans=((7, 12),))
    made = article(text="Before Utvik fell", places=(town,))
    assert marked(made, Term("place", "1")) == ["Utvik"]


def test_overlapping_matches_are_one_mark() -> None:
    made = article(text="the night ferry")
    tree = Or([phrase("night ferry"), word("ferry")])
    assert marked(made, tree) == ["night ferry"]


def test_no_mark_reaches_into_the_next_paragraph() -> None:
    made = article(text="the night\n\nferry")
    assert marked(made, phrase("night ferry")) == ["night", "ferry"]


# The words of a loose phrase, told apart by where they stand.
few = st.lists(st.sampled_from(("ferry", "storm", "night")), min_size=2)


def chains(phrase: list[str], text: list[str], slop: int) -> list[tuple[int, ...]]:
    """Return every way the phrase stands in the text, by trying them all."""
    places = [[i for i, there in enumerate(text) if there == word] for word in phrase]
    return [
        found
        for found in product(*places)
        if all(0 < b - a <= slop for a, b in pairwise(found))
    ]


@given(few.filter(lambda words: len(words) < 5), few, st.integers(1, 4))
def test_of_a_loose_phrase_all_ends_are_marked_and_no_word_outside_of_it(
    words: list[str], text: list[str], slop: int
) -> None:
    text = text[:12]
    found = chains(words, text, slop)
    made = article(title=None, text=" ".join(text))
    edges = marks(made, phrase(" ".join(words), slop)).text
    starts = [len(" ".join([*text[:i], ""])) for i in range(len(text))]
    shown = {i for i, at in enumerate(starts) if any(a <= at < b for a, b in edges)}
    assert {chain[-1] for chain in found} <= shown <= {i for c in found for i in c}


def test_what_chrome_was_asked_for_is_marked_in_each_removed_block() -> None:
    blocks = (Removed("Kestrel offers", "menu"), Removed("More", "menu"))
    made = article(text="kestrel", removed=blocks)
    assert marks(made, word("kestrel", "chrome")) == Marks((), (), (((0, 7),), ()))


# What is shown


def test_the_sentence_that_shows_most_words_is_taken() -> None:
    made = article(text="A ferry. A storm. A ferry in a storm.")
    pieces = shown(made, And([word("ferry"), word("storm")]))
    assert [piece.text for piece in pieces] == ["A ferry in a storm."]


def test_words_far_apart_are_shown_in_pieces_in_the_order_of_the_text() -> None:
    made = article(text=f"A storm rose. {LONG}\n\nA ferry sank. {LONG}")
    pieces = shown(made, And([word("ferry"), word("storm")]))
    assert [(piece.text, piece.paragraph) for piece in pieces] == [
        ("A storm rose.", 1),
        ("A ferry sank.", 2),
    ]


def test_a_rare_word_goes_before_a_common_one() -> None:
    made = article(text="A ferry came. A storm came.")
    found = Wanted.of(Or([word("ferry"), word("storm")])).found_in(made)
    pieces = snippets(found, 1, Weights(lambda _, term: {"storm": 5.0}.get(term, 1.0)))
    assert pieces[0].text == "A storm came."


def test_words_asked_for_side_by_side_are_shown_side_by_side() -> None:
    made = article(text="A ferry at night. A night ferry.")
    pieces = shown(made, And([word("night"), word("ferry")]), number=1)
    assert pieces[0].text == "A night ferry."


def test_a_long_sentence_is_cut_at_words_with_an_ellipsis() -> None:
    made = article(text="the " * 100 + "ferry" + " sailed" * 100)
    piece = shown(made, word("ferry"))[0]
    assert (piece.text[0], piece.text[-1], piece.text[-8:-1]) == ("…", "…", " sailed")


def test_what_matches_only_elsewhere_shows_the_beginning() -> None:
    made = article(title="Ferry", text="A storm rose. It fell.")
    assert shown(made, word("ferry")) == (Snippet("body", "A storm rose.", (), 1),)


def test_page_furniture_is_shown_where_it_was_asked_for() -> None:
    made = article(removed=(Removed("Kestrel offers", "menu"),))
    pieces = shown(made, word("kestrel", "chrome"))
    assert pieces == (Snippet("chrome", "Kestrel offers", ((0, 7),)),)


def test_a_byline_is_shown_where_it_was_asked_for() -> None:
    pieces = shown(article(authors=("Ann Ex", "Bo Wye")), word("wye", "byline"))
    assert pieces == (Snippet("byline", "Ann Ex; Bo Wye", ((11, 14),)),)


def test_an_article_without_text_has_no_snippet() -> None:
    assert shown(article(text=""), word("ferry")) == ()


WORDS = st.sampled_from(
    ("ferry", "storm", "Mr.", "night", "ferries.", "é" * 30, "東京")
)
GAPS = st.sampled_from((" ", " ", " ", "\n\n", ", "))
texts = st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=120).map(
    lambda parts: "".join(word + gap for word, gap in parts).strip(" \n,")
)
TREE = Or([word("ferry"), word("storm"), phrase("night ferry")])


@given(texts, st.integers(1, 5))
def test_snippets_are_short_and_never_empty(text: str, number: int) -> None:
    pieces = shown(article(text=text), TREE, number)
    assert 1 <= len(pieces) <= min(3, number)
    assert sum(len(piece.text) for piece in pieces) <= MAX_CHARACTERS
    assert all(piece.text.strip("…") for piece in pieces)


@given(texts)
def test_ranges_lie_inside_in_order_and_apart(text: str) -> None:
    for piece in shown(article(text=text), TREE):
        edges = [edge for pair in piece.ranges for edge in pair]
        assert edges == sorted(set(edges))
        assert not edges or (edges[0] >= 0 and edges[-1] <= len(piece.text))


@given(texts)
def test_no_word_is_broken(text: str) -> None:
    words = set(text.split())
    for piece in shown(article(text=text), TREE):
        assert set(piece.text.strip("…").split()) <= words


@given(texts)
def test_a_piece_is_taken_from_the_paragraph_it_names(text: str) -> None:
    paragraphs = article(text=text).paragraphs
    for piece in shown(article(text=text), TREE):
        assert piece.text.strip("…") in paragraphs[(piece.paragraph or 0) - 1]


@given(texts)
def test_marks_lie_inside_in_order_and_apart(text: str) -> None:
    edges = [edge for pair in marks(article(text=text), TREE).text for edge in pair]
    assert edges == sorted(set(edges))


# Sentences and leads


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Crane and Mr. J. B. Wye met on Nov. 3 in St. Ives.",
        "The U.S. envoy left at 3 p.m. on Monday.",
        "Shares of Bay Corp. rose 3.5 pct.",
        "“Leave now!” he said.",
        "It was No. 3 of 10.",
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    assert [*sentences(text)] == [(0, len(text))]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("He said no. She left.", 2),
        ("“Go!” He went.", 2),
        ("One\n\ntwo", 2),
        ("東京は雨。大阪は晴れ。", 2),
        ("Really?! Yes.", 2),
        ("  \n\n ", 0),
    ],
)
def test_sentences_end_at_their_marks(text: str, number: int) -> None:
    assert len([*sentences(text)]) == number


@given(st.text(alphabet=st.sampled_from(" .!?\n\"'aB。3")))
def test_sentences_hold_all_that_is_no_space(text: str) -> None:
    kept = "".join(text[start:end] for start, end in sentences(text))
    assert "".join(kept.split()) == "".join(text.split())


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    assert lead("word " * 100).endswith("word…")

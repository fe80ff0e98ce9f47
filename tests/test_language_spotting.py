"""Words asked for are found where the analyzer finds them, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.language.analyzers import EXACT, WORDS, Words
from search.language.spotting import Spotter
from tests.trying import examples

PIECES = (
    *("dying", "die", "lie", "lying", "skies", "sky", "shi'ite", "Shi’ite", "O'Brien"),
    *(
        "U.S.",
        "US",
        "USA",
        "W.H.O.",
        "who",
        "c.i.a.",
        "CIA",
        "1,200",
        "1200",
        "1,200.5",
    ),
    *("Straße", "strasse", "Müller", "MULLER", "İzmir", "naïve", "mañana", "ﬁne"),
    *("l'Alpha", "alpha", "Alpha-beta", "alpha_beta", "天気", "alpha天気"),
    *("don't", "don t", "dont", "won t", "Syria s", "SYRIA S", "s", "t"),
    *("possibility", "possibly", "price", "pricing", "early", "operator", "operation"),
    *("re\u00adopened", "—", "*", "\x1e", "\x1d", "\n\n", "\u00a0"),
)
fragments = st.text(alphabet="abdeistDIE'’.,-_ ", max_size=6)
texts = st.lists(st.sampled_from(PIECES) | fragments).map(" ".join)


@given(texts, st.sampled_from((WORDS, EXACT)), st.data())
@examples(150)
@example("a don t b", WORDS, None)
def test_words_asked_for_stand_where_they_stand_among_all_words(
    text: str, words: Words, data: st.DataObject | None
) -> None:
    every = list(words.occurrences(text, 0, len(text)))
    known = sorted({token.text for token in every})
    asked = (
        frozenset(data.draw(st.lists(st.sampled_from(known), max_size=3)))
        if data is not None and known
        else frozenset(known[:2])
    )
    found = Spotter(words, asked, 0).spot(text)
    wanted = [token[:3] for token in every if token.text in asked]
    assert [token[:3] for token in found] == wanted


@given(texts, st.integers(1, 20), st.data())
@examples(150)
def test_words_near_each_other_are_as_far_apart_as_they_are(
    text: str, apart: int, data: st.DataObject
) -> None:
    every = list(WORDS.occurrences(text, 0, len(text)))
    known = sorted({token.text for token in every})
    asked = frozenset(data.draw(st.lists(st.sampled_from(known)))) if known else set()
    place = {token.start: token.position for token in every}
    for one, other in pairwise(Spotter(WORDS, asked, apart).spot(text)):
        true = place[other.start] - place[one.start]
        seen = other.position - one.position
        assert seen == true if true <= apart else seen > apart


@pytest.mark.parametrize("text", ["", "alpha", "no such word " * 50])
def test_what_is_not_there_is_not_found(text: str) -> None:
    assert Spotter(WORDS, frozenset({"beta"}), 3).spot(text) == []

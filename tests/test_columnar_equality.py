"""The columnar engine matches and scores as Whoosh does, over any segments and deletes.

What is compared, and where the engine means to differ: tests/equality/judging.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.fields import NUMERIC, Schema

from tests.equality import corpora
from tests.equality.asking import Asker
from tests.equality.corpora import GENERIC, Corpus
from tests.equality.judging import Judge
from tests.trying import examples

MAKERS: dict[str, tuple[Callable[[Random], Corpus], int]] = {
    "small": (lambda random: corpora.small(random, 30), 25),
    "newspaper": (lambda random: corpora.newspaper(random, 40), 25),
    "uneven": (lambda random: corpora.uneven(random, 1_000), 10),
    "zipf": (lambda random: corpora.zipf(random, 150), 15),
    "sample": (corpora.bundled, 3),
    "long": (lambda random: corpora.long(random, 2), 6),
}
randoms = st.randoms(use_true_random=False)


def asker(judge: Judge, random: Random) -> Asker:
    return Asker(random, judge.corpus.schema, judge.words())


@contextmanager
def judged(corpus: Corpus, parts: int) -> Iterator[Judge]:
    with TemporaryDirectory() as folder:
        yield Judge(corpus, parts, Path(folder))


@pytest.mark.slow
@pytest.mark.parametrize("parts", [1, 3, 10])
@pytest.mark.parametrize("name", MAKERS)
def test_queries_find_and_score_what_whoosh_does(
    name: str, parts: int, tmp_path: Path
) -> None:
    make, number = MAKERS[name]
    random = Random(f"{name} {parts}")
    judge = Judge(make(random), parts, tmp_path)
    asking = asker(judge, random)
    trees = [asking.tree() for _ in range(number)]
    within = [tree for tree in trees if not judge.is_cut(tree)]
    assert {
        repr(tree): judge.faults(tree) for tree in within if judge.faults(tree)
    } == {}


@pytest.mark.slow
@examples(20)
@given(randoms, st.sampled_from([1, 3, 10]), st.booleans())
def test_no_query_is_answered_other_than_whoosh_does(
    random: Random, parts: int, product: bool
) -> None:
    corpus = (corpora.newspaper if product else corpora.small)(random, 12)
    with judged(corpus, parts) as judge:
        assert judge.faults(asker(judge, random).tree()) == []


@pytest.mark.slow
@examples(15)
@given(randoms, st.sampled_from([1, 3]))
def test_what_whoosh_alone_can_match_is_matched_by_it(
    random: Random, parts: int
) -> None:
    with judged(corpora.small(random, 12), parts) as judge:
        assert judge.faults(asker(judge, random).rare()) == []


@pytest.mark.slow
@examples(2)
@given(st.integers(0, 1 << 32), st.sampled_from([1, 3, 10]))
def test_no_best_are_other_than_whooshs(seed: int, parts: int) -> None:
    random = Random(seed)
    with judged(corpora.uneven(random, 900), parts) as judge:
        asking = asker(judge, random)
        for tree in [asking.tree() for _ in range(20)]:
            assert judge.is_cut(tree) or judge.faults(tree) == []


@pytest.mark.parametrize("parts", [1, 3, 10])
def test_the_best_of_every_word_are_whooshs(parts: int, tmp_path: Path) -> None:
    judge = Judge(corpora.uneven(Random(parts), 1_000), parts, tmp_path)
    terms = [q.Term("text", word) for word in judge.words(24)["text"]]
    trees = [*terms, *map(q.Or, pairwise(terms)), *map(q.And, pairwise(terms))]
    assert {repr(tree): found for tree in trees if (found := judge.faults(tree))} == {}


def documents(*texts: str) -> Corpus:
    return Corpus("texts", GENERIC, tuple({"text": text} for text in texts))


def test_a_phrase_is_found_beyond_position_65_535() -> None:
    far = " ".join(["ant"] * 70_000 + ["bee", "cow"])
    with judged(documents(far, "bee ant cow"), 1) as judge:
        assert set(judge.ours(q.Phrase("text", ["bee", "cow"]))) == {0}


@pytest.mark.parametrize("often", [254, 255, 256, 1_000])
def test_a_word_that_occurs_hundreds_of_times_scores_as_in_whoosh(often: int) -> None:
    with judged(documents("ant " * often + "bee", "ant", "bee cow"), 2) as judge:
        assert judge.faults(q.Term("text", "ant")) == []


def test_the_highest_score_of_a_best_of_several_counts() -> None:
    with judged(documents("ant bee", "bee", "cow"), 1) as judge:
        one, two = q.Term("text", "ant"), q.Term("text", "bee", boost=0.1)
        found = judge.ours(q.DisjunctionMax([one, two]))
        assert found[0] == judge.ours(one)[0]


def test_what_is_required_and_nowhere_leaves_nothing() -> None:
    with judged(documents("ant", "ant bee"), 1) as judge:
        nowhere = q.Require(q.Term("text", "ant"), q.Term("text", "cow"))
        assert judge.ours(nowhere) == {}


def test_a_range_below_an_unsigned_number_has_an_end() -> None:
    schema = Schema(size=NUMERIC(int, bits=64, signed=False))
    sizes = Corpus("sizes", schema, tuple({"size": n} for n in (5, 50, 500)))
    with judged(sizes, 1) as judge:
        assert set(judge.ours(q.NumericRange("size", None, 50))) == {0, 1}


def test_a_keyword_that_is_there_twice_scores_twice() -> None:
    tagged = Corpus("tags", GENERIC, ({"tags": "ant ant"}, {"tags": "ant"}))
    with judged(tagged, 1) as judge:
        assert judge.ours(q.Term("tags", "ant")) == {0: 2.0, 1: 1.0}


def test_a_pattern_scores_its_boost_however_many_words_it_stands_for() -> None:
    with judged(documents("ant antler", "ant"), 1) as judge:
        assert judge.ours(q.Prefix("text", "ant", boost=3.0)) == {0: 3.0, 1: 3.0}


def test_what_is_denied_adds_nothing_to_a_score() -> None:
    with judged(documents("ant", "ant bee", "cow"), 1) as judge:
        ant = q.Term("text", "ant")
        found = judge.ours(q.And([ant, q.Not(q.Term("text", "bee"))]))
        assert found == {0: judge.ours(ant)[0]}

"""Which articles of an index are copies, however they came into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.reprints import forms, printing, prose
from search.copies.pairs import copied
from search.copies.shingles import Shingled
from search.engine import Searcher
from search.engines import open_searcher, open_writer
from search.engines.columnar import tiers
from search.engines.columnar.grouping import candidates, settled, texts
from search.model import Article, Kind, Query
from tests.conftest import Engine
from tests.factories import article
from tests.near_copies import groups_of
from tests.trying import examples

COPIES = Query(group="copy", per_page=100, kinds=())


def story(seed: int, words: int = 200) -> list[str]:
    """Return an invented story, the same for a seed."""
    return prose.story(Random(seed), words)


def printed(id_: str, paragraphs: Sequence[str], **changes: object) -> Article:
    return article(id=id_, text="\n\n".join(paragraphs), **changes)


def groups(searcher: Searcher) -> set[frozenset[str]]:
    """Return the groups of two and more, as ids."""
    hits = searcher.search(COPIES).hits
    return {
        frozenset((hit.id, *(copy.id for copy in hit.group.copies)))
        for hit in hits
        if hit.group
    }


# What is a copy


def test_a_story_cut_to_a_third_is_a_copy(engine: Engine) -> None:
    whole = story(1, 300)
    searcher = engine(printed("a", whole), printed("b", printing.trimmed(whole, 0.35)))
    assert groups(searcher) == {frozenset("ab")}


def test_a_passage_in_a_long_article_is_a_copy(engine: Engine) -> None:
    short, own = story(1, 90), story(2, 900)
    searcher = engine(printed("a", short), printed("b", [*own[:5], *short, *own[5:]]))
    assert groups(searcher) == {frozenset("ab")}


@pytest.mark.parametrize(
    ("first", "letters"),
    [("\u4e00", 2), ("\u3042", 2), ("\u0e01", 5), ("\u1000", 5)],
    ids=["Chinese", "Japanese", "Thai", "Burmese"],
)
def test_stories_of_the_same_words_without_spaces_are_no_copies(
    engine: Engine, first: str, letters: int
) -> None:
    random = Random(5)
    alphabet = [chr(ord(first) + number) for number in range(40)]
    known = ["".join(random.choices(alphabet, k=letters)) for _ in range(30)]
    one, other = ("".join(random.choices(known, k=200)) for _ in range(2))
    cut = one[: len(one) // 2]
    searcher = engine(printed("a", [one]), printed("b", [other]), printed("c", [cut]))
    assert groups(searcher) == {frozenset("ac")}


@pytest.mark.parametrize("foreign", ["\u0e01", "\u4e00"])
def test_a_word_of_another_script_takes_nothing_from_the_rest(
    engine: Engine, foreign: str
) -> None:
    text = [*story(3, 62), foreign]
    searcher = engine(printed("a", text), printed("b", [*text, "Reported today."]))
    (group,) = (hit.group for hit in searcher.search(COPIES).hits)
    assert group is not None
    assert group.shared is not None
    assert group.shared[0] > 0.96


def test_less_than_60_words_make_no_copy(engine: Engine) -> None:
    quote = story(3, 40)
    one, other = (printed(id_, [*quote, *story(ord(id_), 60)]) for id_ in "ab")
    assert groups(engine(one, other)) == set()


def test_less_than_three_tenths_make_no_copy(engine: Engine) -> None:
    shared = story(3, 70)
    one, other = (printed(id_, [*shared, *story(ord(id_), 300)]) for id_ in "ab")
    assert groups(engine(one, other)) == set()


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("2016-03-01", "2016-03-04", True),
        ("2016-03-01", "2016-03-05", False),
        ("2016-03-01", None, True),
        (None, None, True),
        ("2016-03-01", "2016-03", True),
        ("2016-03-05", "2016-02", False),
    ],
)
def test_copies_are_three_days_apart_at_most_where_both_are_dated(
    engine: Engine, one: str | None, other: str | None, found: bool
) -> None:
    text = story(1)
    searcher = engine(
        printed("a", text, published=one), printed("b", text, published=other)
    )
    assert bool(groups(searcher)) == found


@pytest.mark.parametrize("form", range(4))
def test_a_form_filled_in_twice_is_no_copy(engine: Engine, form: int) -> None:
    reports = [forms.report(Random(seed), form) for seed in (1, 2)]
    searcher = engine(printed("a", reports[:1]), printed("b", reports[1:]))
    assert groups(searcher) == set()


def test_reports_alike_day_after_day_are_cut_by_date(engine: Engine) -> None:
    days = [date(2016, 3, 1) + timedelta(days=n) for n in range(6)]
    text = story(1)
    searcher = engine(
        *(printed(str(n), text, published=str(day)) for n, day in enumerate(days))
    )
    assert groups(searcher) == {frozenset("0123"), frozenset("45")}


def test_copies_of_a_copy_are_of_its_group(engine: Engine) -> None:
    first, second = story(1, 120), story(2, 120)
    searcher = engine(
        printed("a", first), printed("b", first + second), printed("c", second)
    )
    assert groups(searcher) == {frozenset("abc")}


@pytest.mark.parametrize("day", [None, "2016-03-01"])
def test_nobody_is_in_a_group_without_a_copy_there(
    engine: Engine, day: str | None
) -> None:
    first, second, third = (story(seed, 120) for seed in (1, 2, 3))
    searcher = engine(
        printed("digest", first + second + third, published=day),
        printed("a", first, published="2016-03-01"),
        printed("b", second, published="2016-03-05"),
        printed("c", third, published="2016-03-06"),
        printed("d", third[:-1], published="2016-03-07"),
    )
    found = {frozenset({"digest", "a"}), frozenset("cd")}
    assert groups(searcher) == found


def test_few_words_below_different_headlines_are_no_copies(engine: Engine) -> None:
    text = ["See the pictures above."]
    searcher = engine(
        printed("a", text, title="Flood reaches the quay"),
        printed("b", text, title="Flood reaches the Quay"),
        printed("c", text, title="Harbour cup for Ann Ex"),
    )
    assert groups(searcher) == {frozenset("ab")}


def test_listings_are_no_copies_of_what_they_list(engine: Engine) -> None:
    text = story(1)
    listing = printed("b", [*text, *story(2)], kind=Kind.LISTING)
    assert groups(engine(printed("a", text), listing)) == set()


def test_a_copy_says_how_much_of_the_hit_it_has(engine: Engine) -> None:
    half, rest = story(1, 100), story(2, 100)
    words = printing.words(half) / printing.words(half + rest)
    searcher = engine(
        printed("a", half + rest, published="2016-01-02"),
        printed("b", half, published="2016-01-01"),
    )
    newest = searcher.search(Query(group="copy")).hits[0].group
    assert newest is not None
    assert newest.copies[0].shared == pytest.approx(words, abs=0.02)


def test_the_text_with_the_agencys_dateline_is_the_likely_original(
    engine: Engine,
) -> None:
    text = story(1)
    searcher = engine(
        printed("a", text, published="2016-01-01"),
        printed("b", text[:-1], published="2016-01-02", agency="AP"),
        printed("c", [*text, *story(2, 40)]),
    )
    hit = searcher.search(replace(COPIES, sources=("unknown",))).hits[0]
    assert hit.group is not None
    assert (hit.group.original, hit.group.why) == ("b", ("dateline",))


def test_shares_are_worked_out_where_texts_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "MOST_TEXTS", 1)
    text = story(1)
    add(tmp_path, [printed("a", text), printed("b", text[:-1])])
    hit = opened(tmp_path).search(replace(COPIES, per_page=1)).hits[0]
    assert hit.group is not None
    assert 0.6 < hit.group.copies[0].shared < 1


# However they came


def add(folder: Path, articles: Iterable[Article], gone: Iterable[str] = ()) -> None:
    with open_writer(str(folder / "index")) as writer:
        for id_ in gone:
            writer.delete(id_)
        for one in articles:
            writer.add(one)


def opened(folder: Path) -> Searcher:
    return open_searcher(str(folder / "index"))


def test_a_deleted_link_splits_its_group(tmp_path: Path) -> None:
    first, second = story(1, 120), story(2, 120)
    add(tmp_path, [printed("a", first), printed("b", first + second)])
    add(tmp_path, [printed("c", second), printed("d", second)])
    add(tmp_path, [], gone="b")
    assert groups(opened(tmp_path)) == {frozenset("cd")}


def test_a_listing_of_the_same_text_keeps_nobody_from_asking(tmp_path: Path) -> None:
    text = story(1)
    add(tmp_path, [printed("b", printing.trimmed(text, 0.5))])
    listing = replace(printed("l", text), kind=Kind.LISTING)
    add(tmp_path, [listing, printed("x", text)])
    searcher = opened(tmp_path)
    assert {"b", "x"} <= set().union(*groups(searcher))
    searcher.close()


def test_a_changed_text_leaves_its_group(tmp_path: Path) -> None:
    text = story(1)
    add(tmp_path, [printed("a", text), printed("b", text), printed("c", text)])
    add(tmp_path, [printed("b", story(2))])
    assert groups(opened(tmp_path)) == {frozenset("ac")}


def test_what_stands_in_many_articles_that_are_no_copies_makes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST", 4)
    notice = story(9, 80)
    for number in range(6):
        add(tmp_path, [printed(str(number), [*story(number, 90), *notice])])
    assert groups(opened(tmp_path)) == set()
    add(tmp_path, [], gone="01")
    assert groups(opened(tmp_path)) == {frozenset("2345")}


def edited(text: list[str], number: int) -> list[Article]:
    """Return prints of a story in each of which one word in 30 is another."""
    return [
        printed(chr(97 + n), printing.edited(Random(n), text, 0.03))
        for n in range(number)
    ]


def test_a_story_that_very_many_print_is_one_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST", 4)
    prints = edited(story(1), 12)
    for some in (prints[:3], prints[3:5], prints[5:]):
        add(tmp_path, some)
        found = opened(tmp_path).search(COPIES).hits[0].group
        assert found is not None
        assert found.size == len(some) + prints.index(some[0])


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by a number each time two texts are compared."""
    calls: list[int] = []

    def counting(one: Shingled, other: Shingled) -> float:
        calls.append(len(calls))
        return copied(one, other)

    monkeypatch.setattr(texts, "copied", counting)
    return calls


def test_prints_of_one_story_are_not_compared_each_with_each(
    tmp_path: Path, compared: list[int]
) -> None:
    add(tmp_path, edited(story(1), 40))
    assert 39 <= len(compared) < 2 * 40


def test_undated_forms_are_not_compared_each_with_each(
    tmp_path: Path, compared: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST", 10)
    reports = [forms.report(Random(seed), 1) for seed in range(40)]
    add(tmp_path, (printed(str(n), [text]) for n, text in enumerate(reports)))
    assert 0 < len(compared) < 10 * 40
    assert groups(opened(tmp_path)) == set()


def corpus(random: Random, stories: int) -> list[Article]:
    """Return prints of some stories, cut, mixed and edited, on days that are close."""
    found: list[Article] = []
    for number in range(stories):
        whole = prose.story(random, random.randint(70, 200))
        for _ in range(random.randint(1, 5)):
            text = whole
            match random.randrange(5):
                case 0:
                    text = printing.trimmed(whole, random.uniform(0.3, 1))
                case 1:
                    text = printing.mixed(random, whole, story(number // 2, 80))
                case 2:
                    text = printing.edited(random, whole, 0.05)
            day = date(2016, 3, 1) + timedelta(days=random.randrange(9))
            published = random.choice((None, str(day), str(day), "2016-03"))
            found.append(printed(f"{len(found):02}", text, published=published))
    return found


def named(articles: Sequence[Article]) -> set[frozenset[str]]:
    """Return the groups that comparing each with each finds."""
    members: defaultdict[int, set[str]] = defaultdict(set)
    for id_, group in groups_of(articles).items():
        members[group].add(id_)
    return {frozenset(some) for some in members.values()}


@pytest.mark.slow
@examples(6)
@given(st.integers(0, 1 << 20), st.sampled_from((2, 1_000)))
def test_groups_do_not_depend_on_the_order_and_the_batches(
    seed: int, most: int
) -> None:
    random = Random(seed)
    final = corpus(random, 8)
    passing = [replace(one, id=f"x{one.id}") for one in corpus(random, 2)]
    changed = [replace(one, text=final[0].text) for one in random.sample(final, 3)]
    with (
        TemporaryDirectory() as one,
        TemporaryDirectory() as other,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(candidates, "MOST", most)
        patch.setattr(candidates, "_LONG", 2)
        patch.setattr(tiers, "FAN", 3)
        whole, bits = Path(one), Path(other)
        add(whole, final)
        before = random.sample([*changed, *passing], 5)
        add(bits, before)
        rest = random.sample(final, len(final))
        while rest:
            size = random.randint(1, 6)
            add(bits, rest[:size])
            rest = rest[size:]
        add(bits, [], gone=[each.id for each in passing])
        found = groups(opened(bits))
        assert found == groups(opened(whole))
        if most > len(final):
            assert found == named(final)

"""Two articles word for word: what a comparison says, and for any texts."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.reprints import forms, printing, prose
from search.compare import facts
from search.compare.common import common
from search.compare.comparison import Against, Comparison, Difference, comparison
from search.compare.kin import Copies, Order
from search.compare.texts import MOST_WORDS
from search.compare.words import words
from search.copies.lineage import DATELINE, NAMED, Original, Telling, original
from search.model import Article
from tests.factories import article


def compare(*texts: str) -> Comparison:
    return comparison([article(id=str(n), text=text) for n, text in enumerate(texts)])


def shown(against: Against) -> list[str]:
    """Return each row as its kind and both sides, with what differs in brackets."""
    sides = [
        [
            "".join(
                run.text if run.kind == "same" else f"[{run.text}]"
                for part in side
                for run in part.runs
            )
            for side in (row.one, row.other)
        ]
        for row in against.rows
    ]
    rows = zip(against.rows, sides, strict=True)
    return [f"{row.kind}: {one} | {other}" for row, (one, other) in rows]


def stated(found: Comparison, kind: str) -> list[tuple[str | None, ...]]:
    return [one.texts for one in found.differences if one.kind == kind]


def test_a_word_in_place_of_another_is_changed() -> None:
    (against,) = compare(
        "The mayor of Bay City opened the quay.",
        "The mayor of Hill Town opened the quay.",
    ).against
    (row,) = shown(against)
    assert row == (
        "changed: The mayor of [Bay City ]opened the quay."
        " | The mayor of [Hill Town ]opened the quay."
    )


def test_capitals_punctuation_and_accents_change_nothing() -> None:
    (against,) = compare(
        "“São Tomé’s” quay – opened.", "Sao Tome's Quay -- opened"
    ).against
    assert [row.kind for row in against.rows] == ["same"]


def test_in_scripts_without_spaces_characters_are_compared() -> None:
    (against,) = compare(
        "市長週一在港口說「好」。", "市長週二在港口說「不好」。"
    ).against
    assert shown(against) == [
        "changed: 市長週[一]在港口說「好」。 | 市長週[二]在港口說「[不]好」。"
    ]


def test_signs_are_compared_as_they_are_written() -> None:
    (against,) = compare("Closed ??? today", "Closed !!! today").against
    assert shown(against) == [
        "changed: Closed [??? ]today | Closed [!!! ]today",
    ]


def test_words_that_are_cut_are_only_there() -> None:
    (against,) = compare(
        "Ferries to the island will run again on Monday.", "Ferries will run again."
    ).against
    kinds = [run.kind for run in against.rows[0].one[0].runs]
    assert kinds == ["same", "only", "same", "only"]


def test_paragraphs_stand_beside_what_became_of_them() -> None:
    first, second, third = (
        "The ferry left the quay at noon with forty people on board.",
        "A storm had kept it in port since Tuesday, its captain told the paper.",
        "The next one leaves at six, if the wind allows for it at all.",
    )
    (against,) = compare(
        "\n\n".join((first, second)), "\n\n".join((second, third))
    ).against
    assert [row.kind for row in against.rows] == ["only_one", "same", "only_other"]


def test_what_is_alone_in_its_place_on_both_sides_is_changed() -> None:
    before, after = "Ferries wait in the bay.", "It rained all of the night."
    one, other = "The mayor said yes at noon", "No, wept our mayor"
    (against,) = compare(
        f"{before}\n\n{one}\n\n{after}", f"{before}\n\n{other}\n\n{after}"
    ).against
    assert [row.kind for row in against.rows] == ["same", "changed", "same"]


@pytest.mark.parametrize(
    "others", ["Nobody wept.", "No, wept our mayor\n\nThe mayor wept"]
)
def test_what_has_no_word_in_both_or_is_not_alone_is_not_changed(others: str) -> None:
    (against,) = compare(
        "The mayor said yes at noon\n\nIt rained.", f"{others}\n\nIt rained."
    ).against
    assert "changed" not in {row.kind for row in against.rows}


def test_what_has_half_its_words_in_its_place_is_changed() -> None:
    (against,) = compare(
        "Friday, Ann said yes\n\nIt rained all of the night.",
        "Friday, Bob said no\n\nThe boats wait in a bay.",
    ).against
    assert [row.kind for row in against.rows] == ["changed", "only_other", "only_one"]


def test_a_paragraph_that_was_split_stands_beside_its_parts() -> None:
    first = "The ferry left the quay at noon with forty people on board."
    second = "A storm had kept it in port since Tuesday, its captain told the paper."
    (against,) = compare(f"{first} {second}", f"{first}\n\n{second}").against
    assert [(len(row.one), len(row.other)) for row in against.rows] == [(1, 2)]


def test_a_paragraph_in_another_place_is_moved() -> None:
    story = prose.story(Random(1), 250)
    (against,) = compare(
        "\n\n".join(story), "\n\n".join([*story[1:], story[0]])
    ).against
    moved = [row.moved for row in against.rows]
    assert (moved[0], any(moved[1:])) == (True, False)
    assert {row.kind for row in against.rows} == {"same"}


def test_figures_names_and_speakers_that_differ_are_listed() -> None:
    found = compare(
        "On Friday, the mayor of Bay City said that 1,200 people came. Ann Ex wept.",
        "On Friday, the coroner said that 1200 people came, and 7 left Hill Town.",
    )
    assert stated(found, "numbers") == [(None, "7")]
    assert ("Bay City", None) in stated(found, "names")
    assert stated(found, "attributions")[-1] == (None, "the coroner")


def test_a_difference_says_what_stands_around_it() -> None:
    found = compare("Of forty boats 12 sank off Vardø.", "Of forty boats many sank.")
    (fact,) = [one for one in found.differences if one.kind == "numbers"]
    assert fact == Difference(
        "numbers", ("12", None), ("Of forty boats 12 sank off Vardø.", None)
    )


def test_who_was_first_comes_first_and_the_undated_last() -> None:
    days = {"a": None, "b": "2016-02-01", "c": "2016-01-31"}
    found = comparison([article(id=i, published=day) for i, day in days.items()])
    assert found.order == Order(("c", "b", "a"), ("a",))


def test_the_order_within_a_month_is_not_known_of_what_names_no_day() -> None:
    days = {"a": "2016-02", "b": "2016-02-02", "c": "2016-03-01", "d": "2016"}
    found = comparison([article(id=i, published=day) for i, day in days.items()])
    assert found.order == Order(("b", "c", "d", "a"), ("d", "a"))


def printed(id_: str, text: list[str], **changes: object) -> Article:
    return article(id=id_, text="\n\n".join(text), **changes)


def test_the_original_is_one_of_those_that_are_copies() -> None:
    text = prose.story(Random(1), 120)
    whole, cut = printed("b", text, published="2016-02-02"), printed("c", text[:-1])
    other = prose.story(Random(2), 300)
    wire = printed("a", other, agency="AP", published="2016-02-01")
    (copies,) = comparison([wire, whole, cut]).copies
    assert copies == Copies(("b", "c"), Original("b", ("longest",)))


def test_few_words_below_two_headlines_are_no_copies() -> None:
    few = [article(id=title, title=title, text="See below.") for title in "ab"]
    assert comparison(few).copies == ()


def test_two_pairs_of_copies_have_an_original_each() -> None:
    one, other = prose.story(Random(1), 120), prose.story(Random(2), 120)
    texts = {"a": one, "b": other, "c": other[:-1], "d": one}
    found = comparison([printed(id_, text) for id_, text in texts.items()])
    assert [copies.ids for copies in found.copies] == [("a", "d"), ("b", "c")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            printed("a", prose.story(Random(1), 80)),
            printed("b", prose.story(Random(2), 80)),
        ),
        (
            printed("a", prose.story(Random(1), 80), published="2016-02-01"),
            printed("b", prose.story(Random(1), 80), published="2016-02-09"),
        ),
        (
            printed("a", [forms.report(Random(1), 0)]),
            printed("b", [forms.report(Random(2), 0)]),
        ),
    ],
    ids=["other texts", "other days", "two fillings of a form"],
)
def test_what_a_search_would_not_group_is_no_copy(one: Article, other: Article) -> None:
    assert comparison([one, other]).copies == ()


def test_versions_are_no_copies() -> None:
    text = prose.story(Random(1), 120)
    found = comparison([printed("a", text), printed("b", text)], versions=True)
    assert found.copies == ()


@pytest.mark.parametrize(
    ("dates", "original"),
    [
        (("2016-02", "2016-02-20"), None),
        (("2016-02", "2016-03-01"), Original("a", ("earliest",))),
        (("2016", "2016-02-01"), None),
        (("2016-02-02", "2016-02-01"), Original("b", ("earliest",))),
        (("2016-02-02", None), None),
    ],
)
def test_a_month_is_earlier_than_no_day_of_its_own(
    dates: tuple[str, str | None], original: Original | None
) -> None:
    text = prose.story(Random(1), 120)
    found = comparison(
        [printed(i, text, published=day) for i, day in zip("ab", dates, strict=True)]
    )
    assert [copies.original for copies in found.copies] == [original]


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ([(0, 0, 300), (0, 0, 300)], None),
        ([(DATELINE, 0, 300), (DATELINE, 0, 300)], None),
        ([(DATELINE, 0, 300), (DATELINE, 0, 300), (0, 0, 300)], None),
        (
            [(DATELINE, 0, 300), (DATELINE, 0, 200), (0, 0, 400)],
            Original("0", ("dateline",)),
        ),
        ([(NAMED, 5, 300), (NAMED, 6, 300)], Original("0", ("earliest",))),
        ([(NAMED, 5, 300), (0, 5, 300)], Original("0", ("agency",))),
        ([(0, 5, 300), (0, 5, 300), (0, 6, 300)], None),
    ],
)
def test_only_what_tells_it_from_others_speaks_for_an_original(
    told: list[tuple[int, int, int]], known: Original | None
) -> None:
    texts = [
        Telling(named, day, day, words, str(n))
        for n, (named, day, words) in enumerate(told)
    ]
    assert original(texts) == known


def test_a_dated_text_is_no_earlier_than_what_is_of_its_month_only_for_its_day() -> (
    None
):
    told = [Telling(0, 1, 29, 300, "a"), Telling(0, 9, 9, 200, "b")]
    assert original(told) == Original("a", ("longest",))


def test_headlines_are_compared_word_by_word() -> None:
    one = article(id="a", title="Quay of Bay City reopens")
    other = article(id="b", title="Quay of Hill Town reopens")
    row = comparison([one, other]).against[0].headline
    assert row is not None
    runs = [(run.kind, run.text) for run in row.one[0].runs]
    assert (row.kind, runs) == (
        "changed",
        [("same", "Quay of "), ("changed", "Bay City "), ("same", "reopens")],
    )


def test_a_headline_that_one_lacks_is_only_in_the_other() -> None:
    found = comparison([article(id="a", title=None), article(id="b")])
    row = found.against[0].headline
    assert row is not None
    assert (row.kind, row.one) == ("only_other", ())


def test_articles_without_headlines_have_no_row_of_them() -> None:
    found = comparison([article(id=id_, title=None) for id_ in "ab"])
    assert found.against[0].headline is None


def test_the_share_is_that_of_each_text() -> None:
    half, rest = prose.story(Random(1), 150), prose.story(Random(2), 150)
    (against,) = compare("\n\n".join(half), "\n\n".join(half + rest)).against
    size = printing.words(half) / printing.words(half + rest)
    assert against.one_shared == 1
    assert against.other_shared == pytest.approx(size, abs=0.02)


# Whatever the texts are

_SAID = st.text("ab cé.\n“—1", max_size=80)
_STORY = st.builds(
    lambda seed, size, lost: "\n\n".join(
        printing.edited(Random(seed), prose.story(Random(size % 3), size), lost)
    ),
    st.integers(0, 9),
    st.integers(0, 150),
    st.sampled_from((0, 0.1, 0.5)),
)
texts = st.text(max_size=60) | _SAID | _STORY


@given(texts, texts)
def test_every_word_of_both_stands_in_the_comparison_once(one: str, other: str) -> None:
    (against,) = compare(one, other).against
    for side, text in (("one", one), ("other", other)):
        parts = [part for row in against.rows for part in getattr(row, side)]
        parts.sort(key=lambda part: part.number)
        whole = dict(enumerate(text.split("\n\n"), 1))
        said = {n: paragraph for n, paragraph in whole.items() if paragraph.strip()}
        assert [(part.number, part.text) for part in parts] == [*said.items()]


@given(texts, texts)
def test_what_is_the_same_is_the_same_words_on_both_sides(one: str, other: str) -> None:
    (against,) = compare(one, other).against
    for row in against.rows:
        left, right = (
            [
                word.key
                for part in side
                for run in part.runs
                if run.kind == "same"
                for word in words(run.text)
            ]
            for side in (row.one, row.other)
        )
        assert left == right


@given(texts)
def test_a_text_beside_itself_is_the_same(text: str) -> None:
    (against,) = compare(text, text).against
    assert {row.kind for row in against.rows} <= {"same"}


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcd")))
def test_as_many_words_are_found_in_common_as_there_are(
    one: list[str], other: list[str]
) -> None:
    found = common(one, other)
    assert all(one[a] == other[b] for a, b in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    lengths = [0] * (len(other) + 1)
    for word in one:
        row = [0]
        for at, said in enumerate(other):
            here = lengths[at] + 1 if word == said else max(row[at], lengths[at + 1])
            row.append(here)
        lengths = row
    assert len(found) == lengths[-1]


@pytest.mark.parametrize("piece", ["ab ", "a b\n\n", "a", "1 ", "A said "])
def test_texts_made_to_take_long_do_not(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    (against,) = compare(text, text[2:] + "z").against
    assert against.rows


def test_what_is_too_long_is_compared_as_far_as_it_goes() -> None:
    found = compare("a b c d\n\n" * 6_000, "a b c d")
    assert (found.whole, len(found.against[0].rows)) == (False, 1_000)


def test_an_endless_paragraph_is_cut_after_a_word() -> None:
    found = compare("ab  " * (MOST_WORDS + 1), "It rained.")
    (said,) = [row.one[0].text for row in found.against[0].rows if row.one]
    assert (found.whole, len(said.split()), said[-2:]) == (False, MOST_WORDS, "ab")


@pytest.mark.parametrize("text", ["港口" * 5_001, "a1," * 40_000, "ab" * 50_001])
def test_what_has_no_spaces_is_cut_too(text: str) -> None:
    found = compare(text, "It rained.")
    (said,) = [row.one[0].text for row in found.against[0].rows if row.one]
    assert (found.whole, len(said) in {10_000, 100_000}) == (False, True)


def test_shares_are_of_whole_texts() -> None:
    text = "\n\n".join(prose.story(Random(1), 300))
    found = compare("ab " * 20_000 + f"\n\n{text}", text)
    assert (found.whole, found.against[0].other_shared) == (False, 1)


def test_shares_are_rounded_half_up_as_those_of_a_search_are() -> None:
    half = " ".join(f"ab{n}" for n in range(40))  # of 1,600 words, 2.5 %
    rest = " ".join(f"cd{n}" for n in range(1_560))
    (against,) = compare(f"{half} {rest}", half).against
    assert against.one_shared == 0.03


def test_a_text_of_as_many_words_as_may_be_is_whole() -> None:
    found = compare("ab  " * MOST_WORDS, "ab ab")
    assert found.whole


def test_an_endless_word_is_no_name():
    assert not list(facts.names(f"on {'A' * 5_000} itself"))

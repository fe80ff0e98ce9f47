"""Lines of a text dump: what goes, what stays, and the features both models share."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cleaner import (
    company,
    line_model,
    live_report,
    text_features,
    word_odds,
)
from index.cleaner.clean import clean
from index.cleaner.line_context import Line
from index.cleaner.lines import judge
from index.page import CleanPage, Form
from search.errors import BadPage
from tests.factories import raw

ARTICLE = """\
GRENNA (SNA) - The council voted on Tuesday to close the swimming hall for the winter, \
after engineers found that the roof could not bear more snow.
“Nobody wants to swim below a roof that creaks,” said Ida Holm, who leads the building \
committee, adding that repairs would cost four million crowns.
About 300 children learn to swim there each year, according to the town, and their \
lessons will move to the lake in May.
The hall opened in 1974 and was last repaired twelve years ago.
Two members voted against the closure, among them the mayor, who called the report \
hasty and asked for a second opinion from the university.
A decision on the repairs is expected in March, when the budget is settled.\
""".splitlines()
PROSE = st.sampled_from(ARTICLE)
LINE = st.one_of(
    PROSE,
    st.text(alphabet="abcdeÅéЖ中 .,:;?!()[]0123-–“”|/@©", max_size=80),
    st.sampled_from(("Share", "READ MORE: Lake frozen", "By Ida Holm", "12:30", "-")),
)


def cleaned(*lines: str) -> CleanPage:
    return clean(raw("\n".join(lines), Form.TEXT))


def gone(page: CleanPage) -> set[str]:
    return {removed.text for removed in page.removed}


@pytest.mark.parametrize("first", range(4))
@pytest.mark.parametrize("last", [4, 5, 6])
def test_any_piece_of_an_article_without_chrome_is_kept_whole(
    first: int, last: int
) -> None:
    assert cleaned(*ARTICLE[first:last]).text.split("\n\n") == ARTICLE[first:last]


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Lake freezes over for the first time in ten years",
        "WATCH: Divers inspect the ferry after it ran aground",
        "Get breaking national news",
        "Sign up for our free morning newsletter",
        "(Photo: Marta Lindqvist/SNA)",
        "Advertisement",
        "[THE FERRY STRIKE: How it began; who pays for it]",
        "Published March 3, 2019 at 4:12 p.m.",
        "https://cdn.skerry.example/pictures/pier.jpg",
        '{"@type": "NewsArticle", "name": "Hall closed", "id": [1, 2, 3]}',
    ],
)
def test_a_line_of_chrome_amid_an_article_goes_and_nothing_else(line: str) -> None:
    assert gone(cleaned(*ARTICLE[:3], line, *ARTICLE[3:])) == {line}


@pytest.mark.parametrize(
    "line",
    [
        "‘It creaks when it snows’",
        "What happens now?",
        "She subscribed to three newspapers, and read them all before breakfast.",
        "The newsletter of the club reported the accident first.",
        "(Reporting by Ida Holm; editing by Olle Berg)",
    ],
)
def test_a_line_of_the_article_s_own_is_kept(line: str) -> None:
    assert line in cleaned(*ARTICLE[:3], line, *ARTICLE[3:]).text


def test_headlines_of_other_stories_below_an_article_go() -> None:
    rail = (
        "- Zoo in Lisbon names its first panda cub after a singer",
        "- Airline cancels all flights to Lima for the weekend",
        "- Who won the chess title in Prague? Five things we learned",
        "- Minister in Ottawa resigns over unpaid parking fines",
    )
    assert gone(cleaned(*ARTICLE, *rail, "Comments")) == {*rail, "Comments"}


def test_a_box_that_asks_to_subscribe_goes_line_by_line() -> None:
    box = (
        "Subscribe to The Skerry Herald",
        "Sign up for our newsletters and get the best of the week in your inbox.",
        "Already a subscriber? Log in",
        "Cancel any time.",
    )
    assert gone(cleaned(*ARTICLE, *box)) == set(box)


LIVE = ("Bridge closed", "The bridge is closed to all.", "Two roofs are gone.")


def test_short_entries_of_a_live_report_are_kept() -> None:
    times = [f"{hour}.{hour + 20}" for hour in range(15, 9, -1)]
    lines = [line for time in times for line in (time, *LIVE)]
    page = cleaned(*lines, "Most read", "Mayor resigns after audit")
    assert page.text.split("\n\n").count(LIVE[0]) == len(times)
    assert gone(page) == {*times, "Most read", "Mayor resigns after audit"}


SHORT = ("Kick-off!", "Corner for Rovers", "Goal!", "Half time", "Penalty?", "All over")


@pytest.mark.parametrize("between", [" ", "\n"])
def test_a_live_report_of_a_few_words_an_entry_is_kept(between: str) -> None:
    entries = [f"19:{minute}{between}{told}" for minute, told in enumerate(SHORT, 30)]
    page = cleaned("Skerry United play Holm Rovers", *"\n".join(entries).split("\n"))
    assert [told for told in SHORT if told not in page.text] == []


def test_headlines_of_a_day_beside_a_story_are_no_live_report() -> None:
    ticker = [f"1{n}:05 Headline of another story {n}" for n in range(6)]
    lines = [Line(text) for text in (*ARTICLE, *ARTICLE[:3], *ticker)]
    assert live_report.entries(lines) == frozenset()


def test_comments_under_times_of_any_order_are_no_live_report() -> None:
    times = ("12:20", "9:41", "17:02", "10:15", "23:51", "8:07", "16:30")
    lines = [Line(text) for time in times for text in (time, *LIVE)]
    for line in lines:
        line.rule = "timestamp" if line.text in times else None
    assert live_report.entries(lines) == frozenset()


def test_every_line_tells_how_likely_it_is_chrome() -> None:
    assert all(block.score is not None for block in cleaned(*ARTICLE).blocks)


@settings(max_examples=40)
@given(st.lists(LINE, max_size=12))
def test_every_line_is_kept_or_removed_in_its_order(lines: list[str]) -> None:
    try:
        page = cleaned(*lines)
    except BadPage:
        return
    told = "".join(block.text for block in page.blocks)
    assert _letters(told) == _letters(" ".join(_shown(lines)))


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def _shown(lines: Sequence[str]) -> list[str]:
    page = clean(raw("\n".join(lines), Form.CLEAN))
    return [block.text for block in page.blocks]


@settings(max_examples=40)
@given(st.lists(LINE, max_size=12))
def test_features_are_numbers_for_any_texts(texts: list[str]) -> None:
    rows = text_features.features(texts, [None] * len(texts), _nothing())
    assert rows.shape == (len(texts), len(text_features.NAMES))
    assert np.isfinite(rows).all()


def test_features_do_not_tell_how_far_the_end_of_a_page_is() -> None:
    story = [*ARTICLE, "Share"]
    row, same = (_features(story * times)[len(story) * 3] for times in (7, 8))
    told = {name for name, a, b in zip(_NAMES, row, same, strict=True) if a != b}
    assert told - set(_of_topic()) <= {"words-below"}


def test_no_name_of_a_feature_is_used_twice() -> None:
    assert len(set(text_features.NAMES)) == len(text_features.NAMES)


def test_a_gap_is_counted_from_the_last_flag_above() -> None:
    flags = np.array([True, False, False, True, False])
    assert company.gap(flags).tolist() == [20, 1, 2, 3, 1]


def test_runs_tell_each_row_its_size_and_place() -> None:
    _, size, place = company.runs(np.array([1, 1, 2, 1]))
    assert (size.tolist(), place.tolist()) == ([2, 2, 1, 1], [0, 1, 0, 0])


def test_a_window_ends_where_the_page_does() -> None:
    column = np.array([[1.0], [3.0], [5.0]], np.float32)
    assert company.windows(column, (2,)).tolist() == [[0, 4], [1, 5], [2, 0]]


def test_a_text_of_few_words_has_odds_of_its_own() -> None:
    known = {"short": {"ferry": 2.0}, "long": {"ferry": -1.0}}
    rows = word_odds.odds([["ferry"], ["ferry"] * 9], known)
    assert rows[:, 0].tolist() == [2.0, -1.0]


def test_a_model_trained_on_other_features_is_refused() -> None:
    trees = {"features": ["height"], "roots": []}
    with pytest.raises(ValueError, match="other features"):
        line_model.load(json.dumps({"odds": {}, "trees": trees}))


def test_the_model_knows_no_word_of_one_site_alone() -> None:
    odds = line_model.shipped().odds
    assert all(len(odds[form]) < 12_000 for form in ("short", "long"))


_NAMES = text_features.NAMES


def _nothing() -> word_odds.Odds:
    return {"short": {}, "long": {}}


def _features(texts: Sequence[str]) -> text_features.Matrix:
    return text_features.features(texts, [None] * len(texts), _nothing())


def _of_topic() -> set[str]:
    return {name for name in _NAMES if name.startswith("topic")}


GERMAN = (
    "Der Stadtrat hat am Dienstag den Umbau des alten Hafens beschlossen.",
    "Kritik kam von den Fischern, die um ihre Liegeplätze fürchten.",
    "Die Arbeiten sollen im Frühjahr beginnen und zwei Jahre dauern.",
    "Niemand habe mit uns gesprochen, sagte ein Sprecher der Genossenschaft.",
)


@pytest.mark.parametrize(
    "story",
    [
        GERMAN,
        (
            "Городской совет утвердил план перестройки старого порта во вторник.",
            "Рыбаки опасаются, что потеряют места для своих лодок.",
            "Работы начнутся весной и продлятся два года.",
        ),
        (
            "市議会は火曜日、古い港の改修計画を賛成多数で承認した。",
            "漁業者は船の係留場所を失うことを心配している。",
            "工事は来年の春に始まり、二年ほどかかる見通しだという。",
        ),
    ],
    ids=["german", "russian", "japanese"],
)
def test_no_sentence_goes_by_trees_that_have_not_learned_its_language(
    story: tuple[str, ...],
) -> None:
    surest = SimpleNamespace(
        chances=lambda texts, _: np.ones(len(texts)), knows=line_model.shipped().knows
    )
    lines = [Line(text) for text in ("Menü", *story, "Kontakt")]
    judge(lines, surest)  # type: ignore[arg-type]
    assert [line.text for line in lines if line.rule is None] == [*story]


def test_a_subheading_of_a_language_not_learned_stays() -> None:
    surest = SimpleNamespace(
        chances=lambda texts, _: np.ones(len(texts)), knows=line_model.shipped().knows
    )
    lines = [Line(text) for text in (*GERMAN[:2], "Kritik am Plan", *GERMAN[2:])]
    judge(lines, surest)  # type: ignore[arg-type]
    assert lines[2].rule is None


def test_trees_that_know_a_language_judge_its_sentences() -> None:
    assert line_model.shipped().knows(
        ["The council said that it would vote again."] * 4
    )
    assert not line_model.shipped().knows(GERMAN)

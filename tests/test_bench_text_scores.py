"""Scores of extracted text, and whether one tool is surely better than another."""

from __future__ import annotations

import pytest

from bench.text_scores import bootstrap, score, summary

LONG = "one two three four five six seven eight nine ten " * 2
GOLD = f"{LONG}\nthe end of it all"


def test_the_gold_itself_is_exact_whatever_its_punctuation() -> None:
    made = score(GOLD.replace(" ", ", "), GOLD, GOLD)
    assert (made.precision, made.recall, made.is_exact) == (1.0, 1.0, True)


def test_precision_and_recall_are_of_runs_of_four_words() -> None:
    made = score("a b c d e", "b c d e f g", "")
    assert (made.precision, made.recall) == (1 / 2, 1 / 3)


def test_nothing_extracted_has_no_precision() -> None:
    assert score("", GOLD, GOLD).precision is None


def test_a_paragraph_is_lost_where_the_page_has_it() -> None:
    rest = "the end of it all"
    assert (score(rest, GOLD, GOLD).lost, score(rest, GOLD, rest).lost) == (True, False)


def test_f1_is_of_the_mean_precision_and_recall() -> None:
    made = summary([score("a b c d", "a b c d", ""), score("", "a b c d", "")])
    assert made.f1 == pytest.approx(200 / 3)


def test_a_tool_that_is_better_on_each_page_is_surely_better() -> None:
    good, bad = score(GOLD, GOLD, GOLD), score("the end of it all", GOLD, GOLD)
    low, high = bootstrap([good] * 9, [bad] * 9, times=50)
    assert low == high > 0

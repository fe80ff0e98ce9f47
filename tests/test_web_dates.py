"""Dates as the first page and the results draw them: what is most, what is far off."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.model import Bucket
from search.settings import Settings
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import visitor
from tests.test_web_pages import heading, page, words
from web.app import create_app
from web.strays import nearly_all

WEEK = [f"2023-05-0{day}" for day in range(1, 8)]


def dated(*days: str | None, source: str = "Bay") -> FlaskClient:
    made = [
        article(id=f"{number}", source=source, published=day)
        for number, day in enumerate(days)
    ]
    return visitor(MemorySearcher(made))


def sentence(client: FlaskClient) -> str:
    panel = words(page("/", client)).partition("Who wrote when ")[2]
    return panel.partition(" Bay ")[0]


def drawn(client: FlaskClient, path: str = "/search") -> str:
    found = page(path, client).partition("<figcaption>")[2]
    return words(found.partition("</figcaption>")[0])


# What is most


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            ["2023-05", "2023-07", "2023-07"],
            "The most is 2 articles from Bay in July 2023.",
        ),
        (["2023-05-01", "2023-05-02"], "No outlet has more than one article in a day."),
        (
            ["2023-05", "2023-05", "2023-07", "2023-07", "2023-08"],
            "The most is 2 articles from Bay in May 2023 and from Bay in July 2023.",
        ),
        (
            sorted(2 * WEEK[:4]),
            "The most is 2 articles from one outlet in a day, 4 times.",
        ),
        (2 * ["2023-05-04"], "The most is 2 articles from Bay on 4 May 2023."),
    ],
)
def test_the_strip_says_what_is_most_and_all_that_share_it(
    days: list[str], said: str
) -> None:
    assert said in words(page("/", dated(*days)))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (WEEK, "At most one in a day."),
        ([*WEEK, WEEK[0]], "Most in one day: 2, 1 May 2023."),
        ([*WEEK, *WEEK[:2]], "Most in one day: 2, 1 May 2023 and 2 May 2023."),
        (2 * WEEK, "Most in one day: 2, 7 times."),
        (3 * WEEK[:1], "All dated 1 May 2023."),
    ],
)
def test_the_bars_say_what_is_most_and_all_that_share_it(
    days: list[str], said: str
) -> None:
    assert drawn(dated(*days)) == said


# What is far off


@pytest.mark.parametrize(
    ("day", "stray", "years"),
    [
        ("9999-12-31", "1 article after 2023", "2024.."),
        ("1066", "1 article before 2023", "..2022"),
        ("0001-01-01", "1 article before 2023", "..2022"),
        ("1923-05-03", "1 article before 2023", "..2022"),
    ],
)
def test_one_slip_in_a_year_takes_no_room_from_the_others(
    day: str, stray: str, years: str
) -> None:
    client = dated(*WEEK, day, None)
    first = page("/", client)
    row = first.split('class="strip"')[1].split("</svg>")[0]
    assert (row.count("<rect"), row.count("<a href")) == (7, 8)
    assert "nearly all 1 May 2023 to 7 May 2023" in words(first)
    assert drawn(client) == f"At most one in a day. Not drawn: {stray} ."
    for found in (first, page("/search", client)):
        assert f'<a href="/search?date={years}">{stray}</a>' in found
    assert heading(page(f"/search?date={years}", client)) == "1 article"


def test_what_is_far_off_on_both_sides_is_told_apart() -> None:
    days = [*(f"2023-05-{day:02}" for day in range(1, 29)), *WEEK, *WEEK]
    found = drawn(dated(*days, "1066", "9999"))
    assert "Not drawn: 1 article before 2023 and 1 article after 2023 ." in found


def test_an_archive_of_a_century_is_drawn_whole() -> None:
    client = dated(*(f"{year}" for year in range(1900, 2000)))
    assert "Not drawn" not in page("/", client) + page("/search", client)
    assert "1900 to 1999" in words(page("/", client))


def test_undated_ones_can_be_asked_for_beside_what_is_far_off() -> None:
    found = page("/search", dated(*WEEK, "9999", None))
    assert 'name="date" value="undated"' in found


def test_dates_near_each_other_are_asked_for_once() -> None:
    made = [article(id=day, published=day) for day in WEEK]
    asked = Mock(wraps=MemorySearcher(made))
    page("/search", create_app(Settings(), asked).test_client())
    assert asked.search.call_count == 1


@given(st.dictionaries(st.integers(1, 9999), st.integers(1, 50), min_size=1))
def test_nearly_all_is_at_least_three_quarters(counts: dict[int, int]) -> None:
    years = sorted(counts)
    buckets = [Bucket(f"{y:04}", f"{y:04}", counts[y], last="x") for y in years]
    first, last = nearly_all(buckets)
    inside = sum(counts[year] for year in years if first <= year <= last)
    assert inside >= 0.75 * sum(counts.values())
    if (first, last) != (years[0], years[-1]):
        assert 2 * (last - first + 1) <= years[-1] - years[0] + 1
    assert all(a < b for a, b in pairwise((first - 1, last)))

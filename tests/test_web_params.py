"""Parameters and queries: nothing is lost between them, and faults are named."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.address import pairs, url
from search.errors import BadQuery
from search.fields import FACETS
from search.model import Interval, Kind, Query, Scope, Sort
from web.params import NAMES, to_query

DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 1, 1))
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(
    lambda word: word == word.strip() and bool(word)
)
CHOSEN = st.lists(WORDS, max_size=3, unique=True).map(tuple)
PERIODS = DAYS.flatmap(
    lambda day: st.sampled_from(
        [f"{day:%Y}", f"{day:%Y-%m}", f"{day}", f"{day}..", "undated"]
    )
)
EXCLUDED = st.dictionaries(
    st.sampled_from([name for name in FACETS if name != "date"]),
    st.lists(WORDS, min_size=1, max_size=2, unique=True).map(tuple),
    max_size=3,
).map(MappingProxyType)
QUERIES = st.builds(
    Query,
    text=st.text(st.characters(codec="utf-8"), max_size=80),
    scope=st.sampled_from(Scope),
    sources=CHOSEN,
    agencies=CHOSEN,
    places=CHOSEN,
    languages=CHOSEN,
    authors=CHOSEN,
    kinds=st.lists(st.sampled_from(Kind), max_size=4, unique=True).map(tuple),
    dates=st.lists(PERIODS, max_size=2, unique=True).map(tuple),
    exclude=EXCLUDED,
    since=st.none() | DAYS.filter(lambda day: day.year < 2000),
    until=st.none() | DAYS.filter(lambda day: day.year >= 2000),
    facets=st.lists(st.sampled_from(list(FACETS)), max_size=3, unique=True).map(tuple),
    facet_size=st.integers(1, 200),
    interval=st.none() | st.sampled_from(Interval),
    sort=st.none() | st.sampled_from(Sort),
    group=st.none() | st.just("copy"),
    page=st.integers(1, 100),
    per_page=st.integers(1, 100),
)


def asked(**values: str) -> Query:
    return to_query({name: [value] for name, value in values.items()})


def fault(**values: str) -> BadQuery:
    with pytest.raises(BadQuery) as raised:
        asked(**values)
    return raised.value


@settings(deadline=None)
@given(QUERIES)
def test_a_query_survives_the_url(query: Query) -> None:
    words = urlsplit(url("/search", query)).query
    assert to_query(parse_qs(words, keep_blank_values=True)) == query


def test_a_default_query_needs_no_parameters() -> None:
    assert pairs(Query()) == ()


def test_blank_values_count_as_not_given() -> None:
    assert asked(**{"from": "", "source": " ", "sort": "", "page": ""}) == Query()


def test_a_repeated_parameter_is_several_values() -> None:
    assert to_query({"source": ["a", "b", "a"]}).sources == ("a", "b")


def test_halves_of_characters_are_replaced() -> None:
    query = asked(q="a\udcff", source="\ud800b")
    assert (query.text, query.sources) == ("a\ufffd", ("\ufffdb",))


def test_no_grouping_is_asked_for_by_none() -> None:
    assert asked(group="none").group is None


def test_a_repeated_text_is_one_text() -> None:
    assert to_query({"q": ["storm", "harbour"]}).text == "storm harbour"


def test_facets_may_be_separated_by_commas() -> None:
    assert to_query({"facet": ["source, place", "date"]}).facets == (
        *("source", "place", "date"),
    )


def test_from_takes_the_first_day_of_a_month() -> None:
    assert asked(**{"from": "2016-02"}).since == date(2016, 2, 1)


def test_to_takes_the_last_day_of_a_month() -> None:
    assert asked(to="2016-02").until == date(2016, 2, 29)


def test_every_kind_is_asked_for_by_all() -> None:
    assert asked(kind="all").kinds == ()


def test_only_articles_are_asked_for_by_default() -> None:
    assert asked().kinds == (Kind.ARTICLE,)


@settings(deadline=None)
@given(st.text(max_size=512))
def test_no_words_are_refused_below_the_length_limit(text: str) -> None:
    assert asked(q=text).text == text


def test_a_longer_text_is_refused() -> None:
    assert fault(q="x" * 513).reason == "too-long"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("from", "19-11", "not-a-date"),
        ("to", "2016-02-30", "not-a-date"),
        ("date", "yesterday", "not-a-date"),
        ("exclude_date", "soon", "not-a-date"),
        ("in", "everything", "not-one-of"),
        ("sort", "best", "not-one-of"),
        ("interval", "hour", "not-one-of"),
        ("group", "town", "not-one-of"),
        ("date", "2017..2016", "not-a-date"),
        ("facet", "mood", "not-one-of"),
        ("page", "-1", "not-a-number"),
        ("page", "0", "out-of-range"),
        ("page", "1001", "too-deep"),
        ("page", "٣", "not-a-number"),
        ("per_page", "101", "out-of-range"),
        ("per_page", "9" * 5000, "not-a-number"),
        ("facet_size", "201", "out-of-range"),
    ],
)
def test_a_bad_value_is_refused_by_name(name: str, value: str, reason: str) -> None:
    refused = fault(**{name: value})
    assert (refused.parameter, refused.value, refused.reason) == (name, value, reason)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    assert fault(**{"from": "2020", "to": "2019"}).reason == "after-to"


def test_a_choice_made_twice_is_refused() -> None:
    with pytest.raises(BadQuery, match="sort must be given once"):
        to_query({"sort": ["newest", "oldest"]})


def test_an_unknown_parameter_is_answered_with_the_nearest_one() -> None:
    assert "the nearest is source" in str(fault(sauce="x"))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=30))))
def test_no_values_do_more_than_be_refused(values: dict[str, list[str]]) -> None:
    with suppress(BadQuery):
        assert to_query(values).per_page <= 100


def test_a_parameter_given_too_often_is_refused_by_its_name():
    with pytest.raises(BadQuery) as refused:
        to_query({"place": [f"p{n}" for n in range(51)]})
    assert (refused.value.parameter, refused.value.reason) == ("place", "too-many")

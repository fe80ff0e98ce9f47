"""Random corpora and queries: every engine finds and counts what a loop does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Searcher
from search.fields import FACETS
from search.model import (
    Agency,
    Article,
    Facet,
    Interval,
    Kind,
    Place,
    Published,
    Query,
    Removed,
    Scope,
    Sort,
    Source,
)
from tests.conftest import columnar, memory, stock
from tests.trying import examples

WORDS = ("ferry", "ferries", "harbor", "harbour", "storm", "night", "Bergen", "north")
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
NAMES = ("Bay Post", "bay post", "Hill", "Ünder")
sources = st.builds(
    Source,
    st.sampled_from(("bay", "hill", "bay post")),
    st.sampled_from(NAMES),
    st.just("row"),
)
days = st.dates(date(2015, 11, 1), date(2016, 3, 9)).map(date.isoformat)
far = st.sampled_from(("0001", "1850-07", "9999-12-31"))
dates = far | days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])
PLACES = (
    Place("x:n", "Nordland", ("x:n",), as_written=("Nordland",)),
    Place("x:b", "Bodø", ("x:n", "x:b"), as_written=("Bodø", "Bodo")),
    Place("x:v", "Viken", ("x:v",), as_written=("Viken",)),
    Place("x:b", "Bodoe", ("x:v", "x:b"), as_written=("Bodo",)),  # it moved
)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


articles = st.builds(
    Article,
    id=st.just(""),
    text=texts,
    title=maybe(texts),
    kind=st.sampled_from(Kind),
    source=maybe(sources),
    agency=maybe(st.builds(Agency, st.sampled_from(("AP", "AFP")), st.just("row"))),
    published=maybe(st.builds(Published, dates, st.just("row"))),
    authors=st.lists(
        st.sampled_from(("Ann Ex", "Bo Wye")), max_size=2, unique=True
    ).map(tuple),
    lang=maybe(st.sampled_from(("en", "de"))),
    places=st.lists(st.sampled_from(PLACES), max_size=2, unique=True).map(tuple),
    removed=st.lists(st.builds(Removed, texts, st.just("menu")), max_size=1).map(tuple),
)
corpora = st.lists(articles, max_size=8).map(
    lambda found: [replace(a, id=str(n)) for n, a in zip(count(), found, strict=False)]
)
# What was there before, and was updated or deleted since.
earlier = st.lists(st.builds(replace, articles, id=st.sampled_from("0123")), max_size=2)

terms = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        ("ferr*", "har*", "h?rbor", "storn~", "title:storm", "date:2016-01")
    ),
    st.sampled_from(
        ("place:Nordland", '"=harbour"', "in:chrome", "source:hill", "bodo")
    ),
    st.sampled_from(
        ('source:"Bay Post"', "source:ba*", 'agency:"Associated Press"', "kind:wall")
    ),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(
        lambda words: '"' + " ".join(words) + '"'
    ),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(
        lambda words: '"' + " ".join(words) + '"~3'
    ),
)
queried = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda both: f"({both[0]} OR {both[1]})"),
        inner.map(lambda one: f"-({one})"),
    ),
    max_leaves=5,
)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


VALUES = {
    "source": some("bay", "BAY POST", "hill", "unknown", "nowhere"),
    "agency": some("AP", "Associated Press", "none"),
    "place": some("x:n", "x:b", "bodo", "unknown"),
    "lang": some("EN", "unknown"),
    "author": some("ann ex", "unknown"),
    "kind": some("article", "wall"),
    "date": some("2016", "2015-12", "2016-01-03", "2015-12-28..2016-01-03", "undated"),
}
queries = st.builds(
    Query,
    text=st.just("") | queried,
    scope=st.sampled_from(Scope),
    sources=VALUES["source"],
    agencies=VALUES["agency"],
    places=VALUES["place"],
    languages=VALUES["lang"],
    authors=VALUES["author"],
    kinds=VALUES["kind"],
    dates=VALUES["date"],
    exclude=st.sampled_from(tuple(FACETS)).flatmap(
        lambda name: VALUES[name].map(lambda values: {name: values})
    ),
    since=maybe(st.dates(date(2015, 12, 1), date(2016, 2, 1))),
    until=maybe(st.dates(date(2015, 12, 1), date(2016, 2, 1))),
    facets=st.just(tuple(FACETS)),
    facet_size=st.sampled_from((1, 3, 50)),
    facet_prefix=st.just("") | st.sampled_from(("b", "bay p", "hi", "un", "2016")),
    interval=maybe(st.sampled_from(Interval)),
    sort=st.sampled_from((Sort.NEWEST, Sort.OLDEST, Sort.SOURCE)),
    page=st.sampled_from((1, 2)),
    per_page=st.sampled_from((3, 50)),
)
open_queries = st.builds(
    Query,
    text=queried,
    scope=st.sampled_from(Scope),
    kinds=st.just(()),
    facets=st.just(tuple(FACETS)),
    sort=st.just(Sort.NEWEST),
)


def seen(searcher: Searcher, query: Query) -> tuple[int, list[str], tuple[Facet, ...]]:
    result = searcher.search(query)
    return result.total, [hit.id for hit in result.hits], result.facets


def agree(corpus: list[Article], before: list[Article], asked: list[Query]) -> None:
    with TemporaryDirectory() as folder:
        plain = memory(Path(), corpus)
        for make in (stock, columnar):
            engine = make(Path(folder) / make.__name__, corpus, before)
            for query in asked:
                assert seen(engine, query) == seen(plain, query), query


@pytest.mark.slow
@examples(4)
@given(corpora, earlier, st.lists(open_queries, min_size=5, max_size=12))
def test_text_finds_what_a_loop_over_tokens_finds(
    corpus: list[Article], before: list[Article], asked: list[Query]
) -> None:
    agree(corpus, before, asked)


@pytest.mark.slow
@examples(10)
@given(corpora, earlier, st.lists(queries, min_size=5, max_size=12))
def test_filters_and_facets_are_those_of_a_loop(
    corpus: list[Article], before: list[Article], asked: list[Query]
) -> None:
    agree(corpus, before, asked)

"""What every engine owes of places: counts, spellings, company, coordinates."""

from __future__ import annotations

from sys import getrefcount

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Searcher
from search.engines.columns import Columns
from search.engines.mentions import Mentions
from search.engines.rows import Row
from search.engines.tables import Tables
from search.extended_gazetteer import extended
from search.mentions import Companion, PlaceCount, Written
from search.model import Article, Kind, Query
from search.own_places import parse
from tests.conftest import Engine
from tests.factories import article, place
from tests.memory_engine import MemorySearcher
from tests.stock_engine import StockSearcher
from tests.trying import examples

NORWAY, BERGEN, OSLO = "900001", "900002", "900003"
DEEP = "x:cold deep"
BERGEN_PLACE = place(BERGEN, "Bergen", NORWAY)


def counts(searcher: Searcher, query: Query | None = None) -> dict[str, int]:
    return {p.id: p.count for p in searcher.places(query or Query()).places}


def test_a_place_counts_the_articles_of_those_in_it_and_its_own_apart(
    engine: Engine,
) -> None:
    searcher = engine(
        article(id="x", places=(BERGEN_PLACE,)),
        article(id="y", places=(place(NORWAY, "Norway"), BERGEN_PLACE)),
        article(id="z"),
    )
    found = searcher.places(Query())
    assert [(p.id, p.count, p.own, p.parent, p.level) for p in found.places] == [
        (NORWAY, 2, 1, None, 0),
        (BERGEN, 2, 2, NORWAY, 1),
    ]
    assert (found.articles, found.unplaced) == (3, 1)


def test_places_are_those_of_the_articles_a_query_finds(engine: Engine) -> None:
    searcher = engine(
        article(id="x", text="ferry", places=(BERGEN_PLACE,)),
        article(id="y", text="storm", places=(place(OSLO, "Oslo", NORWAY),)),
        article(id="z", text="ferry", kind=Kind.WALL, places=(place(DEEP, "Deep"),)),
    )
    assert counts(searcher, Query(text="ferry")) == {NORWAY: 1, BERGEN: 1}
    assert counts(searcher, Query(places=(OSLO,))) == {NORWAY: 1, OSLO: 1}


def test_a_beginning_finds_a_place_by_any_spelling_here(engine: Engine) -> None:
    searcher = engine(
        article(id="x", places=(place(BERGEN, "Bergen", as_written=("Bjørgvin",)),)),
        article(id="y", places=(place(OSLO, "Oslo"),)),
    )
    assert counts(searcher, Query(facet_prefix="bjorg")) == {BERGEN: 1}


def test_what_was_deleted_names_no_place(engine: Engine) -> None:
    searcher = engine(
        article(id="x", places=(BERGEN_PLACE,)),
        before=[article(id="x", places=(place(OSLO, "Oslo"),))],
    )
    assert counts(searcher) == {NORWAY: 1, BERGEN: 1}
    assert searcher.place(OSLO).place.count == 0


def test_a_place_the_gazetteer_lacks_lies_where_articles_say(engine: Engine) -> None:
    searcher = engine(
        article(id="x", places=(place(DEEP, "Deep", lat=61.5, lon=-3.25),))
    )
    (found,) = searcher.places(Query()).places
    assert (found.lat, found.lon) == (61.5, -3.25)
    assert searcher.place(DEEP).place == found


def test_spellings_are_counted_by_outlet(engine: Engine) -> None:
    old, new = (
        place(BERGEN, "Bergen", as_written=(w,)) for w in ("Bjørgvin", "Bergen")
    )
    searcher = engine(
        article(id="x", source="Bay Post", places=(new,)),
        article(id="y", source="Bay Post", places=(new,)),
        article(id="z", source="Fjord News", places=(old,)),
        article(id="u", places=(old, place(OSLO, "Oslo"))),
    )
    assert searcher.place(BERGEN).written == (
        Written("Bergen", "bay-post", "Bay Post", 2),
        Written("Bjørgvin", None, None, 1),
        Written("Bjørgvin", "fjord-news", "Fjord News", 1),
    )


def test_capitals_make_no_other_spelling(engine: Engine) -> None:
    ways = [("Bergen",), ("BERGEN", "Bergen"), ("BERGEN",), ("Bergen",)]
    searcher = engine(
        *(
            article(id=f"{n}", places=(place(BERGEN, "Bergen", as_written=way),))
            for n, way in enumerate(ways)
        )
    )
    assert searcher.place(BERGEN).written == (Written("Bergen", None, None, 4),)


def test_company_is_ranked_by_what_is_unusual_and_not_by_how_much(
    engine: Engine,
) -> None:
    bergen, oslo, deep = BERGEN_PLACE, place(OSLO, "Oslo"), place(DEEP, "Deep")
    searcher = engine(
        *(article(id=f"a{n}", places=(bergen, oslo)) for n in range(3)),
        *(article(id=f"b{n}", places=(bergen, deep)) for n in range(2)),
        *(article(id=f"c{n}", places=(oslo,)) for n in range(9)),
    )
    company = searcher.place(BERGEN).companions
    assert [(one.id, one.count, round(one.times, 2)) for one in company] == [
        (DEEP, 2, 2.8)
    ]
    assert company[0].strength == pytest.approx(4.753, abs=0.001)


def test_what_lies_around_a_place_or_in_it_is_no_company(engine: Engine) -> None:
    norway = place(NORWAY, "Norway")
    searcher = engine(article(id="x", places=(norway, BERGEN_PLACE)))
    assert searcher.place(NORWAY).companions == ()
    assert searcher.place(BERGEN).companions == ()


def test_a_place_knows_what_it_lies_in_and_what_in_it(engine: Engine) -> None:
    norway = place(NORWAY, "Norway")
    searcher = engine(article(id="x", places=(norway, BERGEN_PLACE)))
    assert searcher.place(BERGEN).path == ((NORWAY, "Norway"), (BERGEN, "Bergen"))
    assert [one.id for one in searcher.place(NORWAY).inside] == [BERGEN]


def test_a_country_is_the_dateline_of_what_opens_with_its_towns(engine: Engine) -> None:
    opening = place(BERGEN, "Bergen", NORWAY, dateline=True)
    searcher = engine(
        article(id="x", places=(opening,)), article(id="y", places=(BERGEN_PLACE,))
    )
    found = searcher.place(NORWAY)
    assert (found.datelined, found.place.count, found.articles) == (1, 2, 2)


def test_a_place_nobody_names_is_known_by_the_gazetteer(engine: Engine) -> None:
    found = engine(article(id="x")).place("2911298")
    assert (found.place.label, found.place.count) == ("Hamburg", 0)
    assert found.path[0][1] == "Germany"
    assert found.place.lat == pytest.approx(53.55, abs=0.01)
    assert (found.place.kind, found.people > 1_000_000) == ("city", True)
    assert "hambourg" in found.names


def test_nothing_is_kept_of_an_id_that_articles_lack() -> None:
    columns = Columns.of([Row.of(article(id="x", places=(BERGEN_PLACE,)))])
    mentions = Mentions(columns, Tables(columns, columns.live), columns.live)
    asked = "x:" + "nowhere " * 500
    before = getrefcount(asked)
    mentions.of(asked)
    assert getrefcount(asked) == before


def test_what_is_no_place_is_called_by_its_id(engine: Engine) -> None:
    found = engine(article(id="x")).place("x:nowhere at all")
    assert found.place == PlaceCount("x:nowhere at all", "x:nowhere at all", 0, 0)
    assert (found.written, found.companions, found.datelined) == ((), (), 0)


def test_a_place_of_a_user_s_own_lies_where_their_file_says() -> None:
    own = parse(
        "id,name,parent,lat,lon,kind\nx:quay,East Quay,2911298,53.5,10.1,city", ""
    )
    named = article(id="x", places=(place("x:quay", "Quay", "2921044", "2911298"),))
    columns = Columns.of([Row.of(named)])
    tables = Tables(columns, columns.live, extended(own))
    found = Mentions(columns, tables, columns.live).of("x:quay")
    assert (found.label, found.lat, found.lon, found.kind) == (
        *("East Quay", 53.5, 10.1, "city"),
    )


PLACES = [
    place(NORWAY, "Norway"),
    BERGEN_PLACE,
    place(
        OSLO, "Oslo", NORWAY, as_written=("Oslo", "OSLO", "Christiania"), dateline=True
    ),
    place(DEEP, "Deep", lat=1.5, lon=2.5),
]
ARTICLES = st.lists(
    st.builds(
        lambda named, source: article(places=(*named,), source=source),
        st.lists(st.sampled_from(PLACES), unique=True, max_size=3),
        st.sampled_from([None, "Bay Post", "Fjord News"]),
    ),
    min_size=1,
    max_size=12,
)


@examples(25)
@given(ARTICLES, st.sampled_from([NORWAY, BERGEN, OSLO, DEEP]))
def test_counting_from_columns_says_what_a_loop_does(
    articles: list[Article], asked: str
) -> None:
    named = [article(id=f"{n}", places=a.places, source=a.source and a.source.label)
             for n, a in enumerate(articles)]  # fmt: skip
    ours, plain = StockSearcher(named), MemorySearcher(named)
    assert ours.places(Query()).places == plain.places(Query()).places
    one, other = ours.place(asked), plain.place(asked)
    assert (one.place, one.path, one.datelined, one.written, one.inside) == (
        *(other.place, other.path, other.datelined, other.written, other.inside),
    )
    assert [*map(_rounded, one.companions)] == [*map(_rounded, other.companions)]


def _rounded(one: Companion) -> tuple[str, int, float, float]:
    return one.id, one.count, round(one.times, 6), round(one.strength, 6)

"""What every engine owes: each field of Query and SearchResult, once an engine."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from search.errors import BadArticle, BadQuery, NotFound
from search.model import (
    Article,
    Bucket,
    Facet,
    Hit,
    Interval,
    Kind,
    Methods,
    Query,
    Removed,
    Scope,
    SearchResult,
    Sort,
    Source,
)
from tests.conftest import Engine
from tests.factories import article, place

NORWAY = "900001"
BERGEN = "900002"


def ids(result: SearchResult) -> set[str]:
    return {hit.id for hit in result.hits}


def listed(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


def counts(facet: Facet) -> dict[str, int]:
    return {bucket.value: bucket.count for bucket in facet.buckets}


def bucket(result: SearchResult, value: str) -> Bucket:
    return next(b for b in result.facets[0].buckets if b.value == value)


# Text and scope


def test_empty_text_finds_everything_newest_first_and_undated_last(
    engine: Engine,
) -> None:
    searcher = engine(
        article(id="old", published="2015-01-01"),
        article(id="none"),
        article(id="new", published="2016-01-01"),
    )
    assert listed(searcher.search(Query())) == ["new", "old", "none"]


def test_the_newest_of_some_hits_come_first_wherever_they_lie(engine: Engine) -> None:
    first = date(2016, 1, 1)
    searcher = engine(
        *(
            article(
                id=f"{day:03}",
                text="rare plover" if day % 8 == 0 else "plover",
                published=f"{first + timedelta(day)}",
            )
            for day in (59 * number % 128 for number in range(128))
        )
    )
    query = Query(text="rare", sort=Sort.NEWEST, per_page=1)
    assert listed(searcher.search(query)) == ["120"]


def test_words_are_all_required(engine: Engine) -> None:
    searcher = engine(
        article(id="x", text="kestrel nest"), article(id="y", text="kestrel")
    )
    assert ids(searcher.search(Query(text="kestrel nest"))) == {"x"}


def test_a_phrase_wants_its_words_side_by_side(engine: Engine) -> None:
    searcher = engine(
        article(id="x", text="the night ferry sails"),
        article(id="y", text="a ferry at night"),
    )
    assert ids(searcher.search(Query(text='"night ferry"'))) == {"x"}


def test_a_denied_word_keeps_articles_out(engine: Engine) -> None:
    searcher = engine(
        article(id="x", text="ferry"), article(id="y", text="ferry storm")
    )
    assert ids(searcher.search(Query(text="ferry -storm", scope=Scope.BODY))) == {"x"}


def test_denied_words_alone_find_the_rest(engine: Engine) -> None:
    searcher = engine(
        article(id="x", title="A", text="ferry"),
        article(id="y", title="A", text="storm"),
    )
    assert ids(searcher.search(Query(text="-storm"))) == {"x"}


def test_either_word_is_enough_where_the_text_says_or(engine: Engine) -> None:
    searcher = engine(
        article(id="x", text="kestrel"), article(id="y", text="osprey"), article(id="z")
    )
    assert ids(searcher.search(Query(text="kestrel OR osprey"))) == {"x", "y"}


def test_a_prefix_finds_its_continuations(engine: Engine) -> None:
    searcher = engine(article(id="x", text="shipyards"), article(id="y", text="shops"))
    assert ids(searcher.search(Query(text="shipy*"))) == {"x"}


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        (Scope.ALL, {"title", "body"}),
        (Scope.TITLE, {"title"}),
        (Scope.BODY, {"body"}),
        (Scope.BYLINE, {"byline"}),
        (Scope.CHROME, {"chrome"}),
    ],
)
def test_scope_is_the_part_words_are_looked_for_in(
    engine: Engine, scope: Scope, found: set[str]
) -> None:
    searcher = engine(
        article(id="title", title="Kestrel"),
        article(id="body", text="A kestrel flew."),
        article(id="byline", authors=("Ann Kestrel",)),
        article(id="chrome", removed=(Removed("Kestrel offers", "menu"),)),
    )
    assert ids(searcher.search(Query(text="kestrel", scope=scope))) == found


def test_what_only_chrome_has_is_counted_where_nothing_matches(engine: Engine) -> None:
    searcher = engine(article(removed=(Removed("Kestrel offers", "menu"),)))
    assert searcher.search(Query(text="kestrel")).in_chrome == 1


def test_chrome_is_not_counted_where_something_matches(engine: Engine) -> None:
    searcher = engine(article(text="kestrel", removed=(Removed("Kestrel", "menu"),)))
    assert searcher.search(Query(text="kestrel")).in_chrome is None


def test_chrome_is_counted_under_the_same_filters(engine: Engine) -> None:
    searcher = engine(article(source="Bay", removed=(Removed("Kestrel", "menu"),)))
    assert searcher.search(Query(text="kestrel", sources=("other",))).in_chrome == 0


def test_the_reading_says_how_the_text_was_understood(engine: Engine) -> None:
    assert "ferry" in engine(article()).search(Query(text="ferry")).read_as


# Filters


def test_values_of_one_facet_are_or(engine: Engine) -> None:
    searcher = engine(
        article(id="x", source="Bay"),
        article(id="y", source="Coast"),
        article(id="z", source="Hill"),
    )
    assert ids(searcher.search(Query(sources=("bay", "coast")))) == {"x", "y"}


def test_different_facets_are_and(engine: Engine) -> None:
    searcher = engine(
        article(id="x", source="Bay", agency="AP"), article(id="y", source="Bay")
    )
    assert ids(searcher.search(Query(sources=("bay",), agencies=("AP",)))) == {"x"}


def test_a_filter_takes_a_label(engine: Engine) -> None:
    searcher = engine(article(id="x", source="The Báy"), article(id="y", source="Hill"))
    assert ids(searcher.search(Query(sources=("the bay",)))) == {"x"}


def bays() -> tuple[Article, ...]:
    """Return articles of an outlet under two labels, and one of its namesake."""
    return (
        article(id="x", source=Source("bay.example", "Bay Post", "row")),
        article(id="y", source=Source("bay.example", "The Bay Post", "row")),
        article(id="z", source=Source("bay-post", "Hill", "row")),
    )


@pytest.mark.parametrize("name", ["Bay Post", "bay-post", "bay.example", "hill", "no"])
def test_the_text_and_the_filter_mean_the_same_source_by_a_name(
    engine: Engine, name: str
) -> None:
    searcher = engine(*bays())
    filtered = ids(searcher.search(Query(sources=(name,))))
    assert ids(searcher.search(Query(text=f'source:"{name}"'))) == filtered


def test_a_label_stands_for_the_whole_outlet(engine: Engine) -> None:
    found = engine(*bays()).search(Query(text='source:"the bay post"'))
    assert ids(found) == {"x", "y"}


def test_a_source_is_found_by_the_beginning_of_a_label(engine: Engine) -> None:
    assert ids(engine(*bays()).search(Query(text="source:hil*"))) == {"z"}


@pytest.mark.parametrize("name", ["AP", "ap", "Associated Press"])
def test_an_agency_is_known_by_its_other_names(engine: Engine, name: str) -> None:
    searcher = engine(article(id="x", agency="AP"), article(id="y", agency="AFP"))
    result = searcher.search(Query(agencies=(name,), facets=("agency",)))
    assert ids(result) == {"x"}
    assert bucket(result, "AP").selected


def test_a_text_that_names_kinds_is_not_limited_to_articles(engine: Engine) -> None:
    searcher = engine(article(id="x"), article(id="y", kind=Kind.WALL))
    assert ids(searcher.search(Query(text="harbour kind:wall"))) == {"y"}


def test_kinds_asked_for_hold_beside_those_the_text_names(engine: Engine) -> None:
    searcher = engine(article(id="x"), article(id="y", kind=Kind.WALL))
    found = searcher.search(Query(text="-kind:error", kinds=(Kind.WALL,)))
    assert ids(found) == {"y"}


def test_a_value_no_article_has_finds_nothing(engine: Engine) -> None:
    assert engine(article(source="Bay")).search(Query(sources=("zzz",))).total == 0


@pytest.mark.parametrize(
    "query",
    [
        Query(sources=("unknown",)),
        Query(agencies=("none",)),
        Query(places=("unknown",)),
        Query(authors=("unknown",)),
        Query(languages=("unknown",)),
        Query(dates=("undated",)),
    ],
)
def test_unknown_is_a_value(engine: Engine, query: Query) -> None:
    known = article(
        id="known",
        source="Bay",
        agency="AP",
        places=(place(BERGEN, "Bergen"),),
        authors=("Ann Ex",),
        published="2016",
    )
    searcher = engine(known, article(id="bare", lang=None))
    assert ids(searcher.search(query)) == {"bare"}


def test_a_place_filter_finds_what_lies_in_the_place(engine: Engine) -> None:
    searcher = engine(
        article(id="x", places=(place(BERGEN, "Bergen", NORWAY),)), article(id="y")
    )
    assert ids(searcher.search(Query(places=(NORWAY,)))) == {"x"}


def test_a_place_is_left_out_with_all_that_lies_in_it(engine: Engine) -> None:
    vestland = place(BERGEN, "Bergen", NORWAY, "900004")
    oslo = place("900003", "Oslo", NORWAY)
    searcher = engine(
        article(id="x", places=(vestland, oslo)), article(id="y", places=(oslo,))
    )
    left = Query(places=(NORWAY,), exclude={"place": ("900004",)})
    assert ids(searcher.search(left)) == {"y"}


def test_the_place_a_text_opens_with_is_searched_apart(engine: Engine) -> None:
    bergen = place(BERGEN, "Bergen", NORWAY, spans=((0, 6),), dateline=True)
    oslo = place("900003", "Oslo", NORWAY)
    searcher = engine(
        article(id="x", text="BERGEN - Tea.", title="A", places=(bergen, oslo)),
        article(id="y", places=(replace(bergen, dateline=False), oslo)),
    )
    found = searcher.search(Query(text=f"dateline:{NORWAY}"))
    assert ids(found) == {"x"}
    assert found.hits[0].snippets[0].ranges == ((0, 6),)


def test_a_place_filter_takes_a_spelling_of_the_corpus(engine: Engine) -> None:
    written = place("x:utvik", "Utvik", as_written=("Utvík",))
    searcher = engine(article(id="x", places=(written,)), article(id="y"))
    assert ids(searcher.search(Query(places=("utvik",)))) == {"x"}


def test_author_and_language_are_filters(engine: Engine) -> None:
    searcher = engine(
        article(id="x", authors=("Ann Ex", "Bo Wye"), lang="en"),
        article(id="y", authors=("Bo Wye",), lang="de"),
    )
    found = searcher.search(Query(authors=("bo wye",), languages=("en",)))
    assert ids(found) == {"x"}


def test_only_articles_are_in_default_results(engine: Engine) -> None:
    searcher = engine(article(id="x"), article(id="y", kind=Kind.LISTING))
    assert ids(searcher.search(Query())) == {"x"}


def test_no_kinds_means_every_kind(engine: Engine) -> None:
    searcher = engine(article(id="x"), article(id="y", kind=Kind.LISTING))
    assert ids(searcher.search(Query(kinds=()))) == {"x", "y"}


def test_excluded_values_are_left_out(engine: Engine) -> None:
    searcher = engine(article(id="x", source="Bay"), article(id="y", source="Hill"))
    assert ids(searcher.search(Query(exclude={"source": ("Hill",)}))) == {"x"}


def test_nothing_is_from_after_a_day_until_before_it(engine: Engine) -> None:
    years = (None, "2016", "2016-05", "2016-05-09")
    searcher = engine(*(article(id=str(n), published=p) for n, p in enumerate(years)))
    query = Query(
        since=date(2016, 5, 20), until=date(2016, 5, 2), facets=("date", "lang")
    )
    for asked in (query, replace(query, dates=("2016", "undated"))):
        result = searcher.search(asked)
        assert (result.total, {f.total for f in result.facets}) == (0, {0})


def test_until_includes_its_own_day(engine: Engine) -> None:
    searcher = engine(article(id="x", published="1987-10-19"))
    assert ids(searcher.search(Query(until=date(1987, 10, 19)))) == {"x"}


def test_since_includes_its_own_day(engine: Engine) -> None:
    searcher = engine(article(id="x", published="1987-10-19"))
    assert ids(searcher.search(Query(since=date(1987, 10, 19)))) == {"x"}


def test_a_range_finds_periods_that_overlap_it(engine: Engine) -> None:
    searcher = engine(
        article(id="year", published="1987"),
        article(id="month", published="1987-09"),
        article(id="none"),
    )
    found = searcher.search(Query(since=date(1987, 10, 1), until=date(1987, 10, 2)))
    assert ids(found) == {"year"}


def test_dates_are_or_and_match_where_periods_overlap(engine: Engine) -> None:
    searcher = engine(
        article(id="a", published="1987-10-19"),
        article(id="b", published="1988"),
        article(id="c", published="1989-01-01"),
    )
    assert ids(searcher.search(Query(dates=("1987-10", "1988-02-03")))) == {"a", "b"}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("1987-10-19..1988-01", {"a", "b"}),
        ("1988..", {"b", "c"}),
        ("..1987-10", {"a"}),
    ],
)
def test_a_date_may_be_a_period_from_one_to_another(
    engine: Engine, value: str, found: set[str]
) -> None:
    searcher = engine(
        article(id="a", published="1987-10-19"),
        article(id="b", published="1988"),
        article(id="c", published="1989-01-01"),
        article(id="none"),
    )
    assert ids(searcher.search(Query(dates=(value,)))) == found


@pytest.mark.parametrize(
    "value", ["19-11", "2016-13", "yesterday", "", "..", "2017..2016", "2016..x"]
)
def test_a_date_that_is_none_is_refused(engine: Engine, value: str) -> None:
    searcher = engine(article())
    with pytest.raises(BadQuery, match="date") as caught:
        searcher.search(Query(dates=(value,)))
    assert caught.value.parameter == "date"


# Totals


def test_totals_are_those_of_a_search_for_each(engine: Engine) -> None:
    searcher = engine(
        article(id="x", source="Bay", text="kestrel"),
        article(id="y", kind=Kind.WALL, text="kestrel"),
        article(id="z", authors=("Ann Kestrel",)),
    )
    queries = [
        Query(text="kestrel"),
        Query(text="kestrel", kinds=()),
        Query(text="kestrel", sources=("nowhere",)),
        Query(text="kestrel", scope=Scope.BYLINE),
    ]
    assert searcher.totals(queries) == (1, 2, 0, 1)


# Facets


def test_a_facet_ignores_its_own_selection(engine: Engine) -> None:
    searcher = engine(article(id="x", source="Bay"), article(id="y", source="Hill"))
    result = searcher.search(Query(sources=("bay",), facets=("source",)))
    assert counts(result.facets[0]) == {"bay": 1, "hill": 1}


def test_a_facet_obeys_the_selection_of_others(engine: Engine) -> None:
    searcher = engine(
        article(id="x", source="Bay", lang="en"),
        article(id="y", source="Hill", lang="de"),
    )
    result = searcher.search(Query(languages=("de",), facets=("source",)))
    assert counts(result.facets[0]) == {"hill": 1}


def test_a_facet_counts_what_the_text_finds(engine: Engine) -> None:
    searcher = engine(
        article(id="x", source="Bay", text="kestrel"), article(id="y", source="Hill")
    )
    result = searcher.search(Query(text="kestrel", facets=("source",)))
    assert counts(result.facets[0]) == {"bay": 1}


def test_a_selected_value_is_listed_though_it_counts_nothing(engine: Engine) -> None:
    searcher = engine(article(source="Bay"))
    result = searcher.search(Query(sources=("gone",), facets=("source",)))
    assert bucket(result, "gone") == Bucket("gone", "gone", 0, selected=True)


def test_an_excluded_value_shows_the_count_it_would_have(engine: Engine) -> None:
    searcher = engine(article(source="Bay"))
    query = Query(exclude={"source": ("bay",)}, facets=("source",))
    assert bucket(searcher.search(query), "bay") == Bucket(
        "bay", "Bay", 1, excluded=True
    )


def test_the_most_frequent_values_come_first_and_ties_go_by_value(
    engine: Engine,
) -> None:
    searcher = engine(
        article(id="1", source="Coast"),
        article(id="2", source="Bay"),
        article(id="3", source="Hill"),
        article(id="4", source="Hill"),
    )
    facet = searcher.search(Query(facets=("source",))).facets[0]
    assert [b.value for b in facet.buckets] == ["hill", "bay", "coast"]


def test_facet_size_bounds_the_values_and_total_counts_them_all(engine: Engine) -> None:
    searcher = engine(article(id="1", source="Coast"), article(id="2", source="Bay"))
    facet = searcher.search(Query(facets=("source",), facet_size=1)).facets[0]
    assert (len(facet.buckets), facet.total) == (1, 2)


def test_articles_without_a_value_are_missing_and_a_bucket(engine: Engine) -> None:
    facet = engine(article()).search(Query(facets=("agency",))).facets[0]
    assert (facet.missing, counts(facet)) == (1, {"none": 1})


def test_a_source_is_labelled_as_most_articles_label_it(engine: Engine) -> None:
    labels = {"1": "The Bay", "2": "Bay", "3": "Bay"}
    searcher = engine(
        *(article(id=n, source=Source("bay", labels[n], "row")) for n in labels)
    )
    result = searcher.search(Query(facets=("source",)))
    assert bucket(result, "bay").label == "Bay"


def test_a_parent_place_counts_every_article_of_its_children(engine: Engine) -> None:
    bergen, oslo = place(BERGEN, "Bergen", NORWAY), place("900003", "Oslo", NORWAY)
    searcher = engine(
        article(id="x", places=(bergen, oslo)), article(id="y", places=(oslo,))
    )
    facet = searcher.search(Query(facets=("place",))).facets[0]
    assert counts(facet) == {NORWAY: 2, "900003": 2, BERGEN: 1}


def test_a_place_bucket_knows_its_parent_and_level(engine: Engine) -> None:
    searcher = engine(article(places=(place(BERGEN, "Bergen", NORWAY),)))
    result = searcher.search(Query(facets=("place",)))
    assert bucket(result, BERGEN) == Bucket(BERGEN, "Bergen", 1, parent=NORWAY, level=1)


def test_a_place_lies_where_most_articles_have_it(engine: Engine) -> None:
    moved = [place("x:p", "Port", above) for above in ("x:zz", "x:aa", "x:aa")]
    articles = (article(id=str(n), places=(p,)) for n, p in enumerate(moved))
    result = engine(*articles).search(Query(facets=("place",)))
    assert bucket(result, "x:p").parent == "x:aa"


@pytest.mark.parametrize("value", ["x:\x1fa", "\x1f", "x:\x1f\x1f", "x:\xffa"])
def test_values_may_have_any_characters(engine: Engine, value: str) -> None:
    source = Source(value, "Bay\x1fPost", "row")
    above = place("x:n\x1fb", "Nord\x1fland")
    inside = place(value, "Port\x1ftown", above.id)
    searcher = engine(article(source=source, places=(above, inside)))
    result = searcher.search(Query(facets=("source", "place")))
    assert bucket(result, value).label == "Bay\x1fPost"
    places = {b.value: (b.label, b.parent) for b in result.facets[1].buckets}
    assert places == {
        above.id: ("Nord\x1fland", None),
        value: ("Port\x1ftown", above.id),
    }


def test_a_place_lies_where_no_dead_article_has_it(engine: Engine) -> None:
    old = article(id="a", places=(place("x:p", "Port", "x:zz", "x:z"),))
    now = article(id="a", places=(place("x:p", "Port", "x:aa"),))
    others = (article(id=str(n)) for n in range(20))
    result = engine(*others, now, before=(old,)).search(Query(facets=("place",)))
    found = bucket(result, "x:p")
    assert (found.parent, found.level) == ("x:aa", 1)


def test_a_place_of_dead_articles_only_has_no_level(engine: Engine) -> None:
    old = article(id="a", places=(place("x:p", "Port", "x:zz"),))
    others = (article(id=str(n)) for n in range(20))
    asked = Query(places=("x:p",), facets=("place",))
    found = bucket(engine(*others, before=(old,)).search(asked), "x:p")
    assert (found.count, found.parent, found.level) == (0, None, None)


def test_a_listed_place_never_lacks_its_parents(engine: Engine) -> None:
    searcher = engine(
        article(id="x", places=(place("900003", "Oslo"),)),
        article(id="y", places=(place(BERGEN, "Bergen", NORWAY),)),
    )
    query = Query(facets=("place",), facet_size=1, places=(BERGEN,))
    assert {BERGEN, NORWAY} <= counts(searcher.search(query).facets[0]).keys()


def test_the_kind_facet_counts_all_kinds(engine: Engine) -> None:
    searcher = engine(article(id="x"), article(id="y", kind=Kind.WALL))
    facet = searcher.search(Query(facets=("kind",))).facets[0]
    assert counts(facet) == {"article": 1, "wall": 1}


def test_facets_are_answered_in_the_order_asked(engine: Engine) -> None:
    result = engine(article()).search(Query(facets=("lang", "source")))
    assert [facet.name for facet in result.facets] == ["lang", "source"]


def test_a_facet_that_is_none_is_refused(engine: Engine) -> None:
    searcher = engine(article())
    with pytest.raises(BadQuery) as caught:
        searcher.search(Query(facets=("colour",)))
    assert caught.value.parameter == "facet"


# The date facet


def test_a_date_bucket_counts_periods_that_overlap_it(engine: Engine) -> None:
    searcher = engine(
        article(id="x", published="2016-03-05"), article(id="y", published="2016")
    )
    query = Query(facets=("date",), interval=Interval.MONTH)
    found = counts(searcher.search(query).facets[0])
    assert (found["2016-03"], found["2016-04"]) == (2, 1)


def test_weeks_begin_on_monday(engine: Engine) -> None:
    searcher = engine(article(published="2017-11-15"))
    query = Query(facets=("date",), interval=Interval.WEEK)
    assert searcher.search(query).facets[0].buckets == (
        Bucket("2017-11-13..2017-11-19", "2017-11-13", 1, last="2017-11-19"),
    )


def test_undated_articles_are_a_bucket_at_the_end(engine: Engine) -> None:
    searcher = engine(article(id="x", published="2016"), article(id="y"))
    facet = searcher.search(Query(facets=("date",))).facets[0]
    assert facet.buckets[-1] == Bucket("undated", "undated", 1)


def test_the_interval_is_the_narrowest_of_at_most_sixty_buckets(engine: Engine) -> None:
    searcher = engine(
        article(id="x", published="2016-01-01"), article(id="y", published="2016-12-31")
    )
    facet = searcher.search(Query(facets=("date",))).facets[0]
    assert facet.interval is Interval.WEEK


def test_an_interval_too_narrow_to_draw_is_widened(engine: Engine) -> None:
    searcher = engine(
        article(id="x", published="1990-01-01"), article(id="y", published="2016-12-31")
    )
    query = Query(facets=("date",), interval=Interval.DAY)
    assert searcher.search(query).facets[0].interval is Interval.YEAR


@pytest.mark.parametrize("slip", ["0001", "9999-12-31"])
@pytest.mark.parametrize("asked", [None, Interval.MONTH, Interval.YEAR])
def test_a_slip_in_one_year_hides_no_other_article(
    engine: Engine, slip: str, asked: Interval | None
) -> None:
    searcher = engine(
        article(id="slip", published=slip),
        article(id="x", published="2015-11-20"),
        article(id="y", published="2016-03"),
    )
    query = Query(facets=("date",), interval=asked)
    facet = searcher.search(query).facets[0]
    without = searcher.search(
        replace(query, since=date(2015, 1, 1), until=date(2016, 12, 31))
    )
    assert facet == without.facets[0]


def test_of_centuries_the_fullest_two_are_drawn(engine: Engine) -> None:
    years = [1600, 1700, 1799, 1800, 1899, 2000, 2010]
    searcher = engine(*(article(id=str(y), published=str(y)) for y in years))
    found = searcher.search(Query(facets=("date",), interval=Interval.YEAR)).facets[0]
    assert [*counts(found)] == ["1700", "1799", "1800", "1899"]


def test_a_bucket_inside_a_chosen_period_is_selected(engine: Engine) -> None:
    searcher = engine(article(published="2016-03-05"))
    query = Query(facets=("date",), interval=Interval.DAY, dates=("2016-03",))
    assert bucket(searcher.search(query), "2016-03-05").selected


# Order, pages, cursor


def test_oldest_puts_undated_last_too(engine: Engine) -> None:
    searcher = engine(
        article(id="none"),
        article(id="new", published="2016-01-01"),
        article(id="old", published="2015"),
    )
    found = searcher.search(Query(sort=Sort.OLDEST))
    assert listed(found) == ["old", "new", "none"]


def test_by_source_unknown_comes_last(engine: Engine) -> None:
    searcher = engine(
        article(id="none"),
        article(id="b", source="Hill"),
        article(id="a", source="Bay"),
    )
    assert listed(searcher.search(Query(sort=Sort.SOURCE))) == ["a", "b", "none"]


def test_ties_are_settled_by_id(engine: Engine) -> None:
    searcher = engine(*(article(id=name) for name in "cabd"))
    assert listed(searcher.search(Query())) == ["a", "b", "c", "d"]


def test_pages_partition_the_hits(engine: Engine) -> None:
    searcher = engine(*(article(id=name) for name in "abcde"))
    pages = [listed(searcher.search(Query(page=n, per_page=2))) for n in (1, 2, 3, 4)]
    assert pages == [["a", "b"], ["c", "d"], ["e"], []]


@pytest.mark.parametrize("order", Sort)
def test_following_the_cursor_visits_every_hit_once(
    engine: Engine, order: Sort
) -> None:
    searcher = engine(
        *(article(id=name, source=name.upper()) for name in "ab"),
        *(article(id=name, published="2016", text="ferry, ferry") for name in "cde"),
    )
    query = Query(text="ferries", sort=order, per_page=2)
    whole = listed(searcher.search(Query(text="ferries", sort=order)))
    seen: list[str] = []
    cursor = None
    for _ in range(4):
        result = searcher.search(
            Query(text="ferries", sort=order, per_page=2, cursor=cursor)
        )
        seen += listed(result)
        cursor = result.cursor
        if cursor is None:
            break
    assert (seen, query.order) == (whole, order)


def test_the_last_page_has_no_cursor(engine: Engine) -> None:
    assert engine(article()).search(Query()).cursor is None


def test_pages_past_ten_thousand_hits_are_refused(engine: Engine) -> None:
    searcher = engine(article())
    with pytest.raises(BadQuery) as caught:
        searcher.search(Query(page=101, per_page=100))
    assert caught.value.parameter == "page"


# Hits


def test_a_hit_shows_its_article(engine: Engine) -> None:
    made = article(
        source="Bay",
        agency="AP",
        published="2016-02",
        authors=("Ann Ex",),
        url="https://bay.example/1",
        places=(place(BERGEN, "Bergen", NORWAY),),
    )
    hit = engine(made).search(Query()).hits[0]
    shown = {f.name for f in fields(Hit)} & {f.name for f in fields(Article)}
    assert all(getattr(hit, name) == getattr(made, name) for name in shown)


def test_the_lead_is_the_first_sentence(engine: Engine) -> None:
    hit = engine(article()).search(Query()).hits[0]
    assert hit.lead == "The harbour reopened on Monday."


def test_matches_are_counted_in_title_and_text(engine: Engine) -> None:
    hit = engine(article()).search(Query(text="harbour")).hits[0]
    assert (hit.matches, hit.title_ranges) == (2, ((0, 7),))


def test_a_hit_says_what_the_cleaner_took(engine: Engine) -> None:
    made = article(text="x" * 30, removed=(Removed("y" * 10, "menu"),))
    hit = engine(made).search(Query()).hits[0]
    assert (hit.removed_blocks, hit.removed_share) == (1, 0.25)


def test_a_snippet_marks_what_matched(engine: Engine) -> None:
    hit = engine(article(title=None)).search(Query(text="ferries")).hits[0]
    assert hit.snippets[0].ranges == ((0, 7),)


def test_no_snippets_are_made_where_none_are_wanted(engine: Engine) -> None:
    hit = engine(article()).search(Query(text="ferries", snippets=0)).hits[0]
    assert hit.snippets == ()


def test_get_returns_the_article_that_was_added(engine: Engine) -> None:
    made = article(
        id="x",
        source="Bay",
        published="2016-02",
        places=(place(BERGEN, "Bergen", NORWAY, spans=((0, 3),), lat=1.5),),
        removed=(Removed("menu", "rule", 1),),
        text="one \ud800 “two”\n\nthree",
        methods=Methods(title="h1", lang="text"),
    )
    assert engine(made).get("x") == made


def test_halves_of_characters_in_ids_harm_nothing(engine: Engine) -> None:
    made = article(id="\ud800", places=(place("x:\udfff", "Reef", "x:\ud800"),))
    searcher = engine(article(id="x"), made)
    for query in (Query(text="place:Reef"), Query(places=("x:\ud800",))):
        assert searcher.search(query).total == 1
    assert searcher.get("\ud800") == made


@pytest.mark.parametrize("id_", ["a\0", "\0", "é" * 128 + "e"])
def test_an_id_that_cannot_be_kept_is_refused(engine: Engine, id_: str) -> None:
    with pytest.raises(BadArticle, match="cannot be kept"):
        engine(article(id=id_))


@pytest.mark.parametrize("degrees", [float("nan"), float("inf")])
def test_a_place_that_is_nowhere_is_refused(engine: Engine, degrees: float) -> None:
    reef = replace(place("x:reef", "Reef"), lat=degrees, lon=0.0)
    with pytest.raises(BadArticle, match="no point"):
        engine(article(places=(reef,)))


@pytest.mark.parametrize("weight", [-0.1, 1.5, float("nan")])
def test_what_a_place_weighs_is_a_share(engine: Engine, weight: float) -> None:
    reef = replace(place("x:reef", "Reef"), weight=weight)
    with pytest.raises(BadArticle, match="no share"):
        engine(article(places=(reef,)))


def test_the_longest_id_is_kept(engine: Engine) -> None:
    made = article(id="é" * 128)
    assert engine(article(id="x"), made).get(made.id) == made


@pytest.mark.parametrize("id_", ["x\0", "x" * 100_000])
def test_an_id_no_article_can_have_is_not_found(engine: Engine, id_: str) -> None:
    with pytest.raises(NotFound):
        engine(article(id="x")).get(id_)


def test_get_says_when_there_is_no_such_article(engine: Engine) -> None:
    with pytest.raises(NotFound):
        engine(article()).get("nowhere")


def test_marks_show_every_match_of_an_article(engine: Engine) -> None:
    marks = engine(article(id="x")).marks("x", Query(text="harbour"))
    assert (marks.title, marks.text) == (((0, 7),), ((4, 11),))


def test_a_later_article_takes_the_place_of_one_with_its_id(engine: Engine) -> None:
    searcher = engine(article(id="x", title="Old"), article(id="x", title="New"))
    result = searcher.search(Query())
    assert [hit.title for hit in result.hits] == ["New"]


def test_an_empty_index_answers(engine: Engine) -> None:
    result = engine().search(Query(text="ferry", facets=("source", "date", "place")))
    assert (result.total, [facet.total for facet in result.facets]) == (0, [0, 0, 0])


def test_the_answer_says_how_many_pages_the_index_has(engine: Engine) -> None:
    searcher = engine(article(id="x"), article(id="y", kind=Kind.ERROR))
    assert searcher.search(Query()).index.documents == 2


def test_every_date_bucket_counts_what_it_finds_as_a_filter(engine: Engine) -> None:
    values = ("2016-02", "2016-02-29", "2016-03", "2016-04-05")
    searcher = engine(
        *(article(id=str(n), published=value) for n, value in enumerate(values))
    )
    for interval in Interval:
        facet = searcher.search(Query(facets=("date",), interval=interval)).facets[0]
        assert facet.interval is interval
        for value, number in counts(facet).items():
            assert searcher.search(Query(dates=(value,))).total == number


@pytest.mark.parametrize(
    ("first", "last", "drawn"),
    [
        ("2010-01-04", "2020-03-01", ["2010-01", "2020-03"]),
        ("1700-01-04", "2020-01-01", ["2019-12-30..2020-01-05"]),
    ],
)
def test_weeks_too_many_to_draw_lose_nothing(
    engine: Engine, first: str, last: str, drawn: list[str]
) -> None:
    days = (article(id=day, published=day) for day in (first, last))
    query = Query(facets=("date",), interval=Interval.WEEK)
    (facet,) = engine(*days).search(query).facets
    assert [bucket.value for bucket in facet.buckets] == drawn


def test_an_outlet_called_unknown_is_counted_with_those_that_are(
    engine: Engine,
) -> None:
    named = [
        article(id=f"u{i}", source=Source("unknown", "Unknown", "row"))
        for i in range(2)
    ]
    bay = [article(id=f"b{i}", source=Source("bay", "Bay", "row")) for i in range(3)]
    none = [article(id=f"n{i}", source=None) for i in range(2)]
    query = Query(facets=("source",), facet_size=1)
    (facet,) = engine(*named, *bay, *none).search(query).facets
    (found,) = facet.buckets
    assert (found.value, found.count, facet.total) == ("unknown", 4, 2)


def test_a_week_is_selected_by_its_own_value(engine: Engine) -> None:
    searcher = engine(article(published="2017-11-19"))
    week = "2017-11-13..2017-11-19"
    query = Query(dates=(week,), facets=("date",), interval=Interval.WEEK)
    assert bucket(searcher.search(query), week).selected


@pytest.mark.parametrize("size", [-1, 201])
def test_a_facet_of_too_many_values_is_refused(engine: Engine, size: int) -> None:
    searcher = engine(article())
    with pytest.raises(BadQuery) as caught:
        searcher.search(Query(facets=("source",), facet_size=size))
    assert caught.value.parameter == "facet_size"


def test_no_text_whatever_is_refused_below_its_length(engine: Engine) -> None:
    searcher = engine(article())
    hostile = ("\x00", '"', "((((", "a OR", "-", "NOT", "*", "~", "\ud800", "in:", ":")
    assert all(searcher.search(Query(text=text)).total >= 0 for text in hostile)


def test_the_values_of_a_facet_go_on_page_by_page(engine: Engine) -> None:
    outlets = ("Alder Post", "Birch Post", "Cedar Post", "Birch Post")
    made = [article(id=f"{n:02}", source=name) for n, name in enumerate(outlets)]
    searcher = engine(*made, article(id="x", source=None))
    pages = [
        searcher.search(Query(facets=("source",), facet_size=2, facet_page=page))
        for page in (1, 2, 3)
    ]
    assert [[b.value for b in found.facets[0].buckets] for found in pages] == [
        ["birch-post", "alder-post"],
        ["cedar-post", "unknown"],
        [],
    ]


def test_an_outlet_that_is_named_anywhere_is_called_by_its_name(engine: Engine) -> None:
    bare = Source("alder.example", "alder.example", "url-host")
    named = Source("alder.example", "Alder Post", "self-naming")
    made = [article(id=f"{n}", source=bare) for n in range(3)]
    searcher = engine(*made, article(id="x", source=named))
    facet = searcher.search(Query(facets=("source",))).facets[0]
    assert [bucket.label for bucket in facet.buckets] == ["Alder Post"]

"""What every engine owes beside its answers: exports, words, and facets by prefix."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines import open_searcher, open_writer
from search.errors import BadQuery, IndexUnusable
from search.folding import begins, parts
from search.model import Interval, Kind, Query, Sort
from tests.conftest import ENGINES, Engine
from tests.factories import article, place

NORWAY = "3144096"
BERGEN = place("3161732", "Bergen", NORWAY, as_written=("Bergen", "Bjørgvin"))
MANY = [
    article(
        id=f"{number:03}",
        text=f"Ferry {number} sails.\n\nNobody was surprised in {number % 3} ports.",
        published=f"2019-01-{1 + number % 28:02}" if number % 5 else None,
        source=("Bay Post", "Hill Herald", None)[number % 3],
    )
    for number in range(230)
]


@pytest.fixture(params=ENGINES, scope="module")
def fleet(request, tmp_path_factory):
    """Return a searcher of more articles than are exported at once."""
    searcher = ENGINES[request.param](tmp_path_factory.mktemp("fleet") / "index", MANY)
    yield searcher
    searcher.close()


def test_an_export_has_every_hit_once(fleet) -> None:
    found = fleet.export(Query(text="ferry"))
    ids = [hit.id for hit in found.hits]
    assert (len(ids), len({*ids}), found.total) == (230, 230, 230)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST, Sort.SOURCE])
def test_an_export_comes_in_the_order_of_pages(fleet, sort: Sort) -> None:
    query = Query(text="ferry", sort=sort, per_page=100)
    pages = [fleet.search(replace(query, page=page)) for page in (1, 2, 3)]
    listed = [hit for page in pages for hit in page.hits]
    assert [*fleet.export(query).hits] == listed


def test_an_export_starts_at_the_first_hit_whatever_the_page(fleet) -> None:
    asked = Query(text="ferry", page=7, per_page=3, facets=("source",))
    assert sum(1 for _ in fleet.export(asked).hits) == 230


def test_an_export_keeps_to_the_filters(fleet) -> None:
    found = fleet.export(Query(sources=("Bay Post",), text="ferry"))
    assert {hit.source.value for hit in found.hits} == {"bay-post"}


def test_an_export_of_nothing_is_empty(fleet) -> None:
    found = fleet.export(Query(text="zeppelin"))
    assert ([*found.hits], found.total, found.complete) == ([], 0, True)


def test_an_export_says_which_state_it_is_of(fleet) -> None:
    assert fleet.export(Query()).index == fleet.search(Query()).index == fleet.info()


def test_an_export_of_groups_has_one_hit_for_each(engine: Engine) -> None:
    searcher = engine(article(id="a"), article(id="b"), article(id="c", text="Other."))
    found = searcher.export(Query(group="copy"))
    assert [(hit.id, hit.group and hit.group.size) for hit in found.hits] == [
        ("a", 2),
        ("c", None),
    ]


def test_an_export_with_a_bad_filter_is_refused_at_once(engine: Engine) -> None:
    with pytest.raises(BadQuery):
        engine(article()).export(Query(dates=("yesterday",)))


def test_an_export_stays_with_the_state_it_began_with(tmp_path: Path) -> None:
    locator = str(tmp_path / "index")
    with open_writer(locator) as writer:
        for number in range(120):
            writer.add(article(id=f"{number:03}"))
    searcher = open_searcher(locator)
    hits = searcher.export(Query(sort=Sort.OLDEST)).hits
    seen = [next(hits).id]
    with open_writer(locator) as writer:
        for number in range(120):
            writer.delete(f"{number:03}")
        writer.add(article(id="new"))
    reopened = open_searcher(locator)
    seen += [hit.id for hit in hits]
    assert (len({*seen}), reopened.search(Query()).total) == (120, 1)
    searcher.close()
    reopened.close()


def test_damage_met_on_the_way_is_said_as_ours(tmp_path: Path, monkeypatch) -> None:
    locator = str(tmp_path / "index")
    with open_writer(locator) as writer:
        writer.add(article())
    searcher = open_searcher(locator)
    hits = searcher.export(Query()).hits

    def unreadable(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("search.engines.columnar.state.Record", unreadable)
    with pytest.raises(IndexUnusable):
        next(hits)
    searcher.close()


# Words


def test_words_that_begin_so_come_commonest_first(engine: Engine) -> None:
    searcher = engine(
        article(id="a", title=None, text="Harbour harbours harbingers."),
        article(id="b", title=None, text="Harbour and harmony."),
    )
    assert searcher.words("HAR", 3) == ("harbour", "harbingers", "harbours")


def test_words_are_whole_and_unstemmed(engine: Engine) -> None:
    searcher = engine(article(title=None, text="Ferries, ferrying, ferry."))
    assert {*searcher.words("ferr", 9)} == {"ferries", "ferry", "ferrying"}


@pytest.mark.parametrize("start", ["zz", "har*", "a b", "\ud800", "\0"])
def test_a_beginning_no_word_has_gives_none(engine: Engine, start: str) -> None:
    assert engine(article()).words(start, 5) == ()


# Facets by prefix


def values(searcher, name: str, prefix: str, **asked: object) -> dict[str, int]:
    query = Query(facets=(name,), facet_prefix=prefix, **asked)  # type: ignore[arg-type]
    (facet,) = searcher.search(query).facets
    assert facet.total >= len(facet.buckets)
    return {bucket.value: bucket.count for bucket in facet.buckets}


def test_a_prefix_finds_labels_folded(engine: Engine) -> None:
    searcher = engine(
        article(id="a", source="Évening Ledger"),
        article(id="b", source="Bay Post"),
    )
    assert values(searcher, "source", "EVEN") == {"évening-ledger": 1}


def test_a_prefix_finds_later_words_too(engine: Engine) -> None:
    searcher = engine(
        article(id="a", source="The Bay Post"), article(id="b", source="Lamp Post")
    )
    assert values(searcher, "source", "post") == {"the-bay-post": 1, "lamp-post": 1}
    assert values(searcher, "source", "bay p") == {"the-bay-post": 1}


def test_a_prefix_finds_no_middle_of_a_word(engine: Engine) -> None:
    assert values(engine(article(source="Bay Post")), "source", "ost") == {}


def test_a_place_is_found_by_a_spelling_of_this_corpus(engine: Engine) -> None:
    searcher = engine(article(places=(BERGEN,)))
    assert values(searcher, "place", "bjorg") == {BERGEN.id: 1}
    assert values(searcher, "place", "berg") == {BERGEN.id: 1}


def test_dates_by_prefix_begin_so(engine: Engine) -> None:
    searcher = engine(
        article(id="a", published="2016-02-01"),
        article(id="b", published="2017-03-01"),
        article(id="c"),
    )
    by_month = {"interval": Interval.MONTH}
    assert values(searcher, "date", "2017", **by_month) == {"2017-03": 1}
    assert values(searcher, "date", "un") == {"undated": 1}


def test_unknown_is_found_as_a_value(engine: Engine) -> None:
    searcher = engine(article(id="a"), article(id="b", source="Union Post"))
    assert values(searcher, "source", "un") == {"unknown": 1, "union-post": 1}
    assert values(searcher, "source", "post") == {"union-post": 1}


def test_a_prefix_ignores_the_facets_own_selection_only(engine: Engine) -> None:
    searcher = engine(
        article(id="a", source="Bay Post", lang="en"),
        article(id="b", source="Bay Echo", lang="de"),
        article(id="c", source="Hill", lang="en"),
    )
    asked = {"sources": ("Hill",), "languages": ("en",)}
    assert values(searcher, "source", "bay", **asked) == {"bay-post": 1}


def test_a_selected_value_that_does_not_fit_is_not_listed(engine: Engine) -> None:
    searcher = engine(article(id="a", source="Bay"), article(id="b", source="Hill"))
    assert values(searcher, "source", "ba", sources=("Hill",)) == {"bay": 1}


def test_a_prefix_without_a_word_fits_nothing(engine: Engine) -> None:
    assert values(engine(article(source="Bay")), "source", "…") == {}


def test_the_number_of_fitting_values_is_told(engine: Engine) -> None:
    searcher = engine(*[article(id=str(n), source=f"Bay {n}") for n in range(9)])
    asked = Query(facets=("source",), facet_prefix="bay", facet_size=4)
    (facet,) = searcher.search(asked).facets
    assert (facet.total, len(facet.buckets)) == (9, 4)


def test_kinds_of_page_are_found_by_prefix(engine: Engine) -> None:
    searcher = engine(article(id="a"), article(id="b", kind=Kind.WALL))
    assert values(searcher, "kind", "wa", kinds=()) == {"wall": 1}


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=5))
def test_a_name_with_words_begins_with_itself(name: str, more: str) -> None:
    assert begins(f"{more} {name} {more}", name) == bool(parts(name))

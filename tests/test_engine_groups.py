"""Copies as one hit: what every engine owes a query that asks for groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from itertools import count, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.reprints import prose
from search.copies.identical import NO_GROUP, fingerprint
from search.engine import Searcher
from search.engines import copies, open_searcher, open_writer
from search.engines.columnar import best
from search.engines.columnar.grouping import settled
from search.errors import BadQuery, NotFound
from search.folding import fold
from search.model import Article, Copy, Group, Query, Removed, SearchResult, Sort
from tests.conftest import Engine, columnar, memory, stock
from tests.factories import article
from tests.memory_engine import collapsed
from tests.near_copies import groups_of
from tests.trying import examples

COPIES = Query(group="copy")


def listed(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


def sizes(result: SearchResult) -> list[int]:
    return [hit.group.size if hit.group else 1 for hit in result.hits]


def wire() -> tuple[Article, ...]:
    """Return a text of three outlets, on three days, and one of its own."""
    text = "The dam held.\n\nThe valley slept."
    return (
        article(id="a", text=text, source="Hill", published="2016-01-02"),
        article(id="b", text=text, source="Bay", published="2016-01-03"),
        article(id="c", text=text, source=None, published="2016-01-01"),
        article(id="d", text="The dam broke.", source="Bay", published="2015-05-05"),
    )


# What is a copy


@pytest.mark.parametrize(
    "change",
    [
        {"text": "THE ferry  sáils.\nIt is late."},
        {"title": "HARBOUR reopens  after storm"},
        {"source": "Bay"},
        {"removed": (Removed("Offers", "menu"),)},
        {"lang": "de", "authors": ("Ann Ex",), "agency": "AP"},
    ],
)
def test_copies_have_the_same_words(engine: Engine, change: dict[str, object]) -> None:
    one = article(id="x", text="The ferry sails.\n\nIt is late.")
    assert sizes(engine(one, replace_in(one, change)).search(COPIES)) == [2]


def replace_in(one: Article, change: dict[str, object]) -> Article:
    return article(**{"text": one.text, **change}, id="y")


@pytest.mark.parametrize(
    "text", ["The ferry sails", "The ferry", "", "sails ferry The"]
)
def test_other_words_are_no_copies(engine: Engine, text: str) -> None:
    searcher = engine(
        article(id="x", text="The ferry sails."), article(id="y", text=text)
    )
    assert listed(searcher.search(COPIES)) == ["x", "y"]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_articles_without_text_are_no_copies(engine: Engine, text: str) -> None:
    searcher = engine(article(id="x", text=text), article(id="y", text=text))
    assert listed(searcher.search(COPIES)) == ["x", "y"]


# Hits and counts


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        (Sort.NEWEST, ["b", "d"]),
        (Sort.OLDEST, ["d", "c"]),
        (Sort.SOURCE, ["b", "d"]),
    ],
)
def test_the_first_in_the_order_asked_stands_for_its_group(
    engine: Engine, sort: Sort, found: list[str]
) -> None:
    searcher = engine(*wire())
    assert listed(searcher.search(replace(COPIES, sort=sort))) == found


def test_the_best_stands_for_its_group(engine: Engine) -> None:
    searcher = engine(
        article(id="x", title="Quay", text="kestrel " * 60, published="2016-01-01"),
        article(id="y", title="Kestrel", text="kestrel " * 60, published="2016-01-02"),
    )
    result = searcher.search(Query(text="kestrel", group="copy"))
    assert listed(result) == ["y"]


def test_the_total_counts_articles_and_groups_are_counted_beside(
    engine: Engine,
) -> None:
    result = engine(*wire()).search(COPIES)
    assert (result.total, result.groups) == (4, 2)


def test_groups_are_not_counted_where_none_are_asked_for(engine: Engine) -> None:
    result = engine(*wire()).search(Query())
    assert (result.groups, {hit.group for hit in result.hits}) == (None, {None})


def test_a_hit_names_its_copies_in_order(engine: Engine) -> None:
    hit = engine(*wire()).search(COPIES).hits[0]
    assert hit.group == Group(
        "copy",
        3,
        (
            Copy("a", "hill", "Hill", 1.0, "2016-01-02"),
            Copy("c", None, None, 1.0, "2016-01-01"),
        ),
        "c",
        ("earliest",),
        outlets=1,
        unsourced=1,
        shared=(1.0, 1.0),
    )


def test_a_hit_without_copies_has_no_group(engine: Engine) -> None:
    assert engine(*wire()).search(COPIES).hits[1].group is None


def test_a_hit_names_twenty_copies_and_counts_all(engine: Engine) -> None:
    searcher = engine(*(article(id=f"{n:02}") for n in range(30)))
    group = searcher.search(COPIES).hits[0].group
    assert group is not None
    named = [copy.id for copy in group.copies]
    assert (group.size, named) == (30, [f"{n:02}" for n in range(1, 21)])


def test_outlets_and_shares_are_of_all_copies_not_of_those_named(
    engine: Engine,
) -> None:
    text = "\n\n".join(prose.story(Random(1), 150))
    prints = [article(id=f"{n:02}", text=text, source=f"Paper {n}") for n in range(24)]
    short = article(id="99", text="\n\n".join(prose.story(Random(1), 150)[:-1]))
    group = engine(*prints, short).search(COPIES).hits[0].group
    assert group is not None
    assert (group.size, group.outlets, group.unsourced) == (25, 23, 1)
    assert group.shared is not None
    assert group.shared[0] < group.shared[1] == 1


def test_copies_of_its_own_outlet_are_no_more_outlets(engine: Engine) -> None:
    searcher = engine(*(article(id=n, source="Bay") for n in "abc"))
    group = searcher.search(COPIES).hits[0].group
    assert group is not None
    assert (group.size, group.outlets, group.unsourced) == (3, 0, 0)


def test_shares_of_all_are_not_told_where_not_all_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "MOST_TEXTS", 1)
    monkeypatch.setattr(copies, "_MOST", 1)
    text = prose.story(Random(1), 150)
    prints = [
        article(id=str(n), text="\n\n".join(text[: len(text) - n])) for n in range(3)
    ]
    few, many = (
        columnar(tmp_path / str(size), prints[:size]).search(COPIES).hits[0].group
        for size in (2, 3)
    )
    assert few is not None
    assert few.shared == (few.copies[0].shared,) * 2
    assert many is not None
    assert many.shared is None


def test_what_is_of_a_month_is_no_earlier_than_its_days(engine: Engine) -> None:
    text = "\n\n".join(prose.story(Random(1), 80))
    days = {"a": "2016-03", "b": "2016-03-02"}
    searcher = engine(
        *(article(id=id_, text=text, published=day) for id_, day in days.items())
    )
    group = searcher.search(COPIES).hits[0].group
    assert group is not None
    assert (group.original, group.why) == (None, ())


def test_an_article_has_its_copies_whatever_matches(engine: Engine) -> None:
    group = engine(*wire()).copies("a")
    assert group == Group(
        "copy",
        3,
        (
            Copy("c", None, None, 1.0, "2016-01-01"),
            Copy("b", "bay", "Bay", 1.0, "2016-01-03"),
        ),
        "c",
        ("earliest",),
        outlets=1,
        unsourced=1,
        shared=(1.0, 1.0),
    )


def test_copies_come_by_the_last_day_they_may_be_of(engine: Engine) -> None:
    days = {
        "a": "2016-01-31",
        "b": "2016-01",
        "c": None,
        "d": "2016-01-29",
        "e": "2016",
    }
    searcher = engine(*(article(id=i, published=day) for i, day in days.items()))
    group = searcher.copies("a")
    assert group is not None
    assert [copy.id for copy in group.copies] == ["d", "b", "e", "c"]
    assert [copy.date for copy in group.copies] == [
        "2016-01-29",
        "2016-01",
        "2016",
        None,
    ]


def test_an_article_of_its_own_has_no_copies(engine: Engine) -> None:
    assert engine(*wire()).copies("d") is None


def test_an_article_that_is_not_there_has_no_copies(engine: Engine) -> None:
    with pytest.raises(NotFound):
        engine(*wire()).copies("e")


def test_copies_that_do_not_match_do_not_count(engine: Engine) -> None:
    result = engine(*wire()).search(replace(COPIES, sources=("hill", "unknown")))
    assert (listed(result), sizes(result)) == (["a"], [2])


def test_a_group_of_one_match_is_no_group(engine: Engine) -> None:
    result = engine(*wire()).search(replace(COPIES, sources=("hill",)))
    assert (result.total, result.groups, result.hits[0].group) == (1, 1, None)


def test_facets_count_articles_all_the_same(engine: Engine) -> None:
    searcher = engine(*wire())
    asked = replace(COPIES, facets=("source", "date", "lang"))
    without = searcher.search(replace(asked, group=None))
    assert searcher.search(asked).facets == without.facets


def test_nothing_found_is_no_group(engine: Engine) -> None:
    result = engine(*wire()).search(Query(text="zeppelin", group="copy"))
    assert (result.groups, result.hits) == (0, ())


def test_an_empty_index_has_no_groups(engine: Engine) -> None:
    assert engine().search(COPIES).groups == 0


def test_other_groups_are_refused(engine: Engine) -> None:
    searcher = engine(*wire())
    with pytest.raises(BadQuery) as caught:
        searcher.search(Query(group="colour"))
    assert (caught.value.parameter, caught.value.value) == ("group", "colour")


# Pages


def many() -> tuple[Article, ...]:
    """Return 7 groups of 1 to 4 articles, in no order."""
    return tuple(
        article(id=f"{31 * n % 64:02}", text=f"ferry {n % 7}", published=f"201{n % 3}")
        for n in range(20)
    )


def paged(searcher: Searcher, query: Query) -> Iterator[list[str]]:
    """Yield the ids of each page, page by page."""
    for page in count(1):
        ids = listed(searcher.search(replace(query, page=page)))
        if not ids:
            return
        yield ids


def followed(searcher: Searcher, query: Query) -> Iterator[list[str]]:
    """Yield the ids of each page, by cursor."""
    while True:
        result = searcher.search(query)
        if result.hits:
            yield listed(result)
        if result.cursor is None:
            return
        query = replace(query, cursor=result.cursor)


@pytest.mark.parametrize("sort", Sort)
def test_pages_give_each_group_once(engine: Engine, sort: Sort) -> None:
    searcher = engine(*many())
    query = Query(text="ferry", group="copy", sort=sort, per_page=2)
    whole = listed(searcher.search(replace(query, per_page=50)))
    pages = list(paged(searcher, query))
    assert (pages, len(whole)) == ([whole[n : n + 2] for n in range(0, 7, 2)], 7)


@pytest.mark.parametrize("sort", Sort)
def test_cursors_lead_where_pages_do(engine: Engine, sort: Sort) -> None:
    searcher = engine(*many())
    query = Query(text="ferry", group="copy", sort=sort, per_page=3)
    assert list(followed(searcher, query)) == list(paged(searcher, query))


def test_the_last_page_of_groups_has_no_cursor(engine: Engine) -> None:
    searcher = engine(*many())
    assert searcher.search(Query(group="copy", per_page=7)).cursor is None


def test_no_hits_asked_for_are_none(engine: Engine) -> None:
    result = engine(*many()).search(Query(group="copy", per_page=0))
    assert (result.groups, result.hits) == (7, ())


# Commits


def test_copies_in_other_commits_are_copies(tmp_path: Path) -> None:
    for one in wire():
        with open_writer(str(tmp_path / "index")) as writer:
            writer.add(one)
    searcher = open_searcher(str(tmp_path / "index"))
    assert sizes(searcher.search(COPIES)) == [3, 1]


def test_a_deleted_copy_is_none(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "index")) as writer:
        for one in wire():
            writer.add(one)
    with open_writer(str(tmp_path / "index")) as writer:
        writer.delete("b")
    result = open_searcher(str(tmp_path / "index")).search(COPIES)
    assert (listed(result), sizes(result)) == (["a", "d"], [2, 1])


# Whatever the articles are


@given(st.text() | st.text("aÁ ´’̈\x1c\u2009한i̇"))
def test_a_fingerprint_is_that_of_the_folded_text(text: str) -> None:
    words = " ".join(fold(text).split()).encode("utf-8", "surrogatepass")
    known = int.from_bytes(blake2b(words, digest_size=8).digest(), "little")
    assert fingerprint(text) == (known if words else NO_GROUP)


TEXTS = ("", "ferry", "Ferry", "ferry  ferry", "ferry storm", "storm", "Férry stórm")
articles = st.builds(
    article,
    text=st.sampled_from(TEXTS),
    title=st.sampled_from((None, "Ferry", "Ferry ferry storm", "Night")),
    source=st.sampled_from((None, "Bay", "Hill")),
    published=st.sampled_from((None, "2015", "2016-01", "2016-01-03")),
)
corpora = st.lists(articles, max_size=40).map(
    lambda found: [replace(one, id=f"{n * 17 % 41:02}") for n, one in enumerate(found)]
)
queries = st.builds(
    Query,
    text=st.sampled_from(("", "ferry", "storm OR ferry", "night ferry", "-storm")),
    sources=st.sampled_from(((), ("bay",), ("hill", "unknown"))),
    facets=st.just(("source",)),
    group=st.just("copy"),
    sort=st.sampled_from(Sort),
    per_page=st.sampled_from((1, 2, 3, 50)),
)


def check(searcher: Searcher, corpus: list[Article], query: Query) -> None:
    """Compare the pages of groups with a loop over all hits without them."""
    plain = searcher.search(replace(query, group=None, per_page=100))
    known = groups_of(corpus)
    groups = collapsed((searcher.get(hit.id) for hit in plain.hits), known)
    result = searcher.search(query)
    assert (result.total, result.groups) == (plain.total, len(groups))
    assert result.facets == plain.facets
    pages = list(paged(searcher, query))
    firsts = iter(members[0].id for members in groups)
    assert pages == list(iter(lambda: list(islice(firsts, query.per_page)), []))
    assert list(followed(searcher, query)) == pages
    for hit, members in zip(result.hits, groups, strict=False):
        named = [copy.id for copy in hit.group.copies] if hit.group else []
        assert [hit.id, *named] == [one.id for one in members][:21]


@pytest.mark.slow
@examples(12)
@given(corpora, st.lists(queries, min_size=2, max_size=5))
def test_groups_are_those_of_a_loop(corpus: list[Article], asked: list[Query]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(best, "_PRUNED", 0)  # so that few documents are pruned, too
        patch.setattr(best, "_ALL", 0)
        patch.setattr(best, "_ALTERNATIVES", 0)
        patch.setattr(best, "_FIRST", 1)
        for make in (columnar, stock, memory):
            searcher = make(Path(folder) / make.__name__, corpus)
            for query in asked:
                check(searcher, corpus, query)


@pytest.mark.parametrize("sort", Sort)
def test_a_page_looks_as_far_as_copies_reach(tmp_path: Path, sort: Sort) -> None:
    copies = [
        article(
            id=f"{n:04}", title="Ferry " * (1 + n % 2), text="ferry " * (60 + n // 900)
        )
        for n in range(4_500)
    ]
    searcher = columnar(tmp_path / "index", copies)
    query = Query(text="ferry", group="copy", sort=sort, per_page=1)
    assert [len(page) for page in paged(searcher, query)] == [1] * 5

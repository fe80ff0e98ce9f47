"""What only an engine with an index of its own can get wrong: budgets and cursors."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path
from types import SimpleNamespace

import pytest
from whoosh.query import NullQuery, Prefix, Term, Wildcard

from search.engine import Searcher
from search.engines import answering, cursor, hits, open_searcher, open_writer, searcher
from search.engines.columnar import patterns, phrases, weighing
from search.engines.columnar.state import open_state
from search.engines.columnar.vocabulary import Vocabulary
from search.engines.deadline import Deadline
from search.engines.folder import Folder
from search.errors import BadQuery
from search.matching import Wanted
from search.model import Query, Sort
from tests.factories import article


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(searcher, "_EVERY", 0.0)
    locator = str(tmp_path / "index")
    with open_writer(locator) as writer:
        for number in range(5):
            text = f"kestrel{number} " + "kestrel " * number
            writer.add(article(id=str(number), text=text))
    return locator


@pytest.fixture
def opened(index: str) -> Searcher:
    return open_searcher(index)


# Budgets


def test_a_prefix_of_too_many_words_finds_the_commonest_and_says_so(
    opened: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "MAX_EXPANSIONS", 1)
    result = opened.search(Query(text="kestrel*"))
    assert (result.total, len(result.warnings)) == (4, 1)


@pytest.mark.parametrize("most", [1, 2, 3, 5, 9])
def test_the_commonest_words_are_those_of_all_segments_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    totals: Counter[str] = Counter()
    for part in range(3):
        with open_writer(str(tmp_path)) as writer:
            for n in range(12):
                words = {f"gull{(n * k + part) % 11}{'x' * part}" for k in (1, 2, 5)}
                words |= {f"gull{(n + part) % (4 + part)}"}
                totals.update(words)
                writer.add(article(id=f"{part}-{n}", title=None, text=" ".join(words)))
    monkeypatch.setattr(patterns, "MAX_EXPANSIONS", most)
    state = open_state(Folder(tmp_path), None)
    tree, warnings = state.expand(Prefix("exact", "gull"))
    wanted = sorted(totals, key=lambda word: (-totals[word], word))[:most]
    assert [term.text for term in tree.child] == wanted
    found = {doc for w in wanted for doc in state.match(Term("exact", w)).docs.ids}
    assert set(state.match(tree).docs.ids) == found
    assert len(warnings) == 1


def test_of_one_segment_no_more_words_are_read_than_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_writer(str(tmp_path)) as writer:
        text = " ".join(f"gull{n:03}" for n in range(900))
        writer.add(article(id="x", title=None, text=text))
        writer.add(article(id="y", title=None, text="gull777"))
    read = _reads(monkeypatch)
    tree, _ = open_state(Folder(tmp_path), None).expand(Prefix("exact", "gull"))
    wanted = ["gull777", *(f"gull{n:03}" for n in range(199))]
    assert [term.text for term in tree.child] == wanted
    assert sum(read) == 200


@pytest.mark.parametrize("pattern", [Prefix, Wildcard])
def test_past_the_deadline_no_more_words_are_read_than_each_segment_may_keep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: type[Prefix | Wildcard]
) -> None:
    for part in range(2):
        with open_writer(str(tmp_path)) as writer:
            text = " ".join(f"gull{n:03}" for n in range(part, 900, 2 - part))
            writer.add(article(id=str(part), title=None, text=text))
    read = _reads(monkeypatch)
    state = open_state(Folder(tmp_path), None).until(Deadline(-1.0))
    mark = "" if pattern is Prefix else "*1"
    tree, _ = state.expand(pattern("exact", f"gull{mark}"))
    assert (tree == NullQuery) is (pattern is Wildcard)
    assert sum(read) <= 400


def _reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gets the number of words of each reading."""
    read: list[int] = []

    def counted(work: Callable[..., list[bytes]]) -> Callable[..., list[bytes]]:
        def worked(*values: object) -> list[bytes]:
            found = work(*values)
            read.append(len(found))
            return found

        return worked

    for name in ("slice", "some"):
        monkeypatch.setattr(Vocabulary, name, counted(getattr(Vocabulary, name)))
    return read


TEXTS = {"kestrel": 4, '"kestrel kestrel"': 3, "kest*": 5, "kestral~": 4, "-osprey": 5}


@pytest.mark.parametrize("text", TEXTS)
def test_past_the_deadline_the_total_is_a_lower_bound(
    opened: Searcher, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(answering, "ANSWER", -1.0)
    result = opened.search(Query(text=text))
    assert result.total <= TEXTS[text]
    assert (result.total_relation, len(result.warnings)) == ("gte", 1)


def test_what_was_found_before_the_deadline_is_answered(
    opened: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = chain((False,), repeat(True))
    monkeypatch.setattr(Deadline, "passed", property(lambda _: next(looks)))
    monkeypatch.setattr(phrases, "_AT_ONCE", 2)
    result = opened.search(Query(text='"kestrel kestrel"'))
    assert (result.total, result.total_relation) == (1, "gte")


@pytest.mark.parametrize("slots", [1, 1 << 24])
@pytest.mark.parametrize("rarer", [0, 8])
def test_a_phrase_is_found_whatever_is_done_at_once(
    index: str,
    opened: Searcher,
    monkeypatch: pytest.MonkeyPatch,
    slots: int,
    rarer: int,
) -> None:
    monkeypatch.setattr(phrases, "_SLOTS", slots)
    monkeypatch.setattr(phrases, "_RARER", rarer)
    texts = ("gull reed kestrel", "reed gull kestrel", "gull reed gull kestrel gull")
    put = {f"p{n}": text for n, text in enumerate(texts)}
    with open_writer(index) as writer:
        for name, text in put.items():
            writer.add(article(id=name, title="gull", text=text + " reed gull" * 40))
    for text in ("gull reed kestrel", "kestrel gull", "gull gull", "reed gull kestrel"):
        wanted = {name for name, t in put.items() if text in t + " reed gull" * 40}
        assert {h.id for h in opened.search(Query(text=f'"{text}"')).hits} == wanted
    near = opened.search(Query(text='"kestrel gull"~2 OR "kestrel kestrel"~20'))
    assert {hit.id for hit in near.hits} == {"2", "3", "4", "p0", "p1", "p2"}


def test_an_answer_out_of_time_does_not_look_into_chrome(
    opened: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "ANSWER", -1.0)
    assert opened.search(Query(text="osprey")).in_chrome is None


def test_hits_that_are_out_of_time_are_shown_without_what_matches(
    opened: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "HITS", -1.0)
    result = opened.search(Query(text="kestrel", per_page=3))
    assert [hit.matches for hit in result.hits] == [0, 0, 0]
    assert result.warnings[-1].endswith("last 3 hits")


@pytest.mark.parametrize("text", ['"kestrel kestrel"', '"kestrel osprey"'])
def test_all_parts_of_an_answer_together_take_a_second(
    opened: Searcher, index: str, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    with open_writer(index) as writer:
        for number in range(60):
            writer.add(article(id=f"k{number}", text="osprey kestrel kestrel"))
    spent = [0.0]

    def costly(work: Callable[..., object]) -> Callable[..., object]:
        def worked(*values: object) -> object:
            spent[0] += 0.02 if values[0] is not hits.NOTHING else 0.0
            return work(*values)

        return worked

    clock = SimpleNamespace(monotonic=lambda: spent[0])
    monkeypatch.setattr("search.engines.deadline.time", clock)
    monkeypatch.setattr(phrases, "_AT_ONCE", 1)
    monkeypatch.setattr(phrases, "_adjacent", costly(phrases._adjacent))
    monkeypatch.setattr(Wanted, "found_in", costly(Wanted.found_in))
    result = opened.search(Query(text=text, per_page=99, facets=("source", "date")))
    if not result.total:
        opened.totals([Query(text='"kestrel kestrel"')])
    assert result.total_relation == "gte"
    assert len(result.warnings) == 1 + bool(result.hits)
    assert 0.9 < spent[0] <= 1.0


def test_totals_that_are_out_of_time_are_not_known(
    opened: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "TOTALS", -1.0)
    assert opened.totals([Query(text="kestrel")]) == (None,)


def test_a_count_the_deadline_cut_short_is_not_kept(index: str) -> None:
    state = open_state(Folder(Path(index)), None)
    state.until(Deadline(-1.0)).articles_with("kestrel kestrel")
    assert state.until(Deadline(9.0)).articles_with("kestrel kestrel") == 3


# Relevance


def test_the_article_with_more_of_a_rare_word_comes_first(opened: Searcher) -> None:
    best = opened.search(Query(text="kestrel")).hits[0]
    assert (best.id, best.score > 0) == ("4", True)


def test_every_hit_of_a_wide_query_is_found(opened: Searcher) -> None:
    text = "kestrel OR kestrel0 OR harbour"
    assert opened.search(Query(text=text, per_page=1)).total == 5


# Cursors


@pytest.mark.parametrize("order", Sort)
def test_a_cursor_continues_after_a_commit(
    index: str, opened: Searcher, order: Sort
) -> None:
    query = Query(sort=order, per_page=2)
    first = opened.search(query)
    with open_writer(index) as writer:
        writer.delete(first.hits[-1].id)
    rest = opened.search(Query(sort=order, per_page=9, cursor=first.cursor))
    assert [hit.id for hit in rest.hits] == ["2", "3", "4"]


@pytest.mark.parametrize("text", ["kestrel gull", '"kestrel gull" OR gull^2', "gul*"])
@pytest.mark.parametrize("group", [None, "copy"])
def test_a_list_goes_on_as_it_began_whatever_is_committed(
    index: str, opened: Searcher, text: str, group: str | None
) -> None:
    with open_writer(index) as writer:
        for n in range(1, 60):
            words = "kestrel " * (n % 7) + "gull " * (n % 5) + "reed " * (n * 37 % 97)
            writer.add(article(id=f"a{n}", text=f"{words} kestrel gull"))
    query = Query(text=text, per_page=7, group=group)
    whole = [hit.id for hit in opened.search(replace(query, per_page=99)).hits]
    listed: list[str] = []
    found = opened.search(query)
    for turn in range(99):
        listed += [hit.id for hit in found.hits]
        if found.cursor is None:
            break
        with open_writer(index) as writer:
            for n in range(9):
                words = ("gull " if turn % 2 else "reed ") * 300
                writer.add(article(id=f"b{turn}-{n}", text=f"{words} {turn}"))
        found = opened.search(replace(query, cursor=found.cursor))
    assert [name for name in listed if not name.startswith("b")] == whole


def test_a_cursor_that_would_be_too_long_carries_no_statistics(
    opened: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(text="kestrel OR kestrel1 OR kestrel2", per_page=2)
    whole = opened.search(query)
    monkeypatch.setattr(weighing, "_MOST", 2)
    short = opened.search(query)
    assert len(short.cursor or "") < len(whole.cursor or "")
    assert len(opened.search(replace(query, cursor=short.cursor)).hits) == 2


@pytest.mark.parametrize("cursor", ["", "x", "é", "AAAA", "=" * 9])
def test_what_is_no_cursor_is_refused(opened: Searcher, cursor: str) -> None:
    with pytest.raises(BadQuery) as caught:
        opened.search(Query(cursor=cursor))
    assert caught.value.parameter == "cursor"


def test_a_cursor_that_was_changed_is_refused(opened: Searcher) -> None:
    cursor = opened.search(Query(per_page=2)).cursor or ""
    data = bytearray(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    data[-3] ^= 1
    with pytest.raises(BadQuery):
        opened.search(Query(per_page=2, cursor=urlsafe_b64encode(data).decode()))


def test_a_cursor_of_another_query_is_refused(opened: Searcher) -> None:
    cursor = opened.search(Query(per_page=2)).cursor
    with pytest.raises(BadQuery):
        opened.search(Query(text="kestrel", per_page=2, cursor=cursor))


def test_a_cursor_of_another_order_is_refused(opened: Searcher) -> None:
    query = Query(text="kestrel", per_page=2)
    cursor = opened.search(query).cursor
    with pytest.raises(BadQuery):
        opened.search(replace(query, sort=Sort.NEWEST, cursor=cursor))


def test_a_cursor_holds_however_the_same_question_is_written(opened: Searcher) -> None:
    cursor = opened.search(Query(text="kestrel", per_page=2)).cursor
    same = Query(text=" kestrel ", sort=Sort.RELEVANCE, cursor=cursor)
    assert len(opened.search(same).hits) == 2


@pytest.mark.parametrize(
    "payload",
    [
        '["x", 0.0, "a"]',
        "[1, 2]",
        '[true, 0, "a"]',
        '[NaN, 0, "a"]',
        f'[0, {"9" * 400}, "a"]',
        "[0, 0, 0]",
        '[0, 0, "a", 1, {}]',
        '[0, 0, "a", 1, [], {}]',
        '[0, 0, "a", 1.5, {}, {}]',
        '[0, 0, "a", 1, {}, {"b": 2}]',
        "[" * 9_999,
        "7",
    ],
)
def test_a_forged_cursor_is_refused(opened: Searcher, payload: str) -> None:
    data = cursor._digest(Query(), payload.encode()) + payload.encode()
    with pytest.raises(BadQuery):
        opened.search(Query(cursor=urlsafe_b64encode(data).decode()))


def test_a_cursor_has_no_depth_wall(opened: Searcher) -> None:
    cursor = opened.search(Query(per_page=2)).cursor
    deep = Query(per_page=2, page=99_999, cursor=cursor)
    assert [hit.id for hit in opened.search(deep).hits] == ["2", "3"]


def test_a_closed_searcher_says_so(opened: Searcher) -> None:
    opened.close()
    with pytest.raises(ValueError, match="closed"):
        opened.search(Query())


def test_a_writer_is_of_no_use_before_its_block_and_after_it(index: str) -> None:
    writer = open_writer(index)
    with pytest.raises(ValueError, match="with block"):
        writer.delete("1")
    with writer:
        pass
    with pytest.raises(ValueError, match="with block"):
        writer.delete("1")

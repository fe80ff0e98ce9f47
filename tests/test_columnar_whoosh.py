"""Whoosh's own interfaces over columnar commits, as a program would use them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.fields import (
    BOOLEAN,
    DATETIME,
    ID,
    KEYWORD,
    NUMERIC,
    STORED,
    TEXT,
    Schema,
    UnknownFieldError,
)
from whoosh.index import EmptyIndexError, LockError
from whoosh.qparser import QueryParser
from whoosh.query.spans import SpanNear2
from whoosh.reading import ReaderClosed, TermNotFound
from whoosh.sorting import FieldFacet
from whoosh.writing import CLEAR, IndexingError

from search.engines import open_build, open_searcher, open_writer
from search.engines.columnar import fingerprint
from search.engines.columnar.commits import open_current
from search.engines.columnar.segment import Segment
from search.engines.columnar.view import View
from search.engines.columnar.whoosh.fallback import match
from search.engines.columnar.whoosh.index import ColumnarIndex, create_in, open_dir
from search.engines.columnar.whoosh.values import Kept, pack, unpack
from search.engines.columnar.whoosh.writer import ColumnarIndexWriter
from search.engines.deadline import Deadline
from search.errors import BadSetting, IndexUnusable, NoIndex
from search.language.schema import SCHEMA
from search.model import Query
from tests.factories import article

BOOKS = Schema(
    isbn=ID(unique=True, stored=True),
    title=TEXT(stored=True),
    tags=KEYWORD(stored=True, commas=True),
    pages=NUMERIC(stored=True, sortable=True),
    bought=DATETIME(stored=True),
    lent=BOOLEAN(stored=True),
    notes=STORED,
)


@pytest.fixture
def index(tmp_path: Path) -> ColumnarIndex:
    return create_in(tmp_path / "books", BOOKS)


def add(index: ColumnarIndex, *books: dict[str, Any]) -> None:
    """Commit books as a segment of their own."""
    writer = index.writer()
    for book in books:
        writer.add_document(**book)
    writer.commit(merge=False)


def add_two(writer: ColumnarIndexWriter) -> None:
    """Add a document and then one that is refused."""
    writer.add_document(title="The Harbour")
    writer.add_document(author="Ann Ex")


def titles(index: ColumnarIndex, query: q.Query) -> set[str]:
    with index.searcher() as searcher:
        return {hit["title"] for hit in searcher.search(query, limit=None)}


def test_what_is_committed_is_found(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"}, {"title": "The Lighthouse"})
    assert titles(index, q.Term("title", "harbour")) == {"The Harbour"}


def test_whooshs_parser_asks_the_index(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour at Night"}, {"title": "Night Ferry"})
    parsed = QueryParser("title", BOOKS).parse('"at night" OR ferr*')
    assert titles(index, parsed) == {"The Harbour at Night", "Night Ferry"}


def test_an_index_opens_again(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"})
    assert open_dir(index.folder.path, BOOKS).doc_count() == 1


def test_an_index_of_another_schema_does_not_open(index: ColumnarIndex) -> None:
    with pytest.raises(IndexUnusable):
        open_dir(index.folder.path, Schema(title=TEXT))


def test_another_schema_is_told_from_another_version(index: ColumnarIndex) -> None:
    with pytest.raises(IndexUnusable, match="opened with another schema") as caught:
        open_dir(index.folder.path, Schema(title=TEXT))
    assert "reindex" not in str(caught.value)


def test_an_index_of_another_version_says_what_a_program_can_do(
    index: ColumnarIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprint, "_VERSION", 0)
    with pytest.raises(IndexUnusable, match="another version of this engine") as caught:
        open_dir(index.folder.path, BOOKS)
    assert "reindex" not in str(caught.value)


def test_damage_says_what_a_program_can_do(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"})
    next(index.folder.path.glob("g*/*.seg")).unlink()
    for use in (index.reader, index.writer):
        with pytest.raises(IndexUnusable, match="put a backup in its place"):
            use()


def test_an_index_that_is_gone_says_what_a_program_can_do(index: ColumnarIndex) -> None:
    index.folder.pointer.unlink()
    with pytest.raises(NoIndex, match="create_in"):
        index.reader()


def test_an_index_of_a_run_is_not_taken_for_a_programs(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "index")) as writer:
        writer.add(article())
    with pytest.raises(IndexUnusable, match="one of `dateline`"):
        open_dir(tmp_path / "index", SCHEMA)


@pytest.mark.parametrize("schema", [BOOKS, SCHEMA])
@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("pointer", [True, False])
def test_no_run_takes_the_place_of_a_programs_index(
    tmp_path: Path, schema: Schema, *, full: bool, pointer: bool
) -> None:
    made = create_in(tmp_path / "books", schema)
    if not pointer:
        made.folder.pointer.write_text("{")
    with (
        pytest.raises(BadSetting, match="made through the Whoosh API; name another"),
        open_build(str(tmp_path / "books"), full=full),
    ):
        pass
    assert len(list(made.folder.path.glob("g*/commit-*"))) == 1


def test_a_searcher_says_that_an_index_is_a_programs(index: ColumnarIndex) -> None:
    with pytest.raises(IndexUnusable, match="name another folder"):
        open_searcher(str(index.folder.path)).search(Query())


def test_no_index_is_made_over_another(index: ColumnarIndex) -> None:
    with pytest.raises(BadSetting, match="there is an index"):
        create_in(index.folder.path, BOOKS)


def test_where_there_is_no_index_none_opens(tmp_path: Path) -> None:
    with pytest.raises(EmptyIndexError):
        open_dir(tmp_path / "nothing", BOOKS)


def test_there_is_one_writer(index: ColumnarIndex) -> None:
    with index.writer(), pytest.raises(LockError):
        index.writer()


def test_a_cancelled_batch_is_forgotten(index: ColumnarIndex) -> None:
    writer = index.writer()
    writer.add_document(title="The Harbour")
    writer.cancel()
    assert index.doc_count_all() == 0


def test_a_batch_that_raises_is_forgotten(index: ColumnarIndex) -> None:
    with pytest.raises(UnknownFieldError), index.writer() as writer:
        add_two(writer)
    assert index.doc_count_all() == 0


def test_a_writer_that_committed_takes_nothing_more(index: ColumnarIndex) -> None:
    writer = index.writer()
    writer.commit()
    with pytest.raises(IndexingError):
        writer.add_document(title="The Harbour")


def test_an_update_replaces_what_was_committed(index: ColumnarIndex) -> None:
    add(index, {"isbn": "1", "title": "The Harbour"})
    with index.writer() as writer:
        writer.update_document(isbn="1", title="The Port")
    assert titles(index, q.Every()) == {"The Port"}


def test_of_two_updates_in_a_batch_the_last_stays(index: ColumnarIndex) -> None:
    with index.writer() as writer:
        writer.update_document(isbn="1", title="The Harbour")
        writer.update_document(isbn="2", title="The Ferry")
        writer.update_document(isbn="1", title="The Port")
    assert titles(index, q.Every()) == {"The Port", "The Ferry"}


def test_an_update_replaces_what_was_flushed_before(index: ColumnarIndex) -> None:
    with index.writer(limitmb=0) as writer:  # each document is a segment
        writer.update_document(isbn="1", title="The Harbour")
        writer.update_document(isbn="1", title="The Port")
    assert titles(index, q.Every()) == {"The Port"}


def test_an_update_that_is_refused_replaces_nothing(index: ColumnarIndex) -> None:
    add(index, {"isbn": "1", "title": "The Harbour"})
    with index.writer() as writer, pytest.raises(TypeError):
        writer.update_document(isbn="1", notes=object())
    assert titles(index, q.Every()) == {"The Harbour"}


def test_documents_are_deleted_by_a_query(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"}, {"title": "The Ferry"})
    assert index.writer().delete_by_query(q.Term("title", "harbour")) == 1


def test_what_is_deleted_is_not_found(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"}, {"title": "The Ferry"})
    add(index, {"title": "The Harbour"})
    index.delete_by_term("title", "harbour")
    assert titles(index, q.Every()) == {"The Ferry"}


def test_what_is_deleted_does_not_come_back(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"})
    with index.writer() as writer, pytest.raises(ValueError, match="come back"):
        writer.delete_document(0, delete=False)


def test_optimizing_leaves_one_segment_without_the_deleted(
    index: ColumnarIndex,
) -> None:
    add(index, {"title": "The Harbour"}, {"title": "The Ferry"})
    add(index, {"title": "The Port"})
    index.delete_by_term("title", "harbour")
    index.optimize()
    with index.reader() as reader:
        assert (reader.is_atomic(), reader.doc_count_all()) == (True, 2)


def test_clearing_leaves_only_the_batch(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"})
    writer = index.writer()
    writer.add_document(title="The Ferry")
    writer.commit(mergetype=CLEAR)
    assert titles(index, q.Every()) == {"The Ferry"}


PLANNED = q.Or([q.Term("title", "ferry"), q.Term("title", "night")])


def test_the_best_hits_come_first_and_ties_in_order(index: ColumnarIndex) -> None:
    add(index, {"title": "ferry", "isbn": "1"}, {"title": "harbour"})
    add(index, {"title": "ferry night", "isbn": "2"}, {"title": "ferry", "isbn": "3"})
    with index.searcher() as searcher:
        found = searcher.search(PLANNED, limit=3)
        assert [(hit["isbn"], hit.docnum) for hit in found] == [
            ("2", 2),
            ("1", 0),
            ("3", 3),
        ]


@pytest.mark.parametrize("limit", [1, 2, None])
def test_a_planned_search_counts_all_its_hits(
    index: ColumnarIndex, limit: int | None
) -> None:
    add(index, {"title": "ferry"}, {"title": "harbour"})
    add(index, {"title": "ferry night"}, {"title": "night"})
    with index.searcher() as searcher:
        found = searcher.search(PLANNED, limit=limit)
        assert (len(found), found.docs()) == (3, {0, 2, 3})


@pytest.mark.parametrize("limit", [-1, 0])
def test_a_limit_below_one_is_refused_as_by_whoosh(
    index: ColumnarIndex, limit: int
) -> None:
    add(index, {"title": "ferry"}, {"title": "ferry night"})
    with index.searcher() as searcher, pytest.raises(ValueError, match="limit"):
        searcher.search(PLANNED, limit=limit)


def test_a_boost_below_zero_loses_no_hit(
    index: ColumnarIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bound in ("_ALL", "_PRUNED"):  # documents that are scored at once
        monkeypatch.setattr(f"search.engines.columnar.best.{bound}", 0)
    add(index, *({"title": "ferry night"} for _ in range(80)))
    with index.searcher() as searcher:
        found = searcher.search(q.Term("title", "ferry", boost=-1.0), limit=3)
        assert found.scored_length() == 3


def test_a_planned_search_scores_as_whooshs_own_does(index: ColumnarIndex) -> None:
    add(index, {"title": "ferry"}, {"title": "night ferry ferry"})
    add(index, {"title": "ferry night"}, {"title": "night"})
    with index.searcher() as searcher:
        planned = dict(searcher.search(PLANNED, limit=None).items())
        collector = searcher.collector(limit=None)
        searcher.search_with_collector(PLANNED, collector)
        assert planned == pytest.approx(dict(collector.results().items()), abs=1e-12)


def test_a_searcher_keeps_its_commit(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"})
    with index.searcher() as searcher:
        add(index, {"title": "The Ferry"})
        assert (searcher.doc_count(), searcher.up_to_date()) == (1, False)


def test_a_refreshed_searcher_sees_the_newest_commit(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"})
    searcher = index.searcher()
    add(index, {"title": "The Ferry"})
    with searcher.refresh() as fresh:
        assert fresh.doc_count() == 2


def test_a_closed_reader_answers_nothing(index: ColumnarIndex) -> None:
    add(index, {"title": "The Harbour"})
    reader = index.reader()
    reader.close()
    with pytest.raises(ReaderClosed):
        reader.doc_count()


def test_a_closed_searcher_finds_nothing(index: ColumnarIndex) -> None:
    add(index, {"title": "ferry"})
    searcher = index.searcher()
    searcher.close()
    with pytest.raises(ReaderClosed):
        searcher.search(PLANNED)


def test_terms_come_in_order(index: ColumnarIndex) -> None:
    add(index, {"title": "harbour ferry"})
    add(index, {"title": "night ferry"})
    with index.reader() as reader:
        assert list(reader.lexicon("title")) == [b"ferry", b"harbour", b"night"]


def test_a_term_has_its_statistics(index: ColumnarIndex) -> None:
    add(index, {"title": "ferry ferry night"}, {"title": "night"}, {"title": "ferry"})
    with index.reader() as reader:
        info = reader.term_info("title", "ferry")
    found = (info.weight(), info.doc_frequency(), info.max_weight(), info.max_length())
    assert found == (3.0, 2, 2.0, 3)


def test_a_posting_tells_positions(index: ColumnarIndex) -> None:
    add(index, {"title": "ferry night ferry"})
    with index.reader() as reader:
        assert reader.postings("title", "ferry").value_as("positions") == [0, 2]


def test_a_term_that_is_nowhere_has_no_postings(index: ColumnarIndex) -> None:
    add(index, {"title": "ferry"})
    with index.reader() as reader, pytest.raises(TermNotFound):
        reader.postings("title", "harbour")


def test_vectors_are_not_kept(index: ColumnarIndex) -> None:
    add(index, {"title": "ferry"})
    with index.reader() as reader, pytest.raises(KeyError, match="keeps none"):
        reader.vector(0, "title")


def test_hits_sort_by_a_column(index: ColumnarIndex) -> None:
    add(index, {"title": "b", "pages": 300}, {"title": "c", "pages": 20})
    add(index, {"title": "d", "pages": 100})
    with index.searcher() as searcher:
        found = searcher.search(q.Every(), sortedby="pages")
        assert [hit["title"] for hit in found] == ["c", "d", "b"]


def test_hits_group_by_a_field_without_a_column(index: ColumnarIndex) -> None:
    add(index, {"title": "b", "tags": "sea, war"}, {"title": "c", "tags": "sea"})
    with index.searcher() as searcher:
        facet = FieldFacet("tags", allow_overlap=True)
        groups = searcher.search(q.Every(), groupedby={"tags": facet}).groups("tags")
    assert {key: len(found) for key, found in groups.items()} == {"sea": 2, "war": 1}


def test_misspelled_words_are_corrected(index: ColumnarIndex) -> None:
    add(index, {"title": "harbour ferry"})
    with index.searcher() as searcher:
        assert searcher.suggest("title", "harbor") == ["harbour"]


def test_a_field_of_a_pattern_is_indexed(tmp_path: Path) -> None:
    schema = Schema(title=TEXT(stored=True))
    schema.add("*_note", TEXT, glob=True)
    index = create_in(tmp_path / "books", schema)
    with index.writer() as writer:
        writer.add_document(title="The Harbour", my_note="wet")
    assert titles(index, q.Term("my_note", "wet")) == {"The Harbour"}


def test_a_weighed_field_scores_more(tmp_path: Path) -> None:
    schema = Schema(title=TEXT(field_boost=2.0), text=TEXT)
    index = create_in(tmp_path / "books", schema)
    with index.writer() as writer:
        writer.add_document(title="harbour", text="harbour")
    with index.searcher() as searcher:
        title, text = (
            searcher.search(q.Term(name, "harbour"))[0].score for name in schema.names()
        )
    assert title != text


@pytest.mark.parametrize("boost", ["_boost", "_title_boost"])
def test_a_boosted_document_is_refused(index: ColumnarIndex, boost: str) -> None:
    with index.writer() as writer, pytest.raises(ValueError, match="no weights"):
        writer.add_document(title="The Harbour", **{boost: 2.0})


def test_an_unknown_field_is_refused(index: ColumnarIndex) -> None:
    with index.writer() as writer, pytest.raises(UnknownFieldError):
        writer.add_document(author="Ann Ex")


def test_a_refused_document_leaves_nothing_behind(index: ColumnarIndex) -> None:
    with index.writer() as writer:
        with pytest.raises(ValueError, match="invalid literal"):
            writer.add_document(isbn="1", title="harbour", pages="many")
        writer.add_document(title="ferry")
    assert titles(index, q.Term("title", "harbour")) == set()


def test_a_field_cannot_be_added(index: ColumnarIndex) -> None:
    with pytest.raises(ValueError, match="make a new index"):
        index.add_field("author", TEXT())


def test_unique_values_that_differ_by_a_nul_are_two(index: ColumnarIndex) -> None:
    long = "y" * 100_000
    for _ in range(2):
        with index.writer() as writer:
            for isbn in ("x", "x\0", long, f"{long}\0"):
                writer.update_document(isbn=isbn, title="Harbour")
    with index.searcher() as searcher:
        found = {hit["isbn"] for hit in searcher.search(q.Every(), limit=None)}
        assert (searcher.doc_count(), len(found)) == (4, 4)
        assert searcher.document(isbn="x\0")["isbn"] == "x\0"


def test_a_group_stays_in_one_segment(index: ColumnarIndex) -> None:
    with index.writer(limitmb=0) as writer, writer.group():
        writer.add_document(title="The Harbour")
        writer.add_document(title="Chapter One")
    with index.reader() as reader:
        assert reader.is_atomic()


plain = (
    st.text()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.booleans()
    | st.none()
    | st.binary()
    | st.datetimes()
    | st.dates()
    | st.times()
    | st.uuids()
    | st.decimals(allow_nan=False)
)
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner),
        st.lists(inner).map(tuple),
        st.sets(plain),
        st.frozensets(plain),
        st.dictionaries(plain, inner),
    ),
    max_leaves=8,
)


@pytest.mark.slow
@given(st.dictionaries(st.text(), values))
def test_stored_values_come_back_as_they_were(stored: dict[str, Any]) -> None:
    found = unpack(pack(Kept(stored, {})))
    assert repr(found.stored) == repr(stored) or found.stored == stored


@pytest.mark.parametrize(
    "value",
    [
        True,
        1,
        1.0,
        date(2015, 6, 1),
        datetime(2015, 6, 1),  # noqa: DTZ001  # Whoosh knows no zones
        Decimal("1.50"),
        UUID(int=7),
        (1, [2]),
    ],
)
def test_stored_values_keep_their_types(value: object) -> None:
    assert type(unpack(pack(Kept({"a": value}, {}))).stored["a"]) is type(value)


def test_values_of_other_types_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match="field 'notes' cannot be kept: object is not"):
        pack(Kept({"notes": object()}, {}))


def view(index: ColumnarIndex) -> View:
    parts = open_current(index.folder, index.format).parts
    segments = [Segment(part.container) for part in parts]
    return View(segments, [part.live for part in parts])


NEAR = SpanNear2([q.Term("title", "ferry"), q.Term("title", "night")], slop=2)


def test_documents_of_later_segments_are_numbered_from_their_bases(
    index: ColumnarIndex,
) -> None:
    for _ in range(3):
        add(index, {"title": "ferry at night"}, {"title": "ferry"})
    ids, _ = match(NEAR, view(index), BOOKS, Deadline(5))
    assert ids.tolist() == [0, 64, 128]


def test_whooshs_matchers_leave_the_deleted_out(index: ColumnarIndex) -> None:
    add(index, {"title": "ferry night", "isbn": "1"}, {"title": "ferry night"})
    index.delete_by_term("isbn", "1")
    assert len(match(NEAR, view(index), BOOKS, Deadline(5))[0]) == 1


def test_past_the_deadline_whooshs_matchers_stop(index: ColumnarIndex) -> None:
    add(index, *({"title": "ferry night"} for _ in range(50)))
    assert len(match(NEAR, view(index), BOOKS, Deadline(-1))[0]) == 0


def test_an_index_without_documents_matches_nothing(index: ColumnarIndex) -> None:
    assert len(match(NEAR, view(index), BOOKS, Deadline(5))[0]) == 0

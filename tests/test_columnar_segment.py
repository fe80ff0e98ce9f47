from __future__ import annotations

import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.fields import ID, KEYWORD, NGRAM, NUMERIC, TEXT, Schema

from search.engines.columnar import inverter
from search.engines.columnar.column_writer import halves, joined
from search.engines.columnar.container import Container, ContainerWriter
from search.engines.columnar.numbers import NumberReader, NumberWriter
from search.engines.columnar.places import PlaceReader, PlaceWriter
from search.engines.columnar.record import Record, pack
from search.engines.columnar.scoring import Bm25, codes, table
from search.engines.columnar.segment_writer import DocumentWriter, SegmentWriter
from search.engines.columnar.spool import Spool
from search.engines.disk import Disk
from search.engines.docsets import ids_of
from search.engines.rows import Row
from search.engines.sealed import Damaged
from tests.columnar_model import (
    articles,
    check,
    inverted,
    inverted_articles,
    read_field,
    rows_of,
    segment_of,
    written,
)
from tests.factories import article
from tests.trying import examples


@pytest.mark.slow
@examples(50)
@given(st.lists(articles, max_size=8))
def test_a_segment_holds_what_whoosh_makes_of_the_articles(many):
    with TemporaryDirectory() as folder:
        segment = segment_of(many, Path(folder))
        check(segment, inverted_articles(many))
        assert rows_of(segment) == [Row.of(one) for one in many]
        stored = [Record(segment.stored(doc)).article() for doc in range(segment.size)]
        assert stored == many


@pytest.mark.slow
@examples(20)
@given(st.lists(st.sampled_from([0, 1, 2, 5]), min_size=130, max_size=300))
def test_common_terms_are_bitmaps_that_hold_the_same(counts):
    many = [article(text="fog " * n + "x" * (n % 2), title=None) for n in counts]
    with TemporaryDirectory() as folder:
        segment = segment_of(many, Path(folder))
        check(segment, inverted_articles(many))
        body = segment.fields["body"]
        if sum(map(bool, counts)) >= 64:
            assert body.postings(body.find(b"fog")).bits is not None


def test_bounds_are_no_less_than_any_impact_in_their_word(tmp_path):
    many = [article(text="fog " * (1 + n % 7) + "mist " * (n % 50)) for n in range(300)]
    body = segment_of(many, tmp_path).fields["body"]
    fog = body.postings(body.find(b"fog"))
    scorer = Bm25()
    assert fog.tf is not None
    coded = codes(fog.tf, body.lengths[:300])
    impacts = table(scorer, body.meta["bmax"]["average"])[coded]
    assert fog.bmax is not None
    bounds = fog.bmax[np.arange(300) // 64] * scorer.ceiling / 255
    assert (bounds >= impacts).all()
    assert (bounds <= impacts.max() + scorer.ceiling / 255).all()


def test_ranks_count_the_postings_before_each_word(tmp_path):
    many = [article(text="fog" if n % 3 else "mist") for n in range(300)]
    body = segment_of(many, tmp_path).fields["body"]
    fog = body.postings(body.find(b"fog"))
    assert fog.rank is not None
    assert fog.rank.tolist() == [
        sum(n % 3 != 0 for n in range(64 * word)) for word in range(5)
    ]


def test_a_frequency_over_255_loses_nothing(tmp_path):
    many = [article(text="fog " * n, title=None) for n in (254, 255, 256, 3, 1000)]
    segment = segment_of(many, tmp_path)
    body = segment.fields["body"]
    assert body.frequencies(0, None).tolist() == [254, 255, 256, 3, 1000]
    assert body.frequencies(0, np.array([2, 4])).tolist() == [256, 1000]
    check(segment, inverted_articles(many))


def test_a_position_over_65535_loses_nothing(tmp_path):
    many = [article(text="fog " * 70_000 + "mist"), article()]
    check(segment_of(many, tmp_path), inverted_articles(many))


def test_positions_of_some_documents_are_theirs(tmp_path):
    many = [article(text="fog mist " * (1 + n % 5), title=None) for n in range(200)]
    body = segment_of(many, tmp_path).fields["body"]
    flat, counts = body.positions(body.find(b"mist"), np.array([1, 99, 100]))
    assert counts.tolist() == [2, 5, 1]
    assert flat.tolist() == [1, 3, 1, 3, 5, 7, 9, 1]


def test_ranges_of_terms_sorted_apart_give_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(inverter, "_RANGE", 7)
    monkeypatch.setattr(inverter, "_BLOCK", 20)
    many = [article(text=f"fog mist {n} rain-{n % 3} " * 3) for n in range(20)]
    check(segment_of(many, tmp_path), inverted_articles(many))


def test_a_union_of_terms_is_that_of_their_documents(tmp_path):
    many = [article(text=f"w{n % 90:02} {'fog' if n % 2 else ''}") for n in range(200)]
    body = segment_of(many, tmp_path).fields["body"]
    start, stop = body.lower(b"w10"), body.lower(b"w13")
    expected = [n for n in range(200) if n % 90 in {10, 11, 12}]
    assert ids_of(body.union(start, stop)).tolist() == expected


def test_a_union_of_terms_apart_is_that_of_their_documents(tmp_path):
    many = [article(text=f"w{n % 90:02} {'w15' if n % 2 else ''}") for n in range(200)]
    body = segment_of(many, tmp_path).fields["body"]
    for wanted in ({10, 12, 15}, {15, 80}, {10, 12}, set()):
        numbers = np.array([body.find(f"w{n}".encode()) for n in sorted(wanted)], int)
        every = range(1, 200, 2) if 15 in wanted else ()
        expected = [n for n in range(200) if n % 90 in wanted or n in every]
        assert ids_of(body.union_of(numbers)).tolist() == expected


def test_an_article_is_found_by_its_id(tmp_path):
    segment = segment_of([article(id=key) for key in ("b", "a", "c", "a")], tmp_path)
    assert [segment.number(key) for key in ("a", "b", "c", "", "bb")] == [
        3,
        0,
        2,
        -1,
        -1,
    ]


GENERIC = Schema(
    key=ID(unique=True, stored=True),
    words=TEXT,
    plain=TEXT(phrase=False),
    tags=KEYWORD,
    scored=KEYWORD(scorable=True, commas=True),
    number=NUMERIC(int),
    grams=NGRAM,
)
_generic = st.fixed_dictionaries(
    {},
    optional={
        "key": st.text("ab", min_size=1, max_size=3),
        "words": st.text("ab c", max_size=20),
        "plain": st.text("ab c", max_size=20),
        "tags": st.text("ab ", max_size=10),
        "scored": st.text("ab ,", max_size=10),
        "number": st.integers(-5, 5),
        "grams": st.text("abc ", max_size=9),
    },
)


@settings(deadline=None)
@given(st.lists(_generic, max_size=8))
def test_documents_of_any_schema_keep_their_postings(documents):
    writer = DocumentWriter(GENERIC)
    for n, values in enumerate(documents):
        writer.add(values, b"%d" % n)
    with TemporaryDirectory() as folder:
        segment = written(writer, Path(folder))
        check(segment, inverted(documents, GENERIC))
        stored = [segment.stored(doc) for doc in range(segment.size)]
        assert stored == [b"%d" % n for n in range(len(documents))]


@pytest.mark.parametrize("head", [b'{"id":1}', b"[]", b"[" * 100_000])
def test_a_head_that_is_none_is_damage(head: bytes) -> None:
    with pytest.raises(Damaged, match="not a stored article"):
        Record(struct.pack("<II", len(head), 0) + head)


@given(articles)
def test_a_packed_article_comes_back(one):
    record = Record(pack(one))
    assert record.article() == one
    assert record.text == one.text
    assert record.head.title == one.title
    removed = record.head.removed_characters
    assert removed == sum(len(block.text) for block in one.removed)


@pytest.mark.parametrize("data", [b"", b"\0" * 8, b"\xff" * 20, b"\2\0\0\0\0\0\0\0[]"])
def test_other_bytes_are_no_article(data):
    with pytest.raises(ValueError, match="not a stored article"):
        Record(data).article()


@given(st.lists(st.lists(st.integers(0, 1 << 20), max_size=5), max_size=9))
def test_a_spool_keeps_what_was_appended(parts):
    spool = Spool(np.uint16)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.engines.columnar.spool._IN_MEMORY", 8)
        for part in parts:
            spool.append(np.array(part, np.int64))
        assert spool.read().tolist() == [value for part in parts for value in part]


def test_memory_held_grows_with_what_is_added():
    writer = SegmentWriter()
    before = writer.buffered
    for n in range(50):
        writer.add(article(text=f"word{n} " * 100))
    assert writer.buffered > before + 50 * 100 * 4


def test_an_empty_segment_reads_back(tmp_path):
    segment = segment_of([], tmp_path)
    assert segment.size == segment.words == 0
    assert all(not read_field(made).terms for made in segment.fields.values())


@given(
    st.lists(
        st.lists(st.integers(0, 300) | st.integers(0, 1 << 20), max_size=40), max_size=5
    ),
    st.data(),
)
def test_positions_come_back_all_or_some(parts, data):
    flat = [position for part in parts for position in part]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        with ContainerWriter(path, Disk()) as container:
            places = PlaceWriter(Path(folder))
            for part in parts:
                places.append(np.array(part, np.uint32))
            bits = places.write(container, "f")
            container.finish({})
        reader = PlaceReader(Container.open(path), "f", bits)
        start = data.draw(st.integers(0, len(flat)))
        stop = data.draw(st.integers(start, len(flat)))
        assert reader.all(start, stop).tolist() == flat[start:stop]
        some = [n for n in range(start, stop) if n % 3]
        found = reader.some(start, stop, np.array(some, np.int64))
        assert found.tolist() == [flat[n] for n in some]


@given(st.sampled_from([9, 1 << 16, 70_000, 1 << 18, 1 << 20, 1 << 24]), st.data())
def test_numbers_come_back_whatever_bits_they_need(size, data):
    many = data.draw(st.lists(st.integers(0, size - 1), max_size=40))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        with ContainerWriter(path, Disk()) as container:
            numbers = NumberWriter(size, Path(folder))
            numbers.append(np.array(many, np.uint32))
            numbers.write(container, "n")
            container.finish({})
        reader = NumberReader(Container.open(path), "n", size)
        start = data.draw(st.integers(0, len(many)))
        assert reader.part(start, len(many)).tolist() == many[start:]


def test_documents_of_which_nothing_is_kept_need_no_dictionary(tmp_path: Path) -> None:
    writer = DocumentWriter(Schema(word=ID()))
    for number in range(250):
        writer.add({"word": f"w{number}"}, b"")
    assert written(writer, tmp_path).stored(249) == b""


_ANY = st.text(st.sampled_from("a\x1f\xff\x00\ud800") | st.characters())


@given(_ANY, _ANY)
def test_a_pair_is_taken_apart_where_it_was_joined(first: str, second: str) -> None:
    assert halves(joined(first, second)) == (first, second)

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.columnar import field_merger, live
from search.engines.columnar.container import Container
from search.engines.columnar.merger import merge
from search.engines.columnar.record import Record
from search.engines.columnar.segment import Segment
from search.engines.columnar.segment_writer import DocumentWriter
from search.engines.columnar.tiers import FAN, FLOOR, choose, tier
from search.engines.disk import Disk
from search.engines.rows import Row
from search.model import Article
from tests.columnar_model import (
    articles,
    check,
    inverted,
    inverted_articles,
    rows_of,
    segment_of,
    written,
)
from tests.factories import article
from tests.test_columnar_segment import GENERIC
from tests.trying import examples


def segments_of(parts: list[list[Article]], folder: Path) -> list[Segment]:
    """Return one segment a part, as a writer makes them one after another."""
    return [
        segment_of(part, folder, f"{number}.seg") for number, part in enumerate(parts)
    ]


def merged(
    segments: list[Segment], dead: list[set[int]], folder: Path, name: str = "m.seg"
) -> Segment:
    """Return the segments as one, without the dead documents of each."""
    bits = []
    for segment, gone in zip(segments, dead, strict=True):
        alive = live.all_of(segment.size)
        bits.append(live.without(alive, np.array(sorted(gone), np.int64)))
    path = folder / name
    root = merge(segments, bits, path, Disk())
    return Segment(Container.open(path, root))


def check_merge(parts: list[list[Article]], dead: list[set[int]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        dead = [
            {n for n in gone if n < len(part)}
            for part, gone in zip(parts, dead, strict=True)
        ]
        segment = merged(segments_of(parts, folder), dead, folder)
        left = [
            one
            for part, gone in zip(parts, dead, strict=True)
            for n, one in enumerate(part)
            if n not in gone
        ]
        check(segment, inverted_articles(left))
        assert rows_of(segment) == [Row.of(one) for one in left]
        stored = [Record(segment.stored(doc)).article() for doc in range(segment.size)]
        assert stored == left
        for column in map(segment.column, segment.meta["columns"]["names"]):
            assert column.encoded == sorted(set(column.encoded))


@pytest.mark.slow
@examples(30)
@given(
    st.lists(
        st.tuples(st.lists(articles, max_size=5), st.sets(st.integers(0, 4))),
        min_size=1,
        max_size=4,
    )
)
def test_a_merge_holds_the_living_documents_of_any_segments(given_parts):
    check_merge([part for part, _ in given_parts], [gone for _, gone in given_parts])


def test_common_terms_and_high_frequencies_survive_a_merge():
    parts = [
        [article(text="fog " * (n % 5) + f"w{n}", title="Fog") for n in range(size)]
        for size in (150, 10, 90)
    ]
    parts[1].append(article(text="fog " * 300))
    check_merge(parts, [set(range(0, 150, 3)), {0}, set()])


def test_ranges_of_terms_merged_apart_give_the_same(monkeypatch):
    monkeypatch.setattr(field_merger, "_RANGE", 50)
    parts = [
        [article(text=f"fog {n} mist {n % 3} " * 3) for n in range(size)]
        for size in (70, 5, 80)
    ]
    check_merge(parts, [{1, 2}, set(), {79}])


def test_positions_over_65535_survive_a_merge():
    check_merge([[article(text="fog " * 70_000)], [article()]], [set(), set()])


def test_frames_of_one_dictionary_are_copied_as_they_are(tmp_path):
    many = [
        article(text=f"Fog over harbour {n}, mist at noon." * 5) for n in range(300)
    ]
    one, other = segments_of([many, many[7:8]], tmp_path)
    both = merged([one, other], [set(), set()], tmp_path)
    assert one.frames.dictionary == both.frames.dictionary != b""
    frames = both.container.array("stored/bin").tobytes()
    assert frames.startswith(one.container.array("stored/bin").tobytes())
    assert both.stored(300) == one.stored(7)


def test_a_merge_of_nothing_living_is_an_empty_segment(tmp_path):
    segment = merged(segments_of([[article()]], tmp_path), [{0}], tmp_path)
    assert (segment.size, segment.fields["text"].size) == (0, 0)


def test_segments_of_another_schema_merge(tmp_path):
    parts: list[list[dict[str, Any]]] = [
        [{"words": "aa b c", "number": 3}, {"tags": "x y x", "key": "k"}],
        [{"words": "b b"}, {"grams": "abcdef"}],
    ]
    made = []
    for number, part in enumerate(parts):
        writer = DocumentWriter(GENERIC)
        for values in part:
            writer.add(values, b"%d" % number)
        made.append(written(writer, tmp_path, f"{number}.seg"))
    segment = merged(made, [{0}, set()], tmp_path)
    check(segment, inverted([parts[0][1], *parts[1]], GENERIC))
    assert [segment.stored(doc) for doc in range(3)] == [b"0", b"1", b"1"]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 100)), max_size=60))
def test_after_merging_no_tier_is_full_and_no_segment_mostly_deleted(segments):
    sizes = [size for size, _ in segments]
    deleted = [size * share // 100 for size, share in segments]
    groups = choose(sizes, deleted)
    chosen = [i for group in groups for i in group]
    assert len(chosen) == len(set(chosen))
    alive = [size - gone for size, gone in zip(sizes, deleted, strict=True)]
    left = [alive[i] for i in range(len(sizes)) if i not in chosen]
    left += [sum(alive[i] for i in group) for group in groups]
    tiers = [tier(size) for size in left]
    assert all(tiers.count(one) < FAN for one in tiers)
    for i in set(range(len(sizes))) - set(chosen):
        assert deleted[i] <= 0.3 * sizes[i]


@examples(20)
@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=300))
def test_segments_stay_few_and_a_document_is_rarely_rewritten(commits):
    sizes: list[int] = []
    rewritten = 0
    for commit in commits:
        sizes.append(commit)
        groups = choose(sizes, [0] * len(sizes))
        for group in groups:
            rewritten += sum(sizes[i] for i in group)
        chosen = {i for group in groups for i in group}
        made = [sum(sizes[i] for i in group) for group in groups]
        sizes = [size for i, size in enumerate(sizes) if i not in chosen] + made
    total = sum(commits)
    assert sum(sizes) == total
    assert len(sizes) <= (FAN - 1) * (tier(total) + 1)
    assert rewritten <= total * (tier(total) + FLOOR)


def test_a_small_commit_leaves_big_segments_alone():
    sizes = [100_000, 20_000] + [10] * 8
    assert choose(sizes, [0] * 10) == (tuple(range(2, 10)),)


@pytest.mark.parametrize(("deleted", "groups"), [(29, ()), (31, ((0,),))])
def test_a_segment_a_third_deleted_is_rewritten(deleted, groups):
    assert choose([100], [deleted]) == groups

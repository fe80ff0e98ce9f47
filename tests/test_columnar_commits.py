"""Commits, readers that hold them, and what is cleared: below the searcher."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines import open_searcher, sealed
from search.engines.columnar import commits, manifest, spool, stored
from search.engines.columnar.build import ColumnarBuild
from search.engines.columnar.commits import open_current
from search.engines.columnar.fingerprint import FORMAT
from search.engines.columnar.manifest import Commit, SegmentEntry
from search.engines.folder import Folder
from search.engines.sealed import Damaged, seal
from search.errors import DatelineError, IndexLocked, IndexUnusable, NoIndex
from search.model import Query, Removed
from tests.columnar_index import DISK, contents, files, put, writer
from tests.factories import article, place
from tests.trying import examples


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "index")


class Stop(Exception):
    """What a test raises in the middle of things."""


# Batches


def test_what_is_committed_is_read(folder: Folder) -> None:
    put(folder, article(id="x", text="kestrel"), article(id="y", text="osprey"))
    assert contents(folder) == {"x": "kestrel", "y": "osprey"}


def test_an_article_replaces_the_one_with_its_id(folder: Folder) -> None:
    put(folder, article(id="x", text="kestrel"), article(id="y", text="harrier"))
    put(folder, article(id="x", text="osprey"))
    assert contents(folder) == {"x": "osprey", "y": "harrier"}


def test_of_an_id_twice_in_a_batch_the_last_stays(folder: Folder) -> None:
    put(folder, *(article(id="x", text=text) for text in ("kestrel", "osprey")))
    assert contents(folder) == {"x": "osprey"}


def test_a_batch_that_changes_nothing_is_no_commit(folder: Folder) -> None:
    put(folder, article(id="x"))
    before = files(folder.path)
    put(folder, delete=["nowhere"])
    assert files(folder.path) == before


def test_an_exception_leaves_no_trace(folder: Folder) -> None:
    put(folder, article(id="x", text="kestrel"))
    before = files(folder.path)
    with suppress(Stop), writer(folder) as batch:
        batch.add(article(id="y"))
        batch.delete("x")
        raise Stop
    assert (contents(folder), files(folder.path)) == ({"x": "kestrel"}, before)


BAD = [{"text": None}, {"authors": (None,)}, {"removed": (None,)}, {"places": (7,)}]


@pytest.mark.parametrize("harm", BAD)
def test_an_article_that_is_none_costs_only_itself(
    folder: Folder, harm: dict[str, object]
) -> None:
    with writer(folder) as batch:
        batch.add(article(id="x", text="kestrel"))
        with pytest.raises((AttributeError, TypeError)):
            batch.add(replace(article(id="bad"), **harm))  # type: ignore[arg-type]
        batch.add(article(id="y", text="osprey"))
    assert contents(folder) == {"x": "kestrel", "y": "osprey"}


def test_the_words_of_an_article_that_is_none_are_not_those_of_the_next(
    folder: Folder,
) -> None:
    with writer(folder) as batch:
        with pytest.raises(AttributeError):
            batch.add(article(text="kestrel", places=(place(3, "Reef"),)))  # type: ignore[arg-type]
        batch.add(article(id="y", text="osprey"))
    searcher = open_searcher(str(folder.path))
    assert searcher.search(Query(text="kestrel")).total == 0


WORDS = st.sampled_from(["kestrel", "osprey", "harrier", "merlin"])
CHANGES = st.lists(st.tuples(st.sampled_from("abcdef"), st.none() | WORDS), max_size=12)


@given(st.lists(CHANGES, max_size=5), st.booleans())
@pytest.mark.slow
@examples(7)
def test_any_batches_leave_what_a_dictionary_would_hold(
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[list[tuple[str, str | None]]],
    spill: bool,
) -> None:
    folder = Folder(tmp_path_factory.mktemp("i") / "index")
    expected: dict[str, str] = {}
    with ColumnarBuild(folder, full=False, memory=0 if spill else 1) as build:
        for batch in batches:
            with build.writer() as changes:
                for name, text in batch:
                    if text is None:
                        changes.delete(name)
                        expected.pop(name, None)
                    else:
                        long = text if not spill else text + " gull" * 60_000
                        changes.add(article(id=name, text=long))
                        expected[name] = long
    assert contents(folder) == expected


def test_a_batch_larger_than_its_memory_is_one_commit(folder: Folder) -> None:
    many = [article(id=f"{n:03}", text=f"gull{n} " * 9_000) for n in range(60)]
    with ColumnarBuild(folder, full=False, memory=1) as build:
        with build.writer() as batch:
            for one in many:
                batch.add(one)
                assert not list(build.state.parent.glob("commit-*"))
        segments = len(list(build.state.parent.glob("*.seg")))
    assert (segments > 1, len(contents(folder))) == (True, 60)


def test_memory_bounds_what_was_removed_from_pages_too(folder: Folder) -> None:
    chrome = (Removed("gull tern skua " * 4_000, "nav"),)
    with ColumnarBuild(folder, full=False, memory=1) as build:
        with build.writer() as batch:
            for number in range(40):
                batch.add(article(id=f"{number:03}", text="", removed=chrome))
        segments = len(list(build.state.parent.glob("*.seg")))
    assert segments > 1


def test_small_commits_do_not_become_many_segments(folder: Folder) -> None:
    for number in range(40):
        put(folder, article(id=f"{number:02}"), delete=[f"{number - 3:02}"])
    segments = len(list(folder.path.glob("g*/*.seg")))
    assert (segments < 12, set(contents(folder))) == (True, {"37", "38", "39"})


# Builds


def test_a_full_build_takes_the_place_of_the_index(folder: Folder) -> None:
    put(folder, article(id="old"))
    with ColumnarBuild(folder, full=True) as build, build.writer() as batch:
        batch.add(article(id="new", text="osprey"))
        assert set(contents(folder)) == {"old"}
    assert contents(folder) == {"new": "osprey"}


def test_a_full_build_that_fails_is_removed(folder: Folder) -> None:
    put(folder, article(id="old"))
    before = files(folder.path)
    with suppress(Stop), ColumnarBuild(folder, full=True) as build:
        with build.writer() as batch:
            batch.add(article(id="new"))
        raise Stop
    assert files(folder.path) == before


def test_a_first_batch_that_fails_leaves_no_index(folder: Folder) -> None:
    with suppress(Stop), writer(folder) as batch:
        batch.add(article(id="x"))
        raise Stop
    with pytest.raises(NoIndex):
        open_current(folder, FORMAT)


def test_a_disk_that_is_full_before_the_commit_is_one_line(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(dir: Path) -> None:
        raise OSError(errno.ENOSPC, f"no room in {dir.name}")

    monkeypatch.setattr(spool, "TemporaryFile", full)
    monkeypatch.setattr(spool, "_IN_MEMORY", 0)
    monkeypatch.setattr(stored, "_SAMPLES", 1)
    monkeypatch.setattr(stored, "_PIECE", 1)
    with (
        pytest.raises(DatelineError, match="no room in g00000001"),
        writer(folder) as w,
    ):
        w.add(article())


def test_a_second_writer_is_refused(folder: Folder) -> None:
    with writer(folder), pytest.raises(IndexLocked, match="another run"):
        writer(folder).__enter__()


def test_numbers_grow_even_where_the_pointer_is_lost(folder: Folder) -> None:
    for text in ("kestrel", "osprey", "harrier"):
        put(folder, article(id="x", text=text))
    (folder.path / "current").write_text("{")
    with ColumnarBuild(folder, full=True):
        pass
    assert open_current(folder, FORMAT).commit.number > 3


# Readers


def test_a_commit_that_is_read_keeps_its_files(folder: Folder) -> None:
    put(folder, article(id="x"))
    opened = open_current(folder, FORMAT)
    put(folder, article(id="x", text="osprey"), article(id="y"))
    assert opened.commit.files <= {
        path.name for path in opened.generation.path.iterdir()
    }


def test_a_commit_nobody_reads_goes_with_the_next(folder: Folder) -> None:
    put(folder, article(id="x"))
    opened = open_current(folder, FORMAT)
    put(folder, article(id="x", text="osprey"))
    opened.close()
    put(folder, article(id="y"))
    assert len(list(folder.path.glob("g*/commit-*"))) == 1


def test_a_reader_that_is_forgotten_holds_nothing(folder: Folder) -> None:
    put(folder, article(id="x"))
    open_current(folder, FORMAT)
    put(folder, article(id="y"))
    assert len(list(folder.path.glob("g*/commit-*"))) == 1


def test_a_generation_that_is_read_stays_until_the_next_run(folder: Folder) -> None:
    put(folder, article(id="x"))
    opened = open_current(folder, FORMAT)
    with ColumnarBuild(folder, full=True):
        pass
    held = len(list(folder.path.glob("g*")))
    opened.close()
    put(folder)
    assert (held, len(list(folder.path.glob("g*")))) == (2, 1)


def test_segments_that_stay_are_opened_once(folder: Folder) -> None:
    put(folder, article(id="x"))
    before = open_current(folder, FORMAT)
    put(folder, article(id="y"))
    after = open_current(folder, FORMAT, before)
    assert after.parts[0].container is before.parts[0].container


def test_a_commit_that_goes_while_it_is_opened_gives_way_to_the_next(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, article(id="x"))
    real = commits.Hold

    def late(path: Path) -> commits.Hold:
        monkeypatch.setattr(commits, "Hold", real)
        put(folder, article(id="y"))
        return real(path)

    monkeypatch.setattr(commits, "Hold", late)
    assert open_current(folder, FORMAT).commit.number == 2


def test_a_generation_that_is_swapped_out_while_it_is_opened_gives_way(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, article(id="x"))
    real = sealed.unseal_or_bare

    def late(data: bytes) -> dict[str, object]:
        monkeypatch.setattr("search.engines.folder.unseal_or_bare", real)
        with ColumnarBuild(folder, full=True) as build, build.writer() as batch:
            batch.add(article(id="y"))
        return real(data)

    monkeypatch.setattr("search.engines.folder.unseal_or_bare", late)
    assert open_current(folder, FORMAT).commit.number == 2


def test_files_that_only_a_reader_needs_are_not_of_the_commit(folder: Folder) -> None:
    put(folder, article(id="x", text=" ".join(f"gull{n}" for n in range(999))))
    reader = open_searcher(str(folder.path))
    before = reader.search(Query()).index.bytes
    put(folder, article(id="x", text="osprey"))
    assert open_searcher(str(folder.path)).search(Query()).index.bytes < before


def test_a_manifest_that_was_unlinked_before_the_lock_is_not_held(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, article(id="x"))
    path = next(folder.path.glob("g*/commit-*"))
    real = fcntl.flock

    def late(descriptor: int, how: int) -> None:
        path.unlink()
        real(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with pytest.raises(FileNotFoundError):
        commits.Hold(path)


# Damage and versions


def test_a_missing_segment_names_the_command(folder: Folder) -> None:
    put(folder, article(id="x"))
    next(folder.path.glob("g*/*.seg")).unlink()
    with pytest.raises(IndexUnusable, match="run `dateline reindex --full"):
        open_current(folder, FORMAT)


def test_a_writer_stops_at_a_missing_segment(folder: Folder) -> None:
    put(folder, article(id="x"))
    next(folder.path.glob("g*/*.seg")).unlink()
    with pytest.raises(IndexUnusable, match="run `dateline reindex --full"):
        put(folder, article(id="y"))


def test_an_index_of_another_schema_names_the_command(folder: Folder) -> None:
    put(folder, article(id="x"))
    with pytest.raises(IndexUnusable, match="another version"):
        open_current(folder, FORMAT + "0")


def test_a_manifest_of_another_schema_is_damage(folder: Folder) -> None:
    put(folder, article(id="x"))
    path = next(folder.path.glob("g*/commit-*"))
    value = json.loads(path.read_text().splitlines()[0]) | {"format": "columnar-0"}
    path.write_bytes(seal(value))
    with pytest.raises(IndexUnusable, match="of another format"):
        open_current(folder, FORMAT)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    entries = (
        SegmentEntry("s00000001.seg", "ab" * 16, 9, 999),
        SegmentEntry(
            "s00000002.seg", "cd" * 16, 9, 999, "s00000002-17.live", "ef" * 16, 2
        ),
    )
    commit = Commit(17, FORMAT, entries)
    manifest.write(tmp_path, commit, DISK)
    assert manifest.read(tmp_path / "commit-00000017") == commit


@pytest.mark.parametrize("name", ["../s00000001.seg", "s1.seg", "/etc/passwd"])
def test_a_manifest_cannot_name_other_files(tmp_path: Path, name: str) -> None:
    manifest.write(tmp_path, Commit(1, FORMAT, (SegmentEntry(name, "", 1, 1),)), DISK)
    with pytest.raises(Damaged, match="no files of ours"):
        manifest.read(tmp_path / "commit-00000001")


def test_a_copy_of_the_pointer_under_another_number_is_damage(folder: Folder) -> None:
    put(folder, article(id="x"))
    path = next(folder.path.glob("g*/commit-*"))
    os.link(path, path.with_name("commit-00000009"))
    with pytest.raises(Damaged, match="another commit"):
        manifest.read(path.with_name("commit-00000009"))


def test_a_process_forked_by_a_writer_does_not_hold_its_lock(folder: Folder) -> None:
    begin, end = os.pipe()
    with writer(folder):
        child = os.fork()
        if not child:
            os.close(end)
            os.read(begin, 1)  # until the other end is closed
            os._exit(0)
    put(folder, article(id="x"))
    os.close(end)
    os.close(begin)
    assert (os.waitpid(child, 0)[1], set(contents(folder))) == (0, {"x"})


def test_a_first_run_cut_short_does_not_make_the_folder_a_strange_one(
    folder: Folder,
) -> None:
    (folder.path / "g00000001" / "state").mkdir(parents=True)
    put(folder, article(id="x"))
    assert set(contents(folder)) == {"x"}

"""What an index in a folder owes: commits, generations, one writer, damage said."""

from __future__ import annotations

import contextlib
import shutil
import stat
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from search.engine import Searcher, Writer
from search.engines import (
    open_build,
    open_searcher,
    open_writer,
    searcher,
    writing,
)
from search.errors import BadArticle, BadSetting, IndexLocked, IndexUnusable, NoIndex
from search.model import Article, Query
from tests.factories import article, place


@pytest.fixture
def index(tmp_path: Path) -> str:
    return str(tmp_path / "index")


@pytest.fixture(autouse=True)
def _looking_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searcher, "_EVERY", 0.0)


def put(index: str, *articles: Article) -> None:
    with open_writer(index) as writer:
        for one in articles:
            writer.add(one)


def ids(opened: Searcher, text: str = "") -> set[str]:
    return {hit.id for hit in opened.search(Query(text=text, per_page=100)).hits}


def generation(index: str) -> int:
    return int(open_searcher(index).search(Query()).index.generation)


def files(index: str) -> list[str]:
    return sorted(str(p.relative_to(index)) for p in Path(index).rglob("*"))


class Stop(Exception):
    """What a test raises in the middle of things."""


def stop_after(writer: Writer, one: Article) -> None:
    with writer:
        writer.add(one)
    raise Stop


def fail(writer: Writer, adding: Article, deleting: str = "") -> None:
    with contextlib.suppress(Stop), writer:
        writer.add(adding)
        writer.delete(deleting)
        raise Stop


# Locators


def test_a_missing_index_names_the_command_that_makes_one(index: str) -> None:
    with pytest.raises(NoIndex, match="dateline reindex PATH"):
        open_searcher(index)


@pytest.mark.parametrize("locator", ["opensearch+http://h:9200/news", "http://h", ""])
def test_a_locator_no_engine_understands_is_refused(locator: str) -> None:
    with pytest.raises(BadSetting):
        open_searcher(locator)


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("dear to me")
    with (
        pytest.raises(BadSetting, match="holds other files"),
        open_writer(str(tmp_path)),
    ):
        pass


def test_what_is_like_an_index_by_its_name_only_is_left_alone(tmp_path: Path) -> None:
    for name in ("lock", "current", "g12345678/x"):
        folder = tmp_path / name.replace("/", "-")
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("dear to me")
        for full in (True, False):
            with (
                pytest.raises(BadSetting, match="holds other files"),
                open_build(str(folder), full=full),
            ):
                pass
        assert files(str(folder)) == sorted({name.split("/")[0], name})


def test_other_files_beside_an_index_stay(index: str) -> None:
    put(index, article(id="x"))
    others = ["draft.new", "g12345678/x", "g00000002/x", "g00000002/y/commit-00000001"]
    for name in others:
        (Path(index) / name).parent.mkdir(parents=True, exist_ok=True)
        (Path(index) / name).write_text("dear to me")
    with open_build(index, full=True):
        pass
    put(index, article(id="y"))
    assert {*others} <= {*files(index)}
    assert ids(open_searcher(index)) == {"y"}


@pytest.mark.parametrize(
    "others",
    [
        ["state", "photo.jpg"],
        ["state"],
        ["about.json", "photo.jpg"],
        ["commit-00000001/photo.jpg"],
        ["state/notes", "photo.jpg"],
    ],
)
def test_a_folder_that_is_a_generation_in_part_only_stays_whole(
    index: str, others: list[str]
) -> None:
    put(index, article(id="x"))
    names = {f"g20240131/{name}" for name in others}
    for name in names:
        (Path(index) / name).parent.mkdir(parents=True, exist_ok=True)
        (Path(index) / name).write_text("dear to me")
    put(index, article(id="y"))
    with open_build(index, full=True):
        pass
    assert names <= {*files(index)}


@pytest.mark.parametrize("name", ["g20240201", "g00000002"])
@pytest.mark.parametrize("held", ["state", "commit-00000001", None])
def test_a_link_is_no_generation_and_stops_nothing(
    index: str, tmp_path: Path, name: str, held: str | None
) -> None:
    put(index, article(id="x"))
    link = Path(index) / name
    link.symlink_to(tmp_path / "elsewhere")
    if held:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / held).write_text("dear to me")
    put(index, article(id="y"))
    with open_build(index, full=True) as build, build.writer() as writer:
        writer.add(article(id="z"))
    assert ids(open_searcher(index)) == {"z"}
    assert link.is_symlink()
    assert not held or (link / held).read_text() == "dear to me"


def test_a_file_of_somebody_else_in_a_generation_stays(index: str) -> None:
    put(index, article(id="x"))
    photo = next(Path(index).glob("g*")) / "photo.jpg"
    photo.write_text("dear to me")
    put(index, article(id="y"))
    with open_build(index, full=True) as build, build.writer() as writer:
        assert build.state.parent.name > photo.parent.name
        writer.add(article(id="z"))
    assert (ids(open_searcher(index)), photo.exists()) == ({"z"}, True)


def test_a_folder_where_current_is_no_pointer_has_no_index(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("dear to me")
    with pytest.raises(NoIndex):
        open_searcher(str(tmp_path)).search(Query())


@pytest.mark.parametrize(
    "left",
    [
        "current.new",
        "g00000009/about.json",
        "g00000009/state/notes",
        "g00000009/commit-00000002",
        "g00000009/s00000001-2.live",
    ],
)
def test_what_a_removal_that_was_cut_short_left_is_removed(
    index: str, left: str
) -> None:
    put(index, article(id="x"))
    before = files(index)
    (Path(index) / left).parent.mkdir(parents=True, exist_ok=True)
    (Path(index) / left).write_text("")
    put(index)
    assert files(index) == before


def test_the_index_folder_is_closed_to_others(index: str) -> None:
    put(index)
    assert stat.S_IMODE(Path(index).stat().st_mode) == 0o750


# Batches


def test_a_commit_is_seen_by_a_searcher_that_is_open(index: str) -> None:
    put(index, article(id="x"))
    opened = open_searcher(index)
    put(index, article(id="y"))
    assert ids(opened) == {"x", "y"}


def test_an_update_replaces_an_article_of_an_earlier_batch(index: str) -> None:
    put(index, article(id="x", text="kestrel"))
    put(index, article(id="x", text="osprey"))
    opened = open_searcher(index)
    assert (ids(opened, "kestrel"), ids(opened, "osprey")) == (set(), {"x"})


def test_of_two_articles_with_one_id_in_a_batch_the_later_stays(index: str) -> None:
    put(index, article(id="x", text="kestrel"), article(id="x", text="osprey"))
    assert (ids(open_searcher(index), "kestrel"), ids(open_searcher(index))) == (
        set(),
        {"x"},
    )


def test_a_deleted_article_is_gone_from_hits_and_facets(index: str) -> None:
    put(index, article(id="x", source="Bay"), article(id="y", source="Hill"))
    with open_writer(index) as writer:
        writer.delete("x")
    result = open_searcher(index).search(Query(facets=("source",)))
    assert [b.value for b in result.facets[0].buckets] == ["hill"]


def test_an_article_added_and_deleted_in_one_batch_is_not_there(index: str) -> None:
    with open_writer(index) as writer:
        writer.add(article(id="x"))
        writer.delete("x")
    assert open_searcher(index).search(Query()).index.documents == 0


def test_deleting_what_is_not_there_is_no_error(index: str) -> None:
    with open_writer(index) as writer:
        writer.delete("nowhere")
    assert ids(open_searcher(index)) == set()


def test_an_exception_in_a_batch_leaves_no_trace(index: str) -> None:
    put(index, article(id="x"))
    before = generation(index)
    fail(open_writer(index), adding=article(id="y"), deleting="x")
    assert (ids(open_searcher(index)), generation(index)) == ({"x"}, before)


def test_an_exception_in_the_first_batch_leaves_no_index(index: str) -> None:
    fail(open_writer(index), adding=article(id="y"))
    with pytest.raises(NoIndex):
        open_searcher(index)


def test_many_small_batches_do_not_become_many_segments(index: str) -> None:
    for number in range(23):
        put(index, article(id=f"{number:02}", text="kestrel"))
    result = open_searcher(index).search(Query(text="kestrel"))
    assert (result.total, result.index.segments < 12) == (23, True)


def test_deletions_survive_a_merge(index: str) -> None:
    for number in range(9):
        put(index, article(id=str(number)), article(id=f"gone{number}"))
        with open_writer(index) as writer:
            writer.delete(f"gone{number}")
    for number in range(9, 14):
        put(index, article(id=str(number)))
    assert ids(open_searcher(index)) == {str(number) for number in range(14)}


def test_what_a_killed_writer_left_is_cleared_by_the_next(index: str) -> None:
    put(index, article(id="x"))
    before = files(index)
    folder = next(Path(index).glob("g*"))
    for name in ("commit-00000099", "s00000099.seg", "s00000001-99.live"):
        (folder / name).write_bytes(b"half")
    put(index)
    assert files(index) == before


# Numbers


def test_the_generation_grows_with_every_commit(index: str) -> None:
    put(index, article(id="x"))
    first = generation(index)
    put(index, article(id="y"))
    assert generation(index) > first


def test_the_generation_grows_across_full_builds(index: str) -> None:
    seen = []
    for _ in range(3):
        put(index, article(id="x"))
        seen.append(generation(index))
        with open_build(index, full=True) as build, build.writer() as writer:
            writer.add(article(id="x"))
        seen.append(generation(index))
    assert seen == sorted(set(seen))


def test_a_run_that_changes_nothing_keeps_the_generation(index: str) -> None:
    put(index, article(id="x"))
    before = generation(index)
    with open_build(index):
        pass
    assert generation(index) == before


# Builds


def test_a_build_commits_each_of_its_batches(index: str) -> None:
    with open_build(index) as build:
        with build.writer() as writer:
            writer.add(article(id="x"))
        opened = open_searcher(index)
        with build.writer() as writer:
            writer.add(article(id="y"))
        assert ids(opened) == {"x", "y"}


def test_a_full_build_is_not_seen_before_its_end(index: str) -> None:
    put(index, article(id="old"))
    with open_build(index, full=True) as build:
        with build.writer() as writer:
            writer.add(article(id="new"))
        assert ids(open_searcher(index)) == {"old"}


def test_a_full_build_takes_the_place_of_the_index(index: str) -> None:
    put(index, article(id="old"))
    opened = open_searcher(index)
    with open_build(index, full=True) as build, build.writer() as writer:
        writer.add(article(id="new"))
    assert ids(opened) == {"new"}


def test_a_full_build_that_fails_is_removed(index: str) -> None:
    put(index, article(id="old"))
    before = files(index)
    with pytest.raises(Stop), open_build(index, full=True) as build:
        stop_after(build.writer(), article(id="new"))
    assert (files(index), ids(open_searcher(index))) == (before, {"old"})


def test_a_full_build_leaves_one_generation(index: str) -> None:
    put(index, article(id="old"))
    with open_build(index, full=True):
        pass
    assert len(list(Path(index).glob("g*"))) == 1


def test_a_half_built_generation_is_cleared_by_the_next_run(index: str) -> None:
    put(index, article(id="x"))
    (Path(index) / "g00000099").mkdir()
    with open_build(index):
        pass
    assert not (Path(index) / "g00000099").exists()


def test_the_state_of_a_build_is_there_in_the_next_run(index: str) -> None:
    with open_build(index) as build:
        (build.state / "notes").write_text("seen")
    with open_build(index) as build:
        assert (build.state / "notes").read_text() == "seen"


def test_a_full_build_begins_without_state_and_brings_its_own(index: str) -> None:
    with open_build(index) as build:
        (build.state / "notes").write_text("old")
    with open_build(index, full=True) as build:
        begun = list(build.state.iterdir())
        (build.state / "notes").write_text("new")
    with open_build(index) as build:
        assert (begun, (build.state / "notes").read_text()) == ([], "new")


def test_a_copy_of_the_folder_is_a_backup(index: str, tmp_path: Path) -> None:
    put(index, article(id="x"))
    shutil.copytree(index, tmp_path / "backup")
    assert ids(open_searcher(str(tmp_path / "backup"))) == {"x"}


# One writer


def test_a_second_writer_is_told_to_wait(index: str) -> None:
    refused = pytest.raises(IndexLocked, match="another run is writing")
    with open_writer(index), refused as caught:
        open_writer(index).__enter__()
    assert caught.value.exit_code == 4


def test_a_writer_that_failed_holds_nothing(index: str) -> None:
    with pytest.raises(Stop), open_writer(index):
        raise Stop
    put(index, article(id="x"))
    assert ids(open_searcher(index)) == {"x"}


# Readers


def test_an_article_can_be_read_from_a_state_that_was_replaced(index: str) -> None:
    put(index, article(id="x"))
    opened = open_searcher(index)
    state = opened._current()  # type: ignore[attr-defined]
    with open_build(index, full=True):
        pass
    assert state.article(0).id == "x"


def test_threads_get_whole_answers_while_batches_are_committed(index: str) -> None:
    put(index, article(id="0", source="S0", text="kestrel"))
    opened = open_searcher(index)
    wrong: list[object] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            result = opened.search(Query(text="kestrel", facets=("source",)))
            counted = sum(bucket.count for bucket in result.facets[0].buckets)
            if (
                not result.total
                == counted
                == result.index.documents
                == len(result.hits)
            ):
                wrong.append(result)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 6):
        put(index, article(id=str(number), source=f"S{number}", text="kestrel"))
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_descriptors_do_not_grow_with_commits(index: str) -> None:
    put(index, article(id="x"))
    opened = open_searcher(index)
    ids(opened)

    def descriptors() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    before = descriptors()
    for _ in range(30):
        put(index, article(id="x"))
        ids(opened, "harbour")
    assert descriptors() < before + 15


# Damage


def damaged(index: str, harm: Callable[[Path], object], pattern: str) -> IndexUnusable:
    put(index, article(id="x"))
    harm(next(Path(index).glob(pattern)))
    with pytest.raises(IndexUnusable) as caught:
        open_searcher(index).search(Query(text="harbour"))
    return caught.value


@pytest.mark.parametrize("pattern", ["current", "g*/about.json", "g*/commit-*"])
def test_a_damaged_index_names_the_command_that_mends_it(
    index: str, pattern: str
) -> None:
    error = damaged(index, lambda path: path.write_bytes(b"\x00{"), pattern)
    assert "dateline reindex --full" in str(error)


def test_a_truncated_segment_is_damage(index: str) -> None:
    error = damaged(index, lambda p: p.write_bytes(p.read_bytes()[:90]), "g*/*.seg")
    assert error.exit_code == 5


def test_a_missing_segment_is_damage(index: str) -> None:
    assert "is damaged" in str(damaged(index, Path.unlink, "g*/*.seg"))


def test_an_index_of_another_version_names_the_command(index: str) -> None:
    def older(path: Path) -> None:
        path.write_text(path.read_text().replace("columnar-", "older-"))

    error = damaged(index, older, "g*/about.json")
    assert "another version" in str(error)


def test_a_full_build_mends_a_damaged_index(index: str) -> None:
    put(index, article(id="x"))
    (Path(index) / "current").write_text("{")
    with open_build(index, full=True) as build, build.writer() as writer:
        writer.add(article(id="y"))
    assert ids(open_searcher(index)) == {"y"}


def test_an_article_that_is_none_costs_only_itself(index: str) -> None:
    with open_writer(index) as writer:
        writer.add(article(id="x"))
        with pytest.raises(AttributeError):
            writer.add(replace(article(id="bad"), text=None))  # type: ignore[arg-type]
        writer.add(article(id="y"))
    assert ids(open_searcher(index)) == {"x", "y"}


def test_an_id_that_cannot_be_kept_costs_only_itself(index: str) -> None:
    with open_writer(index) as writer:
        writer.add(article(id="x", text="kestrel"))
        for id_ in ("x\0", "y" * 257):
            with pytest.raises(BadArticle):
                writer.add(article(id=id_, text="osprey"))
    assert ids(open_searcher(index)) == {"x"}
    assert ids(open_searcher(index), "osprey") == set()


def test_deleting_an_id_no_article_can_have_deletes_no_other(index: str) -> None:
    put(index, article(id="x"))
    with open_writer(index) as writer:
        writer.delete("x\0")
    assert ids(open_searcher(index)) == {"x"}


def test_half_a_character_in_a_name_harms_nothing(index: str) -> None:
    put(index, article(id="x", authors=("Ann \ud800",)), article(id="y"))
    assert ids(open_searcher(index)) == {"x", "y"}


def test_a_flipped_bit_is_damage_before_it_is_an_answer(index: str) -> None:
    def flip(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    assert "is damaged" in str(damaged(index, flip, "g*/*.seg"))


def test_a_run_that_writes_is_seen_from_outside(index: str) -> None:
    put(index, article())
    assert writing(index) is None
    with open_build(index):
        assert writing(index) == "update"
    with open_build(index, full=True):
        assert writing(index) == "rebuild"
    assert writing(index) is None


def test_a_spelling_that_one_article_taught_outlives_merges_but_not_the_article(
    index: str,
) -> None:
    batumi = place("615532", "Batumi", "614540")
    taught = replace(batumi, as_written=("Batumi", "Vatumya"))
    put(index, article(id="a", text="Batumi (or Vatumya).", places=(taught,)))
    for n in range(9):
        put(index, article(id=f"b{n}", text="In Batumi.", places=(batumi,)))
    opened = open_searcher(index)
    assert opened.info().segments < 10
    assert ids(opened, "vatumya") == {"a", *(f"b{n}" for n in range(9))}
    with open_writer(index) as writer:
        writer.delete("a")
    assert ids(opened, "vatumya") == set()
    opened.close()

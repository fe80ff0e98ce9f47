"""A container gives back what was put in, or says that it cannot."""

from __future__ import annotations

from pathlib import Path
from timeit import timeit
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from search.engines.columnar.container import Container, ContainerWriter
from search.engines.disk import Disk
from search.engines.sealed import Damaged
from tests.trying import examples

TYPES = ["u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f8", "S7"]
ANY_ARRAY = st.sampled_from(TYPES).flatmap(
    lambda dtype: arrays_of.arrays(dtype, st.tuples(st.integers(0, 9), st.just(3)))
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.seg"


def write(path: Path, meta: dict[str, Any] | None = None, **arrays: Any) -> str:
    path.unlink(missing_ok=True)
    with ContainerWriter(path, Disk()) as writer:
        for name, array in arrays.items():
            writer.put(name, array)
        return writer.finish(meta or {})


def change(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@given(st.dictionaries(st.text(max_size=9), ANY_ARRAY, max_size=5))
@examples(30)
def test_arrays_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, arrays: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("c") / "a.seg"
    write(path, **arrays)
    opened = Container.open(path)
    assert opened.names == set(arrays)
    for name, array in arrays.items():
        found = opened.array(name)
        assert (found.dtype, found.tobytes()) == (array.dtype, array.tobytes())


def test_what_was_said_of_the_arrays_is_read(path: Path) -> None:
    write(path, {"documents": 3, "fields": {"text": {"total": 9}}})
    assert Container.open(path).meta == {
        "documents": 3,
        "fields": {"text": {"total": 9}},
    }


def test_an_array_written_in_pieces_is_whole(path: Path) -> None:
    with ContainerWriter(path, Disk()) as writer:
        slot = writer.reserve("a", np.uint32, (50_000,))
        writer.put("b", np.arange(3))
        slot.write(40_000, np.arange(40_000, 50_000, dtype=np.uint32))
        slot.write(0, np.arange(40_000, dtype=np.uint64))
        writer.finish({})
    assert np.array_equal(Container.open(path).array("a"), np.arange(50_000))


def test_what_was_not_written_of_an_array_is_zero(path: Path) -> None:
    with ContainerWriter(path, Disk()) as writer:
        writer.reserve("a", np.uint8, (50_000,)).write(0, np.ones(1))
        writer.finish({})
    assert Container.open(path).array("a").sum() == 1


def test_a_piece_that_does_not_fit_is_refused(path: Path) -> None:
    with ContainerWriter(path, Disk()) as writer:
        slot = writer.reserve("a", np.uint8, (5,))
        with pytest.raises(ValueError, match="exceed"):
            slot.write(3, np.ones(3))


def test_an_array_of_objects_is_refused(path: Path) -> None:
    with (
        ContainerWriter(path, Disk()) as writer,
        pytest.raises(ValueError, match="no room"),
    ):
        writer.put("a", np.array([{}], dtype=object))


def test_a_part_is_rows_of_the_first_axis(path: Path) -> None:
    rows = np.arange(60_000, dtype=np.uint32).reshape(-1, 3)
    write(path, a=rows)
    assert np.array_equal(Container.open(path).part("a", 7, 9_000), rows[7:9_000])


def test_an_array_cannot_be_changed(path: Path) -> None:
    write(path, a=np.arange(3))
    with pytest.raises(ValueError, match="read-only"):
        Container.open(path).array("a")[0] = 1


def test_an_array_outlives_its_container(path: Path) -> None:
    write(path, a=np.arange(3))
    opened = Container.open(path)
    array = opened.array("a")
    opened.close()
    assert array.tolist() == [0, 1, 2]


def test_a_writer_that_does_not_finish_leaves_no_file(path: Path) -> None:
    with ContainerWriter(path, Disk()) as writer:
        writer.put("a", np.arange(3))
    assert not path.exists()


def test_a_file_that_is_there_is_not_overwritten(path: Path) -> None:
    path.write_bytes(b"dear to me")
    with pytest.raises(FileExistsError):
        ContainerWriter(path, Disk())


def test_a_changed_byte_is_damage_when_its_part_is_touched(path: Path) -> None:
    write(path, a=np.zeros(100_000, np.uint8))
    change(path, 50_000)
    opened = Container.open(path)
    assert opened.part("a", 0, 20_000).sum() == 0
    with pytest.raises(Damaged, match=r"a\.seg: the block at byte 49152"):
        opened.part("a", 49_999, 50_000)


@given(st.floats(0, 1, exclude_max=True))
def test_no_byte_of_a_file_can_change_unnoticed(
    tmp_path_factory: pytest.TempPathFactory, where: float
) -> None:
    path = tmp_path_factory.mktemp("c") / "a.seg"
    write(path, {"documents": 3}, a=np.arange(5_000), b=np.zeros(3, "S5"))
    change(path, int(where * path.stat().st_size))
    with pytest.raises(Damaged):
        Container.open(path).verify()


@given(st.floats(0, 1, exclude_max=True))
def test_a_file_cut_short_is_damage_at_once(
    tmp_path_factory: pytest.TempPathFactory, where: float
) -> None:
    path = tmp_path_factory.mktemp("c") / "a.seg"
    write(path, a=np.arange(5_000))
    data = path.read_bytes()
    path.write_bytes(data[: int(where * len(data))])
    with pytest.raises(Damaged):
        Container.open(path)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_container_are_damage(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("c") / "a.seg"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        Container.open(path)


def test_another_sound_file_in_its_place_is_damage(path: Path) -> None:
    root = write(path, a=np.arange(3))
    write(path, a=np.arange(1, 4))
    with pytest.raises(Damaged, match="not the file that was committed"):
        Container.open(path, root)


def test_a_verified_part_costs_microseconds(path: Path) -> None:
    write(path, a=np.arange(100_000))
    opened = Container.open(path)
    opened.array("a")
    # 0.7 µs when the machine is idle; ten times that would be a copy or a checksum.
    assert timeit(lambda: opened.part("a", 0, 90_000), number=2_000) / 2_000 < 2e-5

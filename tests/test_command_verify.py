"""Faults of an index as a person meets them: ``dateline verify``, a full disk."""

from __future__ import annotations

from functools import partial

import pytest

from search.engines.folder import Folder
from tests.commanding import Terminal, page
from tests.torture.failing import FailingDisk

REMEDY = "`dateline reindex --full --index dateline-index`"


@pytest.fixture
def dateline(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("DATELINE_INDEX", "DATELINE_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    terminal = Terminal(monkeypatch, capsys)
    page(tmp_path / "pages" / "mill.html", "Mill to reopen", "The mill reopens.")
    terminal("reindex", "pages")
    return terminal


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_sound_index_is_as_written(dateline):
    ran = dateline("verify")
    assert (ran.code, "all as written" in ran.out, ran.err) == (0, True, "")


@pytest.mark.parametrize(
    "name", ["current", "g*/about.json", "g*/commit-*", "g*/*.seg"]
)
def test_damage_is_exit_5_and_names_what_mends_it(dateline, tmp_path, name):
    flip(next((tmp_path / "dateline-index").glob(name)))
    ran = dateline("verify")
    assert (ran.code, "dateline reindex --full" in ran.err) == (5, True)


def test_damage_names_the_file(dateline, tmp_path):
    segment = next((tmp_path / "dateline-index").glob("g*/*.seg"))
    flip(segment)
    assert f"dateline: g00000001/{segment.name}: its " in dateline("verify").err


def test_every_damaged_file_is_named(dateline, tmp_path):
    dateline("reindex", page(tmp_path / "pages" / "b.html", "Ferry", "It sails."))
    segments = sorted((tmp_path / "dateline-index").glob("g*/*.seg"))
    for segment in segments:
        flip(segment)
    found = dateline("verify", "--json").json
    assert [fault["file"] for fault in found["faults"]] == [
        f"g00000001/{segment.name}" for segment in segments
    ]


def test_no_index_is_exit_5(dateline):
    ran = dateline("verify", "--index", "nowhere")
    assert (ran.code, "dateline reindex PATH" in ran.err) == (5, True)


def test_a_query_on_a_damaged_index_is_exit_5(dateline, tmp_path):
    segment = next((tmp_path / "dateline-index").glob("g*/*.seg"))
    segment.write_bytes(bytes(segment.stat().st_size))
    ran = dateline("search", "mill")
    assert (ran.code, REMEDY in ran.err) == (5, True)


@pytest.mark.parametrize("full", [[], ["--full"]])
def test_a_full_disk_is_one_line_and_the_old_index(
    dateline, tmp_path, monkeypatch, full
):
    page(tmp_path / "pages" / "b.html", "Ferry", "It sails.")
    with monkeypatch.context() as patch:
        disk = FailingDisk(room=9_000)
        patch.setattr("search.engines.Folder", partial(Folder, disk=disk))
        ran = dateline("reindex", "pages", *full)
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "cannot write to the index in dateline-index: [Errno 28]" in ran.err
    assert [h["title"] for h in dateline("search", "mill", "--json").json["hits"]]
    assert dateline("reindex", "pages", *full).code == 0

"""What the ledger survives."""

from __future__ import annotations

import os
import shutil
import sqlite3

import pytest

from index.ledger import FILE, Ledger
from index.records import Root
from search.errors import DatelineError, IndexUnusable


@pytest.fixture
def path(tmp_path):
    return tmp_path / FILE


def test_what_is_committed_stays(path, tmp_path):
    with Ledger(path) as ledger:
        ledger.add_root(Root(tmp_path, "pages"))
        ledger.commit()
    with Ledger(path) as ledger:
        assert ledger.roots() == (Root(tmp_path, "pages"),)


def test_what_is_not_committed_is_forgotten(path, tmp_path):
    with Ledger(path) as ledger:
        ledger.add_root(Root(tmp_path, "pages"))
    with Ledger(path) as ledger:
        assert ledger.roots() == ()


def test_it_may_be_read_while_a_batch_is_open(path, tmp_path):
    with Ledger(path) as ledger:
        ledger.add_root(Root(tmp_path, "pages"))
        with Ledger(path, read_only=True) as reader:
            assert reader.roots() == ()


def test_a_commit_that_was_cut_short_is_undone_by_a_reader(path, tmp_path):
    with Ledger(path) as ledger:
        ledger.add_root(Root(tmp_path, "pages"))
        ledger.commit()
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA cache_size = 1")
    db.execute("BEGIN")
    db.execute("DELETE FROM roots")
    for number in range(200):  # enough to spill into the file before any commit
        db.execute("INSERT INTO failures VALUES (?, ?)", (b"x" * 900, str(number)))
    for name in (FILE, f"{FILE}-journal"):
        shutil.copy(path.parent / name, crashed / name)
    db.execute("ROLLBACK")
    db.close()
    with Ledger(crashed / FILE, read_only=True) as reader:
        assert reader.roots() == (Root(tmp_path, "pages"),)


@pytest.mark.parametrize("content", [b"no database" * 100, b"SQLite format 3\0" * 99])
def test_a_damaged_one_is_named_with_what_mends_it(path, content):
    path.write_bytes(content)
    with pytest.raises(IndexUnusable, match="dateline reindex --full"):
        Ledger(path)


def test_one_of_another_version_is_refused(path):
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(IndexUnusable, match="version 99"):
        Ledger(path)


def test_a_fault_of_the_disk_is_an_error_of_ours(path):
    with pytest.raises(DatelineError, match=r"the ledger: .* is full"), Ledger(path):
        raise sqlite3.OperationalError("database or disk is full")


def test_names_that_are_not_unicode_come_back(path):
    odd = os.fsdecode(b"/caf\xe9")
    with Ledger(path) as ledger:
        ledger.run.keep_failures([(odd, "why")])
        assert ledger.run.failures() == [(odd, "why")]

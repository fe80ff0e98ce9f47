"""What an index holds and how it came about, for whoever tells people of it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from search.engine import Searcher
from search.errors import IndexUnusable
from search.model import IndexInfo, Query

LEDGER = "ledger.sqlite"
LEDGER_VERSION = 6
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be read in the last run, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run: when it ``started`` and ``ended`` (ISO 8601) and what became of pages.

    ``ended`` is None while it goes on, and for ever where it was killed.
    """

    started: str
    ended: str | None
    tally: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Notes:
    """What the runs of an index wrote down: ``roots`` are absolute paths."""

    roots: tuple[str, ...] = ()
    last_run: Run | None = None
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """One state of an index: its pages by kind, and the notes of its runs."""

    index: IndexInfo
    kinds: Mapping[str, int]
    notes: Notes


def status(searcher: Searcher, state: Path | None) -> Status:
    """Return what is known of the index that ``searcher`` answers from.

    ``state`` is where its runs keep their notes, None where nothing is known.

    Raises:
        IndexUnusable: the index or the notes are damaged.
    """
    result = searcher.search(Query(kinds=(), facets=("kind",), per_page=1, snippets=0))
    kinds = {b.value: b.count for facet in result.facets for b in facet.buckets}
    return Status(result.index, MappingProxyType(kinds), notes(state))


def notes(state: Path | None) -> Notes:
    """Return what the runs wrote down in the folder ``state``; it may be in use.

    Raises:
        IndexUnusable: the notes are damaged or of another version.
    """
    return from_ledger(state, _read) or Notes()


def from_ledger(
    state: Path | None, read: Callable[[sqlite3.Connection], _T]
) -> _T | None:
    """Return what ``read`` finds in the ledger below ``state``, None without one.

    Raises:
        IndexUnusable: the notes are damaged or of another version.
    """
    if state is None or not (state / LEDGER).exists():
        return None
    path = (state / LEDGER).absolute()
    # A run that was killed may have left a journal that only a writer rolls back.
    mode = "rw" if os.access(path.parent, os.W_OK) else "ro"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True)) as db:
            return read(db)
    except sqlite3.Error as error:
        raise IndexUnusable(
            f"the ledger {path} cannot be used ({error});"
            " run `dateline reindex --full PATH` with every root"
        ) from error


def _read(db: sqlite3.Connection) -> Notes:
    roots = db.execute("SELECT path FROM roots ORDER BY path")
    runs = db.execute("SELECT started, ended, tally FROM runs ORDER BY key DESC")
    failures = db.execute("SELECT path, reason FROM failures ORDER BY rowid")
    last = runs.fetchone()
    return Notes(
        tuple(_text(path) for (path,) in roots),
        Run(last[0], last[1], json.loads(last[2] or "{}")) if last else None,
        tuple(Failure(_text(path), _text(reason)) for path, reason in failures),
    )


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogatepass")

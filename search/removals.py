"""What cleaning took out of each source: by which rule, and what recurs there.

Runs write it down (``index/chrome/knowledge.py``); whoever tells people of it reads it
here.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.errors import IndexUnusable
from search.status import LEDGER

_SUMS = (
    "SELECT CASE WHEN source LIKE '/%' THEN '' ELSE source END AS of, rule,"
    " sum(pages), sum(blocks), sum(characters) FROM removals"
    " GROUP BY of, rule ORDER BY of, sum(characters) DESC, rule"
)
_RECURRING = (
    "SELECT source, text, stories FROM recurring WHERE text IS NOT NULL"
    " ORDER BY source, stories DESC, text"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """What one rule took out of the ``pages`` of a source."""

    rule: str
    pages: int
    blocks: int
    characters: int


@dataclass(frozen=True, slots=True)
class Recurring:
    """A block taken out of pages of a source because ``stories`` of it have it."""

    text: str
    stories: int


def sums(state: Path | None) -> Mapping[str, tuple[Sum, ...]]:
    """Return what each rule took out, most characters first, for each source's value.

    The empty value stands for unknown sources. ``state`` is where runs keep their
    notes, None where nothing is known.

    Raises:
        IndexUnusable: the notes are damaged or of another version.
    """
    found: dict[str, tuple[Sum, ...]] = {}
    for source, *rest in _read(state, _SUMS):
        found[source] = (*found.get(source, ()), Sum(*rest))
    return found


def recurring(state: Path | None) -> Mapping[str, tuple[Recurring, ...]]:
    """Return the blocks that recur, those of most stories first, for each source.

    A source that is not known is told by the folder of its pages, with a slash before
    it. ``state`` and errors as in :func:`sums`.
    """
    found: dict[str, tuple[Recurring, ...]] = {}
    for source, *rest in _read(state, _RECURRING):
        found[source] = (*found.get(source, ()), Recurring(*rest))
    return found


def _read(state: Path | None, query: str) -> list[tuple[Any, ...]]:
    if state is None or not (state / LEDGER).exists():
        return []
    path = (state / LEDGER).absolute()
    # A run that was killed may have left a journal that only a writer rolls back.
    mode = "rw" if os.access(path.parent, os.W_OK) else "ro"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True)) as db:
            return db.execute(query).fetchall()
    except sqlite3.Error as error:
        raise IndexUnusable(
            f"the ledger {path} cannot be used ({error});"
            " run `dateline reindex --full PATH` with every root"
        ) from error

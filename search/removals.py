"""What cleaning took out of each source: by which rule, and what recurs there.

Runs write it down (``index/chrome/knowledge.py``); whoever tells people of it reads it
here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.status import from_ledger

# A source that is not known is kept by the folder of its pages, with a slash before it.
_OF = "CASE WHEN source LIKE '/%' THEN '' ELSE source END"
_SUMS = (  # our own words, here and below
    f"SELECT {_OF} AS of, rule, sum(pages), sum(blocks), sum(characters)"  # noqa: S608
    " FROM removals WHERE ?1 OR of IN (SELECT value FROM json_each(?2))"
    " GROUP BY of, rule ORDER BY of, sum(characters) DESC, rule"
)
_RECURRING = (
    f"SELECT {_OF} AS of, text, stories FROM recurring"  # noqa: S608
    " WHERE text IS NOT NULL AND NOT spared"
    " AND (?1 OR of IN (SELECT value FROM json_each(?2)))"
    " ORDER BY of, stories DESC, text"
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


def sums(
    state: Path | None, sources: Sequence[str] | None = None
) -> Mapping[str, tuple[Sum, ...]]:
    """Return what each rule took out, most characters first, for each source's value.

    The empty value stands for unknown sources. ``sources`` None are all. ``state`` is
    where runs keep their notes, None where nothing is known.

    Raises:
        IndexUnusable: the notes are damaged or of another version.
    """
    found: dict[str, list[Sum]] = {}
    for source, *rest in _read(state, _SUMS, sources):
        found.setdefault(source, []).append(Sum(*rest))
    return {source: tuple(each) for source, each in found.items()}


def recurring(
    state: Path | None, sources: Sequence[str] | None = None
) -> Mapping[str, tuple[Recurring, ...]]:
    """Return the blocks that recur, those of most stories first, for each source.

    Arguments and errors are those of :func:`sums`.
    """
    found: dict[str, list[Recurring]] = {}
    for source, *rest in _read(state, _RECURRING, sources):
        found.setdefault(source, []).append(Recurring(*rest))
    return {source: tuple(each) for source, each in found.items()}


def _read(
    state: Path | None, query: str, sources: Sequence[str] | None
) -> list[tuple[Any, ...]]:
    wanted = (sources is None, json.dumps(list(sources or ())))
    return from_ledger(state, lambda db: db.execute(query, wanted).fetchall()) or []

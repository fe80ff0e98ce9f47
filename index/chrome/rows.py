"""What the ledger keeps of one page for the collection, and how it is written there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from index.chrome.traits import Traits
from search.model import Article

SCHEMA = """
CREATE TABLE traits (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
    codes BLOB NOT NULL, story BLOB NOT NULL, placed INTEGER NOT NULL,
    condemned BLOB NOT NULL, restored TEXT NOT NULL, removed TEXT NOT NULL
);
CREATE INDEX traits_source ON traits (source);
CREATE INDEX traits_restored ON traits (key) WHERE restored != '{}';
"""
COLUMNS = "key, id, source, codes, story, placed, condemned, restored, removed"


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of one page: its traits, and what became of its blocks.

    ``condemned`` are the digests of those that are out for recurring, ``restored`` of
    those that another outlet's copy put back, each with the rule that had removed it.
    ``removed`` is, for each rule, how many blocks it took out, of how many characters.
    """

    id: str
    source: str
    traits: Traits
    condemned: frozenset[int] = frozenset()
    restored: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    removed: Mapping[str, tuple[int, int]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    key: int = 0


def row_of(found: tuple[int, str, str, bytes, bytes, int, bytes, str, str]) -> Row:
    """Return the row of which ``COLUMNS`` were found."""
    key, id_, source, codes, story, placed, condemned, restored, removed = found
    return Row(
        id=id_,
        source=source,
        traits=Traits(codes, story, bool(placed)),
        condemned=frozenset(np.frombuffer(condemned, "<u4").tolist()),
        restored={int(digest): rule for digest, rule in json.loads(restored).items()},
        removed={rule: (n[0], n[1]) for rule, n in json.loads(removed).items()},
        key=key,
    )


def _packed(digests: Iterable[int]) -> bytes:
    return np.array(sorted(digests), "<u4").tobytes()


def became(row: Row) -> tuple[bytes, str, str]:
    """Return the last three columns of a row: what became of its blocks."""
    return _packed(row.condemned), _json(row.restored), _json(row.removed)


def digests_in(restored: str) -> frozenset[int]:
    """Return the digests that the column ``restored`` holds."""
    return frozenset(map(int, json.loads(restored)))


def _json(said: Mapping[int, str] | Mapping[str, tuple[int, int]]) -> str:
    return json.dumps(dict(said), separators=(",", ":"))


def group_of(article: Article) -> str:
    """Return the source that an article's chrome is learned with.

    Where it is not known, that is the folder the page lies in; its name begins with a
    slash, which no source's does.
    """
    if article.source is not None:
        return article.source.value
    return "/" + (article.path or "").rpartition("/")[0]


def sums_of(article: Article) -> dict[str, tuple[int, int]]:
    """Return how many blocks each rule removed, and of how many characters."""
    sums: dict[str, tuple[int, int]] = {}
    for block in article.removed:
        blocks, characters = sums.get(block.rule, (0, 0))
        sums[block.rule] = blocks + 1, characters + len(block.text)
    return sums

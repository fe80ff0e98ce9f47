"""What an engine shows to the benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from bench.engines.asks import Ask
from bench.engines.corpus import Row

SNIPPET = 260  # characters for the snippets of a hit, as Dateline has them
HITS = 10
VALUES = 10  # of a facet; months are all listed

# Name, module, and what to install where its import fails.
PEERS = {
    "ours": ("bench.engines.ours", ""),
    "tantivy": ("bench.engines.tantivy_peer", "pip install '.[bench]'"),
    "fts5": ("bench.engines.fts5_peer", "a Python whose SQLite has FTS5"),
    "whoosh": ("bench.engines.whoosh_peer", "pip install ."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is compared of an answer.

    ``sources`` are the listed values of the source facet; they ignore the ask's own
    source, as Dateline's do. ``snippets`` counts hits that have one.
    """

    total: int
    ids: tuple[str, ...]
    sources: Mapping[str, int]
    snippets: int


class Opened(Protocol):
    """An index open for queries."""

    def full(self, ask: Ask) -> Answer:
        """Return ten hits with title and snippet, the total and three facets.

        The facets are source and place, ten values each, and all months.
        """

    def top(self, ask: Ask) -> tuple[str, ...]:
        """Return the ids of ten hits, their titles fetched, and nothing else."""

    def close(self) -> None:
        """Let go of the index."""


class Peer(Protocol):
    """An engine; it builds on one thread."""

    most: int | None  # articles it is asked to index at the most
    rounds: int | None  # queries of a class it is asked at the most

    def prepared(self, row: Row) -> Any:
        """Return ``row`` as its writer takes it; this is not timed."""

    def build(self, folder: Path, items: Iterable[Any]) -> None:
        """Make an index of ``items`` in the empty ``folder``, as one commit."""

    def add(self, folder: Path, items: Iterable[Any]) -> None:
        """Add ``items`` to the index as one durable commit."""

    def open(self, folder: Path) -> Opened:
        """Return the index in ``folder``."""


def peer(name: str) -> Peer:
    """Return the engine of this name.

    Raises:
        SystemExit: there is none, or it is not installed; the message says what to do.
    """
    if name not in PEERS:
        raise SystemExit(f"there is no engine {name!r}; there are {', '.join(PEERS)}")
    module, remedy = PEERS[name]
    try:
        found: Peer = import_module(module).PEER
    except ModuleNotFoundError as error:
        if not remedy:
            raise
        raise SystemExit(f"{name}: {error}; it needs {remedy}") from error
    return found

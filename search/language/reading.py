"""What the language hands an engine, and what it needs to know of a corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from whoosh.query import Query as Tree

from search.model import Expansion


class Corpus(Protocol):
    """What an index knows of its own words; the language decides expansions by it.

    Spellings are compared folded (``search.folding.fold``), with single spaces.
    """

    def places_written(self, spelling: str) -> Mapping[str, int]:
        """Return, by place id, how many articles write that place this way."""

    def spellings_of(self, place: str) -> Mapping[str, int]:
        """Return, by spelling as written, how many articles write this place so."""

    def articles_of(self, place: str) -> int:
        """Return how many articles name this place or one inside it."""

    def articles_with(self, words: str) -> int:
        """Return how many articles have these words in a row, analysed as text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Query text as understood.

    ``tree`` speaks of the fields of ``search/language/schema.py`` and of nothing
    else. ``read_as`` puts the tree in words for the asker.
    """

    tree: Tree
    read_as: str
    warnings: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()

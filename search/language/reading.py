"""What the language hands an engine, and what it needs to know of a corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from whoosh.query import Query as Tree

from search.gazetteer import Gazetteer
from search.model import Expansion, Offer, Query


class Corpus(Protocol):
    """What an index knows of its own words; the language decides expansions by it.

    Spellings are compared folded (``search.folding.fold``), with single spaces.
    """

    @property
    def gazetteer(self) -> Gazetteer:
        """The places there are, those of a user's own among them."""

    def places_written(self, spelling: str) -> Mapping[str, int]:
        """Return, by place id, how many articles write that place this way."""

    def spellings_of(self, place: str) -> Mapping[str, int]:
        """Return, by spelling as written, how many articles write this place so."""

    def articles_writing(self, place: str, words: str) -> int:
        """Return how many articles write this place with these words in a row.

        They count as analysed: *West Germany* is written with *Germany*. All that
        name the place have no words in it.
        """

    def articles_of(self, place: str) -> int:
        """Return how many articles name this place or one inside it."""

    def values_by_name(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        """Return the values of ``source``, ``agency``, ``lang``, ``author`` or ``kind``
        by what they are called: the value itself and each label articles give it.
        """

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
    offers: tuple[Offer, ...] = ()

    def applied(self, query: Query) -> Query:
        """Return ``query`` without the default kinds where the text names kinds."""
        if query.kinds != Query().kinds:
            return query
        named = any(leaf.field() == "kind" for leaf in self.tree.leaves())
        return replace(query, kinds=()) if named else query

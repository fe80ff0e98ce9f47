"""How this corpus spells places, and what to call a facet's values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search.engines.columns import Columns
from search.engines.docsets import DocSet
from search.engines.pairs import commonest, counted
from search.folding import fold, parts
from search.gazetteer import Gazetteer, GazetteerPlace, gazetteer
from search.language.analyzers import WORDS
from search.language.terms import is_in_a_row

_NONE: Mapping[str, int] = {}
_MEMO = 10_000  # counts that are kept


class Tables:
    """Counts over the ``live`` documents of one state of an index.

    Each table is built when it is first asked for, and kept.
    """

    def __init__(
        self, columns: Columns, live: DocSet, source: Gazetteer | None = None
    ) -> None:
        self._columns = columns
        self._live = live
        self.gazetteer = source or gazetteer()
        self._values: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self._known: dict[str, GazetteerPlace | None] = {}
        self._names: dict[str, _Names] = {}
        self._writing: dict[tuple[str, str], int] = {}

    def places_written(self, spelling: str) -> Mapping[str, int]:
        """Return, by place id, how many articles write that place this way."""
        return self._by_spelling.get(_key(spelling), _NONE)

    def spellings_of(self, place: str) -> Mapping[str, int]:
        """Return, by spelling as written, how many articles write this place so."""
        return self._by_place.get(place, _NONE)

    def articles_of(self, place: str) -> int:
        """Return how many articles name this place or one inside it."""
        code = self._columns["place"].code_of.get(place)
        return 0 if code is None else self._places[code]

    def articles_writing(self, place: str, words: str) -> int:
        """Return how many articles write this place with these words in a row."""
        asked = (place, words)
        if asked not in self._writing:
            if len(self._writing) >= _MEMO:
                self._writing.clear()
            self._writing[asked] = self._count_writing(place, words)
        return self._writing[asked]

    def _count_writing(self, place: str, words: str) -> int:
        row = WORDS.phrase(words)
        ways = [
            (place, written)
            for written in self.spellings_of(place)
            if is_in_a_row(row, WORDS.phrase(written))
        ]
        if len(ways) == 1:
            return self.spellings_of(place)[ways[0][1]]
        return (self._columns["spelling"].having(ways) & self._live).count

    def values_by_name(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        """Return the values of a facet by what they are called: value or label."""
        if facet not in self._values:
            column = self._columns[facet]
            counts = column.counts(self._live)
            known = [v for v, n in zip(column.values, counts, strict=True) if n]
            named = [(value, value) for value in known]
            if facet == "source":
                labels = counted(self._columns["source_label"], self._live)
                named += [pair for pair, _ in labels]
            found: dict[str, dict[str, None]] = {}
            for value, name in named:
                found.setdefault(_key(name), {})[value] = None
            self._values[facet] = {name: (*values,) for name, values in found.items()}
        return self._values[facet]

    def label(self, facet: str, value: str) -> str:
        """Return what to call ``value`` of ``facet``; itself where it has no name."""
        if facet == "source":
            return self._source_labels.get(value, value)
        if facet == "place":
            known = self.known(value)
            return known.label if known else self._place_labels.get(value, value)
        return value

    def known(self, place: str) -> GazetteerPlace | None:
        """Return a place as the gazetteer has it, None where it has not.

        Of those that articles name that is kept: the gazetteer searches for each.
        """
        if place in self._known:
            return self._known[place]
        found = self.gazetteer.place(place)
        if place in self._columns["place"].code_of:
            self._known[place] = found
        return found

    def beginning(self, facet: str, start: str) -> NDArray[np.bool_]:
        """Return, by code, which values of ``facet`` have a name that ``begins`` so.

        A value's names are itself, its label and, of a place, each spelling in here.
        """
        if facet not in self._names:
            self._names[facet] = _Names.of(self._named(facet))
        return self._names[facet].beginning(start)

    def _named(self, facet: str) -> Iterator[str]:
        """Yield all names of each value of ``facet``, by code, a line each."""
        for value in self._columns[facet].values:
            names = [value, self.label(facet, value)]
            if facet == "place":
                names = [names[1], *self.spellings_of(value)]
            yield "\n".join(dict.fromkeys(names))

    @cached_property
    def _places(self) -> list[int]:
        return [int(n) for n in self._columns["place"].counts(self._live)]

    @cached_property
    def _by_place(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (place, written), count in counted(self._columns["spelling"], self._live):
            found.setdefault(place, {})[written] = count
        return found

    @cached_property
    def _by_spelling(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for place, spellings in self._by_place.items():
            for written, count in spellings.items():
                places = found.setdefault(_key(written), {})
                places[place] = places.get(place, 0) + count
        return found

    @cached_property
    def _source_labels(self) -> dict[str, str]:
        """Return the commonest name of each outlet; its bare domain is none."""
        pairs = counted(self._columns["source_label"], self._live)
        return dict(pair for pair, _ in sorted(pairs, key=_is_name))

    @cached_property
    def _place_labels(self) -> dict[str, str]:
        return commonest(self._columns["place_label"], self._live)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a facet's values as one text, where a search is one pass of C.

    Each name stands folded after a space, with a line break behind it; ``ends`` is
    where the names of each code end.
    """

    text: str
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, named: Iterable[str]) -> Self:
        lines = [
            "".join([f" {parts(name)}\n" for name in names.split("\n")])
            for names in named
        ]
        ends = np.cumsum(np.array([len(line) for line in lines], np.int64))
        return cls("".join(lines), ends)

    def beginning(self, start: str) -> NDArray[np.bool_]:
        found = np.zeros(len(self.ends), np.bool_)
        wanted = parts(start)
        if wanted:
            places = [
                m.start() for m in re.finditer(f" {re.escape(wanted)}", self.text)
            ]
            found[self.ends.searchsorted(places, side="right")] = True
        return found


class TableCorpus:
    """What a Corpus knows of places and names, from the ``tables`` of a state."""

    tables: Tables

    @property
    def gazetteer(self) -> Gazetteer:
        """The places there are, those of a user's own among them."""
        return self.tables.gazetteer

    def places_written(self, spelling: str) -> Mapping[str, int]:
        """Return, by place id, how many articles write that place this way."""
        return self.tables.places_written(spelling)

    def spellings_of(self, place: str) -> Mapping[str, int]:
        """Return, by spelling as written, how many articles write this place so."""
        return self.tables.spellings_of(place)

    def articles_writing(self, place: str, words: str) -> int:
        """Return how many articles write this place with these words in a row."""
        return self.tables.articles_writing(place, words)

    def articles_of(self, place: str) -> int:
        """Return how many articles name this place or one inside it."""
        return self.tables.articles_of(place)

    def values_by_name(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        """Return the values of a facet by what they are called: value or label."""
        return self.tables.values_by_name(facet)


def _is_name(found: tuple[tuple[str, str], int]) -> tuple[bool, int, tuple[str, str]]:
    (value, label), count = found
    return label != value, count, (value, label)


def _key(spelling: str) -> str:
    return " ".join(fold(spelling).split())

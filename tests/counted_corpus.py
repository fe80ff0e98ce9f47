"""A corpus that is nothing but counts of articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.gazetteer import Gazetteer, gazetteer
from search.language.analyzers import WORDS
from search.language.terms import is_in_a_row


@dataclass
class Counts:
    """``written`` counts by spelling and place; ``words`` and ``named`` override."""

    written: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)

    @property
    def gazetteer(self) -> Gazetteer:
        return gazetteer()

    def places_written(self, spelling: str) -> Mapping[str, int]:
        return self.written.get(spelling, {})

    def spellings_of(self, place: str) -> Mapping[str, int]:
        found = {text: ids.get(place, 0) for text, ids in self.written.items()}
        return {text: count for text, count in found.items() if count}

    def articles_writing(self, place: str, words: str) -> int:
        row = WORDS.phrase(words)
        return sum(
            count
            for text, count in self.spellings_of(place).items()
            if is_in_a_row(row, WORDS.phrase(text))
        )

    def articles_of(self, place: str) -> int:
        return self.named.get(place, sum(self.spellings_of(place).values()))

    def values_by_name(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        return {}

    def articles_with(self, words: str) -> int:
        return self.words.get(words, sum(self.places_written(words).values()))

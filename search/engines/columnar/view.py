"""All segments of a commit as one index: one row of documents, one list a term.

A segment's documents are counted from its base, a multiple of 64, so that bitmaps of
segments stand one after the other word by word. The numbers between the end of a
segment and the next base are no documents and never live.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from search.engines.columnar.field import Field
from search.engines.columnar.scoring import Bm25, Scorer, Scores, TermStats, table
from search.engines.columnar.segment import Segment
from search.engines.docsets import WORD, Bits, DocSet, Ids

_table = lru_cache(8)(table)  # those of earlier commits, which cursors ask for

# A term's number in each segment, -1 where the segment has no such term.
Numbers = tuple[int, ...]


class View:
    """The documents and fields of ``segments``; ``live`` has a bitmap for each.

    Opening it reads nothing but sizes; fields are joined when they are asked for.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        live: Sequence[Bits],
        scorer: Scorer | None = None,
    ) -> None:
        self.segments = tuple(segments)
        self.scorer: Scorer = scorer or Bm25()
        self.documents = sum(segment.size for segment in segments)
        ends = np.cumsum([0, *(segment.words for segment in segments)])
        self.words = int(ends[-1])
        self.word_bases = tuple(int(end) for end in ends[:-1])
        self.bases = tuple(base * WORD for base in self.word_bases)
        bitmaps = [np.zeros(0, np.uint64), *live]
        self.live = DocSet.of_bits(np.concatenate(bitmaps))
        self._fields: dict[str, FieldView] = {}

    def field(self, name: str) -> FieldView:
        """Return the field of this name; an empty one where no segment has it."""
        found = self._fields.get(name)
        if found is None:
            parts = tuple(segment.fields.get(name) for segment in self.segments)
            found = self._fields[name] = FieldView(self, name, parts)
        return found

    def locate(self, doc: int) -> tuple[Segment, int]:
        """Return the segment of a document and its number there."""
        at = bisect_right(self.bases, doc) - 1
        return self.segments[at], doc - self.bases[at]

    def none(self) -> DocSet:
        """Return no document."""
        return DocSet.none(self.words)

    def lay(self, bitmaps: Iterable[Bits | None]) -> DocSet:
        """Return the documents of one bitmap a segment; None has no document."""
        whole = np.zeros(self.words, np.uint64)
        for bits, base in zip(bitmaps, self.word_bases, strict=True):
            if bits is not None:
                whole[base : base + len(bits)] = bits
        return DocSet.of_bits(whole)

    def join(self, lists: Sequence[Ids]) -> DocSet:
        """Return the documents of lists that count from each segment's base."""
        moved = [ids + base for ids, base in zip(lists, self.bases, strict=True)]
        return DocSet.of_ids(
            self.words, np.concatenate([np.zeros(0, np.int64), *moved])
        )


@dataclass(frozen=True)
class FieldView:
    """One field over all segments; ``parts`` has None where a segment lacks it."""

    view: View
    name: str
    parts: tuple[Field | None, ...]

    def find(self, term: bytes) -> Numbers:
        """Return the term's number in each segment."""
        return tuple(part.find(term) if part else -1 for part in self.parts)

    def ranges(self, low: bytes, high: bytes | None) -> tuple[tuple[int, int], ...]:
        """Return, a segment, the terms from ``low`` to before ``high`` or the end."""
        return tuple(
            (part.lower(low), part.size if high is None else part.lower(high))
            if part
            else (0, 0)
            for part in self.parts
        )

    def frequency(self, numbers: Numbers) -> int:
        """Return how many documents, deleted ones included, have the term."""
        found = zip(self.parts, numbers, strict=True)
        return sum(part.df(i) for part, i in found if part and i >= 0)

    def occurrences(self, numbers: Numbers) -> int:
        """Return how often the term occurs, in deleted documents too."""
        found = zip(self.parts, numbers, strict=True)
        return sum(part.ctf(i) for part, i in found if part and i >= 0)

    def stats(self, numbers: Numbers) -> TermStats:
        """Return what the term's weight depends on."""
        return TermStats(
            self.view.documents,
            self.frequency(numbers),
            self.total,
            lambda: self.occurrences(numbers),
        )

    @cached_property
    def total(self) -> int:
        """Return the number of tokens in all documents."""
        return sum(part.total for part in self.parts if part)

    @cached_property
    def scorable(self) -> bool:
        """Return whether frequencies and lengths are known."""
        return any(part.scorable for part in self.parts if part)

    @cached_property
    def weighed(self) -> bool:
        """Return whether frequencies are known."""
        return any(part.has_frequencies for part in self.parts if part)

    @cached_property
    def average(self) -> float:
        """Return the mean length, counting documents without the field as well."""
        return self.total / max(1, self.view.documents)

    @cached_property
    def lengths(self) -> NDArray[np.uint8]:
        """Return the length byte of each document, 0 where none is known."""
        if len(self.parts) == 1 and self.parts[0]:
            return self.parts[0].lengths
        whole = np.zeros(self.view.words * WORD, np.uint8)
        for part, base in zip(self.parts, self.view.bases, strict=True):
            if part:
                whole[base : base + len(part.lengths)] = part.lengths
        return whole

    @cached_property
    def table(self) -> Scores:
        """Return the impact of each posting code over the whole index."""
        return table(self.view.scorer, self.average)

    def table_at(self, average: float) -> Scores:
        """Return the impact of each posting code where that is the average length."""
        if average == self.average:
            return self.table
        return _table(self.view.scorer, average)

    @cached_property
    def scales(self) -> tuple[float, ...]:
        """Return, a segment, what its stored block bounds are multiplied by.

        They were made with the segment's own average length and the usual BM25. What
        holds for them holds for ours times the greatest quotient of the two tables.
        """
        return tuple(self._scale(part) if part else 1.0 for part in self.parts)

    def _scale(self, part: Field) -> float:
        made = part.meta["bmax"]
        old = Bm25(made["k1"], made["b"])
        scale = old.ceiling / 255
        if old == self.view.scorer and made["average"] == self.average:
            return scale
        before = table(old, made["average"])
        known = before > 0
        most = float((self.table[known] / before[known]).max())
        # The bound of a frequency no code can say is the ceiling, not the table's.
        return scale * max(most, self.view.scorer.ceiling / old.ceiling)

"""Which documents belong together: those with one text, and those that are copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.copies.families import Families
from search.copies.pairs import DAYS, are_close
from search.copies.shingles import Numbers
from search.distinct import are_among, distinct
from search.engines.columnar.grouping import candidates
from search.engines.columnar.grouping.candidates import Entries, Pairs
from search.engines.columnar.grouping.rows import Rows
from search.engines.columnar.grouping.texts import RowTexts
from search.engines.columnar.sketches import TEXT, Postings, shingle_keys

if TYPE_CHECKING:
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


class Keys(NamedTuple):
    """Keys, which rise, which of them are common, and who has them."""

    keys: Numbers
    is_common: Mask
    found: Postings


class Joining:
    """Joins documents of ``rows`` pair by pair.

    ``node`` returns what stands for a document: itself, or the family it stays in, as
    -1 - family. ``joined`` is what was found so far.
    """

    def __init__(self, rows: Rows, texts: RowTexts, node: Callable[[int], int]) -> None:
        self.joined = Families()
        self._rows = rows
        self._texts = texts
        self._node = node
        self._common = np.zeros(0, np.uint32)

    def join_identical(self, docs: Ints) -> None:
        """Join those of ``docs`` with one text, word for word, on close days."""
        texts = self._rows.gather("c/group", docs)
        first, last = self._periods(docs)
        order = np.lexsort((docs, last, first, texts))
        listed = zip(
            *(a[order].tolist() for a in (texts, first, last, docs)), strict=True
        )
        undated: dict[int, int] = {}
        upto = (0, 0, 0, 0)  # of those of one text so far, the one that lasts longest
        for each in listed:
            text, begun, ended, doc = each
            if not begun:
                self._join(doc, undated.setdefault(text, doc))
                continue
            if text in undated:
                self._join(doc, undated[text])
            if text == upto[0] and are_close(upto[1:3], (begun, ended)):
                self._join(doc, upto[3])
            if text != upto[0] or ended >= upto[2]:
                upto = each

    def join_copies(self, fresh: Ints, entries: Entries, keys: Keys) -> None:
        """Join those of ``fresh``, whose keys ``entries`` are, with their copies."""
        self._common = keys.keys[keys.is_common]
        some = ~(keys.is_common | (keys.keys >= TEXT))[keys.found.asked]
        found = Postings(keys.found.asked[some], keys.found.docs[some])
        # Of a text, one who has shingles asks: what is no article has none.
        sampled = entries.keys < TEXT
        asks = self._different(fresh[are_among(fresh, distinct(entries.rows[sampled]))])
        asking = asks[entries.rows] & sampled
        entries = Entries(entries.keys[asking], entries.rows[asking])
        self._join_pairs(candidates.neighbours(self._rows, asks, found))
        for pairs in candidates.pairs(
            self._rows, entries, keys.keys, found, self._sets
        ):
            self._join_pairs(pairs)

    def _different(self, fresh: Ints) -> Mask:
        """Return one of ``fresh`` for each text and period, as truth values of all."""
        texts = self._rows.gather("c/group", fresh)
        first, last = self._periods(fresh)
        order = np.lexsort((last, first, texts))
        found = np.zeros(self._rows.size, np.bool_)
        if len(fresh):
            new = np.ones(len(order), np.bool_)
            same = (
                (np.diff(texts[order]) == 0)
                & (np.diff(first[order]) == 0)
                & (np.diff(last[order]) == 0)
            )
            new[1:] = ~same
            found[fresh[order[new]]] = True
        return found

    def _sets(self, rows: Ints) -> Ints:
        """Return a number for each of ``rows``, the same for those that are joined."""
        listed = [self.joined.root(self._node(row)) for row in rows.tolist()]
        return np.array(listed, np.int64)

    def _join_pairs(self, pairs: Pairs) -> None:
        """Join those of ``pairs`` that are copies, dates and texts compared."""
        first, last = self._periods(pairs.one)
        begun, ended = self._periods(pairs.other)
        gap = np.maximum(first, begun) - np.minimum(last, ended)
        close = (first == 0) | (begun == 0) | (gap <= DAYS)
        one = self._rows.gather("c/group", pairs.one)
        other = self._rows.gather("c/group", pairs.other)
        some = close & (one != other)
        for a, b, *texts in zip(
            *(x[some].tolist() for x in (pairs.one, pairs.other, one, other)),
            strict=True,
        ):
            x, y = self._node(a), self._node(b)
            apart = self.joined.root(x) != self.joined.root(y)
            if apart and self._are_copies(a, b, (texts[0], texts[1])):
                self.joined.join(x, y)

    def _are_copies(self, one: int, other: int, numbers: tuple[int, int]) -> bool:
        are_alike = self._texts.copied(one, other, numbers) > 0
        return are_alike and self._shares_more(one, other)

    def _shares_more(self, one: int, other: int) -> bool:
        """Return whether most of what is sampled of both is not common."""
        if not len(self._common):
            return True
        some = self._texts.told(one).shingled.sampled
        both = some[are_among(some, self._texts.told(other).shingled.sampled)]
        common = np.count_nonzero(are_among(shingle_keys(both), self._common))
        return bool(2 * common <= len(both))

    def _join(self, one: int, other: int) -> None:
        self.joined.join(self._node(one), self._node(other))

    def _periods(self, rows: Ints) -> tuple[Ints, Ints]:
        return self._rows.gather("c/first", rows), self._rows.gather("c/last", rows)

"""Which documents have words in a row, or near each other in order.

A phrase with slop s has each word at most s positions after the one before it, as
Whoosh's SpanNear2 with ``ordered`` and ``mindist=1`` has it. Positions of a word become
keys, document by document; for each word those keys are kept that continue the phrase
from some key kept of the word before: the work is linear in the positions looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engines.columnar.field import Field, Postings
from search.engines.deadline import Deadline
from search.engines.docsets import Ids, find, ids_of, ranks
from search.engines.runs import starts_of

_ROOM = 40  # bits of a key for the position: gaps between blocks can make them large
_AT_ONCE = 20_000  # documents whose positions are read before the clock is looked at


def documents(field: Field, terms: Sequence[int], slop: int, deadline: Deadline) -> Ids:
    """Return the documents of a segment that have the phrase of ``terms``, rising.

    ``terms`` are the field's term numbers. At the deadline, those found until then.
    """
    if min(terms) < 0:
        return np.zeros(0, np.int64)
    words = [_Word(field, number) for number in dict.fromkeys(terms)]
    by_number = {word.number: word for word in words}
    candidates = _with_all(words)
    found = []
    for start in range(0, len(candidates), _AT_ONCE):
        if deadline.passed:
            break
        some = candidates[start : start + _AT_ONCE]
        row = [by_number[number] for number in terms]
        keep = _adjacent(row, some) if slop <= 1 else _near(row, some, slop)
        found.append(some[keep])
    return np.concatenate([np.zeros(0, np.int64), *found])


class _Word:
    """One word of a phrase in one segment."""

    def __init__(self, field: Field, number: int) -> None:
        self.number = number
        self.field = field
        self.postings: Postings = field.postings(number)

    @property
    def df(self) -> int:
        return self.postings.df

    def places(self, docs: Ids) -> Ids:
        """Return which of its postings are those of ``docs``; all of them have it."""
        found = self.postings
        if found.bits is None or found.rank is None:
            return np.searchsorted(np.asarray(found.docs), docs).astype(np.int64)
        return ranks(found.bits, found.rank, docs)

    def keys(self, docs: Ids, numbers: Ids) -> Ids:
        """Return the word's positions in ``docs`` as keys: the number, the position."""
        positions, counts = self.field.positions(self.number, self.places(docs))
        return (np.repeat(numbers, counts) << _ROOM) | positions


def _with_all(words: Sequence[_Word]) -> Ids:
    """Return the documents that have all ``words``."""
    lists = [w.postings.docs for w in words if w.postings.docs is not None]
    bitmaps = [w.postings.bits for w in words if w.postings.bits is not None]
    if not lists:
        return ids_of(np.bitwise_and.reduce(bitmaps))
    lists.sort(key=len)
    docs = lists[0].astype(np.int64)
    for other in lists[1:]:
        docs = docs[find(other, docs)[0]]
    for bits in bitmaps:
        docs = docs[
            (bits[docs >> 6] >> (docs & 63).astype(np.uint64)) & np.uint64(1) != 0
        ]
    return docs


def _adjacent(row: Sequence[_Word], docs: Ids) -> Ids:
    """Return which of ``docs`` have the words side by side; the rarest word first."""
    order = sorted(range(len(row)), key=lambda i: row[i].df)
    numbers = np.arange(len(docs))
    begun: Ids | None = None
    for i in order:
        keys = row[i].keys(docs[numbers], numbers) - i
        if begun is None:
            # A position before the word's place in the phrase begins in no document.
            begun = _distinct(keys[(keys + i) & ((1 << _ROOM) - 1) >= i])
        else:
            begun = begun[find(keys, begun)[0]]
        numbers = _distinct(begun >> _ROOM)
        if not len(numbers):
            break
    return numbers


def _near(row: Sequence[_Word], docs: Ids, slop: int) -> Ids:
    """Return which of ``docs`` have the words in order, each within ``slop``."""
    numbers = np.arange(len(docs))
    ends = row[0].keys(docs, numbers)
    for word in row[1:]:
        numbers = _distinct(ends >> _ROOM)
        if not len(numbers):
            break
        keys = word.keys(docs[numbers], numbers)
        before = np.searchsorted(ends, keys, side="left") - 1
        known = before >= 0
        apart = keys[known] - ends[before[known]]
        # Keys of another document are further apart than any slop.
        ends = keys[known][apart <= slop]
    return _distinct(ends >> _ROOM)


def _distinct(rising: Ids) -> Ids:
    """Return each of some rising numbers once."""
    found: Ids = rising[starts_of(rising)]
    return found

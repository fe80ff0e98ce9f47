"""Which documents have words in a row, or near each other in order.

A phrase with slop s has each word at most s positions after the one before it, as
Whoosh's SpanNear2 with ``ordered`` and ``mindist=1`` has it. Positions of a word become
keys, document by document; for each word those keys are kept that continue the phrase
from some key kept of the word before: the work is linear in the positions looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.distinct import are_among
from search.engines.columnar.field import Field, Postings
from search.engines.deadline import Deadline
from search.engines.docsets import Ids, ids_of, ranks
from search.runs import starts_of

_ROOM = 40  # bits of a key for the position: gaps between blocks can make them large
_RARER = 8  # times as many are looked up in, not gone through
_NEVER = -(1 << 60)  # the key of what ended long ago
_SLOTS = 1 << 24  # of a table, but where one document needs more
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

    def positions(self, docs: Ids) -> tuple[Ids, Ids]:
        """Return the word's positions in ``docs``, rising, and how many each has."""
        return self.field.positions(self.number, self.places(docs))

    def keys(self, docs: Ids, numbers: Ids) -> Ids:
        """Return the word's positions in ``docs`` as keys: the number, the position."""
        positions, counts = self.positions(docs)
        keys = np.repeat(numbers << _ROOM, counts)
        keys |= positions
        return keys


def _with_all(words: Sequence[_Word]) -> Ids:
    """Return the documents that have all ``words``."""
    lists = [w.postings.docs for w in words if w.postings.docs is not None]
    bitmaps = [w.postings.bits for w in words if w.postings.bits is not None]
    if not lists:
        return ids_of(np.bitwise_and.reduce(bitmaps))
    lists.sort(key=len)
    docs = lists[0].astype(np.int64)
    for other in lists[1:]:
        docs = docs[are_among(docs, other)]
    for bits in bitmaps:
        docs = docs[
            (bits[docs >> 6] >> (docs & 63).astype(np.uint64)) & np.uint64(1) != 0
        ]
    return docs


def _adjacent(row: Sequence[_Word], docs: Ids) -> Ids:
    """Return which of ``docs`` have the words side by side; the rarest word first.

    A phrase may begin where that word stands, less its place in the phrase; the others
    are looked up in a table of those places.
    """
    first, *others = sorted(range(len(row)), key=lambda i: row[i].df)
    places, counts = row[first].positions(docs)
    room = _Room.of(places - first, counts)
    if room.size > _SLOTS and len(docs) > 1:  # far positions: gaps can make them large
        half = len(docs) // 2
        later = _adjacent(row, docs[half:]) + half
        return np.concatenate([_adjacent(row, docs[:half]), later])
    numbers = np.arange(len(docs))
    begun = room.slots(places - first, numbers, counts)
    for i in others:
        begins = np.zeros(room.size, np.bool_)
        begins[begun] = True
        begins[room.base] = False
        places, counts = row[i].positions(docs[numbers])
        slots = room.slots(places - i, numbers, counts)
        met = np.flatnonzero(begins[slots])
        begun, numbers = slots[met], _distinct(np.repeat(numbers, counts)[met])
        if not len(numbers):
            break
    return numbers


@dataclass(frozen=True, slots=True)
class _Room:
    """A row of slots for the places in each document where a phrase may begin.

    Those of a document are from its ``base`` up to the next one's; the slot at a base
    stands for all places outside.
    """

    base: Ids
    last: Ids
    size: int

    @classmethod
    def of(cls, places: Ids, counts: Ids) -> _Room:
        """Return the room for rising ``places``, so many in each document."""
        last = np.maximum(places[np.cumsum(counts) - 1], -1)
        ends = np.cumsum(last + 2)
        base = np.concatenate(([0], ends))
        return cls(base, last + 2, int(ends[-1]) + 1)

    def slots(self, places: Ids, numbers: Ids, counts: Ids) -> Ids:
        """Return the slots of ``places``, so many in each of the documents."""
        places += 1
        np.maximum(places, 0, out=places)
        np.minimum(places, np.repeat(self.last[numbers], counts), out=places)
        places += np.repeat(self.base[numbers], counts)
        return places


def _near(row: Sequence[_Word], docs: Ids, slop: int) -> Ids:
    """Return which of ``docs`` have the words in order, each within ``slop``."""
    numbers = np.arange(len(docs))
    ends = row[0].keys(docs, numbers)
    for word in row[1:]:
        numbers = _distinct(ends >> _ROOM)
        if not len(numbers):
            break
        ends = _within(ends, word.keys(docs[numbers], numbers), slop)
    return _distinct(ends >> _ROOM)


def _within(ends: Ids, keys: Ids, slop: int) -> Ids:
    """Return those of ``keys`` that come after one of ``ends``, by ``slop`` at most."""
    if len(keys) * _RARER < len(ends):
        last = np.searchsorted(ends, keys, side="left") - 1
        apart = keys - ends[last]
        apart[last < 0] = slop + 1
        return keys[np.flatnonzero(apart <= slop)]
    merged = _merged(keys, ends)
    is_end = merged & 1 == 1
    last = np.maximum.accumulate(np.where(is_end, merged, _NEVER))
    # Keys of another document are further apart than any slop.
    near = (merged - last <= 2 * slop) & ~is_end
    return merged[np.flatnonzero(near)] >> 1


def _merged(first: Ids, second: Ids) -> Ids:
    """Return rising keys, doubled, in one row; those of ``second`` are odd, and last.

    Sorting two rows that rise is one pass; it beats looking each of one up in the other
    unless that one is much the shorter.
    """
    found = np.concatenate((first << 1, (second << 1) | 1))
    found.sort(kind="stable")
    return found


def _distinct(rising: Ids) -> Ids:
    """Return each of some rising numbers once."""
    found: Ids = rising[starts_of(rising)]
    return found

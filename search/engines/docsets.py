"""Sets of documents: a bitmap, or a sorted list where they are few.

Bit d of the bitmap, counted from the lowest bit of the first word, is document d. Both
forms answer the same questions; the cheaper one is kept, the other made when asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.distinct import distinct, find

Bits = NDArray[np.uint64]
Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

WORD = 64  # documents in a word of a bitmap

_BIT: Bits = np.uint64(1) << np.arange(WORD, dtype=np.uint64)
_FEW = 32  # a list is cheaper below one document in so many; bench.engines, 100,000


class DocSet:
    """Some of the documents of an index of ``size`` words; never changed.

    Made by :meth:`of_ids`, :meth:`of_bits`, :meth:`none` and by ``&``, ``|``, ``-``.
    """

    def __init__(self, size: int, ids: Ids | None, bits: Bits | None) -> None:
        self.size = size
        self._ids = ids
        self._bits = bits

    @classmethod
    def of_ids(cls, size: int, ids: NDArray[np.integer]) -> DocSet:
        """Return the set of ``ids``, which rise and lie below ``64 * size``."""
        return cls(size, ids.astype(np.int64, copy=False), None)

    @classmethod
    def of_bits(cls, bits: Bits) -> DocSet:
        """Return the set whose bitmap is ``bits``."""
        return cls(len(bits), None, bits)

    @classmethod
    def none(cls, size: int) -> DocSet:
        """Return the empty set."""
        return cls.of_ids(size, np.zeros(0, np.int64))

    @property
    def is_list(self) -> bool:
        """Return whether the documents are at hand as a list."""
        return self._ids is not None

    @cached_property
    def ids(self) -> Ids:
        """Return the documents, rising."""
        return ids_of(self._bits) if self._ids is None else self._ids

    def is_listed_in(self, ids: Ids) -> bool:
        """Return whether ``ids`` is the set's own list; makes none to find out."""
        return ids is self.__dict__.get("ids", self._ids)

    @cached_property
    def bits(self) -> Bits:
        """Return the bitmap, one word for 64 documents."""
        return bits_of(self.size, self._ids) if self._bits is None else self._bits

    @cached_property
    def mask(self) -> Mask:
        """Return one truth value a document."""
        return mask_of(self.bits)

    @cached_property
    def count(self) -> int:
        """Return how many documents there are."""
        if self._ids is not None:
            return len(self._ids)
        return int(np.bitwise_count(self.bits).sum(dtype=np.int64))

    def __len__(self) -> int:
        return self.count

    def has(self, ids: Ids) -> Mask:
        """Return which of ``ids``, which rise, are in the set."""
        if self._bits is None and len(self.ids) < len(ids):
            return _among(ids, self.ids)
        found: Mask = (self.bits[ids >> 6] & _BIT[ids & 63]) != 0
        return found

    def __and__(self, other: DocSet) -> DocSet:
        if other is self:
            return self
        few, many = sorted((self, other), key=cost)
        if few.is_list:
            return DocSet.of_ids(self.size, few.ids.compress(many.has(few.ids)))
        return DocSet.of_bits(self.bits & other.bits)

    def __sub__(self, other: DocSet) -> DocSet:
        if self.is_list:
            return DocSet.of_ids(self.size, self.ids.compress(~other.has(self.ids)))
        return DocSet.of_bits(self.bits & ~other.bits)

    def __or__(self, other: DocSet) -> DocSet:
        return union(self.size, (self, other))


def cost(docs: DocSet) -> int:
    """Return about what it costs to go through the set: lists before bitmaps."""
    return len(docs.ids) if docs.is_list else docs.size * WORD


def union(size: int, sets: Sequence[DocSet]) -> DocSet:
    """Return the documents that are in one of ``sets``, each of ``size`` words."""
    if not sets:
        return DocSet.none(size)
    if len(sets) == 1:
        return sets[0]
    lists = [s.ids for s in sets if s.is_list]
    bitmaps = [s.bits for s in sets if not s.is_list]
    listed = np.concatenate(lists) if lists else np.zeros(0, np.int64)
    if not bitmaps and len(listed) <= size * WORD // _FEW:
        return DocSet.of_ids(size, distinct(listed))
    if len(listed):
        bitmaps.append(bits_of(size, listed))
    return DocSet.of_bits(np.bitwise_or.reduce(bitmaps))


def ids_of(bits: Bits | None) -> Ids:
    """Return the documents of a bitmap, rising."""
    return np.flatnonzero(mask_of(bits)) if bits is not None else np.zeros(0, np.int64)


def mask_of(bits: Bits) -> Mask:
    """Return one truth value a document of a bitmap."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def bits_of(size: int, ids: NDArray[np.integer] | None) -> Bits:
    """Return the bitmap, ``size`` words long, of ``ids`` in any order."""
    mask = np.zeros(size * WORD, np.bool_)
    if ids is not None:
        mask[ids] = True
    return pack(mask)


def pack(mask: Mask) -> Bits:
    """Return the bitmap of one truth value a document; no bit is set past the last."""
    data = np.packbits(mask, bitorder="little")
    if rest := -len(data) % (WORD // 8):
        data = np.concatenate([data, np.zeros(rest, np.uint8)])
    return data.view(np.uint64)


def ranks(bits: Bits, before: NDArray[np.integer], ids: Ids) -> Ids:
    """Return how many documents of a bitmap come before each of ``ids``.

    ``before`` says how many come before each word.
    """
    words = ids >> 6
    lower = bits[words] & (_BIT[ids & 63] - np.uint64(1))
    found: Ids = before[words].astype(np.int64) + np.bitwise_count(lower)
    return found


def _among(wanted: Ids, ids: Ids) -> Mask:
    """Return which of ``wanted`` are in the shorter list ``ids``; both rise."""
    found = np.zeros(len(wanted), np.bool_)
    there, places = find(wanted, ids)
    found[places[there]] = True
    return found

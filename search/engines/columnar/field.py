"""One indexed field of a segment: its terms, and their postings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from search.engines.columnar.numbers import NumberReader
from search.engines.columnar.places import PlaceReader
from search.engines.columnar.scoring import MOST
from search.engines.columnar.vocabulary import Vocabulary
from search.engines.docsets import WORD, Bits, Ids, ids_of, pack
from search.runs import spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.engines.columnar.container import Container

    Ints = NDArray[np.int64]

_MOST_OF = 2  # where one document in so many is wanted, all positions are read


@dataclass(slots=True)
class Postings:
    """The documents of one term: ``docs``, or ``bits`` with ``rank`` and ``bmax``.

    ``tf`` is each frequency, cut at 255; absent where the field keeps none.
    """

    df: int
    docs: NDArray[np.uint32] | None
    bits: Bits | None
    rank: NDArray[np.uint32] | None
    bmax: NDArray[np.uint8] | None
    tf: NDArray[np.uint8] | None


class Field:
    """One indexed field of a segment; terms are known by their numbers.

    ``size`` is the number of terms, ``total`` of tokens. Any read may raise
    ``Damaged``.
    """

    def __init__(
        self, container: Container, name: str, documents: int, meta: Mapping[str, Any]
    ) -> None:
        self.name = name
        self.meta = meta
        self.size: int = meta["terms"]
        self.total: int = meta["total"]
        self.scorable: bool = meta["scorable"]
        self.has_positions: bool = meta["positions"]
        self.has_frequencies: bool = meta["frequencies"]
        self._container = container
        self._documents = documents
        self._words = -(-documents // WORD)
        self._docs = NumberReader(container, f"{name}/docs", documents)
        self._places = PlaceReader(container, name, meta["position_bits"] or 8)
        self._terms = Vocabulary(container, name, self.size)
        self.find = self._terms.find
        self.lower = self._terms.lower
        self.term = self._terms.__getitem__
        self.terms = self._terms.slice
        self.terms_of = self._terms.some

    @cached_property
    def lengths(self) -> NDArray[np.uint8]:
        """Return Whoosh's length byte of each document, 0 where it is not scored."""
        if not self.scorable:
            return np.zeros(self._documents, np.uint8)
        return self._container.array(f"{self.name}/len")

    def df(self, number: int) -> int:
        """Return how many documents have the term, deleted ones included."""
        first, last = self._container.part(f"{self.name}/post", number, number + 2)
        return int(last) - int(first)

    def ctf(self, number: int) -> int:
        """Return how often the term occurs, deleted documents included."""
        if self.has_positions:
            first, last = self._container.part(f"{self.name}/pos", number, number + 2)
            return int(last) - int(first)
        return int(self.frequencies(number, None).sum())

    def postings(self, number: int) -> Postings:
        """Return the postings of a term: views into the file, in about 5 µs."""
        part, name = self._container.part, self.name
        first, last = part(f"{name}/post", number, number + 2).tolist()
        tf = part(f"{name}/tf", first, last) if self.has_frequencies else None
        slot = self._slots.get(number)
        if slot is None:
            before = self._dense_before(number)
            docs = self._docs.part(first - before, last - before)
            return Postings(last - first, docs, None, None, None, tf)
        bits, rank, bmax = (
            part(f"{name}/{array}", slot, slot + 1)[0]
            for array in ("bits", "rank", "bmax")
        )
        return Postings(last - first, None, bits, rank, bmax, tf)

    def union(self, start: int, stop: int) -> Bits:
        """Return, as bits, the documents that have any of the terms start .. stop-1."""
        marks = np.zeros(self._words * WORD, bool)
        if start >= stop:
            return pack(marks)
        first = int(self._container.part(f"{self.name}/post", start, start + 1)[0])
        last = int(self._container.part(f"{self.name}/post", stop, stop + 1)[0])
        first -= self._dense_before(start)
        last -= self._dense_before(stop)
        marks[self._docs.part(first, last)] = True
        found = pack(marks)
        low, high = np.searchsorted(self._dense, [start, stop]).tolist()
        if low < high:
            for bits in self._container.part(f"{self.name}/bits", low, high):
                found |= bits
        return found

    def union_of(self, numbers: Ints) -> Bits:
        """Return, as bits, the documents that have any of the terms ``numbers``."""
        if len(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1:
            return self.union(int(numbers[0]), int(numbers[-1]) + 1)
        marks = np.zeros(self._words * WORD, bool)
        if not len(numbers):
            return pack(marks)
        slots = np.searchsorted(self._dense, numbers)
        known = np.append(self._dense, self.size)[slots] == numbers
        marks[self._docs.some(self._listed(numbers[~known], slots[~known]))] = True
        found = pack(marks)
        for slot in slots[known].tolist():
            found |= self._container.part(f"{self.name}/bits", slot, slot + 1)[0]
        return found

    def _listed(self, numbers: Ints, slots: Ints) -> Ints:
        """Return which listed documents are those of terms without a bitmap.

        ``slots`` says how many terms that have one come before each of ``numbers``.
        """
        if not len(numbers):
            return np.zeros(0, np.int64)
        first, last = int(numbers[0]), int(numbers[-1])
        ends = self._container.part(f"{self.name}/post", first, last + 2)
        begin = ends[numbers - first].astype(np.int64)
        counts = ends[numbers - first + 1] - begin
        before = self._container.array(f"{self.name}/dense_post").astype(np.int64)
        return spans(begin - before[slots], counts)

    def prefixed(self, start: bytes) -> tuple[int, int]:
        """Return the numbers of the terms that begin with ``start``: first, after."""
        # No byte of UTF-8 is 255.
        return self.lower(start), self.lower(start + b"\xff")

    def dfs(self, start: int, stop: int) -> Ints:
        """Return the number of documents of each term from ``start`` to ``stop``."""
        ends = self._container.part(f"{self.name}/post", start, stop + 1)
        return np.diff(ends).astype(np.int64)

    def documents_of(self, number: int) -> Ids:
        """Return the documents of a term, rising."""
        postings = self.postings(number)
        if postings.docs is None:
            return ids_of(postings.bits)
        return postings.docs.astype(np.int64)

    def frequencies(self, number: int, at: Ints | None) -> Ints:
        """Return how often a term occurs in the documents of its postings ``at``.

        ``at`` counts from the term's first posting and rises; None means all.
        """
        first, last = self._container.part(
            f"{self.name}/post", number, number + 2
        ).tolist()
        at = np.arange(last - first) if at is None else at
        if not self.has_frequencies:
            return np.ones(len(at), np.int64)
        found = self._container.part(f"{self.name}/tf", first, last)[at]
        found = found.astype(np.int64)
        self._correct(found, at, first)
        return found

    def positions(self, number: int, at: Ints) -> tuple[Ints, Ints]:
        """Return positions of a term in the documents of its postings ``at``, rising.

        They come one document after another; with them how many each has.
        """
        part, name = self._container.part, self.name
        begin, end = part(f"{name}/pos", number, number + 2).tolist()
        every = self._frequencies(*part(f"{name}/post", number, number + 2).tolist())
        counts = every[at].astype(np.int64)
        if len(at) == len(every):
            return self._places.all(begin, end), counts
        if not at.size:
            return counts, counts
        if len(at) * _MOST_OF > int(at[-1]) - int(at[0]):
            return self._most_positions(begin, every, at), counts
        between = np.add.reduceat(every, np.concatenate(([0], at)), dtype=np.int64)
        between[0] *= at[0] > 0  # of no postings reduceat gives the next one
        starts = begin + np.cumsum(between[:-1])
        chosen = spans(starts, counts)
        return self._places.some(begin, end, chosen), counts

    def _most_positions(
        self, begin: int, every: NDArray[np.integer[Any]], at: Ints
    ) -> Ints:
        """Return the positions in most of the documents from first to last of ``at``.

        ``begin`` is the number of the term's first position, ``every`` its frequency in
        each of its documents. To read all of them is less work than to find some.
        """
        first, last = int(at[0]), int(at[-1]) + 1
        some = every[first:last]
        start = begin + int(every[:first].sum(dtype=np.int64))
        found = self._places.all(start, start + int(some.sum(dtype=np.int64)))
        if len(at) == len(some):
            return found
        wanted = np.zeros(len(some), np.bool_)
        wanted[at - first] = True
        chosen: Ints = found[np.flatnonzero(np.repeat(wanted, some))]
        return chosen

    def tokens_before(self) -> Ints:
        """Return how many tokens, or postings, there are before each term."""
        name = "pos" if self.has_positions else "post"
        return self._container.array(f"{self.name}/{name}").astype(np.int64)

    def range_of(self, start: int, stop: int) -> tuple[Ints, Ints, Ints]:
        """Return df of the terms start .. stop-1, and their postings' docs and tf."""
        part, name = self._container.part, self.name
        upto = part(f"{name}/post", start, stop + 1).astype(np.int64)
        first, last = int(upto[0]), int(upto[-1])
        docs = np.empty(last - first, np.int64)
        rare = np.ones(last - first, bool)
        low, high = np.searchsorted(self._dense, [start, stop]).tolist()
        for number in self._dense[low:high].tolist():
            at, end = (upto[number - start : number - start + 2] - first).tolist()
            docs[at:end] = self.documents_of(number)
            rare[at:end] = False
        skipped = self._dense_before(start)
        begin = first - skipped
        docs[rare] = self._docs.part(begin, begin + int(rare.sum()))
        tf = np.ones(last - first, np.int64)
        if self.has_frequencies:
            tf = self._frequencies(first, last).astype(np.int64)
        return np.diff(upto), docs, tf

    def positions_of(self, start: int, stop: int) -> NDArray[np.uint32]:
        """Return all positions of the terms start .. stop-1."""
        upto = self._container.part(f"{self.name}/pos", start, stop + 1)
        return self._places.all(int(upto[0]), int(upto[-1])).astype(np.uint32)

    def _frequencies(self, first: int, last: int) -> NDArray[np.integer[Any]]:
        """Return the frequencies of the postings with these numbers in the field."""
        found = self._container.part(f"{self.name}/tf", first, last)
        if found.max(initial=0) < MOST:
            return found
        whole = found.astype(np.int64)
        self._correct(whole, np.arange(last - first), first)
        return whole

    def _correct(self, found: Ints, at: Ints, first: int) -> None:
        """Put in the frequencies that are too high for a byte."""
        often = np.flatnonzero(found == MOST)
        if often.size:
            where = np.searchsorted(
                self._container.array(f"{self.name}/often_at"), at[often] + first
            )
            found[often] = self._container.array(f"{self.name}/often")[where]

    @cached_property
    def _dense(self) -> NDArray[np.uint32]:
        return self._container.array(f"{self.name}/dense")

    @cached_property
    def _slots(self) -> dict[int, int]:
        """Return the place of each term that has a bitmap."""
        return {term: slot for slot, term in enumerate(self._dense.tolist())}

    def _dense_before(self, number: int) -> int:
        """Return how many postings of terms with bitmaps come before this term."""
        terms, before = self._dense_terms
        return before[bisect_left(terms, number)]

    @cached_property
    def _dense_terms(self) -> tuple[list[int], list[int]]:
        """Return the terms with bitmaps, and how many postings come before each."""
        before = self._container.array(f"{self.name}/dense_post")
        return self._dense.tolist(), before.tolist()

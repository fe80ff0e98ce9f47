"""The posting list of one term over all segments, and what it says of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.distinct import find
from search.engines.columnar.field import Field, Postings
from search.engines.columnar.scoring import MOST, Scores, TermStats, codes, lengths_of
from search.engines.columnar.view import FieldView, Numbers
from search.engines.docsets import (
    WORD,
    Bits,
    DocSet,
    Ids,
    Mask,
    bits_of,
    ranks,
)
from search.runs import starts_of

Bounds = NDArray[np.float64]  # of the scores in each word of documents


@dataclass(frozen=True, slots=True)
class PostingList:
    """The documents that have a term, as a list or, where they are many, a bitmap.

    ``before`` counts, for a bitmap, the documents before each of its words; ``tf``
    has each one's frequency, cut at 255, None where the field is not scored; ``bounds``
    is no less than the impacts in each word, None for a list.
    """

    docs: DocSet
    before: NDArray[np.uint32] | None
    tf: NDArray[np.uint8] | None
    bounds: Bounds | None

    def places(self, ids: Ids, *, inside: bool) -> tuple[Mask | None, Ids]:
        """Return which of the rising ``ids`` have the term, and where in its ``tf``.

        The mask is None where all of them have it; with ``inside`` the caller knows
        that. There are as many places as documents that have the term.
        """
        if self.before is not None:
            there = None if inside else self.docs.has(ids)
            if there is not None:
                ids = ids[there]
            return there, ranks(self.docs.bits, self.before, ids)
        there, places = find(self.docs.ids, ids)
        return there, places[there]


class TermLeaf:
    """Scores the documents of one term: ``weight`` times the impact of its code.

    ``stats`` are what it is weighed by, None where its field is not scored.
    """

    def __init__(
        self,
        field: FieldView,
        numbers: Numbers,
        stats: TermStats | None,
        boost: float = 1.0,
    ) -> None:
        self._field = field
        self._numbers = numbers
        self._postings = posting_list(field, numbers)
        self._average = field.average if stats is None else stats.average
        self.docs = self._postings.docs
        scored = stats is not None and self._postings.tf is not None
        weight = field.view.scorer.weight(stats) if stats and scored else 1.0
        self.weight = weight * boost

    @property
    def varies(self) -> bool:
        """Return whether not all its documents have the same score."""
        return self._postings.tf is not None

    def add(self, ids: Ids, scores: Scores, *, inside: bool) -> None:
        """Add to ``scores`` what each of ``ids`` scores, if it has the term."""
        tf = self._postings.tf
        if tf is None:
            scores[slice(None) if inside else self.docs.has(ids)] += self.weight
            return
        if self.docs.is_listed_in(ids):
            scores += self._scores(ids, tf, np.arange)
            return
        there, places = self._postings.places(ids, inside=inside)
        if there is None or len(places) == len(ids):
            scores += self._scores(ids, tf[places], lambda _: places)
        else:
            scores[there] += self._scores(ids[there], tf[places], lambda _: places)

    def bounds(self) -> Bounds | float:
        """Return what no score in each word of documents exceeds."""
        known = self._postings.bounds if self.varies else None
        if known is None or self._average != self._field.average:
            ceiling = self._field.view.scorer.ceiling if self.varies else 1.0
            return np.where(self.docs.bits != 0, ceiling * self.weight, 0.0)
        return known * self.weight

    def _scores(
        self, ids: Ids, tf: NDArray[np.uint8], places: Callable[[int], Ids]
    ) -> Scores:
        """Return what the term scores in ``ids``, which have it ``tf`` times.

        ``places``, given their number, says which of the term's postings they are.
        """
        lengths = self._field.lengths[ids]
        impacts: Scores = self._field.table_at(self._average)[codes(tf, lengths)]
        if int(tf.max(initial=0)) == MOST:
            at = np.flatnonzero(tf == MOST)
            self._correct(impacts, at, lengths, places(len(tf)))
        impacts *= self.weight
        return impacts

    def _correct(
        self, impacts: Scores, at: Ids, lengths: NDArray[np.uint8], places: Ids
    ) -> None:
        """Put in the impacts of the frequencies that are too high for a byte."""
        frequency = frequencies(self._field, self._numbers, places[at])
        scorer, average = self._field.view.scorer, self._average or 1.0
        impacts[at] = scorer.impact(
            frequency.astype(np.float64), lengths_of(lengths[at]), average
        )


def frequencies(field: FieldView, numbers: Numbers, places: Ids) -> Ids:
    """Return the true frequencies at these places of a term's posting list."""
    found = np.empty(len(places), np.int64)
    start = 0
    for part, number in zip(field.parts, numbers, strict=True):
        if part is None or number < 0:
            continue
        end = start + part.df(number)
        mine = (start <= places) & (places < end)
        found[mine] = part.frequencies(number, places[mine] - start)
        start = end
    return found


def posting_list(field: FieldView, numbers: Numbers) -> PostingList:
    """Return the posting list of a term; no copy where there is one segment."""
    parts = list(_parts(field, numbers))
    if not parts:
        return PostingList(field.view.none(), None, None, None)
    tf = None
    if field.scorable:
        tf = _joined([_tf(part.postings) for part in parts])
    if all(part.postings.docs is not None for part in parts):
        lists = [part.documents() for part in parts]
        docs = DocSet.of_ids(field.view.words, _joined(lists))
        return PostingList(docs, None, tf, None)
    return _dense(field, parts, tf)


@dataclass(frozen=True, slots=True)
class _Part:
    """A term's postings in one segment, and where its documents begin."""

    postings: Postings
    field: Field
    words: int
    word_base: int
    scale: float

    def documents(self) -> Ids:
        """Return the documents of a list, counted over all segments."""
        docs = np.asarray(self.postings.docs, np.int64)
        return docs + self.word_base * WORD if self.word_base else docs

    def bits(self) -> Bits:
        if self.postings.bits is not None:
            return self.postings.bits
        return bits_of(self.words, self.postings.docs)

    def before(self, bits: Bits) -> NDArray[np.uint32]:
        if self.postings.rank is not None:
            return self.postings.rank
        counts = np.bitwise_count(bits).astype(np.uint32)
        return np.cumsum(counts, dtype=np.uint32) - counts

    def bounds(self, field: FieldView) -> Bounds:
        if self.postings.bmax is not None:
            return self.postings.bmax.astype(np.float64) * self.scale
        found = np.zeros(self.words, np.float64)
        docs, tf = self.postings.docs, self.postings.tf
        if tf is not None and docs is not None:
            words = docs >> 6
            starts = starts_of(words)
            impacts = field.table[codes(tf, self.field.lengths[docs])]
            impacts[tf == MOST] = field.view.scorer.ceiling
            found[words[starts]] = np.maximum.reduceat(impacts, starts)
        return found


def _dense(
    field: FieldView, parts: Sequence[_Part], tf: NDArray[np.uint8] | None
) -> PostingList:
    """Return a bitmap over all segments from those of ``parts``."""
    view = field.view
    if len(view.segments) == 1:
        (part,) = parts
        bits = part.bits()
        bounds = part.bounds(field) if tf is not None else None
        return PostingList(DocSet.of_bits(bits), part.before(bits), tf, bounds)
    whole = np.zeros(view.words, np.uint64)
    before = np.zeros(view.words, np.uint32)
    bounds = np.zeros(view.words, np.float64) if tf is not None else None
    so_far = 0
    for part in parts:
        here = slice(part.word_base, part.word_base + part.words)
        bits = part.bits()
        whole[here] = bits
        before[here] = part.before(bits) + np.uint32(so_far)
        if bounds is not None:
            bounds[here] = part.bounds(field)
        so_far += part.postings.df
    return PostingList(DocSet.of_bits(whole), before, tf, bounds)


def _parts(field: FieldView, numbers: Numbers) -> Iterator[_Part]:
    view = field.view
    for i, (part, number) in enumerate(zip(field.parts, numbers, strict=True)):
        if part is not None and number >= 0:
            scale = field.scales[i] if field.scorable else 1.0
            yield _Part(
                part.postings(number),
                part,
                view.segments[i].words,
                view.word_bases[i],
                scale,
            )


def _tf(postings: Postings) -> NDArray[np.uint8]:
    if postings.tf is None:
        return np.zeros(postings.df, np.uint8)
    return postings.tf


def _joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)

"""The groups of a commit, from those of the last one and from what changed since.

    what came, what went ─▶ shingles that turned common, or did not stay so
    ─▶ fresh: who came, and the families of who went or has such a shingle
    ─▶ candidates of the fresh ─▶ texts compared ─▶ families ─▶ groups by date

Two documents are of one family if they are copies, or share one with a chain of copies.
Whether they are is a matter of the two, of the shingles that are common, and of nothing
else; so families are the same in whatever order and batches documents came.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.copies.pairs import DAYS, are_close, has, is_copy
from search.copies.shingles import Numbers
from search.engines.columnar.grouping import candidates
from search.engines.columnar.grouping.candidates import Entries, in_one
from search.engines.columnar.grouping.families import Families
from search.engines.columnar.grouping.rows import Rows
from search.engines.columnar.grouping.settled import Grouped, Known, settled
from search.engines.columnar.grouping.texts import Texts, Told
from search.engines.columnar.sketches import (
    TEXT,
    Postings,
    all_of,
    shingle_keys,
    text_keys,
)
from search.engines.identical import NO_GROUP
from search.engines.labels import Labels, Table

if TYPE_CHECKING:
    from search.engines.columnar.commits import Part

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

_NONE = np.zeros(0, np.int64)


class Change(NamedTuple):
    """The segments of the last commit, and the same with what came: ``after``."""

    before: Sequence[Part]
    after: Sequence[Part]


def regrouped(change: Change, table: Table, texts: Texts) -> Grouped:
    """Return the groups of what lives in ``change.after``, by its rows.

    ``table`` is that of the last commit. Costs what was added and what went, but for a
    look at one number of each document; and what the groups cost that are touched.

    Raises:
        Damaged: a segment is not what was written.
    """
    return _Round(change, table, texts).grouped()


class _Round:
    """One commit's work; numbers of documents are places in ``rows``."""

    def __init__(self, change: Change, table: Table, texts: Texts) -> None:
        self._rows = rows = Rows(change.after)
        self._texts = texts
        self._table = table
        self._live = rows.live()
        self._lived = np.zeros(rows.size, np.bool_)
        lived = Rows(change.before).live()
        self._lived[: len(lived)] = lived
        self._labels = Labels.joined(
            [
                part.labels.moved(np.arange(part.entry.documents) + base)
                for part, base in zip(change.after, rows.bases.tolist(), strict=False)
            ]
        )
        self._family = table.families[self._labels.groups]
        self._verdicts: dict[tuple[int, int], bool] = {}
        self._dissolved: frozenset[int] = frozenset()
        self._common = np.zeros(0, np.uint32)

    def grouped(self) -> Grouped:
        """Return the groups."""
        came = np.flatnonzero(self._live & ~self._lived)
        went = np.flatnonzero(self._lived & ~self._live)
        new = self._entries(came)
        keys = np.unique(np.concatenate((new.keys, self._entries(went).keys)))
        found = self._found(keys)
        disturbed = np.concatenate((went, self._turned(keys, found)))
        families = self._families_of(disturbed)
        self._dissolved = frozenset(families.tolist())
        fresh = np.unique(np.concatenate((disturbed, self._members(families), came)))
        fresh = fresh[self._live[fresh]]
        old = np.setdiff1d(fresh, came, assume_unique=True)
        if len(old):
            more = self._entries(old)
            new = in_one((new, more))
            keys = np.unique(new.keys)
            found = self._found(keys)
        joined = self._joined(fresh, new, keys, found)
        known = Known(self._rows, self._labels, self._table, self._dissolved)
        return settled(known, joined.sets(), self._texts)

    # What changed.

    def _entries(self, rows: Ints) -> Entries:
        """Return the keys of some documents; of new segments, as they lie there."""
        found = [Entries(np.zeros(0, np.uint32), _NONE)]
        wanted = np.zeros(self._rows.size, np.bool_)
        wanted[rows] = True
        bounds = self._rows.bases.tolist()
        for part, (begin, end) in zip(self._rows.parts, pairwise(bounds), strict=True):
            some = wanted[begin:end]
            if 2 * np.count_nonzero(some) > end - begin:
                keys, docs = all_of(part.container)
                found.append(Entries(keys[some[docs]], docs[some[docs]] + begin))
            else:
                listed = (np.flatnonzero(some) + begin).tolist()
                found += [self._entries_of(row) for row in listed]
        return in_one(found)

    def _entries_of(self, row: int) -> Entries:
        told = self._told(row)
        keys = np.zeros(0, np.uint32)
        if told.is_article:
            keys = shingle_keys(told.shingled.sampled)
        text = self._rows.gather("c/group", np.array([row]))
        if text[0] != NO_GROUP:
            keys = np.append(keys, text_keys(text.view(np.uint64)))
        return Entries(keys, np.full(len(keys), row))

    def _found(self, keys: Numbers) -> Postings:
        """Return who has ``keys``, of those who live or did before this commit."""
        found = self._rows.look_up(keys)
        some = (self._live | self._lived)[found.docs]
        return Postings(found.asked[some], found.docs[some])

    def _turned(self, keys: Numbers, found: Postings) -> Ints:
        """Return who has a shingle that turned common, or is so no more."""
        before = candidates.common(self._rows, found, self._lived, len(keys))
        after = candidates.common(self._rows, found, self._live, len(keys))
        turned = (before != after) & (keys < TEXT)
        return np.unique(found.docs[turned[found.asked]])

    def _families_of(self, rows: Ints) -> Ints:
        """Return the families of those of ``rows`` that have one."""
        families: Ints = np.unique(self._family[np.isin(self._labels.docs, rows)])
        return families

    def _members(self, families: Ints) -> Ints:
        """Return who is in ``families``, the dead among them."""
        members: Ints = self._labels.docs[np.isin(self._family, families)]
        return members

    # Who belongs together.

    def _joined(
        self, fresh: Ints, entries: Entries, keys: Numbers, found: Postings
    ) -> Families:
        """Return who belongs to ``fresh``: documents, and families as -1 - family."""
        lives = self._live[found.docs]
        found = Postings(found.asked[lives], found.docs[lives])
        joined = Families()
        whole = keys >= TEXT
        self._join_identical(joined, found, whole)
        is_common = candidates.common(self._rows, found, self._live, len(keys))
        self._common = keys[is_common]
        some = ~(whole | is_common)[found.asked]
        found = Postings(found.asked[some], found.docs[some])
        # Of a text, one who has shingles asks: what is no article has none.
        sampled = entries.keys < TEXT
        asks = self._different(np.intersect1d(fresh, entries.rows[sampled]))
        asking = asks[entries.rows] & sampled
        entries = Entries(entries.keys[asking], entries.rows[asking])
        for pairs in candidates.pairs(self._rows, entries, keys, found):
            self._join_copies(joined, pairs)
        return joined

    def _join_identical(self, joined: Families, found: Postings, whole: Mask) -> None:
        """Join who has the same text, word for word, on days that are close."""
        docs = found.docs[whole[found.asked]]
        texts = self._rows.gather("c/group", docs)
        first, last = self._periods(docs)
        order = np.lexsort((docs, last, first, texts))
        node = self._node
        listed = zip(
            *(a[order].tolist() for a in (texts, first, last, docs)), strict=True
        )
        undated: dict[int, int] = {}
        upto = (0, 0, 0, 0)  # of those of one text so far, the one that lasts longest
        for each in listed:
            text, begun, ended, doc = each
            if not begun:
                other = undated.setdefault(text, doc)
                joined.join(node(doc), node(other))
                continue
            if text in undated:
                joined.join(node(doc), node(undated[text]))
            if text == upto[0] and are_close(upto[1:3], (begun, ended)):
                joined.join(node(doc), node(upto[3]))
            if text != upto[0] or ended >= upto[2]:
                upto = each

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

    def _join_copies(self, joined: Families, pairs: candidates.Pairs) -> None:
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
            if joined.root(x) != joined.root(y) and self._are_copies(a, b, texts):
                joined.join(x, y)

    def _are_copies(self, one: int, other: int, texts: list[int]) -> bool:
        key = min(texts), max(texts)
        if key not in self._verdicts:
            a, b = self._told(one), self._told(other)
            found = is_copy(a.shingled, b.shingled)
            self._verdicts[key] = found and self._shares_more(a, b)
        return self._verdicts[key]

    def _shares_more(self, one: Told, other: Told) -> bool:
        """Return whether most of what is sampled of both is not common."""
        both = np.intersect1d(one.shingled.sampled, other.shingled.sampled)
        common = np.count_nonzero(has(self._common, shingle_keys(both)))
        return bool(2 * common <= len(both))

    def _node(self, row: int) -> int:
        """Return what stands for a document: its family, if that stays as it is."""
        at = int(np.searchsorted(self._labels.docs, row))
        if at == len(self._labels.docs) or self._labels.docs[at] != row:
            return row
        family = int(self._family[at])
        return row if family in self._dissolved else -1 - family

    def _told(self, row: int) -> Told:
        return self._texts.told(*self._rows.locate(row))

    def _periods(self, rows: Ints) -> tuple[Ints, Ints]:
        return self._rows.gather("c/first", rows), self._rows.gather("c/last", rows)

"""The groups of a commit, from those of the last one and from what changed since.

    what came, what went ─▶ shingles that turned common, or did not stay so
    ─▶ fresh: who came, and the families of who went or has such a shingle
    ─▶ candidates of the fresh ─▶ texts compared ─▶ families ─▶ groups by date

Two documents are of one family if they are copies, or share one with a chain of copies.
Whether they are is a matter of the two, of the shingles that are common, and of nothing
else; so families are the same in whatever order and batches documents came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.copies.families import Families
from search.copies.identical import NO_GROUP
from search.copies.shingles import Numbers
from search.distinct import are_among, distinct
from search.engines.columnar.grouping import candidates
from search.engines.columnar.grouping.candidates import Entries, in_one
from search.engines.columnar.grouping.joining import Joining, Keys
from search.engines.columnar.grouping.rows import Rows
from search.engines.columnar.grouping.settled import Grouped, Known, settled
from search.engines.columnar.grouping.texts import RowTexts, Texts
from search.engines.columnar.sketches import (
    TEXT,
    Postings,
    all_of,
    shingle_keys,
    text_keys,
)
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
        self._texts = RowTexts(rows, texts)
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
        self._dissolved: frozenset[int] = frozenset()

    def grouped(self) -> Grouped:
        """Return the groups."""
        came = np.flatnonzero(self._live & ~self._lived)
        went = np.flatnonzero(self._lived & ~self._live)
        new = self._entries(came)
        keys = distinct(np.concatenate((new.keys, self._entries(went).keys)))
        found = self._found(keys)
        is_common = self._common(keys, found, self._live)
        turned = self._turned(keys, found, is_common)
        disturbed = distinct(np.concatenate((went, turned)))
        families = self._families_of(disturbed)
        self._dissolved = frozenset(families.tolist())
        fresh = distinct(np.concatenate((disturbed, self._members(families), came)))
        fresh = fresh[self._live[fresh]]
        old = fresh[~are_among(fresh, came)]
        if len(old):
            more = self._entries(old)
            new = in_one((new, more))
            keys = distinct(new.keys)
            found = self._found(keys)
            is_common = self._common(keys, found, self._live)
        shared = Keys(keys, is_common, found)
        joined = self._joined(fresh, new, shared, self._live, self._node)
        known = Known(self._rows, self._labels, self._table, self._dissolved)
        return settled(known, joined.sets(), self._texts, self._parted)

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
        told = self._texts.told(row)
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

    def _turned(self, keys: Numbers, found: Postings, is_common: Mask) -> Ints:
        """Return who has a shingle that turned common, or is so no more."""
        was_common = self._common(keys, found, self._lived)
        turned = (was_common != is_common) & (keys < TEXT)
        return distinct(found.docs[turned[found.asked]])

    def _families_of(self, rows: Ints) -> Ints:
        """Return the families of those of ``rows`` that have one."""
        families: Ints = distinct(self._family[are_among(self._labels.docs, rows)])
        return families

    def _members(self, families: Ints) -> Ints:
        """Return who is in ``families``, the dead among them."""
        members: Ints = self._labels.docs[are_among(self._family, families)]
        return members

    # Who belongs together.

    def _joined(
        self,
        fresh: Ints,
        entries: Entries,
        keys: Keys,
        among: Mask,
        node: Callable[[int], int],
    ) -> Families:
        """Return who of those ``among`` all belongs to ``fresh``, each as its ``node``.

        ``entries`` are the keys of the fresh.
        """
        inside = among[keys.found.docs]
        found = Postings(keys.found.asked[inside], keys.found.docs[inside])
        joining = Joining(self._rows, self._texts, node)
        joining.join_identical(found.docs[(keys.keys >= TEXT)[found.asked]])
        joining.join_copies(fresh, entries, keys._replace(found=found))
        return joining.joined

    def _parted(self, members: Ints) -> list[Ints]:
        """Return ``members`` by who is a copy of whom, or of a chain of copies."""
        entries = self._entries(members)
        keys = distinct(entries.keys)
        found = self._found(keys)
        shared = Keys(keys, self._common(keys, found, self._live), found)
        among = np.zeros(self._rows.size, np.bool_)
        among[members] = True
        joined = self._joined(members, entries, shared, among, int)
        sets = [np.array(some, np.int64) for some in joined.sets()]
        rest = members[~are_among(members, np.sort(np.concatenate([_NONE, *sets])))]
        return [*sets, *rest.reshape(-1, 1)]

    def _common(self, keys: Numbers, found: Postings, live: Mask) -> Mask:
        copied = self._texts.copied
        return candidates.common(self._rows, found, live, len(keys), copied)

    def _node(self, row: int) -> int:
        """Return what stands for a document: its family, if that stays as it is."""
        at = int(np.searchsorted(self._labels.docs, row))
        if at == len(self._labels.docs) or self._labels.docs[at] != row:
            return row
        family = int(self._family[at])
        return row if family in self._dissolved else -1 - family

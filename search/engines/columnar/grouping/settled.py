"""Families cut into groups by date and by who is whose copy, and what they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.copies.shares import Shares, shares
from search.copies.windows import windows
from search.distinct import are_among
from search.engines.columnar.grouping.rows import Rows
from search.engines.columnar.grouping.texts import RowTexts
from search.engines.labels import Labels, SharesByGroup, Table

if TYPE_CHECKING:
    Ints = NDArray[np.int64]
    Parted = Callable[[Ints], Sequence[Ints]]

MOST_TEXTS = 64  # of a group whose shares are kept: a byte for each two


class Known(NamedTuple):
    """What is known of the documents in ``rows``, from the last commit.

    The families ``dissolved`` are not what they were: who is left of them is in the
    sets that were found anew, or in none.
    """

    rows: Rows
    labels: Labels
    table: Table
    dissolved: frozenset[int]


class Grouped(NamedTuple):
    """The labels of each segment's documents, and the groups they name."""

    labels: tuple[Labels, ...]
    table: Table


def settled(
    known: Known, sets: Sequence[Sequence[int]], texts: RowTexts, parted: Parted
) -> Grouped:
    """Return the groups known, where nothing touched them, and those of ``sets``.

    A set holds documents, and families as -1 - family. ``parted`` returns who of some
    documents are copies of each other, where a family was cut.

    Raises:
        Damaged: a text is not what was written.
    """
    family = known.table.families[known.labels.groups]
    touched = set(known.dissolved)
    touched |= {-1 - node for nodes in sets for node in nodes if node < 0}
    stays = ~are_among(family, np.array(sorted(touched), np.int64))
    made = _Making(known, texts, parted)
    made.take_over(known.labels.only(stays))
    for nodes in sets:
        old = np.array([-1 - node for node in nodes if node < 0], np.int64)
        rows = np.array([node for node in nodes if node >= 0], np.int64)
        members = (
            known.labels.docs[are_among(family, np.sort(old))] if len(old) else old
        )
        made.add(np.sort(np.concatenate((rows, members))))
    return made.grouped()


class _Making:
    def __init__(self, known: Known, texts: RowTexts, parted: Parted) -> None:
        self._known = known
        self._texts = texts
        self._parted = parted
        self._labels: list[Labels] = []
        self._taken = Table()
        self._families: list[int] = []  # of the groups after those taken over
        self._shares: list[Shares | None] = []
        self._next = 0  # family

    def take_over(self, labels: Labels) -> None:
        """Keep groups as they are, but for their numbers."""
        table = self._known.table
        used, groups = np.unique(labels.groups, return_inverse=True)
        _, families = np.unique(table.families[used], return_inverse=True)
        self._taken = Table(families, table.shares.only(used))
        self._labels.append(
            Labels(labels.docs, groups, labels.texts, labels.words, labels.named)
        )
        self._next = int(families.max(initial=-1)) + 1

    def add(self, members: Ints) -> None:
        """Add a family of documents, which rise, as groups.

        Each is what is left of it between two cuts by date, and hangs together: what
        joined the family may lie on the other side of a cut.
        """
        rows = self._known.rows
        found = windows(rows.gather("c/first", members), rows.gather("c/last", members))
        whole = int(found.max()) == 0
        for number in range(int(found.max()) + 1):
            left = members[found == number]
            for group in [left] if whole or len(left) == 1 else self._parted(left):
                self._add_group(group)
        self._next += 1

    def grouped(self) -> Grouped:
        """Return what was added, by segment."""
        labels = Labels.joined(self._labels)
        bounds = self._known.rows.bases.tolist()
        cuts = np.searchsorted(labels.docs, bounds).tolist()
        parts = []
        for base, (begin, end) in zip(bounds, pairwise(cuts), strict=False):
            some = labels.only(np.arange(begin, end))
            numbers = (some.docs - base, some.groups, some.texts, some.words)
            parts.append(Labels(*numbers, some.named))
        taken = self._taken
        more = np.array(self._families, np.int64)
        shares = taken.shares.followed_by(SharesByGroup.of(self._shares))
        table = Table(np.concatenate((taken.families, more)), shares)
        return Grouped(tuple(parts), table)

    def _add_group(self, members: Ints) -> None:
        texts = self._known.rows.gather("c/group", members)
        known, first, inverse = np.unique(texts, return_index=True, return_inverse=True)
        shared = np.full((1, 1), 100, np.uint8) if len(known) == 1 else None
        if 1 < len(known) <= MOST_TEXTS:
            told = map(self._texts.told, members[first].tolist())
            shared = shares([one.shingled for one in told])
        group = np.full(len(members), len(self._taken.families) + len(self._families))
        words, named = self._words_and_naming(members)
        self._labels.append(Labels(members, group, inverse, words, named))
        self._families.append(self._next)
        self._shares.append(shared)

    def _words_and_naming(self, members: Ints) -> tuple[Ints, Ints]:
        """Return how long texts are and how they name an agency.

        Only of those who were in no group are they read: a group may be very large.
        """
        labels = self._known.labels
        found = np.zeros((2, len(members)), np.int64)
        is_known = are_among(members, labels.docs)
        at = np.searchsorted(labels.docs, members[is_known])
        found[:, is_known] = labels.words[at], labels.named[at]
        for place in np.flatnonzero(~is_known).tolist():
            told = self._texts.told(int(members[place]))
            found[:, place] = told.shingled.words, told.named
        return found[0], found[1]

"""Which articles of an index are copies, and which of them stand for the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from search.copies.lineage import Original
from search.distinct import distinct
from search.engines.docsets import WORD, DocSet, Ids, bits_of
from search.engines.labels import Labels, Table
from search.runs import starts_of

KIND: Literal["copy"] = "copy"  # the only groups there are so far

Ints = NDArray[np.int64]


class Groups:
    """The groups of two and more among ``size`` documents.

    ``labels`` are of living documents only. ``docs`` are all who are in a group;
    ``codes`` have the number of each document's group, and of those in none the
    ``size``, which is how many groups there are.
    """

    def __init__(self, size: int, labels: Labels, table: Table) -> None:
        counts = np.bincount(labels.groups, minlength=len(table.families))
        several = counts > 1
        self.size = int(np.count_nonzero(several))
        names = np.where(several, np.cumsum(several) - 1, self.size)
        self._labels = labels.only(several[labels.groups])
        self._shares = table.shares.only(np.flatnonzero(several))
        self._order = np.argsort(names[self._labels.groups], kind="stable")
        sizes = np.bincount(names[self._labels.groups], minlength=self.size)
        self._begins = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        self.codes = np.full(size, self.size, np.uint32)
        self.codes[self._labels.docs] = names[self._labels.groups]
        self._members = self._labels.docs[self._order]
        self._codes = self.codes[self._members]
        self.originals: dict[
            int, Original | None
        ] = {}  # by code, those worked out so far
        words = -(-size // WORD)
        self.docs = DocSet.of_bits(bits_of(words, self._labels.docs))

    def count(self, docs: DocSet) -> int:
        """Return how many groups ``docs`` form; who is in none is one alone."""
        if docs.is_list:
            codes = np.sort(self.codes[(docs & self.docs).ids])
        else:
            codes = self._codes[np.flatnonzero(docs.mask[self._members])]
        return docs.count - len(codes) + len(starts_of(codes))

    def firsts(self, ids: Ids, ordered: Callable[[Ints], Ints]) -> Ints:
        """Return the places in ``ids`` of the first document of each group, rising.

        ``ordered`` puts places in the order that decides.
        """
        codes = self.codes[ids]
        kept = codes == self.size
        order = ordered(np.flatnonzero(~kept))
        kept[order[np.unique(codes[order], return_index=True)[1]]] = True
        return np.flatnonzero(kept)

    def members(self, docs: DocSet, ids: Ids) -> Ids:
        """Return those of ``docs`` who are in the groups of ``ids``, rising."""
        codes = distinct(self.codes[ids])
        places = [self._places(code) for code in codes[codes < self.size].tolist()]
        at = np.sort(np.concatenate([np.zeros(0, np.int64), *places]))
        inside = self._labels.docs[at]
        found: Ids = inside[docs.has(inside)]
        return found

    def split(self, members: Ids, ids: Ids) -> list[Ids]:
        """Return, for each of ``ids``, who of ``members`` is in its group, in order."""
        codes = self.codes[members]
        order = np.argsort(codes, kind="stable")
        asked = self.codes[ids]
        start = np.searchsorted(codes[order], asked, "left").tolist()
        end = np.searchsorted(codes[order], asked, "right").tolist()
        return [members[order[a:b]] for a, b in zip(start, end, strict=True)]

    def labels(self, doc: int) -> Labels:
        """Return what is known of all who are in the group of ``doc``, rising."""
        return self._labels.only(self._places(int(self.codes[doc])))

    def shared(self, doc: int, copies: Ids) -> list[int] | None:
        """Return what percentage of the text of ``doc`` each of its ``copies`` has.

        They are in its group. None where that is not kept: the group has too many
        different texts.
        """
        shares = self._shares[self.codes[doc]]
        if shares is None:
            return None
        labels = self._labels
        own = labels.texts[np.searchsorted(labels.docs, doc)]
        places = labels.texts[np.searchsorted(labels.docs, copies)]
        found: list[int] = shares[own][places].tolist()
        return found

    def _places(self, code: int) -> Ints:
        """Return where in the labels those of a group are, rising."""
        found: Ints = self._order[self._begins[code] : self._begins[code + 1]]
        return found

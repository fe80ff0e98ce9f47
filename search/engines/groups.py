"""Which articles of an index share their text, and which of them stand for the rest."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from search.engines.docsets import WORD, DocSet, Ids, bits_of
from search.engines.identical import NO_GROUP

KIND = "identical"  # the only groups there are so far

Ints = NDArray[np.int64]


class Groups:
    """The groups of two and more among the documents of ``keys``.

    A key is the same number in all articles of a group. ``docs`` are all who are in
    one, deleted ones too; ``codes`` have the number of each document's group, and of
    those in none the ``size``, which is how many groups there are.
    """

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        known, inverse, counts = np.unique(
            keys, return_inverse=True, return_counts=True
        )
        several = (counts > 1) & (known != NO_GROUP)
        self.size = int(several.sum())
        names = np.where(several, np.cumsum(several) - 1, self.size)
        self.codes = names.astype(np.uint32)[inverse]
        inside = np.flatnonzero(self.codes < self.size)
        words = -(-len(keys) // WORD)
        self.docs = DocSet.of_bits(bits_of(words, inside))

    def count(self, docs: DocSet) -> int:
        """Return how many groups ``docs`` form; who is in none is one alone."""
        inside = (docs & self.docs).ids
        met = np.bincount(self.codes[inside])
        return docs.count - len(inside) + int(np.count_nonzero(met))

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
        wanted = np.zeros(self.size + 1, np.bool_)
        wanted[self.codes[ids]] = True
        inside = (docs & self.docs).ids
        found: Ids = inside[wanted[self.codes[inside]]]
        return found

    def split(self, members: Ids, ids: Ids) -> list[Ids]:
        """Return, for each of ``ids``, who of ``members`` is in its group, in order."""
        codes = self.codes[members]
        order = np.argsort(codes, kind="stable")
        asked = self.codes[ids]
        start = np.searchsorted(codes[order], asked, "left").tolist()
        end = np.searchsorted(codes[order], asked, "right").tolist()
        return [members[order[a:b]] for a, b in zip(start, end, strict=True)]

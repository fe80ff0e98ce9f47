"""The documents of several segments in a row, with deleted ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from search.copies.shingles import Numbers
from search.distinct import distinct
from search.engines.columnar.sketches import Postings, look_up
from search.engines.docsets import mask_of

if TYPE_CHECKING:
    from search.engines.columnar.commits import Part

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


class Rows:
    """The documents of ``parts``, numbered on from part to part."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        sizes = [part.entry.documents for part in parts]
        self.bases = np.cumsum([0, *sizes])

    @property
    def size(self) -> int:
        """Return how many there are."""
        return int(self.bases[-1])

    def live(self) -> Mask:
        """Return which of them live."""
        found = [np.zeros(0, np.bool_)]
        found += [mask_of(p.live)[: p.entry.documents] for p in self.parts]
        return np.concatenate(found)

    def locate(self, row: int) -> tuple[Part, int]:
        """Return the part a document is in, and its number there."""
        at = int(np.searchsorted(self.bases, row, "right")) - 1
        return self.parts[at], row - int(self.bases[at])

    def gather(self, name: str, rows: Ints) -> Ints:
        """Return what the array ``name``, a number a document, has of ``rows``."""
        owners = np.searchsorted(self.bases, rows, "right") - 1
        found = np.zeros(len(rows), np.int64)
        for owner in distinct(owners).tolist():
            array = self.parts[owner].container.array(name)
            some = owners == owner
            found[some] = array[rows[some] - self.bases[owner]].astype(np.int64)
        return found

    def look_up(self, keys: Numbers) -> Postings:
        """Return which documents, deleted ones too, have ``keys``, which rise.

        They come by key, then in their order.
        """
        found = [Postings(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for part, base in zip(self.parts, self.bases[:-1].tolist(), strict=True):
            asked, docs = look_up(part.container, keys)
            found.append(Postings(asked, docs + base))
        asked = np.concatenate([some.asked for some in found])
        order = np.argsort(asked, kind="stable")
        docs = np.concatenate([some.docs for some in found])
        return Postings(asked[order], docs[order])

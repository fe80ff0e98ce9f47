"""What a commit knows of the documents that are in groups, and of the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from search.copies.shares import Shares

Ints = NDArray[np.int64]


def _none() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The documents that resemble others, rising, and what is known of each.

    ``groups`` are numbers in the commit's :class:`Table`; ``texts`` number the
    different texts of a group; ``words`` count a text's; ``named`` says how it names
    an agency, as ``search.copies.lineage`` has it.
    """

    docs: Ints = field(default_factory=_none)
    groups: Ints = field(default_factory=_none)
    texts: Ints = field(default_factory=_none)
    words: Ints = field(default_factory=_none)
    named: Ints = field(default_factory=_none)

    def only(self, some: NDArray[np.bool_] | Ints) -> Labels:
        """Return some of them, by truth values or places."""
        return Labels(
            self.docs[some],
            self.groups[some],
            self.texts[some],
            self.words[some],
            self.named[some],
        )

    def moved(self, numbers: Ints) -> Labels:
        """Return them under new numbers of documents; those below 0 are left out."""
        docs = numbers[self.docs]
        kept = docs >= 0
        left = self.only(kept)
        return Labels(docs[kept], left.groups, left.texts, left.words, left.named)

    @classmethod
    def joined(cls, parts: Sequence[Labels]) -> Labels:
        """Return several as one, in the order of their documents."""
        found = Labels(
            *(
                np.concatenate([_none(), *(getattr(part, name) for part in parts)])
                for name in cls.__slots__
            )
        )
        return found.only(np.argsort(found.docs, kind="stable"))


NO_LABELS = Labels()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The groups of a commit, by number.

    ``families`` number what resembles each other over any time, of which groups are cut
    by date. ``shares`` say what percentage of each text of a group the others have, a
    row a text; None where the texts are too many.
    """

    families: Ints = field(default_factory=_none)
    shares: tuple[Shares | None, ...] = ()


NO_GROUPS = Table()

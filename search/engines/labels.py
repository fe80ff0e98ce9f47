"""What a commit knows of the documents that are in groups, and of the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from search.copies.shares import Shares
from search.runs import spans

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


class SharesByGroup:
    """How much of each text the others have, of some groups; of some it is not kept.

    ``kept`` counts the texts of each group, 0 where it is not kept; ``flat`` are the
    shares, group after group, a row a text.
    """

    def __init__(self, kept: Ints, flat: Shares) -> None:
        self.kept = kept
        self.flat = flat
        self._ends = np.cumsum(kept * kept)

    @classmethod
    def of(cls, some: Sequence[Shares | None]) -> SharesByGroup:
        """Return them of groups in a row; None where it is not kept."""
        kept = np.array([0 if one is None else len(one) for one in some], np.int64)
        flat = [one.reshape(-1) for one in some if one is not None]
        return cls(kept, np.concatenate([np.zeros(0, np.uint8), *flat]))

    def __getitem__(self, group: int) -> Shares | None:
        number, end = int(self.kept[group]), int(self._ends[group])
        if not number:
            return None
        return self.flat[end - number * number : end].reshape(number, number)

    def only(self, groups: Ints) -> SharesByGroup:
        """Return those of ``groups``, in their order."""
        kept = self.kept[groups]
        sizes = kept * kept
        return SharesByGroup(kept, self.flat[spans(self._ends[groups] - sizes, sizes)])

    def followed_by(self, more: SharesByGroup) -> SharesByGroup:
        """Return them with those of ``more`` groups after them."""
        return SharesByGroup(
            np.concatenate((self.kept, more.kept)),
            np.concatenate((self.flat, more.flat)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The groups of a commit, by number.

    ``families`` number what resembles each other over any time, of which groups are cut
    by date. ``shares`` say what percentage of each text of a group the others have, a
    row a text; None where the texts are too many.
    """

    families: Ints = field(default_factory=_none)
    shares: SharesByGroup = field(default_factory=lambda: SharesByGroup.of(()))


NO_GROUPS = Table()

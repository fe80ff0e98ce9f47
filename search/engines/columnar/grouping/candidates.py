"""Which documents may be copies of some: those they share sampled shingles with.

A shingle that stands in documents of very many days, or in many that are no copies of
each other, is common: it is part of what outlets print below every story, or of a form,
and makes no candidates. Whether it is common depends on the living documents alone, in
whatever order they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.copies.shingles import Numbers
from search.distinct import distinct
from search.engines.columnar.grouping.rows import Rows
from search.engines.columnar.sketches import Postings
from search.runs import spans

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

MOST_DAYS = 20  # of documents with a shingle; copies are of seven days at the most
MOST = 100  # texts with a shingle, of which it is not asked whether they are copies
SAMPLE = 25  # of more texts, which are compared: each with the next
MOSTLY = 0.5  # of the shorter of two is what they share, if it is what they are about
COPIES = 0.25  # of the sample's pairs are such; of a form, or a footer, hardly any
FEWEST = 2  # sampled shingles that candidates share
SHARE = 0.075  # and of those of the smaller: a quarter of what copies share

_LONG = 16  # documents with a shingle, of which those that are joined are left out
_AT_ONCE = 4_000_000  # pairs of a document and one who has a shingle of it

Copied = Callable[[int, int, tuple[int, int]], float]
"""The containment of two documents that are copies, 0 of others; with the numbers of
their texts.
"""


class Entries(NamedTuple):
    """Some documents' keys, one entry a key and document."""

    keys: Numbers
    rows: Ints


def in_one(some: Sequence[Entries]) -> Entries:
    """Return several entries as one."""
    return Entries(
        np.concatenate([one.keys for one in some]),
        np.concatenate([one.rows for one in some]),
    )


class Pairs(NamedTuple):
    """Documents, and for each one that may be a copy of it; those most alike first."""

    one: Ints
    other: Ints


def common(rows: Rows, found: Postings, live: Mask, size: int, copied: Copied) -> Mask:
    """Return which of ``size`` keys, of which ``found`` is who has them, are common."""
    lives = live[found.docs]
    asked, docs = found.asked[lives], found.docs[lives]
    counts = np.bincount(asked, minlength=size)
    is_common = np.zeros(size, np.bool_)
    some = np.flatnonzero((counts > MOST_DAYS)[asked])
    if len(some):
        first = rows.gather("c/first", docs[some])
        exact = (first > 0) & (first == rows.gather("c/last", docs[some]))
        days = distinct((asked[some] << 32 | first)[exact]) >> 32
        is_common |= np.bincount(days, minlength=size) > MOST_DAYS
    begin = np.searchsorted(asked, np.arange(size + 1))
    for key in np.flatnonzero((counts > MOST) & ~is_common).tolist():
        listed = docs[begin[key] : begin[key + 1]]
        is_common[key] = not _are_few_or_copies(rows, listed, copied)
    return is_common


def _are_few_or_copies(rows: Rows, docs: Ints, copied: Copied) -> bool:
    """Return whether ``docs`` have few texts, or many of which copies are no rarity.

    Those with the lowest numbers are looked at, which are as good as drawn by lot.
    """
    texts, at = np.unique(rows.gather("c/group", docs), return_index=True)
    if len(texts) <= MOST:
        return True
    sample = [*zip(docs[at[:SAMPLE]].tolist(), texts[:SAMPLE].tolist(), strict=True)]
    copies = sum(copied(a, b, (x, y)) >= MOSTLY for (a, x), (b, y) in pairwise(sample))
    return copies >= COPIES * (len(sample) - 1)


def neighbours(rows: Rows, asks: Mask, found: Postings) -> Pairs:
    """Return candidates that follow each other in long lists of who has a shingle.

    Of a story that very many have printed these join most, in time that is linear; what
    is left is for :func:`pairs`. One of each ``asks``.
    """
    counts = np.bincount(found.asked)
    docs, asked = found.docs, found.asked
    some = (asked[1:] == asked[:-1]) & (counts > _LONG)[asked[1:]]
    some &= asks[docs[1:]] | asks[docs[:-1]]
    return _counted(rows, docs[:-1][some], docs[1:][some])


def pairs(
    rows: Rows,
    entries: Entries,
    keys: Numbers,
    found: Postings,
    sets: Callable[[Ints], Ints],
) -> Iterator[Pairs]:
    """Yield the candidates of the documents of ``entries``, some of these at a time.

    ``keys`` rise, and ``found`` is who has them, common ones left out. Of long lists,
    those are left out whom one is joined with: ``sets`` number who is.
    """
    entries = Entries(*_by_row(entries))
    lists = _Lists(len(keys), found, sets)
    at = np.searchsorted(keys, entries.keys)
    (starts, counts), (more, others) = lists.without_own(at, entries.rows)
    upto = np.cumsum(counts + others)
    cut = 0
    while cut < len(upto):
        end = int(np.searchsorted(upto, (upto[cut - 1] if cut else 0) + _AT_ONCE))
        end = _whole(entries.rows, max(end, cut + 1))
        some = slice(cut, end)
        asking = entries.rows[some]
        both = np.concatenate((asking, asking))
        sizes = np.concatenate((counts[some], others[some]))
        places = spans(np.concatenate((starts[some], more[some])), sizes)
        yield _counted(rows, np.repeat(both, sizes), lists.docs[places])
        cut = end


def _by_row(entries: Entries) -> tuple[Numbers, Ints]:
    order = np.argsort(entries.rows, kind="stable")
    return entries.keys[order], entries.rows[order]


class _Lists:
    """Who has each of ``size`` keys; in long lists, who is joined lies together."""

    def __init__(
        self, size: int, found: Postings, sets: Callable[[Ints], Ints]
    ) -> None:
        self.docs = found.docs.copy()
        self._begin = np.searchsorted(found.asked, np.arange(size + 1))
        self._is_long = np.diff(self._begin) > _LONG
        self._places = np.flatnonzero(self._is_long[found.asked])
        inside = found.docs[self._places]
        who, inverse = np.unique(inside, return_inverse=True)
        self._who = who
        self._names = np.unique(sets(who), return_inverse=True)[1]
        named = self._named(found.asked[self._places], self._names[inverse])
        order = np.argsort(named, kind="stable")
        self._order = named[order]
        self.docs[self._places] = inside[order]

    def without_own(
        self, at: Ints, rows: Ints
    ) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
        """Return two spans of ``docs``, as starts and counts, for keys and a row each:

        who has the key, before and after those the row is joined with.
        """
        begin, end = self._begin[at], self._begin[at + 1]
        left, right = end.copy(), end.copy()
        some = np.flatnonzero(self._is_long[at])
        if len(some):
            own = self._names[np.searchsorted(self._who, rows[some])]
            named = self._named(at[some], own)
            # Lists of one key lie together in both, so a place there is one here.
            moved = begin[some] - np.searchsorted(self._order, self._named(at[some], 0))
            left[some] = np.searchsorted(self._order, named, "left") + moved
            right[some] = np.searchsorted(self._order, named, "right") + moved
        return (begin, left - begin), (right, end - right)

    def _named(self, keys: Ints, names: Ints | int) -> Ints:
        found: Ints = keys << 32 | names
        return found


def _whole(rows: Ints, end: int) -> int:
    """Return the next place from ``end`` on at which another document begins."""
    return int(np.searchsorted(rows, rows[end - 1], "right"))


def _counted(rows: Rows, one: Ints, other: Ints) -> Pairs:
    """Return the pairs that occur often enough, the most frequent first."""
    both, counts = np.unique(one * rows.size + other, return_counts=True)
    several = counts >= FEWEST
    both, counts = both[several], counts[several]
    one, other = np.divmod(both, max(1, rows.size))
    smaller = np.minimum(rows.gather("k/size", one), rows.gather("k/size", other))
    kept = np.flatnonzero((counts >= SHARE * smaller) & (one != other))
    kept = kept[np.argsort(-counts[kept], kind="stable")]
    return Pairs(one[kept], other[kept])

"""Which documents may be copies of some: those they share sampled shingles with.

A shingle that stands in very many documents, or in some of very many days, is common:
it is part of what outlets print below every story, and makes no candidates. Whether it
is common depends on the living documents alone, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.copies.shingles import Numbers
from search.engines.columnar.grouping.rows import Rows
from search.engines.columnar.sketches import Postings
from search.engines.runs import spans

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

MOST = 1_000  # documents a shingle may be in; a story sent by wire has fewer texts
MOST_DAYS = 20  # it may be in documents of; copies are of seven days at the most
FEWEST = 2  # sampled shingles that candidates share
SHARE = 0.075  # and of those of the smaller: a quarter of what copies share

_AT_ONCE = 4_000_000  # pairs of a document and one who has a shingle of it


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


def common(rows: Rows, found: Postings, live: Mask, size: int) -> Mask:
    """Return which of ``size`` keys, of which ``found`` is who has them, are common."""
    lives = live[found.docs]
    asked, docs = found.asked[lives], found.docs[lives]
    counts = np.bincount(asked, minlength=size)
    is_common = counts > MOST
    some = np.flatnonzero((counts > MOST_DAYS)[asked])
    if len(some):
        first = rows.gather("c/first", docs[some])
        exact = (first > 0) & (first == rows.gather("c/last", docs[some]))
        days = np.unique((asked[some] << 32 | first)[exact]) >> 32
        is_common |= np.bincount(days, minlength=size) > MOST_DAYS
    return is_common


def pairs(
    rows: Rows, entries: Entries, keys: Numbers, found: Postings
) -> Iterator[Pairs]:
    """Yield the candidates of the documents of ``entries``, some of these at a time.

    ``keys`` rise, and ``found`` is who has them, common ones left out.
    """
    begin = np.searchsorted(found.asked, np.arange(len(keys) + 1))
    at = np.searchsorted(keys, entries.keys)
    starts, counts = begin[at], begin[at + 1] - begin[at]
    order = np.argsort(entries.rows, kind="stable")
    upto = np.cumsum(counts[order])
    cut = 0
    while cut < len(order):
        end = int(np.searchsorted(upto, (upto[cut - 1] if cut else 0) + _AT_ONCE))
        end = _whole(entries.rows[order], max(end, cut + 1))
        some = order[cut:end]
        yield _counted(
            rows,
            np.repeat(entries.rows[some], counts[some]),
            found.docs[spans(starts[some], counts[some])],
        )
        cut = end


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

"""Sorted postings on their way into a segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search.runs import starts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Batch:
    """All postings of some terms, by term and then by document.

    ``df`` is the number of postings of each term, ``tf`` of positions of each posting.
    """

    terms: Sequence[bytes]
    df: NDArray[np.int64]
    docs: NDArray[np.uint32]
    tf: NDArray[np.int64]
    positions: NDArray[np.uint32]


def grouped(
    keys: NDArray[np.uint64], doc_bits: int, pos_bits: int, terms: Sequence[bytes]
) -> Batch:
    """Return the postings of sorted keys term | document | position.

    ``terms`` are what the numbers of terms in the keys stand for.
    """
    posting = keys >> np.uint64(pos_bits)
    first = starts_of(posting)
    tf = np.diff(first, append=len(keys))
    posting = posting[first]
    number = posting >> np.uint64(doc_bits)
    start = starts_of(number)
    return Batch(
        [terms[i] for i in number[start].tolist()],
        np.diff(start, append=len(number)),
        (posting & np.uint64((1 << doc_bits) - 1)).astype(np.uint32),
        tf,
        (keys & np.uint64((1 << pos_bits) - 1)).astype(np.uint32),
    )

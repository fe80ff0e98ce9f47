"""Small numbers in few bits: 1, 2, 4 or 8 each, the first in a byte's lowest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

WIDTHS = (1, 2, 4, 8)

# The numbers of 2 and of 4 bits in each byte, a byte each, as one number of a row.
_IN_A_BYTE = {
    bits: ((np.arange(256)[:, None] >> np.arange(0, 8, bits)) & ((1 << bits) - 1))
    .astype(np.uint8)
    .view(f"u{8 // bits}")
    .ravel()
    for bits in (2, 4)
}
_EVEN = 8  # numbers that fill whole bytes at any width


def packed(values: Bytes, bits: int) -> Bytes:
    """Return ``values`` in so many bits each.

    >>> packed(np.array([1, 0, 1], np.uint8), 1).tolist()
    [5]
    """
    if bits == 1:
        return np.packbits(values, bitorder="little")
    each = 8 // bits
    rows = np.zeros((-(-len(values) // each), each), np.uint8)
    rows.ravel()[: len(values)] = values
    shifts = np.arange(0, 8, bits, dtype=np.uint8)
    found: Bytes = np.bitwise_or.reduce(rows << shifts, axis=1)
    return found


def unpacked(data: Bytes, bits: int) -> Bytes:
    """Return all numbers in ``data``, those that fill its last byte up included.

    >>> unpacked(np.array([5], np.uint8), 1)[:3].tolist()
    [1, 0, 1]
    """
    if bits == 8:
        return data
    if bits == 1:
        return np.unpackbits(data, bitorder="little")
    return _IN_A_BYTE[bits][data].view(np.uint8)


def evenly(parts: Iterable[NDArray[Any]]) -> Iterator[Ints]:
    """Yield what ``parts`` are together in pieces whose bits fill whole bytes."""
    rest = np.zeros(0, np.int64)
    for part in parts:
        joined = np.concatenate((rest, part))
        whole = len(joined) // _EVEN * _EVEN
        yield joined[:whole]
        rest = joined[whole:]
    yield rest

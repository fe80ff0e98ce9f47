"""Which documents of a segment a batch takes out, found by their articles' ids."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from search.engines.columnar.container import Container
from search.engines.ids import encoded, is_one

Keys = NDArray[np.bytes_]


def keys_of(ids: Iterable[str]) -> Keys:
    """Return ``ids`` as segments hold them, in order, without those none can have."""
    return np.array(sorted(encoded(id_) for id_ in ids if is_one(id_)), "S")


def found(segment: Container, keys: Keys) -> NDArray[np.int64]:
    """Return the documents of ``segment`` whose ids are among ``keys``.

    Costs a binary search a key.

    Raises:
        Damaged: the ids are not what was written.
    """
    ids, order = segment.array("c/id"), segment.array("c/id_order")
    short = keys[np.char.str_len(keys) <= ids.dtype.itemsize].astype(ids.dtype)
    first = np.searchsorted(ids, short, "left", order)
    counts = np.searchsorted(ids, short, "right", order) - first
    runs = [order[a : a + n] for a, n in zip(first, counts, strict=True) if n]
    return np.concatenate([np.zeros(0, np.int64), *runs]).astype(np.int64)

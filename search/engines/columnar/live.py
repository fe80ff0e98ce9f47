"""Which documents of a segment live: a bit each, in words of 64, lowest bit first.

Bits past the last document are never set.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.engines.columnar.container import Container, ContainerWriter
from search.engines.disk import Disk
from search.engines.docsets import WORD, Bits, bits_of, pack
from search.engines.sealed import Damaged

_NAME = "live"


def all_of(documents: int) -> Bits:
    """Return the bitmap of a segment whose documents all live."""
    return pack(np.ones(documents, np.bool_))


def without(bits: Bits, dead: NDArray[np.int64]) -> Bits:
    """Return ``bits`` with the documents ``dead`` cleared, which may repeat."""
    return bits & ~bits_of(len(bits), dead)


def count(bits: Bits) -> int:
    """Return how many documents live."""
    return int(np.bitwise_count(bits).sum())


def write(path: Path, bits: Bits, disk: Disk) -> str:
    """Write ``bits`` to the new file ``path``, and return its root."""
    with ContainerWriter(path, disk) as writer:
        writer.put(_NAME, bits)
        return writer.finish({})


def read(path: Path, root: str | None, documents: int) -> Bits:
    """Return the bitmap in the file at ``path``, of a segment of so many documents.

    Raises:
        Damaged: it is not what was written.
        OSError: it cannot be opened.
    """
    container = Container.open(path, root)
    try:
        bits = container.array(_NAME).copy()
    except KeyError as error:
        raise Damaged(f"{path.name} has no bitmap") from error
    finally:
        container.close()
    if len(bits) != -(-documents // WORD):
        raise Damaged(f"{path.name} is of another segment")
    return bits

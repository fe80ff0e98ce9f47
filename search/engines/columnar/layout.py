"""How a container lies in its file: its directory and its footer.

    header      16 bytes: magic
    arrays      each at a multiple of 64 bytes, little-endian, zeros between them
    sums        u64 of each 16 KiB block of all before: xxh3
    directory   JSON: where each array lies and what it is made of, and ``meta``
    footer      64 bytes: where sums and directory end, their root, its own sum

The root stands for the whole file: who has it from elsewhere knows that no byte was
changed. Nothing here can be a program: numbers, bytes and JSON.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from xxhash import xxh3_64_intdigest, xxh3_128_digest

from search.engines.sealed import Damaged

MAGIC = b"dateline-arrays\x01"
ALIGN = 64
BLOCK = 1 << 14
KINDS = "biufS"  # numbers and bytes; never objects, which would be pickles

_FOOTER = struct.Struct("<16sQQQ16sQ")  # magic, ends of the parts, root, own sum


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an array lies, in bytes from the file's begin, and what it is made of."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    at: int

    @property
    def count(self) -> int:
        """Return how many items it has."""
        return math.prod(self.shape)

    @property
    def row(self) -> int:
        """Return how many bytes a row, a step of the first axis, has."""
        return math.prod(self.shape[1:]) * self.dtype.itemsize

    @property
    def end(self) -> int:
        """Return where it ends, in bytes from the file's begin."""
        return self.at + self.count * self.dtype.itemsize


@dataclass(frozen=True, slots=True)
class Layout:
    """What the tail of a container says: where its arrays end, and what they are."""

    end: int
    root: str
    entries: Mapping[str, Entry]
    meta: dict[str, Any]


def blocks(data: memoryview) -> Iterator[int]:
    """Yield the sum of each block of ``data``."""
    for at in range(0, len(data), BLOCK):
        yield xxh3_64_intdigest(data[at : at + BLOCK])


def tail(
    end: int, sums: bytes, entries: Mapping[str, Entry], meta: dict[str, Any]
) -> tuple[bytes, str]:
    """Return what follows the arrays, which end at ``end``, and the root."""
    arrays = {name: [e.dtype.str, e.shape, e.at] for name, e in entries.items()}
    directory = json.dumps({"arrays": arrays, "meta": meta}, allow_nan=False).encode()
    root = xxh3_128_digest(sums + directory)
    ends = (end, end + len(sums), end + len(sums) + len(directory))
    unsealed = _FOOTER.pack(MAGIC, *ends, root, 0)[:-8]
    seal = xxh3_64_intdigest(unsealed).to_bytes(8, "little")
    return sums + directory + unsealed + seal, root.hex()


def parse(data: memoryview) -> Layout:
    """Return the layout of the container ``data``, of which it reads only the tail.

    Raises:
        Damaged: the tail is not what was written, or there is none.
    """
    if len(data) < len(MAGIC) + _FOOTER.size or data[: len(MAGIC)] != MAGIC:
        raise Damaged("no container, or cut short")
    footer = bytes(data[-_FOOTER.size :])
    magic, end, begin, stop, root, seal = _FOOTER.unpack(footer)
    if magic != MAGIC or seal != xxh3_64_intdigest(footer[:-8]):
        raise Damaged("its footer is not what was written, or it was cut short")
    if stop + _FOOTER.size != len(data) or begin - end != 8 * -(-end // BLOCK):
        raise Damaged("it is longer or shorter than it was written")
    if xxh3_128_digest(data[end:stop]) != root:
        raise Damaged("its directory is not what was written")
    return _layout(end, root.hex(), bytes(data[begin:stop]))


def _layout(end: int, root: str, directory: bytes) -> Layout:
    """Return the layout that ``directory`` says; a forged one must harm nothing."""
    try:
        said = json.loads(directory)
        meta = dict(said["meta"])
        entries = {
            str(name): Entry(np.dtype(str(dtype)), tuple(map(int, shape)), int(at))
            for name, (dtype, shape, at) in said["arrays"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Damaged(f"its directory makes no sense ({error})") from error
    for name, entry in entries.items():
        sound = entry.dtype.kind in KINDS and min((*entry.shape, entry.at)) >= 0
        if not sound or entry.end > end:
            raise Damaged(f"its array {name} cannot be")
    return Layout(end, root, entries, meta)

"""One file of named arrays, each byte of it under a checksum.

``layout.py`` says how they lie in it. A block is verified when it is first touched.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import DTypeLike, NDArray
from xxhash import xxh3_64_intdigest

from search.engines.columnar.layout import (
    ALIGN,
    BLOCK,
    KINDS,
    MAGIC,
    Entry,
    blocks,
    parse,
    tail,
)
from search.engines.disk import Disk, File
from search.engines.sealed import Damaged

_CHUNK = BLOCK * 64  # read back at once when sums are taken
_SHIFT = BLOCK.bit_length() - 1  # from a byte to the number of its block


class Slot:
    """Room for an array that is written piece by piece; what is not written is zero."""

    def __init__(self, file: File, entry: Entry) -> None:
        self._file = file
        self._entry = entry

    def write(self, at: int, part: NDArray[Any]) -> None:
        """Put ``part`` from item ``at`` on, counted in items of the flat array.

        Raises:
            ValueError: it does not fit.
        """
        if at < 0 or at + part.size > self._entry.count:
            raise ValueError(f"{part.size} items at {at} exceed {self._entry.shape}")
        if part.nbytes:
            flat = np.ascontiguousarray(part, self._entry.dtype).reshape(-1)
            begin = self._entry.at + at * self._entry.dtype.itemsize
            self._file.write(flat.view(np.uint8).data, begin)


class ContainerWriter:
    """Writes a container to the new file ``path``; a context manager.

    Leaving it without :meth:`finish` removes the file.
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path = path
        self._disk = disk
        self._file = disk.create(path)
        self._entries: dict[str, Entry] = {}
        self._end = len(MAGIC)
        self._finished = False

    def put(self, name: str, array: NDArray[Any]) -> None:
        """Write ``array`` as ``name``."""
        self.reserve(name, array.dtype, array.shape).write(0, array)

    def reserve(self, name: str, dtype: DTypeLike, shape: tuple[int, ...]) -> Slot:
        """Return room for an array that is written piece by piece.

        Raises:
            ValueError: the name is taken, or the type is neither numbers nor bytes.
        """
        little = np.dtype(dtype).newbyteorder("<")
        if name in self._entries or little.kind not in KINDS:
            raise ValueError(f"there is no room for {name!r} of {little}")
        begin = -(-self._end // ALIGN) * ALIGN
        self._entries[name] = entry = Entry(little, tuple(map(int, shape)), begin)
        self._end = entry.end
        return Slot(self._file, entry)

    def finish(self, meta: dict[str, Any]) -> str:
        """Complete the file, wait until its bytes are on disk, and return its root.

        The root is 32 hexadecimal digits; ``meta`` is JSON without NaN. The file's
        name is not on disk before its folder is synced.
        """
        self._file.write(MAGIC, 0)
        if not self._file.read(1, self._end - 1):  # the last slot was not filled
            self._file.write(b"\0", self._end - 1)
        rest, root = tail(self._end, self._sums(), self._entries, meta)
        self._file.write(rest, self._end)
        self._file.sync()
        self._file.close()
        self._finished = True
        return root

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._finished:
            self._file.close()
            self._disk.unlink(self._path)

    def _sums(self) -> bytes:
        """Return the sums of all blocks, read back: slots are filled in any order."""
        sums: list[int] = []
        for at in range(0, self._end, _CHUNK):
            chunk = self._file.read(min(_CHUNK, self._end - at), at)
            sums.extend(blocks(memoryview(chunk)))
        return np.array(sums, "<u8").tobytes()


class Container:
    """A container opened for reading: mapped, not read; threads may share it."""

    def __init__(self, path: Path, mapped: mmap.mmap, root: str | None) -> None:
        with memoryview(mapped) as data:
            layout = parse(data)
        if root not in {None, layout.root}:
            raise Damaged("it is not the file that was committed")
        self.path = path
        self.meta = layout.meta
        self.names = frozenset(layout.entries)
        self.size = len(mapped)  # bytes
        self._layout = layout
        self._map: mmap.mmap | None = mapped
        self._checked = bytearray(-(-layout.end // BLOCK))
        self._views: dict[str, tuple[NDArray[Any], int, int]] = {}
        self._whole: dict[str, NDArray[Any]] = {}

    @classmethod
    def open(cls, path: Path, root: str | None = None) -> Container:
        """Map the file at ``path``; costs as much as its directory, not as the file.

        Raises:
            Damaged: it is no container, is cut short, or its root is not ``root``.
            OSError: it cannot be opened.
        """
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return cls(path, _mapped(descriptor), root)
        except Damaged as error:
            raise Damaged(f"{path.name}: {error}") from error
        finally:
            os.close(descriptor)

    def array(self, name: str) -> NDArray[Any]:
        """Return an array, read-only, without a copy; first it is verified, once.

        Raises:
            Damaged: it is not what was written.
            KeyError: there is no such array.
        """
        whole = self._whole.get(name)
        if whole is None:
            whole = self._view(name)[0]
            entry = self._layout.entries[name]
            self._check(entry.at, entry.end)
            self._whole[name] = whole
        return whole

    def part(self, name: str, start: int, stop: int) -> NDArray[Any]:
        """Return rows ``start`` to ``stop`` of an array; only they are verified.

        Raises:
            Damaged: they are not what was written.
            KeyError: there is no such array.
        """
        view, at, row = self._views.get(name) or self._view(name)
        begin, end = at + start * row, at + stop * row
        if self._checked.find(0, begin >> _SHIFT, (end + BLOCK - 1) >> _SHIFT) >= 0:
            self._check(begin, min(end, self._layout.end))
        return view[start:stop]

    def verify(self) -> None:
        """Verify every block anew, whatever was verified before; over 1 GB a second.

        Raises:
            Damaged: one is not what was written; the message names the block.
        """
        with memoryview(self._mapped) as data:
            parse(data)
        self._verify(range(len(self._checked)))

    @property
    def is_cut(self) -> bool:
        """Return whether the file lost bytes that are mapped; costs one fstat.

        To touch one of those ends the process. A closed container has none.
        """
        return self._map is not None and self._map.size() < self.size

    def forget(self) -> None:
        """Give back the memory of what was read; it is read again where needed."""
        self._mapped.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Let go of the file; it is unmapped when the last array of it is gone."""
        self._views.clear()
        self._whole.clear()
        self._map = None

    @property
    def _mapped(self) -> mmap.mmap:
        if self._map is None:
            raise ValueError(f"{self.path.name} is closed")
        return self._map

    def _view(self, name: str) -> tuple[NDArray[Any], int, int]:
        """Return an array not yet verified, where it begins, and the bytes of a row."""
        entry = self._layout.entries[name]
        view = np.ndarray(entry.shape, entry.dtype, self._mapped, entry.at)
        self._views[name] = found = (view, entry.at, entry.row)
        return found

    def _check(self, start: int, stop: int) -> None:
        """Verify the blocks of these bytes that were not verified yet."""
        touched = range(start // BLOCK, -(-stop // BLOCK) if stop > start else 0)
        self._verify(block for block in touched if not self._checked[block])

    def _verify(self, numbers: Iterable[int]) -> None:
        end = self._layout.end
        sum_of = np.ndarray(len(self._checked), "<u8", self._mapped, end).item
        data = memoryview(self._mapped)
        for number in numbers:
            at = number * BLOCK
            if xxh3_64_intdigest(data[at : min(at + BLOCK, end)]) != sum_of(number):
                raise Damaged(f"{self.path.name}: the block at byte {at} was changed")
            self._checked[number] = 1


def _mapped(descriptor: int) -> mmap.mmap:
    size = os.fstat(descriptor).st_size
    if not size:  # which cannot be mapped
        raise Damaged("it is empty")
    return mmap.mmap(descriptor, size, prot=mmap.PROT_READ)

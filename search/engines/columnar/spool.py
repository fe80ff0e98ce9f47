"""Arrays that grow piece by piece before their size is known."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import DTypeLike, NDArray

    from search.engines.columnar.container import ContainerWriter

_IN_MEMORY = 1 << 20  # bytes, before a file without a name takes them
_PIECE = 1 << 18  # items read back at once


class Spool:
    """A flat array of integers, all at least 0, in memory while it is small.

    What is more goes into a nameless file in ``folder``. Its items take twice the
    bytes from the first one on that does not fit.
    """

    def __init__(self, dtype: DTypeLike, folder: Path | None = None) -> None:
        self._folder = folder
        self._dtype = np.dtype(dtype)
        self._most = np.iinfo(self._dtype).max
        self._parts: list[NDArray[Any]] = []
        self._waiting = 0  # bytes in the parts
        self._file: IO[bytes] | None = None
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def held(self) -> int:
        """Return how many bytes are held in memory."""
        return self._waiting

    def read(self) -> NDArray[Any]:
        """Return all of it."""
        return np.concatenate([*self.pieces(), np.zeros(0, self._dtype)])

    def append(self, part: NDArray[Any]) -> None:
        """Put ``part`` at the end.

        Raises:
            OSError: the disk is full.
        """
        if part.dtype.itemsize > self._dtype.itemsize and part.size:
            while int(part.max()) > self._most:
                self._widen()
        self._push(np.ascontiguousarray(part, self._dtype))
        self._size += part.size

    def write(
        self,
        container: ContainerWriter,
        name: str,
        *,
        shape: tuple[int, ...] | None = None,
        zero_first: bool = False,
    ) -> None:
        """Write all of it as the array ``name``, a zero before it where asked for."""
        before = int(zero_first)
        slot = container.reserve(name, self._dtype, shape or (self._size + before,))
        if before:
            slot.write(0, np.zeros(1, self._dtype))
        for part in self.pieces():
            slot.write(before, part)
            before += part.size
        self._parts = []
        if self._file:
            self._file.close()

    def _push(self, part: NDArray[Any]) -> None:
        self._parts.append(part)
        self._waiting += part.nbytes
        if self._waiting > _IN_MEMORY:
            if self._file is None:
                self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115
                weakref.finalize(self, self._file.close)  # a batch may be given up
            for one in self._parts:
                self._file.write(one.data)
            self._parts, self._waiting = [], 0

    def pieces(self) -> Iterator[NDArray[Any]]:
        """Yield all of it, in order; afterwards nothing may be appended."""
        if self._file is not None:
            self._file.seek(0)
            while data := self._file.read(_PIECE * self._dtype.itemsize):
                yield np.frombuffer(data, self._dtype)
        yield from self._parts

    def _widen(self) -> None:
        """Go on with items of twice the size."""
        wide = Spool(f"u{2 * self._dtype.itemsize}", self._folder)
        for part in self.pieces():
            wide.append(part)
        self._dtype, self._most = wide._dtype, wide._most
        self._parts, self._waiting = wide._parts, wide._waiting
        self._file, self._wide = wide._file, wide  # which closes it

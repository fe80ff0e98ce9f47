"""A disk that fills up, and one that fails at its n-th call."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from search.engines.disk import Disk, File


class FailingDisk(Disk):
    """Holds ``room`` bytes of new files, and fails with ``code`` at call ``at``.

    It fails at that call only, as a disk may that is mended at once; a full one stays
    full. ``calls`` counts calls, ``taken`` the bytes written.
    """

    def __init__(
        self, room: float = float("inf"), at: int = 0, code: int = errno.EIO
    ) -> None:
        self.calls = 0
        self.taken = 0
        self._room = room
        self._at = at
        self._code = code

    def call(self, path: Path) -> None:
        """Count a call, which may fail."""
        self.calls += 1
        if self.calls == self._at:
            raise OSError(self._code, os.strerror(self._code), str(path))

    def take(self, size: int, path: Path) -> int:
        """Return how many of so many bytes fit.

        Raises:
            OSError: none do.
        """
        fits = int(min(size, self._room))
        if size and not fits:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        self._room -= fits
        self.taken += fits
        return fits

    def create(self, path: Path) -> File:
        self.call(path)
        return _FailingFile(super().create(path), self)

    def make_folder(self, path: Path) -> None:
        self.call(path)
        super().make_folder(path)

    def rename(self, path: Path, to: Path) -> None:
        self.call(path)
        super().rename(path, to)

    def unlink(self, path: Path) -> None:
        self.call(path)
        super().unlink(path)

    def remove_folder(self, path: Path) -> None:
        self.call(path)
        super().remove_folder(path)

    def sync_folder(self, path: Path) -> None:
        self.call(path)
        super().sync_folder(path)


class _FailingFile(File):
    def __init__(self, file: File, disk: FailingDisk) -> None:
        super().__init__(file.path, file._descriptor)
        self._disk = disk

    def write(self, data: bytes | memoryview, at: int) -> None:
        self._disk.call(self.path)
        rest = memoryview(data).cast("B")
        while rest:
            fits = self._disk.take(len(rest), self.path)
            super().write(rest[:fits], at)
            rest, at = rest[fits:], at + fits

    def read(self, size: int, at: int) -> bytes:
        self._disk.call(self.path)
        return super().read(size, at)

    def sync(self) -> None:
        self._disk.call(self.path)
        super().sync()

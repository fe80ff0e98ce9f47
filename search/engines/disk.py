"""Every change the engine makes to the file system, in one small object.

A test puts another in its place: one that cuts the power, or fills up.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_FOLDER = 0o750
_FILE = 0o640


class File:
    """A new file, open for writing; what is not synced may be lost with the power."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    def write(self, data: bytes | memoryview, at: int) -> None:
        """Write all of ``data`` at byte ``at``; a gap before it reads as zeros."""
        rest = memoryview(data).cast("B")
        while rest:
            written = os.pwrite(self._descriptor, rest, at)
            rest, at = rest[written:], at + written

    def read(self, size: int, at: int) -> bytes:
        """Return up to ``size`` bytes from byte ``at``, fewer at the end only."""
        return os.pread(self._descriptor, size, at)

    def sync(self) -> None:
        """Wait until all that was written is on disk; its name may not yet be."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the file; closing it twice is no error."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)


class Disk:
    """The file system as the engine writes to it; faults are plain OSErrors."""

    def create(self, path: Path) -> File:
        """Return a new, empty file at ``path``; one that is there is an error."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        descriptor = os.open(path, flags, _FILE)
        os.fchmod(descriptor, _FILE)  # whatever the umask
        return File(path, descriptor)

    def make_folder(self, path: Path) -> None:
        """Make the folder ``path``, closed to others whatever the umask."""
        path.mkdir(_FOLDER)
        path.chmod(_FOLDER)

    def rename(self, path: Path, to: Path) -> None:
        """Give the file at ``path`` the name ``to``, whatever had it before."""
        path.replace(to)

    def unlink(self, path: Path) -> None:
        """Remove the file at ``path``; one that is not there is no error."""
        path.unlink(missing_ok=True)

    def remove_folder(self, path: Path) -> None:
        """Remove the folder ``path`` and all that is in it."""
        shutil.rmtree(path)

    def sync_folder(self, path: Path) -> None:
        """Wait until what was created, renamed and removed in ``path`` is on disk."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def write_file(self, path: Path, data: bytes) -> None:
        """Make a new file of ``data`` at ``path``; its bytes are then on disk."""
        file = self.create(path)
        try:
            file.write(data, 0)
            file.sync()
        finally:
            file.close()

"""What no commit needs any more is removed, unless a reader holds it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.engines.belongings import ABOUT, is_file_of_ours
from search.engines.columnar import manifest
from search.engines.columnar.manifest import Commit
from search.engines.disk import Disk
from search.engines.sealed import Damaged


def clear(folder: Path, current: Commit | None, disk: Disk) -> None:
    """Remove from a generation's folder what neither ``current`` nor a reader needs.

    What is not the index's own stays. The caller is the one writer.

    Raises:
        OSError: a file cannot be removed; the next run tries again.
    """
    needed = {ABOUT, *(current.files if current else ())}
    for path in folder.glob(manifest.PATTERN):
        if path.name not in needed:
            needed |= _left(path, disk)
    for path in folder.iterdir():
        unneeded = path.name not in needed and is_file_of_ours(path.name)
        if unneeded and not path.is_dir():
            disk.unlink(path)


def is_held(folder: Path) -> bool:
    """Return whether a reader holds a commit of the generation in ``folder``."""
    for path in folder.glob(manifest.PATTERN):
        with _alone(path) as free:
            if not free:
                return True
    return False


def _left(path: Path, disk: Disk) -> frozenset[str]:
    """Remove the manifest at ``path``; return the files that stay for its readers."""
    with _alone(path) as free:
        if free:
            disk.unlink(path)
            return frozenset()
    with suppress(Damaged, OSError):
        return manifest.read(path).files
    return frozenset({path.name})


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Say whether nobody holds the manifest; if so, nobody does inside the block."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        free = True
    except BlockingIOError:
        free = False
    try:
        yield free
    finally:
        os.close(descriptor)

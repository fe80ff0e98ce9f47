"""A lock on a file, held by one process, and by one part of it, at a time."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

_LOCKS = Path("/proc/locks")
_HELD: set[int] = set()  # descriptors of the locks of this process


def take(path: Path) -> int | None:
    """Lock the file at ``path``, made if need be, and return what :func:`let_go` takes.

    None where it is locked already.

    Raises:
        OSError: the file cannot be opened.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    _HELD.add(descriptor)
    return descriptor


def let_go(held: int) -> None:
    """Release a lock; one that the process was forked with, it has not."""
    if held in _HELD:
        # A process forked a moment ago has not closed its own yet.
        fcntl.flock(held, fcntl.LOCK_UN)
        _HELD.remove(held)
        os.close(held)


def is_held(path: Path) -> bool:
    """Return whether anybody holds the lock, as far as this process may know.

    To try it would lock out whoever takes it at that moment, so the kernel's list is
    read: on Linux, and of what runs in the same container.
    """
    try:
        inode, lines = path.stat().st_ino, _LOCKS.read_text("ascii").splitlines()
    except OSError:
        return False
    fields = (line.replace("->", "").split() for line in lines)
    return any(
        found[1:4] == ["FLOCK", "ADVISORY", "WRITE"]
        and found[5].rpartition(":")[2] == str(inode)
        for found in fields
    )


def _close_all() -> None:
    """Close the locks this process was forked with; they stay the other's."""
    while _HELD:
        os.close(_HELD.pop())


# A worker that outlives its killed run for a moment must not lock out the next one.
os.register_at_fork(after_in_child=_close_all)

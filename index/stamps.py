"""Whether a file has changed since it was read, without parsing it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from index.readers import manifest
from index.readers.manifest import MANIFEST
from index.records import File, Stamp
from index.stages import fingerprint

# A file changed again within its clock's tick keeps its stamp. Two seconds is the
# coarsest tick in use, that of FAT.
_TICK = 2_000_000_000  # nanoseconds


def stamp_of(path: Path, sidecars: Iterable[Path]) -> Stamp:
    """Return the stamp of the file at ``path`` and of those that describe it.

    Raises:
        OSError: the file is gone or cannot be looked at.
    """
    status = path.stat()
    return Stamp(status.st_size, status.st_mtime_ns, _beside(path, sidecars))


def settles(stamp: Stamp) -> bool:
    """Return whether any later change of the file will show in its stamp."""
    return time.time_ns() - stamp.mtime > _TICK


def is_same(known: File, now: File) -> bool:
    """Return whether ``now`` is what was read as ``known``; may read its bytes.

    Raises:
        OSError: the file cannot be read.
    """
    place = (known.root, known.name, known.stamp.size, known.stamp.beside)
    if place != (now.root, now.name, now.stamp.size, now.stamp.beside):
        return False
    if known.settled and known.stamp.mtime == now.stamp.mtime:
        return True
    return known.digest is not None and known.digest == fingerprint(now.path)


def _beside(page: Path, sidecars: Iterable[Path]) -> str:
    """Return names, sizes and times of ``sidecars`` as one text.

    Of a manifest, only what it says of ``page``: it speaks of many others.
    """
    parts = []
    for path in sidecars:
        if path.name == MANIFEST:
            said = manifest.said_of(page, path)
            parts += [sha256(repr(said).encode()).hexdigest()] if said else []
            continue
        try:
            status = path.stat()
        except OSError:
            continue  # gone since it was found: the next run sees that
        name = os.fsencode(path).hex()
        parts.append(f"{name}:{status.st_size}:{status.st_mtime_ns}")
    return " ".join(parts)

"""What was said of a page beside it: a sidecar, or a line of a manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from index.decoding import decode
from index.page import Given, Unread
from index.readers import manifest
from index.readers.manifest import MANIFEST
from index.readers.saying import given_from
from index.walk import Found

_LIMIT = 64 * 2**20  # bytes of a sidecar


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a page, most trusted first, and what could not be read of it."""

    given: tuple[Given, ...] = ()
    unread: tuple[Unread, ...] = ()


def said_of(found: Found) -> Said:
    """Return what the sidecars of ``found`` say of it.

    A manifest that cannot be read says nothing; the walk reports it, once for all.
    """
    given: list[Given] = []
    unread: list[Unread] = []
    for path in found.sidecars:
        try:
            said = (
                manifest.said_of(found.path, path)
                if path.name == MANIFEST
                else _sidecar(path)
            )
        except (OSError, ValueError, TypeError, RecursionError) as error:
            folder = found.name.rpartition("/")[0]
            name = f"{folder}/{path.name}" if folder else path.name
            unread.append(Unread(name, f"cannot be read: {error}"))
            continue
        if said is not None:
            given.append(said)
    return Said(tuple(given), tuple(unread))


def _sidecar(path: Path) -> Given:
    if path.stat().st_size > _LIMIT:
        raise ValueError("too large for a sidecar")
    said = json.loads(decode(path.read_bytes()))
    if not isinstance(said, dict):
        raise TypeError("not a JSON object")
    return given_from(said, "sidecar")

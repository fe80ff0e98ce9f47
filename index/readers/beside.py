"""What was said of a page beside it: a sidecar, or a line of a manifest."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.decoding import decode, tidy
from index.page import Given, Unread
from index.readers.header import delimiter
from index.walk import MANIFEST, Found

_LIMIT = 64 * 2**20  # bytes of a sidecar or manifest


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a page, most trusted first, and what could not be read of it."""

    given: tuple[Given, ...] = ()
    unread: tuple[Unread, ...] = ()


def said_of(found: Found) -> Said:
    """Return what the sidecars of ``found`` say of it."""
    given: list[Given] = []
    unread: list[Unread] = []
    for path in found.sidecars:
        try:
            said = (
                _from_manifest(path, found) if path.name == MANIFEST else _sidecar(path)
            )
        except (OSError, ValueError, TypeError, RecursionError, csv.Error) as error:
            folder = found.name.rpartition("/")[0]
            name = f"{folder}/{path.name}" if folder else path.name
            unread.append(Unread(name, f"cannot be read: {error}"))
            continue
        if said is not None:
            given.append(said)
    return Said(tuple(given), tuple(unread))


def given_from(said: Mapping[str, object], method: str) -> Given:
    """Return what the keys of ``said`` that are known say; the others are ignored.

    Values of another type than text, or a list of text, say nothing.
    """
    return Given(
        method=method,
        id=_one(said.get("id")),
        title=_one(said.get("title")),
        url=_one(said.get("url")),
        date=_one(said.get("date")),
        source=_one(said.get("source")),
        agency=_one(said.get("agency")),
        authors=_many(said.get("authors") or said.get("author")),
        places=tuple(p for item in _list(said.get("places")) if (p := place_of(item))),
        lang=_one(said.get("lang")),
    )


def place_of(value: object) -> str | None:
    """Return the place ``value`` names: text, a number, or an object with its id.

    >>> place_of({"geonameid": 2950159, "name": "Berlin"}), place_of("DE")
    ('2950159', 'DE')
    """
    if not isinstance(value, dict):
        return _one(value)
    keys = ("geonameid", "id", "name", "label")
    return next((text for key in keys if (text := _one(value.get(key)))), None)


def _sidecar(path: Path) -> Given:
    if path.stat().st_size > _LIMIT:
        raise ValueError("too large for a sidecar")
    said = json.loads(decode(path.read_bytes()))
    if not isinstance(said, dict):
        raise TypeError("not a JSON object")
    return given_from(said, "sidecar")


def _from_manifest(path: Path, found: Found) -> Given | None:
    state = path.stat()
    lines = _manifest(path, state.st_mtime_ns, state.st_size)
    place = Path(os.path.relpath(found.path, path.parent)).as_posix()
    return lines.get(place) or lines.get(place.removesuffix(".gz"))


@lru_cache(maxsize=8)
def _manifest(path: Path, _changed: int, size: int) -> Mapping[str, Given]:
    # Read once for all pages below it, and again when it has changed.
    if size > _LIMIT:
        raise ValueError("too large for a manifest")
    lines = decode(path.read_bytes()).splitlines()
    rows = csv.DictReader(lines, delimiter=delimiter(lines[0] if lines else ""))
    rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
    return {
        row["path"].strip().removeprefix("./"): given_from(row, "manifest")
        for row in rows
        if row.get("path")
    }


def _one(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return (tidy(value).strip() or None) if isinstance(value, str) else None


def _many(value: object) -> tuple[str, ...]:
    return tuple(text for item in _list(value) if (text := _one(item)))


def _list(value: object) -> list[object]:
    if isinstance(value, str):
        return [*value.split(";")]
    return value if isinstance(value, list) else []

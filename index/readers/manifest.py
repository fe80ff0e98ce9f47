"""A manifest: a table beside pages that says something of each by its path."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from pathlib import Path
from types import MappingProxyType

from index.decoding import decode
from index.page import Given
from index.readers.quoting import Records
from index.readers.saying import given_from

MANIFEST = "manifest.csv"
_LIMIT = 64 * 2**20  # bytes of a manifest
_LONGEST = 2**17  # characters of a cell


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is said of each page by its path, with ``/``, from the manifest's folder.

    Where there is a ``fault`` it says nothing, for that reason.
    """

    lines: Mapping[str, Given] = field(default_factory=lambda: MappingProxyType({}))
    fault: str | None = None


def read(path: Path) -> Manifest:
    """Return the manifest at ``path``; it is read again only when it has changed."""
    try:
        state = path.stat()
        return _read(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        return Manifest(fault=f"cannot be read: {error.strerror or error}")


def said_of(page: Path, path: Path) -> Given | None:
    """Return what the manifest at ``path`` says of ``page``, None for nothing."""
    lines = read(path).lines
    place = Path(os.path.relpath(page, path.parent)).as_posix()
    return lines.get(place) or lines.get(place.removesuffix(".gz"))


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, size: int) -> Manifest:
    if size > _LIMIT:
        return Manifest(fault="cannot be read: too large for a manifest")
    try:
        return Manifest(_lines(decode(path.read_bytes())))
    except (ValueError, TypeError, csv.Error) as error:
        return Manifest(fault=f"cannot be read: {error}")


def _lines(text: str) -> Mapping[str, Given]:
    records = Records(StringIO(text))
    header = [name.strip().lower() for name in next(records, [])]
    rows = (dict(zip(header, cells, strict=False)) for cells in records)
    return {
        row["path"].strip().removeprefix("./"): given_from(row, "manifest")
        for row in map(_sound, rows)
        if row.get("path")
    }


def _sound(row: dict[str, str]) -> dict[str, str]:
    """Return ``row``, unless a quotation mark too many made one cell of many lines."""
    if any(len(cell) > _LONGEST for cell in row.values()):
        raise ValueError("a cell is too long; a quotation mark may be missing")
    if "\n" in row.get("path", "").strip():
        raise ValueError("a path has two lines; a quotation mark may be missing")
    return row

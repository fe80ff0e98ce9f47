"""What the ledger keeps: roots, files and pages, and their form in its tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STDIN = Path("-")  # stands for the rows that came through standard input

# What becomes of a page in a run.
ADDED, UPDATED, UNCHANGED = "added", "updated", "unchanged"
DUPLICATE, FAILED, DELETED, SKIPPED = "duplicate", "failed", "deleted", "skipped"
CORRECTED = "corrected"  # of an article, beside what became of its page


@dataclass(frozen=True, slots=True)
class Root:
    """A root of the index: an absolute path, and the name its pages' ids use.

    A ``single`` one is a file.
    """

    path: Path
    name: str
    single: bool = False

    @property
    def base(self) -> Path:
        """Return the folder that the names of its files are below."""
        return self.path.parent if self.single else self.path


@dataclass(frozen=True, slots=True)
class Stamp:
    """What of a file is compared before its content: bytes, nanoseconds, sidecars."""

    size: int
    mtime: int
    beside: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of pages below a root; ``digest`` is the SHA-256 of its bytes.

    Where it is not ``settled`` an equal stamp proves nothing: its content has to be
    compared, and without a digest to be read again.
    """

    path: Path
    root: Path
    name: str
    sidecars: tuple[Path, ...]
    stamp: Stamp
    settled: bool = False
    digest: str | None = None
    key: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a file: ``row`` is empty where it is the only one, else ``#row``.

    ``id`` is None where it gives none: one that failed keeps it only while it is
    ``current``, which says that its article is the one in the index. ``saved`` is in
    seconds since 1970, None where the file's own time stands for it. ``status`` is
    what became of it in ``run``.
    """

    file: int
    row: str
    nth: int
    id: str | None
    digest: str | None
    saved: float | None
    current: bool = False
    run: int = 0
    status: str = ""
    reason: str | None = None


def page_of(row: Iterable[Any]) -> Page:
    """Return the page that a row of the table stands for."""
    file, name, nth, id_, digest, saved, current, run, status, reason = row
    return Page(
        *(file, text_of(name), nth, id_, digest, saved, bool(current), run, status),
        reason=None if reason is None else text_of(reason),
    )


def blob(text: str | Path) -> bytes:
    """Return ``text`` as stored: file names need not be Unicode."""
    return str(text).encode("utf-8", "surrogatepass")


def text_of(stored: bytes) -> str:
    """Return what :func:`blob` was given."""
    return stored.decode("utf-8", "surrogatepass")

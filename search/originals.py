"""The saved page an article was made from: found by the article's id, never by a path.

Where it lies is in the ledger that runs keep in the index's own folder (``index/
ledger.py`` writes it). It is shown only where its bytes are those that were read.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from search import saved_files
from search.engines import state_of
from search.errors import NoOriginal
from search.model import Article
from search.status import LEDGER, LEDGER_VERSION
from search.versions import parted

_PIPE = b"-"  # the path that stands for standard input
_PATIENCE = 1.0  # seconds to wait for a run that is committing
_SELECT = (
    "SELECT files.path, files.size, files.mtime, pages.row, roots.path, roots.single"
    " FROM pages JOIN files ON files.key = pages.file"
    " LEFT JOIN roots ON roots.path = files.root"
)
_WHERE = f"{_SELECT} WHERE pages.id = ? AND pages.current"
_VERSION = (
    f"{_SELECT} WHERE pages.id = ? AND pages.digest = ?"
    " ORDER BY pages.current DESC, files.path, pages.nth LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Original:
    """An original whose bytes are those the article was made from.

    ``size`` is in bytes. ``digest`` is the SHA-256 of what ``pieces`` yields, None
    where that is unzipped and the digest is of the file. Whoever does not read it to
    its end closes it.
    """

    pieces: Iterator[bytes]
    size: int
    charset: str
    digest: str | None
    file: BinaryIO

    def close(self) -> None:
        """Close its file."""
        self.file.close()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page lies: a file below a folder, and the row of it, ``#6`` or empty."""

    base: Path
    parts: tuple[str, ...]
    row: str
    stamp: tuple[int, int]


class Originals:
    """The originals of the index at a locator; it holds nothing open."""

    def __init__(self, locator: str) -> None:
        self._locator = locator

    def open(self, article: Article) -> Original:
        """Return the original of ``article``, opened and compared.

        It costs as much as reading the file once.

        Raises:
            NoOriginal: it cannot be shown; the error says why.
        """
        if article.digest is None:
            raise NoOriginal("unknown")
        place = self._place(article)
        file = saved_files.opened(place.base, place.parts)
        try:
            if place.row:
                return _row(file, place, article.digest)
            return _whole(file, article.digest)
        except BaseException:
            file.close()
            raise

    def _place(self, article: Article) -> _Place:
        state = state_of(self._locator)
        if state is None or not (state / LEDGER).exists():
            raise NoOriginal("unknown")
        try:
            found = _looked_up(state / LEDGER, article)
        except sqlite3.DatabaseError as error:
            raise NoOriginal("busy") from error
        if found is None:
            raise NoOriginal("unknown")
        path, size, mtime, row, root, single = found
        if path == _PIPE:
            raise NoOriginal("piped")
        if root is None:
            raise NoOriginal("unknown")  # the root was forgotten
        top = Path(_text(root))
        base = top.parent if single else top
        try:
            parts = Path(_text(path)).relative_to(base).parts
        except ValueError as error:
            raise NoOriginal("unknown") from error
        return _Place(base, parts, _text(row), (size, mtime))


def _looked_up(
    ledger: Path, article: Article
) -> tuple[bytes, int, int, bytes, bytes, int] | None:
    """Return the row of the ledger for the article's page, None without one.

    That is the one that holds its id; for a version of it one with its content.
    """
    address = f"{ledger.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as db:
        if db.execute("PRAGMA user_version").fetchone() != (LEDGER_VERSION,):
            raise NoOriginal("other-version")
        row: tuple[bytes, int, int, bytes, bytes, int] | None
        row = db.execute(_WHERE, (article.id,)).fetchone()
        if row is None and article.digest is not None:
            latest, _ = parted(article.id)
            row = db.execute(_VERSION, (latest, article.digest)).fetchone()
        return row


def _whole(file: BinaryIO, digest: str) -> Original:
    proof = saved_files.prove(file)
    if proof.digest != digest:
        raise NoOriginal("changed")
    return Original(
        pieces=saved_files.pieces(file, proof),
        size=proof.size,
        charset=proof.charset,
        digest=None if proof.is_zipped else digest,
        file=file,
    )


def _row(file: BinaryIO, place: _Place, digest: str) -> Original:
    """Return one row of a file of JSON lines.

    Its digest is of the row as text. A row that is not in UTF-8 has another one here;
    that the file has changed is said only where its stamp says so too.
    """
    kinds = PurePosixPath(place.parts[-1].lower().removesuffix(".gz"))
    number = place.row.removeprefix("#")
    if kinds.suffix != ".jsonl" or not (number.isascii() and number.isdigit()):
        raise NoOriginal("row")
    line = saved_files.row(file, int(number))
    if hashlib.sha256(line).hexdigest() != digest:
        raise NoOriginal("row" if _is_as_it_was(file, place) else "changed")
    return Original(iter((line,)), len(line), "utf-8", digest, file)


def _is_as_it_was(file: BinaryIO, place: _Place) -> bool:
    found = os.fstat(file.fileno())
    return (found.st_size, found.st_mtime_ns) == place.stamp


def _text(stored: bytes) -> str:
    # As the ledger writes: names of files need not be Unicode.
    return stored.decode("utf-8", "surrogatepass")

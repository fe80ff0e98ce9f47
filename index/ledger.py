"""What the runs know of every file: its stamp, its pages, which of them is current.

The ledger lies in the index's own folder and follows the engine: a batch is committed
there first, so that a crash between the two only has its pages read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from search.errors import IndexUnusable

FILE = "ledger.sqlite"
STDIN = Path("-")  # stands for the rows that came through standard input
_VERSION = 1

_SCHEMA = """
CREATE TABLE roots (
    path BLOB PRIMARY KEY, name BLOB NOT NULL, single INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE files (
    key INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, root BLOB NOT NULL,
    name BLOB NOT NULL, sidecars BLOB NOT NULL, size INTEGER NOT NULL,
    mtime INTEGER NOT NULL, beside TEXT NOT NULL, settled INTEGER NOT NULL, digest TEXT
);
CREATE INDEX files_root ON files (root);
CREATE TABLE pages (
    file INTEGER NOT NULL, row BLOB NOT NULL, nth INTEGER NOT NULL, id TEXT,
    digest TEXT, saved REAL, current INTEGER NOT NULL,
    run INTEGER NOT NULL, status TEXT NOT NULL, reason BLOB, PRIMARY KEY (file, row)
) WITHOUT ROWID;
CREATE INDEX pages_id ON pages (id) WHERE id IS NOT NULL;
CREATE TABLE vacant (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE runs (
    key INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, tally TEXT
);
CREATE TABLE failures (path BLOB NOT NULL, reason BLOB NOT NULL);
"""
_TEMPORARY = """
CREATE TEMP TABLE seen (file INTEGER PRIMARY KEY);
CREATE TEMP TABLE gone (file INTEGER, row BLOB, PRIMARY KEY (file, row)) WITHOUT ROWID;
CREATE TEMP TABLE spared (root BLOB, name BLOB);
CREATE TEMP TABLE notes (path BLOB, id TEXT, status TEXT, reason BLOB);
"""


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

    ``id`` is None where it could never be read. ``saved`` is in seconds since 1970,
    None where the file's own time stands for it.
    ``current`` says that its article is the one in the index. ``status`` is what
    became of it in ``run``.
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


class Ledger:
    """The ledger at ``path``, made if it is not there; a context manager that closes.

    Changes wait in one transaction until :meth:`commit`. One that only reads may be
    opened while a run writes.

    Raises:
        IndexUnusable: it is damaged or of another version.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._db = _opened(path, read_only=read_only)
        self._db.executescript(_TEMPORARY)

    def copy(self, to: Path) -> None:
        """Write a ledger with the same content to ``to``."""
        other = sqlite3.connect(to)
        try:
            self._db.backup(other)
        finally:
            other.close()

    def commit(self) -> None:
        """Make what changed since the last commit durable."""
        self._db.commit()

    def rollback(self) -> None:
        """Forget what changed since the last commit."""
        self._db.rollback()

    def close(self) -> None:
        """Close it; what was not committed is forgotten."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Roots.

    def roots(self) -> tuple[Root, ...]:
        """Return the roots of all runs so far, in order of their paths."""
        rows = self._db.execute("SELECT path, name, single FROM roots ORDER BY path")
        return tuple(Root(Path(_text(p)), _text(n), bool(one)) for p, n, one in rows)

    def add_root(self, root: Root) -> None:
        """Remember ``root``."""
        row = (_blob(root.path), _blob(root.name), root.single)
        self._db.execute("INSERT OR REPLACE INTO roots VALUES (?, ?, ?)", row)

    def drop_root(self, path: Path) -> None:
        """Forget the root at ``path``; its files stay until they are dropped."""
        self._db.execute("DELETE FROM roots WHERE path = ?", (_blob(path),))

    # Files.

    def file(self, path: Path) -> File | None:
        """Return what is known of the file at ``path``."""
        return next(self._files("WHERE path = ?", _blob(path)), None)

    def file_of(self, page: Page) -> File:
        """Return the file of ``page``."""
        return next(self._files("WHERE key = ?", page.file))

    def files_below(self, root: Path) -> Iterator[File]:
        """Yield the files of one root, in no special order."""
        yield from self._files("WHERE root = ?", _blob(root))

    def put_file(self, file: File) -> int:
        """Remember ``file`` in place of what was known of its path; return its key."""
        (key,) = self._db.execute(
            "INSERT INTO files"
            " (path, root, name, sidecars, size, mtime, beside, settled, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET"
            " root = excluded.root, name = excluded.name, sidecars = excluded.sidecars,"
            " size = excluded.size, mtime = excluded.mtime, beside = excluded.beside,"
            " settled = excluded.settled, digest = excluded.digest RETURNING key",
            (
                *(_blob(part) for part in (file.path, file.root, file.name)),
                _blob(json.dumps([str(path) for path in file.sidecars])),
                *(file.stamp.size, file.stamp.mtime, file.stamp.beside),
                *(file.settled, file.digest),
            ),
        ).fetchone()
        return int(key)

    def drop_if_empty(self, key: int) -> None:
        """Forget a file that has no pages left, unless this run has found it."""
        self._db.execute(
            "DELETE FROM files WHERE key = ?1"
            " AND NOT EXISTS (SELECT 1 FROM pages WHERE file = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM temp.seen WHERE file = ?1)",
            (key,),
        )

    def spare(self, root: Path, name: str) -> None:
        """Note that nothing at or below ``name`` counts as vanished in this run."""
        row = (_blob(root), _blob(name))
        self._db.execute("INSERT INTO temp.spared VALUES (?, ?)", row)

    def spared(self, root: Path) -> list[str]:
        """Return the names noted by :meth:`spare`."""
        query = "SELECT name FROM temp.spared WHERE root = ?"
        return [_text(row[0]) for row in self._db.execute(query, (_blob(root),))]

    def see(self, key: int) -> None:
        """Note that this run has found the file."""
        self._db.execute("INSERT OR IGNORE INTO temp.seen VALUES (?)", (key,))

    def is_seen(self, key: int) -> bool:
        """Return whether this run has found the file."""
        query = "SELECT 1 FROM temp.seen WHERE file = ?"
        return self._db.execute(query, (key,)).fetchone() is not None

    def unseen(self, root: Path) -> Iterator[File]:
        """Yield the files of ``root`` that this run has not found."""
        where = "WHERE root = ? AND key NOT IN (SELECT file FROM temp.seen)"
        yield from self._files(where, _blob(root))

    def _files(self, where: str, *values: Any) -> Iterator[File]:
        columns = (
            "key, path, root, name, sidecars, size, mtime, beside, settled, digest"
        )
        for row in self._db.execute(
            f"SELECT {columns} FROM files {where}",  # noqa: S608 - our own words
            values,
        ).fetchall():
            key, path, root, name, sidecars, size, mtime, beside, settled, digest = row
            yield File(
                path=Path(_text(path)),
                root=Path(_text(root)),
                name=_text(name),
                sidecars=tuple(Path(p) for p in json.loads(_text(sidecars))),
                stamp=Stamp(size, mtime, beside),
                settled=bool(settled),
                digest=digest,
                key=key,
            )

    # Pages.

    def pages(self, file: int) -> tuple[Page, ...]:
        """Return the pages of a file, in their order in it."""
        return tuple(self._pages("WHERE file = ? ORDER BY nth", file))

    def page(self, file: int, row: str) -> Page | None:
        """Return one page of a file."""
        where = "WHERE file = ? AND row = ?"
        return next(iter(self._pages(where, file, _blob(row))), None)

    def count_pages(self, root: Path) -> int:
        """Return how many pages of ``root`` have an id."""
        return int(self._db.execute(_COUNT, (_blob(root),)).fetchone()[0])

    def count_current(self) -> int:
        """Return how many articles the index holds."""
        query = "SELECT count(*) FROM pages WHERE current"
        return int(self._db.execute(query).fetchone()[0])

    def holder(self, id: str) -> Page | None:
        """Return the page whose article is in the index under ``id``."""
        return next(iter(self._pages("WHERE id = ? AND current", id)), None)

    def latest(self, id: str) -> Page | None:
        """Return the page that should hold ``id``.

        It is the one saved last, among equals the one whose path comes first, and
        within a file the last row.
        """
        where = (
            "JOIN files ON files.key = pages.file WHERE id = ?"
            " ORDER BY coalesce(saved, mtime / 1e9) DESC, path, nth DESC LIMIT 1"
        )
        return next(iter(self._pages(where, id)), None)

    def claims(self, id: str | None) -> int:
        """Return how many pages have this id."""
        query = "SELECT count(*) FROM pages WHERE id = ?"
        return int(self._db.execute(query, (id,)).fetchone()[0])

    def put_page(self, page: Page) -> None:
        """Remember ``page`` in place of what was known of its row."""
        self._db.execute(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(page.file, _blob(page.row), page.nth, page.id, page.digest),
                *(page.saved, page.current, page.run, page.status),
                None if page.reason is None else _blob(page.reason),
            ),
        )

    def drop_page(self, page: Page) -> None:
        """Forget a page."""
        self._db.execute(
            "DELETE FROM pages WHERE file = ? AND row = ?", (page.file, _blob(page.row))
        )

    def _pages(self, where: str, *values: Any) -> list[Page]:
        columns = ", ".join(f"pages.{name}" for name in Page.__match_args__)
        rows = self._db.execute(
            f"SELECT {columns} FROM pages {where}",  # noqa: S608 - our own words
            values,
        )
        return [_page(row) for row in rows]

    # Ids whose page is gone while another file gives the same one.

    def vacate(self, id: str) -> None:
        """Note that the page that held ``id`` is gone and another has to be read."""
        self._db.execute("INSERT OR IGNORE INTO vacant VALUES (?)", (id,))

    def fill(self, id: str) -> None:
        """Note that a page holds ``id`` again, or that it has left the index."""
        self._db.execute("DELETE FROM vacant WHERE id = ?", (id,))

    def is_vacant(self, id: str) -> bool:
        """Return whether ``id`` waits for another page."""
        query = "SELECT 1 FROM vacant WHERE id = ?"
        return self._db.execute(query, (id,)).fetchone() is not None

    def vacant(self) -> list[str]:
        """Return the ids that wait for another page."""
        return [row[0] for row in self._db.execute("SELECT id FROM vacant ORDER BY id")]

    # The run.

    def begin(self, started: str) -> int:
        """Return the number of a new run that began at ``started`` (ISO 8601)."""
        query = "INSERT INTO runs (started) VALUES (?)"
        return int(self._db.execute(query, (started,)).lastrowid or 0)

    def finish(self, run: int, ended: str, tally: dict[str, int]) -> None:
        """Keep the summary of ``run``."""
        row = (ended, json.dumps(tally), run)
        self._db.execute("UPDATE runs SET ended = ?, tally = ? WHERE key = ?", row)

    def last_run(self) -> dict[str, Any] | None:
        """Return started, ended and tally of the last run; None before the first."""
        query = "SELECT started, ended, tally FROM runs ORDER BY key DESC LIMIT 1"
        row = self._db.execute(query).fetchone()
        if row is None:
            return None
        tally = None if row[2] is None else json.loads(row[2])
        return {"started": row[0], "ended": row[1], "tally": tally}

    def keep_failures(self, failures: Iterable[tuple[str, str]]) -> None:
        """Keep path and reason of what failed, in place of the last run's."""
        self._db.execute("DELETE FROM failures")
        rows = ((_blob(path), _blob(reason)) for path, reason in failures)
        self._db.executemany("INSERT INTO failures VALUES (?, ?)", rows)

    def failures(self) -> list[tuple[str, str]]:
        """Return path and reason of what failed in the last run."""
        rows = self._db.execute("SELECT path, reason FROM failures ORDER BY rowid")
        return [(_text(path), _text(reason)) for path, reason in rows]

    def vanish(self, page: Page) -> None:
        """Note that a row is no longer in its file; it waits for the guard."""
        row = (page.file, _blob(page.row))
        self._db.execute("INSERT OR IGNORE INTO temp.gone VALUES (?, ?)", row)

    def vanished_rows(self, root: Path) -> list[Page]:
        """Return the noted rows of files of ``root``."""
        where = (
            "JOIN temp.gone USING (file, row) JOIN files ON files.key = pages.file"
            " WHERE root = ?"
        )
        return self._pages(where, _blob(root))

    def note(self, path: str, id: str | None, status: str, reason: str) -> None:
        """Keep a line for the report of this run that no page of a file stands for."""
        row = (_blob(path), id, status, _blob(reason))
        self._db.execute("INSERT INTO temp.notes VALUES (?, ?, ?, ?)", row)

    def notes(self) -> Iterator[tuple[str, str | None, str, str]]:
        """Yield path, id, status and reason of the lines kept by :meth:`note`."""
        query = "SELECT path, id, status, reason FROM temp.notes ORDER BY path, rowid"
        for path, id_, status, reason in self._db.execute(query):
            yield _text(path), id_, status, _text(reason)

    def seen_pages(self) -> Iterator[tuple[str, Page]]:
        """Yield the path of every file this run has found with each of its pages."""
        columns = ", ".join(f"pages.{name}" for name in Page.__match_args__)
        query = (
            f"SELECT path, {columns} FROM temp.seen"  # noqa: S608 - our own words
            " JOIN files ON files.key = seen.file JOIN pages ON pages.file = files.key"
            " ORDER BY path, nth"
        )
        for path, *row in self._db.execute(query):
            yield _text(path), _page(row)


_COUNT = (
    "SELECT count(*) FROM pages JOIN files ON files.key = pages.file"
    " WHERE root = ? AND id IS NOT NULL"
)


def _opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection to the ledger at ``path``."""
    mode = "ro" if read_only else "rwc"
    try:
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        db = sqlite3.connect(uri, uri=True, timeout=30)
        # Deletes the journal when done, so that a copied folder is one whole ledger.
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = FULL")
        # Spilling would lock readers out for the length of a batch.
        db.execute("PRAGMA cache_spill = OFF")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version == 0 and not read_only:
            db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; END;")
            version = _VERSION
    except sqlite3.DatabaseError as error:
        raise _unusable(path, str(error)) from error
    if version != _VERSION:
        db.close()
        raise _unusable(path, f"version {version}, not {_VERSION}")
    return db


def _unusable(path: Path, reason: str) -> IndexUnusable:
    return IndexUnusable(
        f"the ledger {path} cannot be used ({reason});"
        " run `dateline reindex --full PATH` with every root"
    )


def _page(row: Iterable[Any]) -> Page:
    """Return the page that a row of the table stands for."""
    file, name, nth, id_, digest, saved, current, run, status, reason = row
    return Page(
        *(file, _text(name), nth, id_, digest, saved, bool(current), run, status),
        reason=None if reason is None else _text(reason),
    )


def _blob(text: str | Path) -> bytes:
    """Return ``text`` as stored: file names need not be Unicode."""
    return str(text).encode("utf-8", "surrogatepass")


def _text(blob: bytes) -> str:
    return blob.decode("utf-8", "surrogatepass")

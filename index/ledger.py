"""What the runs know of every file: its stamp, its pages, which of them is current.

The ledger lies in the index's own folder and follows the engine: a batch is committed
there first, so that a crash between the two only has its pages read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from index.chrome.knowledge import Knowledge
from index.claims import Claims
from index.corrections.tables import CorrectionTable, StandingTable
from index.earlier import Earlier
from index.ledger_tables import opened, select_files, select_pages
from index.priors.witnesses import Witnesses
from index.records import File, Page, Root, blob, page_of, text_of
from index.run_notes import RunNotes
from search.errors import DatelineError

FILE = "ledger.sqlite"


class Ledger:
    """The ledger at ``path``, made if it is not there; a context manager that closes.

    Changes wait in one transaction until :meth:`commit`. One that only reads may be
    opened while a run writes.

    Raises:
        IndexUnusable: it is damaged or of another version.
        DatelineError: on leaving, if SQLite failed inside: a full disk, most likely.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._db = opened(path, read_only=read_only)
        self.claims = Claims(self._db)
        self.earlier = Earlier(self._db)
        self.run = RunNotes(self._db)
        self.knowledge = Knowledge(self._db)
        self.corrections = CorrectionTable(self._db)
        self.standing = StandingTable(self._db)
        self.witnesses = Witnesses(self._db)

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
        if isinstance(error, sqlite3.Error):
            raise DatelineError(f"cannot write the ledger: {error}") from error

    # Roots.

    def roots(self) -> tuple[Root, ...]:
        """Return the roots of all runs so far, in order of their paths."""
        rows = self._db.execute("SELECT path, name, single FROM roots ORDER BY path")
        return tuple(
            Root(Path(text_of(p)), text_of(n), bool(one)) for p, n, one in rows
        )

    def add_root(self, root: Root) -> None:
        """Remember ``root``."""
        row = (blob(root.path), blob(root.name), root.single)
        self._db.execute("INSERT OR REPLACE INTO roots VALUES (?, ?, ?)", row)

    def drop_root(self, path: Path) -> None:
        """Forget the root at ``path``; its files stay until they are dropped."""
        self._db.execute("DELETE FROM roots WHERE path = ?", (blob(path),))

    # Files.

    def file(self, path: Path) -> File | None:
        """Return what is known of the file at ``path``."""
        return next(select_files(self._db, "WHERE path = ?", blob(path)), None)

    def file_of(self, page: Page) -> File:
        """Return the file of ``page``."""
        return next(select_files(self._db, "WHERE key = ?", page.file))

    def files_below(self, root: Path) -> Iterator[File]:
        """Yield the files of one root, in no special order."""
        yield from select_files(self._db, "WHERE root = ?", blob(root))

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
                *(blob(part) for part in (file.path, file.root, file.name)),
                blob(json.dumps([str(path) for path in file.sidecars])),
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
        yield from select_files(self._db, where, blob(root))

    # Pages.

    def pages(self, file: int) -> tuple[Page, ...]:
        """Return the pages of a file, in their order in it."""
        return tuple(select_pages(self._db, "WHERE file = ? ORDER BY nth", file))

    def page(self, file: int, row: str) -> Page | None:
        """Return one page of a file."""
        where = "WHERE file = ? AND row = ?"
        return next(iter(select_pages(self._db, where, file, blob(row))), None)

    def count_pages(self, root: Path) -> int:
        """Return how many pages of ``root`` have an id."""
        return int(self._db.execute(_COUNT, (blob(root),)).fetchone()[0])

    def count_current(self) -> int:
        """Return how many articles the index holds."""
        query = "SELECT count(*) FROM pages WHERE current"
        return int(self._db.execute(query).fetchone()[0])

    def put_page(self, page: Page) -> None:
        """Remember ``page`` in place of what was known of its row."""
        self._db.execute(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(page.file, blob(page.row), page.nth, page.id, page.digest),
                *(page.saved, page.current, page.run, page.status),
                None if page.reason is None else blob(page.reason),
            ),
        )

    def drop_page(self, page: Page) -> None:
        """Forget a page."""
        self._db.execute(
            "DELETE FROM pages WHERE file = ? AND row = ?", (page.file, blob(page.row))
        )

    def doubt(self, page: Page) -> None:
        """Have ``page`` read again in the next run that finds its file."""
        self.put_page(replace(page, digest=None))
        self.put_file(replace(self.file_of(page), settled=False, digest=None))

    def doubt_all(self) -> None:
        """Have every page read again in the next run that finds its file."""
        self._db.execute("UPDATE pages SET digest = NULL")
        self._db.execute("UPDATE files SET settled = 0, digest = NULL")

    # What this run has met.

    def vanish(self, page: Page) -> None:
        """Note that a row is no longer in its file; it waits for the guard."""
        row = (page.file, blob(page.row))
        self._db.execute("INSERT OR IGNORE INTO temp.gone VALUES (?, ?)", row)

    def vanished_rows(self, root: Path) -> list[Page]:
        """Return the noted rows of files of ``root``."""
        where = (
            "JOIN temp.gone USING (file, row) JOIN files ON files.key = pages.file"
            " WHERE root = ?"
        )
        return select_pages(self._db, where, blob(root))

    def seen_pages(self) -> Iterator[tuple[str, Page]]:
        """Yield the path of every file this run has found with each of its pages."""
        columns = ", ".join(f"pages.{name}" for name in Page.__match_args__)
        query = (
            f"SELECT path, {columns} FROM temp.seen"  # noqa: S608 - our own words
            " JOIN files ON files.key = seen.file JOIN pages ON pages.file = files.key"
            " ORDER BY path, nth"
        )
        for path, *row in self._db.execute(query):
            yield text_of(path), page_of(row)


_COUNT = (
    "SELECT count(*) FROM pages JOIN files ON files.key = pages.file"
    " WHERE root = ? AND id IS NOT NULL"
)

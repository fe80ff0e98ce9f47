"""Which pages give an id, and which of them should hold it."""

from __future__ import annotations

import sqlite3

from index.ledger_tables import select_pages
from index.records import FAILED, Page


class Claims:
    """The claims in the ledger behind ``db``.

    An id is vacant where the page that held it is gone, or cannot be read any more,
    while another gives it: that one has to be read.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def holder(self, id: str) -> Page | None:
        """Return the page whose article is in the index under ``id``."""
        return next(iter(select_pages(self._db, "WHERE id = ? AND current", id)), None)

    def latest(self, id: str) -> Page | None:
        """Return the page that should hold ``id``.

        It is the one saved last, among equals the one whose path comes first, and
        within a file the last row; one that failed only if all did.
        """
        where = (
            "JOIN files ON files.key = pages.file WHERE id = ?"
            " ORDER BY status = ?, coalesce(saved, mtime / 1e9) DESC, path, nth DESC"
            " LIMIT 1"
        )
        return next(iter(select_pages(self._db, where, id, FAILED)), None)

    def count(self, id: str | None) -> int:
        """Return how many pages have this id."""
        query = "SELECT count(*) FROM pages WHERE id = ?"
        return int(self._db.execute(query, (id,)).fetchone()[0])

    def vacate(self, id: str) -> None:
        """Note that the page that held ``id`` is gone, and another has to be read."""
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

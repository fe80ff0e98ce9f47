"""What a run notes in the ledger of itself, beside its files and pages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from index.records import blob, text_of


class RunNotes:
    """The notes in the ledger behind ``db``; what is temporary goes with the run."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

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
        rows = ((blob(path), blob(reason)) for path, reason in failures)
        self._db.executemany("INSERT INTO failures VALUES (?, ?)", rows)

    def failures(self) -> list[tuple[str, str]]:
        """Return path and reason of what failed in the last run."""
        rows = self._db.execute("SELECT path, reason FROM failures ORDER BY rowid")
        return [(text_of(path), text_of(reason)) for path, reason in rows]

    def spare(self, root: Path, name: str) -> None:
        """Note that nothing at or below ``name`` counts as vanished in this run."""
        row = (blob(root), blob(name))
        self._db.execute("INSERT INTO temp.spared VALUES (?, ?)", row)

    def spared(self, root: Path) -> list[str]:
        """Return the names noted by :meth:`spare`."""
        query = "SELECT name FROM temp.spared WHERE root = ?"
        return [text_of(row[0]) for row in self._db.execute(query, (blob(root),))]

    def note(self, path: str, id: str | None, status: str, reason: str) -> None:
        """Keep a line for the report of this run that no page of a file stands for."""
        row = (blob(path), id, status, blob(reason))
        self._db.execute("INSERT INTO temp.notes VALUES (?, ?, ?, ?)", row)

    def notes(self) -> Iterator[tuple[str, str | None, str, str]]:
        """Yield path, id, status and reason of the lines kept by :meth:`note`."""
        query = "SELECT path, id, status, reason FROM temp.notes ORDER BY path, rowid"
        for path, id_, status, reason in self._db.execute(query):
            yield text_of(path), id_, status, text_of(reason)

"""The tables of the ledger: how they are made, opened and read."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.chrome.knowledge import SCHEMA as _KNOWLEDGE
from index.corrections.tables import SCHEMA as _CORRECTIONS
from index.corrections.tables import TEMPORARY as _TOUCHED
from index.earlier import SCHEMA as _EARLIER
from index.priors.witnesses import SCHEMA as _TESTIMONIES
from index.records import File, Page, Stamp, page_of, text_of
from search.errors import IndexUnusable
from search.status import LEDGER_VERSION

# The folder is synced too: a journal that came back after a power cut would take the
# batch back, and its index commit would stay.
SYNCHRONOUS = "EXTRA"

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


def opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection to the ledger at ``path``, made unless it is read only.

    Raises:
        IndexUnusable: it is damaged or of another version.
    """
    mode = "rwc"
    if read_only:
        # A run that was killed may have left a journal that only a writer rolls back.
        mode = "rw" if os.access(path.parent, os.W_OK) else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        db = sqlite3.connect(uri, uri=True, timeout=30)
    except sqlite3.DatabaseError as error:
        raise _unusable(path, str(error)) from error
    try:
        if not read_only:
            # Deletes the journal when done: a copied folder is one whole ledger.
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
            # Spilling would lock readers out for the length of a batch.
            db.execute("PRAGMA cache_spill = OFF")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version == 0 and not read_only:
            tables = f"{_SCHEMA} {_KNOWLEDGE} {_CORRECTIONS} {_EARLIER} {_TESTIMONIES}"
            tables += f" PRAGMA user_version = {LEDGER_VERSION};"
            db.executescript(f"BEGIN; {tables} END;")
            version = LEDGER_VERSION
    except sqlite3.DatabaseError as error:
        db.close()
        raise _unusable(path, str(error)) from error
    if version != LEDGER_VERSION:
        db.close()
        raise _unusable(path, f"version {version}, not {LEDGER_VERSION}")
    db.executescript(_TEMPORARY + _TOUCHED)
    return db


def select_files(db: sqlite3.Connection, where: str, *values: Any) -> Iterator[File]:
    """Yield the files that ``where`` selects; they are read before the first."""
    columns = "key, path, root, name, sidecars, size, mtime, beside, settled, digest"
    for row in db.execute(
        f"SELECT {columns} FROM files {where}",  # noqa: S608 - our own words
        values,
    ).fetchall():
        key, path, root, name, sidecars, size, mtime, beside, settled, digest = row
        yield File(
            path=Path(text_of(path)),
            root=Path(text_of(root)),
            name=text_of(name),
            sidecars=tuple(Path(p) for p in json.loads(text_of(sidecars))),
            stamp=Stamp(size, mtime, beside),
            settled=bool(settled),
            digest=digest,
            key=key,
        )


def select_pages(db: sqlite3.Connection, where: str, *values: Any) -> list[Page]:
    """Return the pages that ``where`` selects."""
    columns = ", ".join(f"pages.{name}" for name in Page.__match_args__)
    rows = db.execute(
        f"SELECT {columns} FROM pages {where}",  # noqa: S608 - our own words
        values,
    )
    return [page_of(row) for row in rows]


def _unusable(path: Path, reason: str) -> IndexUnusable:
    return IndexUnusable(
        f"the ledger {path} cannot be used ({reason});"
        " run `dateline reindex --full PATH` with every root"
    )

"""What the page of an article was whenever it was saved, from the runs' ledger.

``index/earlier.py`` writes it there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from search.engines import state_of
from search.errors import BadSetting, IndexUnusable, OtherLedger
from search.model import Article
from search.status import LEDGER, LEDGER_VERSION
from search.versions import NAME, Version, unpacked

_PATIENCE = 1.0  # seconds to wait for a run that is committing
_WHERE = (
    "SELECT coalesce(pages.digest, earlier.digest), pages.current, pages.saved,"
    " files.mtime, earlier.text, earlier.key"
    " FROM pages JOIN files ON files.key = pages.file"
    " LEFT JOIN earlier ON earlier.file = pages.file AND earlier.row = pages.row"
    " AND earlier.id = pages.id AND NOT pages.current"
    " WHERE pages.id = ? AND (pages.current OR earlier.key IS NOT NULL)"
    " ORDER BY pages.current DESC, coalesce(pages.saved, files.mtime / 1e9) DESC,"
    " files.path, pages.nth DESC"
)
_T = TypeVar("_T")


class Histories:
    """The histories of the articles of the index at a locator; holds nothing open."""

    def __init__(self, locator: str) -> None:
        self._locator = locator

    def of(self, id: str) -> tuple[Version, ...]:
        """Return the versions of the article with this id, the latest first.

        Empty where it was saved but once, or no run has kept notes. What two files
        have alike to the byte is one version.
        """
        found = self._asked(lambda db: db.execute(_WHERE, (id,)).fetchall()) or ()
        versions: dict[str, Version] = {}
        for digest, current, saved, mtime, text, key in found:
            when = datetime.fromtimestamp(mtime / 1e9 if saved is None else saved, UTC)
            version = Version(
                id=id,
                name=(digest or "")[:NAME],
                saved=when,
                told=saved is not None,
                latest=bool(current),
                text=text or "",
                key=key,
            )
            versions.setdefault(version.name, version)
        listed = tuple(versions.values())
        # Without a latest one, a run is just taking the article out.
        return listed if len(listed) > 1 and listed[0].latest else ()

    def get(self, latest: Article, name: str) -> Article | None:
        """Return the version ``name`` of the article ``latest``; None: there is none.

        A short number counts the versions by time, from 1.

        Raises:
            OtherLedger: the ledger is of another version, so that it cannot be told.
        """
        versions = self.of(latest.id)
        version = next((one for one in versions if one.name == name), None)
        if len(name) < NAME:
            version = dict(enumerate(reversed(versions), 1)).get(int(name))
        elif (latest.digest or "")[:NAME] == name:
            return replace(latest, id=f"{latest.id}@{name}")
        if version is None:
            if self._read(_is_ours) is False:
                raise OtherLedger(
                    "the index was made by another version of Dateline;"
                    " run `dateline reindex --full` with every root"
                )
            return None
        if version.latest:
            return replace(latest, id=version.full_id)
        query = "SELECT coalesce(shown, alone) FROM earlier WHERE key = ?"
        row = self._asked(lambda db: db.execute(query, (version.key,)).fetchone())
        return None if row is None else replace(unpacked(row[0]), id=version.full_id)

    def titles(self, versions: Iterable[Version]) -> Mapping[str, str | None]:
        """Return the headlines of earlier ones of ``versions``, by their names.

        Costs 0.1 ms each, and more for very long texts.
        """
        names = {one.key: one.name for one in versions if one.key is not None}
        query = (
            "SELECT key, coalesce(shown, alone) FROM earlier"
            " WHERE key IN (SELECT value FROM json_each(?))"
        )
        given = (json.dumps([*names]),)
        rows = self._asked(lambda db: db.execute(query, given).fetchall()) or ()
        return {names[key]: unpacked(stored).title for key, stored in rows}

    def _asked(self, ask: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Return what the ledger says, None where there is none of this version."""
        return self._read(lambda db: ask(db) if _is_ours(db) else None)

    def _read(self, ask: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Return what a ledger of any version says, None without one to be read."""
        try:
            state = state_of(self._locator)
        except (BadSetting, IndexUnusable):
            return None  # a program's index has no runs
        if state is None or not (state / LEDGER).exists():
            return None
        try:
            with closing(_opened(state / LEDGER)) as db:
                return ask(db)
        except sqlite3.DatabaseError:
            return None  # `dateline status` and the next run tell of damage


def _is_ours(db: sqlite3.Connection) -> bool:
    found: tuple[int] = db.execute("PRAGMA user_version").fetchone()
    return found == (LEDGER_VERSION,)


def _opened(ledger: Path) -> sqlite3.Connection:
    address = f"{ledger.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, timeout=_PATIENCE)

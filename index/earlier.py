"""The articles of pages that give an id and do not hold it: earlier versions.

Which are kept follows from the pages in the ledger: of each content the first, in the
order that decides who holds an id. So it does not matter in which order they came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from index.chrome.traits import Traits
from index.records import FAILED, STDIN, Page, blob, page_of
from search.model import Article
from search.versions import packed, text_digest, unpacked

SCHEMA = """
CREATE TABLE earlier (
    key INTEGER PRIMARY KEY, file INTEGER NOT NULL, row BLOB NOT NULL, id TEXT NOT NULL,
    digest TEXT NOT NULL, source TEXT NOT NULL, codes BLOB NOT NULL, condemned BLOB,
    restored BLOB, text TEXT NOT NULL, alone BLOB NOT NULL, shown BLOB,
    UNIQUE (file, row)
);
CREATE INDEX earlier_source ON earlier (source);
CREATE INDEX pages_spare ON pages (id) WHERE id IS NOT NULL AND NOT current;
"""

_RANKED = """
WITH ranked AS (
    SELECT pages.*, earlier.digest AS kept, row_number() OVER (
        PARTITION BY pages.id, coalesce(pages.digest, earlier.digest)
        ORDER BY pages.current DESC, coalesce(pages.saved, files.mtime / 1e9) DESC,
            files.path, pages.nth DESC
    ) AS place
    FROM pages JOIN files ON files.key = pages.file
    LEFT JOIN earlier ON earlier.file = pages.file AND earlier.row = pages.row
        AND earlier.id = pages.id
    WHERE pages.status != ?1 AND files.path != ?2 AND pages.id IN
        (SELECT id FROM pages WHERE id IS NOT NULL AND NOT current)
)
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What decides what is shown of a version: its id, and the codes of its blocks.

    ``condemned`` are the digests of those that are not shown, ``restored`` of those
    that copies elsewhere put back; None before that was worked out.
    """

    key: int
    id: str
    codes: bytes
    condemned: frozenset[int] | None
    restored: frozenset[int] | None


class Earlier:
    """The table of earlier versions behind ``db``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, page: Page, source: str, article: Article, traits: Traits) -> None:
        """Keep the article of ``page`` in place of what was kept of it."""
        self.drop(page)
        self._db.execute(
            "INSERT INTO earlier (file, row, id, digest, source, codes, text, alone)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(page.file, blob(page.row), page.id, page.digest, source),
                *(traits.codes, text_digest(article.text), packed(article)),
            ),
        )

    def drop(self, page: Page) -> None:
        """Forget what was kept of ``page``."""
        query = "DELETE FROM earlier WHERE file = ? AND row = ?"
        self._db.execute(query, (page.file, blob(page.row)))

    def wanted(self) -> list[Page]:
        """Return the pages whose articles are versions and are not kept as they are.

        Costs a look at each page that does not hold its id, and at who does.
        """
        columns = ", ".join(Page.__match_args__)
        rows = self._db.execute(
            f"{_RANKED} SELECT {columns} FROM ranked"  # noqa: S608 - our own words
            " WHERE place = 1 AND NOT current AND digest IS NOT NULL"
            " AND kept IS NOT digest ORDER BY file, nth",
            (FAILED, blob(STDIN)),
        )
        return [page_of(row) for row in rows]

    def sweep(self) -> None:
        """Forget what is kept and is no version any more."""
        self._db.execute(
            f"{_RANKED} DELETE FROM earlier WHERE (file, row) NOT IN"  # noqa: S608
            " (SELECT file, row FROM ranked WHERE place = 1 AND NOT current"
            " AND kept IS coalesce(digest, kept))",
            (FAILED, blob(STDIN)),
        )

    def sources(self) -> list[str]:
        """Return the sources of versions of which it is not known what is shown."""
        query = "SELECT DISTINCT source FROM earlier WHERE condemned IS NULL"
        return [source for (source,) in self._db.execute(query)]

    def sources_of(self, ids: Collection[str]) -> list[str]:
        """Return the sources of the versions of these articles."""
        query = "SELECT DISTINCT id, source FROM earlier ORDER BY source"
        rows = self._db.execute(query) if ids else ()
        return [source for id_, source in rows if id_ in ids]

    def of(self, source: str) -> Iterator[Kept]:
        """Yield the versions of a source; they may be shown otherwise meanwhile."""
        query = (
            "SELECT key, id, codes, condemned, restored FROM earlier WHERE source = ?"
        )
        for key, id_, codes, *sets in self._db.execute(query, (source,)).fetchall():
            condemned, restored = map(_digests, sets)
            yield Kept(key, id_, codes, condemned, restored)

    def alone(self, kept: Kept) -> Article:
        """Return the article of ``kept`` as its page alone gave it."""
        query = "SELECT alone FROM earlier WHERE key = ?"
        (stored,) = self._db.execute(query, (kept.key,)).fetchone()
        return unpacked(stored)

    def show(self, kept: Kept, left: Article) -> None:
        """Show ``left``, the article as ``kept`` wants it."""
        sets = kept.condemned or frozenset(), kept.restored or frozenset()
        self._db.execute(
            "UPDATE earlier SET condemned = ?, restored = ?, shown = ?, text = ?"
            " WHERE key = ?",
            (
                *(np.array(sorted(some), "<u4").tobytes() for some in sets),
                *(packed(left) if any(sets) else None, text_digest(left.text)),
                kept.key,
            ),
        )


def _digests(stored: bytes | None) -> frozenset[int] | None:
    if stored is None:
        return None
    return frozenset(np.frombuffer(stored, "<u4").tolist())

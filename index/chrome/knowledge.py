"""What the ledger keeps of the collection: a row a page, and what each source teaches.

The rows are the truth; what was learned is worked out from them alone, and is so again
when the rules of learning change. ``settled`` is the number of the rules by which the
pages of a source are as they should be, 0 where one of them changed since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from index.chrome import rows
from index.chrome.elsewhere import outlets_of
from index.chrome.learning import Learned, learn, rules
from index.chrome.reprints import reprinted
from index.chrome.rows import COLUMNS, Row, became, digests_in, row_of

SCHEMA = f"""
{rows.SCHEMA}
CREATE TABLE sources (
    source TEXT PRIMARY KEY, pages INTEGER NOT NULL, stories INTEGER NOT NULL,
    learned INTEGER NOT NULL, settled INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE recurring (
    source TEXT NOT NULL, digest INTEGER NOT NULL, stories INTEGER NOT NULL,
    text TEXT, spared INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (source, digest)
) WITHOUT ROWID;
CREATE TABLE removals (
    source TEXT NOT NULL, rule TEXT NOT NULL, pages INTEGER NOT NULL,
    blocks INTEGER NOT NULL, characters INTEGER NOT NULL, PRIMARY KEY (source, rule)
) WITHOUT ROWID;
"""
_AT_ONCE = 1_000  # rows read before the first of them is used
_KNOWN = 200  # sources whose chrome is in memory
_FIRST = 8  # pages of a source from which it is learned during a run


class Knowledge:
    """The tables behind ``db``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._learned: dict[str, Learned] = {}
        self._steady: dict[str, bool] = {}

    # Pages.

    def row(self, id: str) -> Row | None:
        """Return what is kept of the article with this id."""
        query = f"SELECT {COLUMNS} FROM traits WHERE id = ?"  # noqa: S608 - our own
        found = self._db.execute(query, (id,)).fetchone()
        return None if found is None else row_of(found)

    def put(self, row: Row) -> None:
        """Keep ``row`` in place of what was kept of its article."""
        self.drop(row.id)
        self._db.execute(
            "INSERT INTO traits (id, source, codes, story, placed,"
            " condemned, restored, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(row.id, row.source, row.traits.codes, row.traits.story),
                *(row.traits.placed, *became(row)),
            ),
        )
        self._count(row, 1)
        if self._is_due(row.source):
            self.learn(row.source)

    def alter(self, row: Row) -> None:
        """Keep what became of the blocks of ``row``, whose traits are as they were."""
        before = self.row(row.id)
        self._db.execute(
            "UPDATE traits SET condemned = ?, restored = ?, removed = ? WHERE key = ?",
            (*became(row), row.key),
        )
        if before is not None:
            self._sum(before, -1)
        self._sum(row, 1)

    def drop(self, id: str) -> None:
        """Forget the article with this id."""
        row = self.row(id)
        if row is not None:
            self._db.execute("DELETE FROM traits WHERE key = ?", (row.key,))
            self._count(row, -1)

    # What they teach.

    def learned(self, source: str) -> Learned:
        """Return what was learned of ``source`` when that was last done."""
        if source not in self._learned:
            if len(self._learned) >= _KNOWN:
                self._learned.clear()
            self._learned[source] = self._read(source)
        return self._learned[source]

    def learn(self, source: str) -> Learned:
        """Learn from all pages of ``source``, and return it."""
        query = "SELECT count(*), sum(length(codes)) FROM traits WHERE source = ?"
        pages, size = self._db.execute(query, (source,)).fetchone()
        found = learn(lambda: self._stored(source), (size or 0) // 4) if pages else None
        found = replace(found or Learned(), spared=self._spared(source))
        if found.sentences != self.learned(source).sentences:
            self._steady[source] = False
        self._learned[source] = found
        self._db.execute(
            "UPDATE sources SET stories = ?, learned = ? WHERE source = ?",
            (found.stories, pages, source),
        )
        self._db.execute("UPDATE recurring SET stories = 0 WHERE source = ?", (source,))
        self._db.executemany(
            "INSERT INTO recurring VALUES (?, ?, ?, NULL, 0) ON CONFLICT DO UPDATE"
            " SET stories = excluded.stories",
            ((source, digest, n) for digest, n in found.recurring.items()),
        )
        self._db.execute(
            "DELETE FROM recurring WHERE source = ? AND stories = 0", (source,)
        )
        return found

    def spare(self) -> None:
        """Note what recurs at one source and is content at another.

        The sources of which that changed are unsettled then. Reads the codes of all
        pages, where anything recurs at all: 2 seconds for a million.
        """
        query = "SELECT source, digest, spared FROM recurring"
        recurring = self._db.execute(query).fetchall()
        if not recurring:
            return
        content = outlets_of({digest for _, digest, _ in recurring}, self._printed)
        for source, digest, was in recurring:
            spared = not source.startswith("/") and bool(
                content.get(digest, frozenset()) - {source}
            )
            if spared != bool(was):
                self._db.execute(
                    "UPDATE recurring SET spared = ? WHERE source = ? AND digest = ?",
                    (spared, source, digest),
                )
                self._unsettle(source)

    def reprinted(self) -> Mapping[int, frozenset[int]]:
        """Return what other outlets' copies put back, as digests by the rows' keys.

        The sources of which that changed are unsettled then. Costs as
        :func:`index.chrome.reprints.reprinted`.
        """
        wanted = reprinted(self._printed)
        query = "SELECT key, restored FROM traits WHERE restored != '{}'"
        stored = {key: digests_in(said) for key, said in self._db.execute(query)}
        for key in wanted.keys() | stored.keys():
            if wanted.get(key) != stored.get(key):
                query = "SELECT source FROM traits WHERE key = ?"
                self._unsettle(*self._db.execute(query, (key,)).fetchone())
        return wanted

    def _printed(self) -> Iterator[tuple[int, str, bytes, bytes]]:
        query = "SELECT key, source, codes, story FROM traits WHERE codes != x''"
        yield from self._db.execute(query)

    def _unsettle(self, source: str) -> None:
        self._learned.pop(source, None)
        self._steady[source] = False
        self._db.execute("UPDATE sources SET settled = 0 WHERE source = ?", (source,))

    def say(self, source: str, texts: Mapping[int, str]) -> None:
        """Keep how blocks that went are written; of several ways the first."""
        self._db.executemany(
            "UPDATE recurring SET text = min(coalesce(text, ?1), ?1)"
            " WHERE source = ?2 AND digest = ?3",
            ((text, source, digest) for digest, text in texts.items()),
        )

    def unsaid(self, source: str) -> set[int]:
        """Return the recurring digests of which no text is known yet."""
        query = "SELECT digest FROM recurring WHERE source = ? AND text IS NULL"
        return {digest for (digest,) in self._db.execute(query, (source,))}

    def unsettled(self) -> list[str]:
        """Return the sources whose pages, or the rules, changed since they settled."""
        query = "SELECT source FROM sources WHERE settled != ? ORDER BY source"
        return [source for (source,) in self._db.execute(query, (rules(),))]

    def is_steady(self, source: str) -> bool:
        """Tell whether ``source`` was settled, and nothing was learned since.

        Then its pages are as that wants, those that came since among them.
        """
        return self._steady.get(source, False)

    def settle(self, source: str) -> None:
        """Note that the pages of ``source`` are as what was learned wants them."""
        query = "UPDATE sources SET settled = ? WHERE source = ?"
        self._db.execute(query, (rules(), source))
        self._db.execute(
            "DELETE FROM sources WHERE source = ? AND pages = 0", (source,)
        )

    def rows(self, source: str) -> Iterator[Row]:
        """Yield the rows of ``source``; they may be altered meanwhile."""
        last = 0
        while True:
            query = (
                f"SELECT {COLUMNS} FROM traits WHERE source = ? AND key > ?"  # noqa: S608
                " ORDER BY key LIMIT ?"
            )
            found = self._db.execute(query, (source, last, _AT_ONCE)).fetchall()
            if not found:
                return
            yield from map(row_of, found)
            last = found[-1][0]

    def _stored(self, source: str) -> Iterator[tuple[bytes, bytes]]:
        query = "SELECT codes, story FROM traits WHERE source = ? AND codes != x''"
        yield from self._db.execute(query, (source,))

    def _read(self, source: str) -> Learned:
        query = "SELECT stories FROM sources WHERE source = ?"
        (stories,) = self._db.execute(query, (source,)).fetchone() or (0,)
        query = "SELECT digest, stories FROM recurring WHERE source = ?"
        found = dict(self._db.execute(query, (source,)).fetchall())
        return Learned(MappingProxyType(found), stories, self._spared(source))

    def _spared(self, source: str) -> frozenset[int]:
        query = "SELECT digest FROM recurring WHERE source = ? AND spared"
        return frozenset(digest for (digest,) in self._db.execute(query, (source,)))

    def _is_due(self, source: str) -> bool:
        """Tell whether ``source`` has twice the pages it was last learned from."""
        query = "SELECT pages, learned FROM sources WHERE source = ?"
        pages, learned = self._db.execute(query, (source,)).fetchone()
        return bool(pages >= max(_FIRST, 2 * learned))

    def _count(self, row: Row, times: int) -> None:
        """Count a page of the source in, or out with ``times`` -1."""
        if row.source not in self._steady:
            query = "SELECT 1 FROM sources WHERE source = ? AND settled = ?"
            settled = self._db.execute(query, (row.source, rules())).fetchone()
            self._steady[row.source] = settled is not None
        self._db.execute(
            "INSERT INTO sources VALUES (?1, ?2, 0, 0, 0) ON CONFLICT DO UPDATE"
            " SET pages = pages + ?2, settled = 0",
            (row.source, times),
        )
        self._sum(row, times)

    def _sum(self, row: Row, times: int) -> None:
        self._db.executemany(
            "INSERT INTO removals VALUES (?1, ?2, ?3, ?3 * ?4, ?3 * ?5)"
            " ON CONFLICT DO UPDATE SET pages = pages + ?3,"
            " blocks = blocks + ?3 * ?4, characters = characters + ?3 * ?5",
            ((row.source, rule, times, *n) for rule, n in row.removed.items()),
        )
        if times < 0:
            self._db.execute(
                "DELETE FROM removals WHERE source = ? AND pages = 0", (row.source,)
            )

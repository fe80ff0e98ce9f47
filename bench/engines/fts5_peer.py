"""SQLite's FTS5: matches go into a temporary table, facets are GROUP BY over it.

Title and body are the two columns that a plain query searches together; the unstemmed
twin is an index without content. The stemmer is Porter's first one, and a prefix is
looked for among stems only, so some totals differ from those of the others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.engines.asks import Ask, Form
from bench.engines.corpus import Row
from bench.engines.peer import HITS, SNIPPET, VALUES, Answer

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT, source TEXT, day INTEGER, month INTEGER
);
CREATE TABLE places (place TEXT, number INTEGER, PRIMARY KEY (number, place))
    WITHOUT ROWID;
CREATE INDEX by_source ON articles (source, day);
CREATE INDEX by_day ON articles (day);
CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = 'porter unicode61');
CREATE VIRTUAL TABLE exact USING fts5(
    title, body, content = '', tokenize = 'unicode61 remove_diacritics 0'
);
"""
_WORDS_OF_A_SNIPPET = SNIPPET // 6
_BATCH = 1000  # articles handed to SQLite at once


class Fts5:
    """FTS5 through the standard library."""

    most = None
    rounds = None

    def prepared(self, row: Row) -> Row:
        """Return the row."""
        return row

    def build(self, folder: Path, items: Iterable[Row]) -> None:
        """Write in one transaction, then merge the index into one b-tree."""
        database = _connect(folder)
        database.executescript(_SCHEMA)
        _write(database, items)
        for name in ("words", "exact"):
            database.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    def add(self, folder: Path, items: Iterable[Row]) -> None:
        """Write in one transaction on a connection opened for it."""
        database = _connect(folder)
        _write(database, items)
        database.close()

    def open(self, folder: Path) -> Fts5Index:
        """Return a connection with its temporary table in memory."""
        return Fts5Index(_connect(folder))


class Fts5Index:
    """One connection."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute("PRAGMA temp_store = MEMORY")
        database.execute("CREATE TEMP TABLE found (number INTEGER PRIMARY KEY)")
        database.execute("CREATE TEMP TABLE others (number INTEGER PRIMARY KEY)")

    def full(self, ask: Ask) -> Answer:
        """Return the whole answer; a source asked for is counted in its absence."""
        total = self._fill("found", ask, ask.source)
        counted = "found"
        if ask.source:
            self._fill("others", ask, None)
            counted = "others"
        sources = self._ask(
            f"SELECT source, count(*) n FROM {counted} JOIN articles USING (number)"
            " GROUP BY source ORDER BY n DESC LIMIT ?",
            VALUES,
        )
        self._ask(
            "SELECT place, count(*) n FROM found JOIN places USING (number)"
            " GROUP BY place ORDER BY n DESC LIMIT ?",
            VALUES,
        )
        self._ask(
            "SELECT month, count(*) FROM found JOIN articles USING (number)"
            " GROUP BY month"
        )
        snippet = (
            f"substr(words.body, 1, {SNIPPET})"
            if ask.form is Form.EVERYTHING
            else f"snippet(words, 1, '\x02', '\x03', '…', {_WORDS_OF_A_SNIPPET})"
        )
        hits = self._hits(ask, f"articles.id, words.title, {snippet}")
        return Answer(
            total,
            tuple(hit[0] for hit in hits),
            dict(sources),
            sum(bool(snippet) for _, _, snippet in hits),
        )

    def top(self, ask: Ask) -> tuple[str, ...]:
        """Return ten hits."""
        hits = self._hits(ask, "articles.id, words.title")
        return tuple(hit[0] for hit in hits)

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    def _fill(self, table: str, ask: Ask, source: str | None) -> int:
        """Put the numbers of what matches into ``table``; return how many there are."""
        where, values = _where(ask, source)
        self._database.execute(f"DELETE FROM {table}")
        from_ = "articles" if ask.form is Form.EVERYTHING else _JOINED
        return self._database.execute(
            f"INSERT INTO {table} SELECT number FROM {from_} WHERE {where}", values
        ).rowcount

    def _hits(self, ask: Ask, columns: str) -> list[Any]:
        where, values = _where(ask, ask.source)
        order = "day DESC" if ask.form is Form.EVERYTHING else "bm25(words, 2.0, 1.0)"
        return self._database.execute(
            f"SELECT {columns} FROM {_JOINED} WHERE {where}"
            f" ORDER BY {order} LIMIT ? OFFSET ?",
            (*values, HITS, (ask.page - 1) * HITS),
        ).fetchall()

    def _ask(self, statement: str, *values: Any) -> list[Any]:
        return self._database.execute(statement, values).fetchall()


_JOINED = "words JOIN articles ON articles.number = words.rowid"


def _where(ask: Ask, source: str | None) -> tuple[str, list[Any]]:
    """Return the condition and its values."""
    conditions, values = ["1"], list[Any]()
    if ask.form is not Form.EVERYTHING:
        conditions.append("words MATCH ?")
        values.append(_match(ask))
    if source:
        conditions.append("articles.source = ?")
        values.append(source)
    if ask.since and ask.until:
        conditions.append("articles.day BETWEEN ? AND ?")
        values += [ask.since.toordinal(), ask.until.toordinal()]
    return " AND ".join(conditions), values


def _match(ask: Ask) -> str:
    words = [f'"{word}"' for word in ask.words]
    match ask.form:
        case Form.ANY_OF:
            return " OR ".join(words)
        case Form.PHRASE:
            return f'"{" ".join(ask.words)}"'
        case Form.PREFIX:
            return f"{words[0]} *"
        case Form.TITLE:
            return f"title : {words[0]}"
        case _:
            return " AND ".join(words)


def _connect(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "articles.db")


def _write(database: sqlite3.Connection, items: Iterable[Row]) -> None:
    with database:
        start = database.execute("SELECT max(number) FROM articles").fetchone()[0] or 0
        batch: list[tuple[int, Row]] = []
        for number, row in enumerate(items, start + 1):
            batch.append((number, row))
            if len(batch) == _BATCH:
                _insert(database, batch)
                batch = []
        _insert(database, batch)


def _insert(database: sqlite3.Connection, batch: list[tuple[int, Row]]) -> None:
    texts = [(number, row.title, row.body) for number, row in batch]
    for name in ("words", "exact"):
        database.executemany(
            f"INSERT INTO {name} (rowid, title, body) VALUES (?, ?, ?)", texts
        )
    database.executemany(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?)",
        [(n, row.id, row.source, row.day, row.month) for n, row in batch],
    )
    database.executemany(
        "INSERT INTO places VALUES (?, ?)",
        [(place, n) for n, row in batch for place in row.places],
    )


PEER = Fts5()

"""What the ledger keeps of corrections, and of the values they stand over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.corrections.correction import UNKNOWN, Key, Row, unpacked
from index.records import blob, text_of
from search.folding import fold

SCHEMA = """
CREATE TABLE corrections (
    folder BLOB NOT NULL, line INTEGER NOT NULL, key INTEGER NOT NULL,
    name BLOB NOT NULL, said TEXT NOT NULL, state INTEGER NOT NULL,
    PRIMARY KEY (folder, line, key, name, said)
) WITHOUT ROWID;
CREATE TABLE standing (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, label TEXT NOT NULL,
    named TEXT, outlet TEXT, said TEXT NOT NULL, was TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX standing_source ON standing (source);
CREATE INDEX standing_label ON standing (label);
CREATE INDEX standing_named ON standing (named, outlet) WHERE named IS NOT NULL;
"""
TEMPORARY = "CREATE TEMP TABLE touched (id TEXT PRIMARY KEY) WITHOUT ROWID;"
# Of a row: its articles are as it wants them; they are not yet; it is gone from its
# file, and they are not yet as they are without it.
_SETTLED, _NEW, _GONE = range(3)
_AT_ONCE = 1_000  # ids read before the first of them is used
# A file, the same gzipped, or what lies below a folder.
_BELOW = (
    "(files.path IN (:path, :gzipped) OR files.path > :inside AND files.path < :behind)"
)
_BY_PATH = f"""
SELECT pages.id FROM files JOIN pages ON pages.file = files.key AND pages.current
WHERE {_BELOW}
"""  # noqa: S608 - our own words
# Not in one condition with the other, which would look at all rows of the file.
_BY_ROW = f"""
{_BY_PATH} UNION ALL
SELECT pages.id FROM files JOIN pages ON pages.file = files.key AND pages.current
WHERE files.path IN (:file, :zipped) AND pages.row = :row
"""  # noqa: S608 - our own words
_BY_SOURCE = f"""
SELECT standing.id FROM standing
CROSS JOIN pages ON pages.id = standing.id AND pages.current
CROSS JOIN files ON files.key = pages.file
WHERE (standing.source IN (:source, :label) OR standing.label = :label) AND {_BELOW}
"""  # noqa: S608 - our own words
_BY_ID = "SELECT id FROM pages WHERE current AND id = :id"


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the corrections in ``folder``."""

    folder: Path
    row: Row


@dataclass(frozen=True, slots=True)
class Standing:
    """How an article stands in the index beside what its page says.

    ``source`` and ``label``, folded, are the page's, "" where it names none. ``named``
    is the name by which its outlet may be known elsewhere by a domain, and ``outlet``
    that domain where it is. ``said`` are the corrections it stands under and ``was``
    the values that they and the outlet replaced, both packed.
    """

    id: str
    source: str
    label: str
    named: str | None = None
    outlet: str | None = None
    said: str = ""
    was: str = ""


class CorrectionTable:
    """The corrections in force, in the ledger behind ``db``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, folder: Path, rows: Iterable[Row]) -> None:
        """Put ``rows`` in place of those of ``folder``; none where it has no file."""
        now = {_stored(folder, row) for row in rows}
        query = "SELECT * FROM corrections WHERE folder = ?"
        found = self._db.execute(query, (blob(folder),))
        before = {each[:5]: each[5] for each in found}
        for stored in before.keys() - now:
            self._mark(stored, _GONE)
        for stored in now:
            if before.get(stored, _GONE) == _GONE:
                self._mark(stored, _NEW)

    def folders(self) -> list[Path]:
        """Return the folders whose corrections are known, in order."""
        query = "SELECT DISTINCT folder FROM corrections ORDER BY folder"
        return [Path(text_of(folder)) for (folder,) in self._db.execute(query)]

    def in_force(self) -> list[Placed]:
        """Return the rows in force, outer folders first, in the order of their file."""
        return self._select("state != ?", _GONE)

    def unsettled(self) -> list[Placed]:
        """Return the rows that came or went since their articles were settled."""
        return self._select("state != ?", _SETTLED)

    def settle(self) -> None:
        """Note that all articles are as the rows in force want them."""
        self._db.execute("DELETE FROM corrections WHERE state = ?", (_GONE,))
        self._db.execute("UPDATE corrections SET state = ?", (_SETTLED,))

    def _mark(self, stored: tuple[object, ...], state: int) -> None:
        query = "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?)"
        self._db.execute(query, (*stored, state))

    def _select(self, where: str, state: int) -> list[Placed]:
        rows = self._db.execute(
            f"SELECT * FROM corrections WHERE {where} ORDER BY folder, line",  # noqa: S608
            (state,),
        )
        return [
            Placed(
                Path(text_of(folder)),
                Row(Key(key), text_of(name), line, unpacked(said)),
            )
            for folder, line, key, name, said, _ in rows
        ]


class StandingTable:
    """How each article stands, in the ledger behind ``db``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, standing: Standing) -> None:
        """Keep how an article stands."""
        self._db.execute(
            "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(standing.id, standing.source, standing.label, standing.named),
                *(standing.outlet, standing.said, standing.was),
            ),
        )

    def get(self, id: str) -> Standing | None:
        """Return how the article with this id stands."""
        query = "SELECT * FROM standing WHERE id = ?"
        found = self._db.execute(query, (id,)).fetchone()
        return None if found is None else Standing(*found)

    def drop(self, id: str) -> None:
        """Forget the article with this id."""
        self._db.execute("DELETE FROM standing WHERE id = ?", (id,))

    # Outlets.

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield each source with each label its pages give it; reads every row."""
        yield from self._db.execute("SELECT DISTINCT source, label FROM standing")

    def outlets(self) -> list[tuple[str, str | None]]:
        """Return each name that stands for an outlet, with the domain it is put to."""
        query = "SELECT DISTINCT named, outlet FROM standing WHERE named IS NOT NULL"
        return list(self._db.execute(query))

    # Which articles a change touches.

    def touch_named(self, named: str, outlet: str | None) -> None:
        """Note the articles of an outlet that is put to this domain."""
        query = "SELECT id FROM standing WHERE named = :named AND outlet IS :outlet"
        self._touch(query, {"named": named, "outlet": outlet})

    def touch(self, placed: Placed) -> None:
        """Note the articles that a row names."""
        self._touch(*_named(placed))

    def is_met(self, placed: Placed) -> bool:
        """Return whether any article is named by a row."""
        query, values = _named(placed)
        return self._db.execute(f"{query} LIMIT 1", values).fetchone() is not None

    def untouch(self) -> None:
        """Forget which articles were noted."""
        self._db.execute("DELETE FROM temp.touched")

    def is_touched(self) -> bool:
        """Return whether any article is noted."""
        query = "SELECT 1 FROM temp.touched LIMIT 1"
        return self._db.execute(query).fetchone() is not None

    def touched(self) -> Iterator[str]:
        """Yield the ids noted, in order; their articles may be altered meanwhile."""
        last = ""
        query = "SELECT id FROM temp.touched WHERE id > ? ORDER BY id LIMIT ?"
        while found := self._db.execute(query, (last, _AT_ONCE)).fetchall():
            yield from (id_ for (id_,) in found)
            last = found[-1][0]

    def _touch(self, query: str, values: Mapping[str, object]) -> None:
        self._db.execute(f"INSERT OR IGNORE INTO temp.touched {query}", values)


def _named(placed: Placed) -> tuple[str, dict[str, object]]:
    """Return the query, and its values, for the articles a row names."""
    row, folder = placed.row, placed.folder
    if row.key is Key.ID:
        return _BY_ID, {"id": row.name}
    if row.key is Key.PATH:
        below = _below(folder / row.name)
        path, mark, number = row.name.rpartition("#")
        if not mark:
            return _BY_PATH, below
        file = blob(folder / path)
        of_row = {"file": file, "zipped": file + b".gz", "row": blob(mark + number)}
        return _BY_ROW, {**below, **of_row}
    name = fold(row.name)
    source = "" if name == UNKNOWN else row.name.lower()
    return _BY_SOURCE, {**_below(folder), "source": source, "label": name}


def _below(path: Path) -> dict[str, object]:
    at = blob(path)
    # "0" is the character after "/".
    return {
        "path": at,
        "gzipped": at + b".gz",
        "inside": at + b"/",
        "behind": at + b"0",
    }


def _stored(folder: Path, row: Row) -> tuple[object, ...]:
    said = row.said.packed()
    return (blob(folder), row.line, int(row.key), blob(row.name), said)

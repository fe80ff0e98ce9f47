"""What the ledger keeps of places: what each article tells of its outlet.

A row an article: the outlet it stands under in the index, what it tells, and a number
for the prior its places were found with. An outlet is learned from those of its
articles whose ids come first, which is a sample by lot, since ids are hashes: the more
articles there are, the fewer of those that come change it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from index.toponyms.priors import HOME, LEAST, SAMPLE, Prior, Testimony

SCHEMA = """
CREATE TABLE witnesses (
    id TEXT PRIMARY KEY, outlet TEXT NOT NULL, said TEXT NOT NULL,
    namesakes TEXT NOT NULL, prior INTEGER NOT NULL, due INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX witnesses_outlet ON witnesses (outlet, id);
CREATE INDEX witnesses_due ON witnesses (outlet, id) WHERE due;
CREATE TABLE outlets (
    outlet TEXT PRIMARY KEY, prior INTEGER NOT NULL, settled INTEGER NOT NULL
) WITHOUT ROWID;
"""
NO_PRIOR = 0
_UNKNOWN = -1  # the number of no prior: nobody can tell which it was
_RULES = zlib.crc32(repr((1, LEAST, HOME, SAMPLE)).encode())
_AT_ONCE = 1_000  # rows read before the first of them is used


@dataclass(frozen=True, slots=True)
class Row:
    """An article: where its names may mean another place, and the number of the prior
    that its places were found with.
    """

    id: str
    namesakes: tuple[str, ...]
    prior: int


class Sample:
    """The articles an outlet is learned from, by id."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._said = dict(rows)
        self._prior = Prior()
        for said in self._said.values():
            self._prior.count(_unpacked(said))
        self.number = _number(*self._said.items())

    def prior(self, row: Row) -> tuple[int, Prior | None]:
        """Return what the others tell of an article, with a number that stands for it.

        Nothing where they are too few, or hardly name a region its names may mean too:
        an agency's Geneva is not in Illinois for what it tells of Chicago.
        """
        own = self._said.get(row.id)
        prior: Prior | None = self._prior
        if own is not None:
            prior = self._prior.without(_unpacked(own))
        if prior is None or prior.articles < LEAST:
            return NO_PRIOR, None
        if not prior.is_at_home_in(row.namesakes):
            return NO_PRIOR, None
        others = (said for id_, said in self._said.items() if id_ != row.id)
        return _number(*others), prior


class Witnesses:
    """The tables behind ``db``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # Articles.

    def stand(self, id: str, outlet: str) -> None:
        """Note under which outlet an article stands in the index, "" for none."""
        before = self._outlet(id)
        if before == outlet:
            return
        self._db.execute(
            "INSERT INTO witnesses VALUES (?, ?, '', '', 0, 1)"
            " ON CONFLICT DO UPDATE SET outlet = excluded.outlet, due = 1",
            (id, outlet),
        )
        self._stir(before)
        self._stir(outlet)

    def put(self, id: str, testimony: Testimony | None) -> None:
        """Keep what an article tells whose places were found without a prior; None
        where they were given.
        """
        said, namesakes = _packed(testimony) if testimony else ("", "")
        self._db.execute(
            "UPDATE witnesses SET said = ?, namesakes = ?, prior = 0, due = 1"
            " WHERE id = ?",
            (said, namesakes, id),
        )
        self._stir(self._outlet(id))

    def drop(self, id: str) -> None:
        """Forget the article with this id."""
        self._stir(self._outlet(id))
        self._db.execute("DELETE FROM witnesses WHERE id = ?", (id,))

    def forget_prior(self, id: str) -> None:
        """Note that the places of an article were found again, without a prior."""
        self._due(id, NO_PRIOR)

    def has_prior(self, id: str) -> bool:
        """Return whether an article is, or may be, placed as a prior wants it."""
        query = "SELECT 1 FROM witnesses WHERE id = ? AND prior != ?"
        return self._db.execute(query, (id, NO_PRIOR)).fetchone() is not None

    def doubt(self, id: str) -> None:
        """Note that nobody knows with which prior an article was placed."""
        self._due(id, _UNKNOWN)

    def place(self, id: str, prior: int) -> None:
        """Note that the places of an article are as the prior of this number wants."""
        query = "UPDATE witnesses SET prior = ?, due = 0 WHERE id = ?"
        self._db.execute(query, (prior, id))

    # Taking an article over from one ledger to another.

    def stored(self, id: str) -> tuple[object, ...] | None:
        """Return the row of an article as :meth:`restore` takes it."""
        query = "SELECT * FROM witnesses WHERE id = ?"
        found: tuple[object, ...] | None = self._db.execute(query, (id,)).fetchone()
        return found

    def restore(self, stored: tuple[object, ...]) -> None:
        """Keep a row that :meth:`stored` gave; its outlet settles anew."""
        query = "INSERT OR REPLACE INTO witnesses VALUES (?, ?, ?, ?, ?, 1)"
        self._db.execute(query, stored[:5])
        self._stir(str(stored[1]))

    # Outlets.

    def unsettled(self) -> list[str]:
        """Return the outlets of which an article, or the rules, changed since they
        settled.
        """
        query = "SELECT outlet FROM outlets WHERE settled != ? ORDER BY outlet"
        return [outlet for (outlet,) in self._db.execute(query, (_RULES,))]

    def sample(self, outlet: str) -> Sample:
        """Return the articles that ``outlet`` is learned from."""
        if not outlet:
            return Sample(())
        query = (
            "SELECT id, said FROM witnesses WHERE outlet = ? AND said != ''"
            " ORDER BY id LIMIT ?"
        )
        return Sample(self._db.execute(query, (outlet, SAMPLE)))

    def rows(self, outlet: str, sample: Sample) -> Iterator[Row]:
        """Yield the articles of ``outlet`` whose places may not be as ``sample`` wants;
        they may be altered meanwhile.

        Where the outlet was settled by the same sample these are only such as came or
        changed since.
        """
        query = "SELECT prior FROM outlets WHERE outlet = ?"
        (known,) = self._db.execute(query, (outlet,)).fetchone()
        where = "due"
        if known != sample.number:
            where = "(due OR prior != 0 OR namesakes != '')"
            query = "UPDATE outlets SET prior = ? WHERE outlet = ?"
            self._db.execute(query, (_UNKNOWN, outlet))
        query = (
            "SELECT id, namesakes, prior FROM witnesses"  # noqa: S608 - our own
            f" WHERE outlet = ? AND id > ? AND {where} ORDER BY id LIMIT {_AT_ONCE}"
        )
        last = ""
        while found := self._db.execute(query, (outlet, last)).fetchall():
            for id_, namesakes, prior in found:
                yield Row(id_, tuple(namesakes.split()), prior)
            last = found[-1][0]

    def settle(self, outlet: str, sample: Sample) -> None:
        """Note that all articles of ``outlet`` are as ``sample`` wants them."""
        query = "UPDATE outlets SET prior = ?, settled = ? WHERE outlet = ?"
        self._db.execute(query, (sample.number, _RULES, outlet))
        self._db.execute(
            "DELETE FROM outlets WHERE outlet = ?1"
            " AND NOT EXISTS (SELECT 1 FROM witnesses WHERE outlet = ?1)",
            (outlet,),
        )

    def _due(self, id: str, prior: int) -> None:
        query = "UPDATE witnesses SET prior = ?, due = 1 WHERE id = ?"
        self._db.execute(query, (prior, id))
        self._stir(self._outlet(id))

    def _outlet(self, id: str) -> str | None:
        query = "SELECT outlet FROM witnesses WHERE id = ?"
        found = self._db.execute(query, (id,)).fetchone()
        return None if found is None else str(found[0])

    def _stir(self, outlet: str | None) -> None:
        if outlet is not None:
            self._db.execute(
                "INSERT INTO outlets VALUES (?, ?, 0)"
                " ON CONFLICT DO UPDATE SET settled = 0",
                (outlet, _UNKNOWN),
            )


def _packed(testimony: Testimony) -> tuple[str, str]:
    *said, namesakes = astuple(testimony)
    return json.dumps(said, separators=(",", ":")), " ".join(namesakes)


def _unpacked(said: str) -> Testimony:
    regions, countries, squares = json.loads(said)
    return Testimony(
        tuple(regions), tuple(countries), tuple((lat, lon) for lat, lon in squares)
    )


def _number(*content: object) -> int:
    """Return a number above 0 that hardly any other content has."""
    return zlib.crc32(repr((_RULES, content)).encode()) + 1

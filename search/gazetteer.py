"""Places: their ids, labels and paths, and every spelling that leads to them.

The data are flat files below ``search/data``, made by ``tools/compile_gazetteer.py``
from GeoNames. They are memory-mapped: opening costs milliseconds, and all processes
share one copy.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from search.errors import DatelineError
from search.folding import fold, whole

FORMAT = 1
DATA = Path(__file__).parent / "data"
KINDS = ("country", "region", "county", "city", "continent", "area", "water")

# What a name is beside a place's; FAMOUS is a firm's, a statesman's or a power's.
COMMON, FIRST_NAME, SURNAME, FAMOUS = 1, 2, 4, 8
NO_ROW = 0xFFFFFFFF
_MANY = 0x80000000  # the rest of the entry is an offset into the lists
_WEAK = 0x40000000  # the name is an alternate that little speaks for
_ROW = 0x3FFFFFFF
_INVENTED = 0xF0000000  # from here on: places of our own table, without a GeoNames id

_MUTE = str.maketrans("", "", "'.\"“”")
_BREAK = re.compile(r"[\s\-‐‑‒–—_/,()]+")


class GazetteerMissing(DatelineError):
    """The gazetteer's data are missing or of another format; install Dateline again."""


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place: ``path`` is ids from the country down to ``id`` itself.

    ``label`` is its commonest English name in ASCII, ``country`` ISO 3166 alpha-2 and
    empty where a place belongs to none, ``kind`` one of :data:`KINDS`.
    """

    id: str
    label: str
    path: tuple[str, ...]
    country: str
    lat: float
    lon: float
    population: int
    kind: str


@dataclass(frozen=True, slots=True)
class Sense:
    """One place a name can stand for; ``weak`` where it is an obscure alternate."""

    place: GazetteerPlace
    weak: bool


def key(name: str) -> str:
    """Return what a name is looked up by: folded, points and apostrophes dropped,
    hyphens and runs of space made one space.

    >>> key("Saint-Denis-d’Oléron")
    'saint denis doleron'
    """
    return _BREAK.sub(" ", fold(whole(name)).translate(_MUTE)).strip()


class _Lookup:
    """Strings to rows of places; memory-mapped, a microsecond or two a question."""

    def __init__(self, folder: Path, name: str) -> None:
        self.trie: Any = marisa_trie.Trie().mmap(str(folder / f"{name}.marisa"))
        self._entry = np.load(folder / f"{name}.npy", mmap_mode="r")
        self._lists = np.load(folder / f"{name}-lists.npy", mmap_mode="r")

    def rows(self, text: str) -> tuple[tuple[int, bool], ...]:
        """Return the rows of ``text`` and whether each is weak, best first."""
        number = self.trie.get(text)
        if number is None:
            return ()
        entry = int(self._entry[number])
        if not entry & _MANY:
            return ((entry & _ROW, bool(entry & _WEAK)),)
        start = entry & _ROW
        many = self._lists[start + 1 : start + 1 + int(self._lists[start])]
        return tuple((int(e) & _ROW, bool(int(e) & _WEAK)) for e in many)

    def texts(self, row: int) -> list[str]:
        """Return the strings that lead to ``row``, in no order; about a millisecond."""
        alone = np.flatnonzero((self._entry & np.uint32(~_WEAK & 0xFFFFFFFF)) == row)
        found = {self.trie.restore_key(int(n)) for n in alone}
        for at in np.flatnonzero((self._lists & np.uint32(_ROW)) == row):
            found.update(self._holders(int(at), row))
        return sorted(found)

    def _holders(self, at: int, row: int) -> list[str]:
        """Return the strings whose list covers position ``at`` and holds ``row``."""
        starts, numbers = self._starts
        nth = int(np.searchsorted(starts, at, side="right")) - 1
        if nth < 0 or int(starts[nth]) == at:
            return []
        text = self.trie.restore_key(int(numbers[nth]))
        return [text] if row in {r for r, _ in self.rows(text)} else []

    @property
    def _starts(self) -> tuple[Any, Any]:
        """Return where lists begin, in order, and the number of each one's string."""
        numbers = np.flatnonzero(self._entry & np.uint32(_MANY))
        starts = self._entry[numbers] & np.uint32(_ROW)
        order = np.argsort(starts, kind="stable")
        return starts[order], numbers[order]


class Gazetteer:
    """Looks places up by id and by name; safe to share between threads.

    Raises:
        GazetteerMissing: ``folder`` lacks the data, or holds another format.
    """

    def __init__(self, folder: Path = DATA) -> None:
        try:
            about = json.loads((folder / "gazetteer.json").read_text("utf-8"))
            if about["format"] != FORMAT:
                raise GazetteerMissing(f"gazetteer format is not {FORMAT}: {folder}")
            self._names = _Lookup(folder, "names")
            self._skeletons = _Lookup(folder, "skeletons")
            self._places = np.load(folder / "places.npy", mmap_mode="r")
            self._labels = np.load(folder / "labels.npy", mmap_mode="r")
            self._starts = np.load(folder / "labels-starts.npy", mmap_mode="r")
            self._words: Any = marisa_trie.Trie().mmap(str(folder / "words.marisa"))
            self._flags = np.load(folder / "words.npy", mmap_mode="r")
        except (OSError, KeyError, ValueError) as error:
            raise GazetteerMissing(f"no gazetteer in {folder}: {error}") from error
        self._iso3: dict[str, str] = about["iso3"]
        self.demonyms: dict[str, str] = about["demonyms"]
        self.abbreviations: dict[str, str] = about["abbreviations"]
        # A megabyte of its own: NumPy copies all ids for each look-up in a view.
        self._ids = np.ascontiguousarray(self._places["id"])
        # A bounded working set, kept as long as the gazetteer itself.
        self._place_at = lru_cache(maxsize=1 << 15)(self._read_place)
        self.senses = lru_cache(maxsize=1 << 14)(self._read_senses)
        self.spellings = lru_cache(maxsize=1 << 11)(self._read_spellings)
        self._countries = self._rows_of_countries()

    def place(self, id: str) -> GazetteerPlace | None:
        """Return the place with this id, None where there is none."""
        row = self._row(id)
        return None if row is None else self._place_at(row)

    def named(self, name: str) -> tuple[str, ...]:
        """Return the ids of the places called ``name``, most prominent first.

        An ISO 3166 code is no name; see :meth:`country`.
        """
        return tuple(self._id(row) for row, _ in self._names.rows(key(name)))

    def prefixes(self, text: str) -> list[str]:
        """Return the keys of names with which ``text``, a key, begins, short first."""
        found: list[str] = self._names.trie.prefixes(text)
        return found

    def sounding(self, country: str, skeleton: str) -> tuple[GazetteerPlace, ...]:
        """Return the places of a country with this consonant skeleton, best first."""
        rows = self._skeletons.rows(country + skeleton)
        return tuple(self._place_at(row) for row, _ in rows)

    def word(self, name_key: str) -> int:
        """Return the flags of a name: COMMON, FIRST_NAME, SURNAME, FAMOUS, or 0."""
        number = self._words.get(name_key)
        return 0 if number is None else int(self._flags[number])

    def country(self, code: str) -> str | None:
        """Return the id of the country with this ISO 3166 alpha-2 or alpha-3 code."""
        code = code.upper()
        row = self._countries.get(self._iso3.get(code, code))
        return None if row is None else self._id(row)

    def _read_senses(self, name_key: str) -> tuple[Sense, ...]:
        """Return what a name may stand for, by its :func:`key`, best first."""
        rows = self._names.rows(name_key)
        return tuple(Sense(self._place_at(row), weak) for row, weak in rows)

    def _read_spellings(self, id: str) -> tuple[str, ...]:
        """Return the keys of all names of a place, its label's first; about 2 ms.

        An id the gazetteer does not know has none.
        """
        row = self._row(id)
        if row is None:
            return ()
        label = key(self._label(row))
        return (label, *(t for t in self._names.texts(row) if t != label))

    def _read_place(self, row: int) -> GazetteerPlace:
        raw = self._places[row]
        return GazetteerPlace(
            id=self._id(row),
            label=self._label(row),
            path=self._path(row),
            country=_country(raw["country"]),
            lat=round(float(raw["lat"]), 5),
            lon=round(float(raw["lon"]), 5),
            population=int(raw["population"]),
            kind=KINDS[int(raw["kind"])],
        )

    def _rows_of_countries(self) -> dict[str, int]:
        rows = np.flatnonzero(self._places["kind"] == KINDS.index("country"))
        return {_country(self._places["country"][row]): int(row) for row in rows}

    def _row(self, id: str) -> int | None:
        if id.startswith("x:"):
            found = [r for r, _ in self._names.rows(key(id[2:])) if self._id(r) == id]
            return found[0] if found else None
        if not (id.isascii() and id.isdecimal()) or len(id) > 9:
            return None
        row = int(np.searchsorted(self._ids, np.uint32(id)))
        return row if row < len(self._ids) and int(self._ids[row]) == int(id) else None

    def _id(self, row: int) -> str:
        number = int(self._ids[row])
        return str(number) if number < _INVENTED else "x:" + fold(self._label(row))

    def _label(self, row: int) -> str:
        start, end = int(self._starts[row]), int(self._starts[row + 1])
        return bytes(self._labels[start:end]).decode("ascii")

    def _path(self, row: int) -> tuple[str, ...]:
        path: list[str] = []
        while row != NO_ROW:
            path.append(self._id(row))
            row = int(self._places["parent"][row])
        return tuple(reversed(path))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer of the installation, opened once a process.

    Raises:
        GazetteerMissing: the installation lacks its data.
    """
    return Gazetteer()


def _country(packed: int) -> str:
    high, low = divmod(int(packed), 256)
    return chr(high) + chr(low) if packed else ""

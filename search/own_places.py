"""Places and spellings of a user's own, from a CSV file, beside the gazetteer's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from search.errors import BadSetting
from search.folding import own_id
from search.gazetteer import KINDS, Gazetteer, GazetteerPlace, gazetteer, key

COLUMNS = ("id", "name", "aliases", "parent", "lat", "lon", "kind", "population")
MOST = 50_000  # rows; each process holds them

# A place that somebody adds is known where it is written of, as a town is.
_POPULATION = 100_000
_MOST_PEOPLE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """What a file says: ``places`` that are new, and ``names`` that lead to ids.

    Names are keys of the gazetteer; ``text`` is the file as it was read. Of a place
    that the gazetteer has names only are taken: it may come to have it.
    """

    text: str = ""
    places: Mapping[str, GazetteerPlace] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NONE = OwnPlaces()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the file; ``where`` names it in errors."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def wrong(self, column: str, must: str) -> BadSetting:
        """Return the error that says what a cell must be."""
        said = f", not {self[column]!r}" if self[column] else ""
        return BadSetting(f"{self.where}, column {column}: must be {must}{said}")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name and the aliases."""
        listed = (self["name"], *self["aliases"].split(";"))
        return tuple(" ".join(name.split()) for name in listed if name.strip())


@dataclass(frozen=True, slots=True)
class _Known:
    """What a parent may be: a ``new`` place, or one of the ``source``."""

    new: Mapping[str, _Row]
    names: Mapping[str, tuple[str, ...]]
    source: Gazetteer

    def meant(self, parent: str, id: str) -> str | None:
        """Return the id of what the place ``id`` is said to lie in; None for nothing.

        Itself an id, a country's code, or a name, of which the file's come first.
        """
        is_code = parent.isascii() and parent.isupper() and len(parent) < 4
        said = (
            _canonical(parent),
            self.source.country(parent) if is_code else None,
            *self.names.get(key(parent), ()),
            *self.source.named(parent),
        )
        found = [one for one in said if one in self.new or self.source.place(one or "")]
        # A town may be called like its district; itself it lies in only by mistake.
        return next((one for one in found if one != id), id if found else None)


def load(path: Path | None) -> OwnPlaces:
    """Return the places in the CSV file at ``path``, none where that is None.

    Raises:
        BadSetting: it cannot be read, or a line of it is wrong; names line and column.
    """
    if path is None:
        return NONE
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"places: {path} cannot be read: {error}") from error
    return parse(text, str(path))


def parse(text: str, where: str) -> OwnPlaces:
    """Return the places in the text of a CSV file, which ``where`` names in errors.

    Raises:
        BadSetting: a line of it is wrong.
    """
    rows: dict[str, _Row] = {}
    names: dict[str, dict[str, None]] = {}
    for row in _rows(text, where):
        number = _id(row)
        if number in rows:
            raise row.wrong("id", f"one that no line above has; {number} is taken")
        rows[number] = row
        for name in row.names:
            names.setdefault(_key(name, row), {})[number] = None
    called = {name: (*ids,) for name, ids in names.items()}
    source = gazetteer()
    new = {number: row for number, row in rows.items() if not source.place(number)}
    known = _Known(new, called, source)
    places = {number: _place(number, row, known) for number, row in new.items()}
    return OwnPlaces(text, places, called)


def _rows(text: str, where: str) -> Iterator[_Row]:
    """Yield the rows below the header; blank lines and comments (``#``) are none."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    number = 0
    try:
        for cells in reader:
            place = f"places: {where}, line {reader.line_num}"
            if not any(map(str.strip, cells)) or cells[0].lstrip().startswith("#"):
                continue
            if header is None:
                header = _header(cells, place)
                continue
            if len(cells) > len(header):
                raise BadSetting(f"{place}: has more cells than the header")
            if (number := number + 1) > MOST:
                raise BadSetting(f"{place}: there may be {MOST} places at the most")
            yield _Row(place, dict(zip(header, cells, strict=False)))
    except csv.Error as error:
        place = f"places: {where}, line {reader.line_num}"
        raise BadSetting(f"{place}: not CSV: {error}") from error


def _header(cells: list[str], where: str) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            raise BadSetting(
                f"{where}, column {name or 'without a name'}: the first line names each"
                f" column once, commas between; there are {', '.join(COLUMNS)}"
            )
    return header


def _id(row: _Row) -> str:
    """Return the id of a row's place: what it says, else ``x:`` and the name."""
    if not row.names:
        raise row.wrong("name", "given, or an alias")
    said = row["id"]
    if not said and not row["name"]:
        raise row.wrong("name", "given where there is no id")
    found = _canonical(said or f"x:{row['name']}")
    if not found:
        raise row.wrong("id", "a GeoNames id, or x: and a name")
    return found


def _canonical(said: str) -> str:
    """Return an id as it is compared, "" where ``said`` is none."""
    if said.isascii() and said.isdecimal() and len(said) < 10:
        return str(int(said))
    return own_id(said[2:]) if said.startswith("x:") else ""


def _place(id: str, row: _Row, known: _Known) -> GazetteerPlace:
    """Return a new place; its path leads through its parent."""
    if not row["name"]:
        raise row.wrong("name", "given: the gazetteer does not have this place")
    kind = row["kind"] or "city"
    if kind not in KINDS:
        raise row.wrong("kind", f"one of {', '.join(KINDS)}")
    path, country = _around(id, row, known)
    return GazetteerPlace(
        id=id,
        label=" ".join(row["name"].split()),
        path=(*path, id),
        country=country,
        lat=_number(row, "lat", 90),
        lon=_number(row, "lon", 180),
        population=_people(row),
        kind=kind,
    )


def _around(id: str, row: _Row, known: _Known) -> tuple[tuple[str, ...], str]:
    """Return the ids of what a new place lies in, country first, and the country."""
    path = [id]
    while parent := row["parent"]:
        above = known.meant(parent, path[0])
        if above is None:
            raise row.wrong(
                "parent", "a GeoNames id, an ISO 3166 code, or a name that is known"
            )
        if above in path:
            raise row.wrong("parent", "a place that does not lie in this one")
        place = known.source.place(above)
        if place is not None:
            return (*place.path, *path[:-1]), place.country
        path.insert(0, above)
        row = known.new[above]
    return tuple(path[:-1]), ""


def _number(row: _Row, column: str, most: int) -> float:
    """Return the degrees in a cell."""
    try:
        degrees = float(row[column])
    except ValueError:
        degrees = float("nan")
    if not -most <= degrees <= most:
        raise row.wrong(column, f"degrees from -{most} to {most}")
    return degrees


def _people(row: _Row) -> int:
    said = row["population"] or str(_POPULATION)
    if not (said.isascii() and said.isdecimal()) or int(said[:12]) > _MOST_PEOPLE:
        raise row.wrong("population", f"a whole number up to {_MOST_PEOPLE}")
    return int(said)


def _key(name: str, row: _Row) -> str:
    """Return what a name is looked up by."""
    found = key(name)
    if not any(map(str.isalnum, found)):
        column = "name" if name == row["name"] else "aliases"
        raise row.wrong(column, f"names with letters; {name!r} has none")
    return found

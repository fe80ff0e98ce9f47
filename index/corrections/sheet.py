"""``corrections.csv``: a table at the top of a root, a row for what is to be set."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path

from index.corrections.correction import NOTHING, Correction, Key, Row
from index.decoding import decode, one_line, tidy
from index.metadata.written_dates import exact, valid
from index.readers.header import columns
from index.readers.quoting import Records
from search.folding import fold

CORRECTIONS = "corrections.csv"
_LIMIT = 64 * 2**20  # bytes
_LONGEST = 200  # characters of a source, an agency or a place
_UNKNOWN = frozenset({"none", "unknown", "undated"})
_KEYS = ("id", "path", "source")
_VALUES = ("source", "date", "agency", "place")
_ALSO = {"places": "place", "new source": "new_source"}
_REMARKS = frozenset({"", "note", "notes", "comment"})
_ARTICLES = frozenset({"body", "text", "html"})  # columns of a table of articles
_TWO_DAYS = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?:[ T].*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is not used: the first line of it, and what to do."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file of corrections says, in its order.

    ``unknown`` are columns nothing is read from. Where there is a ``fault`` nothing of
    the file can be read.
    """

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    unknown: tuple[str, ...] = ()
    fault: str | None = None


class _Wrong(ValueError):
    """A cell or a row cannot be used; the message says what to do."""


def read(path: Path) -> Sheet:
    """Return what the corrections at ``path`` say; read again only when changed."""
    try:
        state = path.stat()
        return _read(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        return Sheet(fault=f"cannot be read: {error.strerror or error}")


def is_of_articles(header: str) -> bool:
    """Return whether a table with this header holds articles, whatever its name."""
    return not _ARTICLES.isdisjoint(columns(header))


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, size: int) -> Sheet:
    if size > _LIMIT:
        return Sheet(fault="cannot be read: too large for corrections")
    try:
        return _sheet(decode(path.read_bytes()), path.parent)
    except (_Wrong, csv.Error) as error:
        return Sheet(fault=f"cannot be read: {error}")


def _sheet(text: str, folder: Path) -> Sheet:
    records = Records(StringIO(text))
    header = [_column(name) for name in next(records, [])]
    places = _places(header)
    rows: list[Row] = []
    faults: list[Fault] = []
    for line, cells in _each(records, faults):
        try:
            rows.append(_row(line, cells, places, folder))
        except _Wrong as wrong:
            faults.append(Fault(line, str(wrong)))
    known = {*_KEYS, *_VALUES, "new_source", *_REMARKS}
    unknown = tuple(dict.fromkeys(name for name in header if name not in known))
    return Sheet(tuple(rows), tuple(faults), unknown)


def _column(name: str) -> str:
    plain = one_line(name).lower()
    return _ALSO.get(plain, plain)


def _places(header: Sequence[str]) -> Mapping[str, int]:
    """Return where each column stands; the source that is set is ``new_source``."""
    found: dict[str, int] = {}
    for number, name in enumerate(header):
        second = name == "source" and "source" in found
        key = "new_source" if second else name
        if key in found and key not in _REMARKS:
            raise _Wrong(f"there are too many columns {name}")
        found[key] = number
    found["cells"] = len(header)
    if not any(key in found for key in _KEYS):
        raise _Wrong("there is no column id, path or source to find articles by")
    if not any(key in found for key in ("new_source", *_VALUES)):
        raise _Wrong("there is no column source, date, agency or place to set")
    return found


def _each(records: Records, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row that has any, with its line; note the unreadable."""
    while True:
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(Fault(records.line, f"not a row: {error}"))
            continue
        if any(cell.strip() for cell in cells):
            yield records.line, cells


def _row(line: int, cells: list[str], places: Mapping[str, int], folder: Path) -> Row:
    if any(cell.strip() for cell in cells[places["cells"] :]):
        raise _Wrong(
            "has more cells than the header; put a value that holds the separator in"
            " quotation marks"
        )

    def raw(name: str) -> str:
        at = places.get(name, len(cells))
        return cells[at] if at < len(cells) else ""

    def cell(name: str) -> str:
        return one_line(raw(name))

    path = tidy(raw("path")).strip()  # a file's name may have spaces side by side
    key, name = _named(cell("id"), path, cell("source"), folder)
    alone = "new_source" not in places and key is not Key.SOURCE
    said = Correction(
        source=_short("source", cell("source" if alone else "new_source")),
        date=_day(cell("date")),
        agency=_short("agency", cell("agency")),
        places=_several(cell("place")),
    )
    if not said:
        raise _Wrong("sets nothing; fill in source, date, agency or place")
    return Row(key, name, line, said)


def _named(id: str, path: str, source: str, folder: Path) -> tuple[Key, str]:
    """Return what finds the articles: the one of the three that says most."""
    if id:
        return Key.ID, id
    if path:
        return Key.PATH, _below(path, folder)
    if source:
        return Key.SOURCE, source
    raise _Wrong("names no article; fill in id, path or source")


def _below(path: str, folder: Path) -> str:
    """Return ``path`` from ``folder``, where it may also be absolute."""
    plain = os.path.relpath(os.path.normpath(folder / path), folder)
    if plain == ".." or plain.startswith("../"):
        raise _Wrong(f"{path} is not in the folder of this file")
    return plain


def _short(column: str, text: str) -> str | None:
    if len(text) > _LONGEST:
        raise _Wrong(f"its {column} is longer than {_LONGEST} characters")
    return NOTHING if fold(text) in _UNKNOWN else text or None


def _day(text: str) -> str | None:
    """Return the date in ``text`` as YYYY[-MM[-DD]]."""
    if not text or fold(text) in _UNKNOWN:
        return NOTHING if text else None
    if value := valid(text):
        return value
    numbers = _TWO_DAYS.fullmatch(text)
    if numbers and numbers[1] != numbers[3]:
        one, two = (f"{numbers[4]}-{int(numbers[n]):02}" for n in (1, 3))
        days = (f"{one}-{int(numbers[3]):02}", f"{two}-{int(numbers[1]):02}")
        sound = [day for day in days if valid(day)]
        if len(sound) > 1:
            raise _Wrong(f"{text} may be two days; write {sound[0]} or {sound[1]}")
        if sound:
            return sound[0]
    if value := exact(text):
        return value
    raise _Wrong(f"{text} is no date; write 2021-04-30, 2021-04 or 2021")


def _several(text: str) -> tuple[str, ...] | None:
    if not text:
        return None
    names = tuple(filter(None, (one_line(name) for name in text.split(";"))))
    for name in names:
        _short("place", name)
    return () if len(names) < 2 and fold(text) in _UNKNOWN else names or None

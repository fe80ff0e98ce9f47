"""Rows of JSON lines and of tables, each an article."""

from __future__ import annotations

import csv
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from index.decoding import decode, tidy, wide
from index.page import Form, Given, RawPage, Unread
from index.readers.beside import given_from, place_of
from index.readers.content import FILE_LIMIT, PAGE_LIMIT, refuse_binary
from search.errors import BadPage

_FORMS = (("body", Form.CLEAN), ("text", Form.TEXT), ("html", Form.HTML))
_TEXTS = ("body", "text", "html", "title", "url", "date", "source", "agency", "lang")
_DAMAGE = (EOFError, zlib.error, OSError)


def read(
    stream: IO[bytes],
    root: str,
    name: str = "-",
    path: Path = Path("-"),
    given: tuple[Given, ...] = (),
) -> Iterator[RawPage | Unread]:
    """Yield the article of each JSON line in ``stream``; ``name#3`` is the third line.

    A row is ``{id?, title, body | text | html, url, date, source, agency, places,
    lang}``; other keys are ignored, blank lines too. ``given`` is said of every row.

    Raises:
        BadPage: the stream is no text.
    """
    place = _Place(root, name, path, given)
    for number, line in _lines(stream):
        if isinstance(line, Unread) or not line.strip():
            if isinstance(line, Unread):
                yield Unread(f"{name}#{number}", line.reason)
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Unread(f"{name}#{number}", f"not JSON: {error}")
            continue
        yield place.page(row, number, line)


def read_table(
    stream: IO[bytes],
    root: str,
    name: str,
    path: Path,
    given: tuple[Given, ...] = (),
) -> Iterator[RawPage | Unread]:
    """Yield the article of each row of the table in ``stream``, below its header.

    ``places`` and authors hold several values between semicolons; an empty cell says
    nothing. ``name#1`` is the first row below the header.

    Raises:
        BadPage: the header names no text.
    """
    place = _Place(root, name, path, given)
    csv.field_size_limit(PAGE_LIMIT)
    table = csv.reader(_table_lines(stream))
    header = [cell.strip().lower() for cell in _header(table)]
    if not {"body", "text", "html"} & set(header):
        raise BadPage("the table's header names no body, text or html column")
    number = 0
    while True:
        number += 1
        try:
            cells = next(table)
        except StopIteration:
            return
        except (csv.Error, *_DAMAGE) as error:
            yield Unread(f"{name}#{number}", f"not a row: {error}")
            if isinstance(error, csv.Error):
                continue
            return
        if any(cells):
            row = {key: cell for key, cell in zip(header, cells, strict=False) if cell}
            yield place.page(row, number, json.dumps(row, sort_keys=True))


class _Place:
    """Where rows are from, which every page made of them says."""

    def __init__(
        self, root: str, name: str, path: Path, given: tuple[Given, ...]
    ) -> None:
        self._root, self._name, self._path, self._given = root, name, path, given

    def page(self, row: object, number: int, line: str) -> RawPage | Unread:
        """Return the page ``row`` holds; ``line`` is the row as written."""
        name = f"{self._name}#{number}"
        if not isinstance(row, dict):
            return Unread(name, "not a JSON object")
        if fault := _fault(row):
            return Unread(name, fault)
        form, content = _content(row)
        if form is None:
            return Unread(name, "has no body, text or html")
        given = given_from(row, "row")
        return RawPage(
            root=self._root,
            name=name,
            path=self._path,
            form=form,
            content=tidy(content),
            digest=hashlib.sha256(line.encode("utf-8", "replace")).hexdigest(),
            url=given.url,
            url_method="row" if given.url else None,
            given=(given, *self._given),
        )


def _content(row: Mapping[str, object]) -> tuple[Form | None, str]:
    empty: tuple[Form | None, str] = (None, "")
    for key, form in _FORMS:
        value = row.get(key)
        if isinstance(value, str) and value.strip():
            return form, value
        if isinstance(value, str) and row.get("title") and empty[0] is None:
            empty = form, ""  # a flash: a headline that never got its text
    return empty


def _fault(row: Mapping[str, object]) -> str | None:
    for key in _TEXTS:
        if not isinstance(row.get(key), str | None):
            return f"{key} is not text"
    if isinstance(row.get("id"), bool) or not isinstance(
        row.get("id"), str | int | None
    ):
        return "id is neither text nor a whole number"
    places = row.get("places")
    if isinstance(places, list):
        places = None if all(place_of(place) for place in places) else places
    return None if isinstance(places, str | None) else "places is not a list of text"


def _header(table: Iterator[list[str]]) -> list[str]:
    try:
        return next(table, [])
    except (csv.Error, *_DAMAGE) as error:
        raise BadPage(f"not a table: {error}") from error


def _table_lines(stream: IO[bytes]) -> Iterator[str]:
    for _, line in _lines(stream):
        if isinstance(line, str):
            yield line
        else:
            raise csv.Error(f"{line.reason}; nothing below it is read")


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, str | Unread]]:
    """Yield each line with its number, one in memory at a time."""
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(PAGE_LIMIT)
            if number == 1:
                refuse_binary(line)
                if wide(line):
                    yield from _wide_lines(line, stream)
                    return
            if len(line) == PAGE_LIMIT and not line.endswith(b"\n"):
                _skip_line(stream)
                yield number, Unread("", f"row larger than {PAGE_LIMIT >> 20} MiB")
                continue
        except _DAMAGE as error:
            yield number, Unread("", f"the file is damaged from here on: {error}")
            return
        if not line:
            return
        yield number, decode(line)


def _wide_lines(line: bytes, stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    # Two or four bytes a character: a line cannot be found before decoding.
    data = line + stream.read(FILE_LIMIT)
    if len(data) > FILE_LIMIT:
        raise BadPage(f"in UTF-16 or UTF-32 and larger than {FILE_LIMIT >> 20} MiB")
    yield from enumerate(decode(data).splitlines(keepends=True), 1)


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(PAGE_LIMIT)) and not rest.endswith(b"\n"):
        pass

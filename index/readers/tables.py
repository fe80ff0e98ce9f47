"""Rows of a table as spreadsheets write it, each an article."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from index.page import Given, RawPage, Unread
from index.readers import lines
from index.readers.quoting import Records, Unclosed
from index.readers.rows import FORMS, Place
from search.errors import BadPage

_TEXT = {key for key, _ in FORMS}


class _Cut(Exception):
    """Nothing below this line can be read."""


def read(
    stream: IO[bytes],
    root: str,
    name: str,
    path: Path,
    given: tuple[Given, ...] = (),
) -> Iterator[RawPage | Unread]:
    """Yield the article of each row of the table in ``stream``, below its header.

    Commas, semicolons, tabs or bars separate its cells: the header tells. ``places``
    and authors hold several values between semicolons; an empty cell says
    nothing. ``name#1`` is the first row below the header.

    Raises:
        BadPage: the header names no text.
    """
    place = Place(root, name, path, given)
    table, header = _opened(stream)
    number = 0
    while True:
        number += 1
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            lost = isinstance(error, Unclosed)
            yield Unread(place.name(number), f"not a row: {error}", ends=lost)
            continue
        except _Cut as cut:
            yield Unread(place.name(number), f"not a row: {cut}", ends=True)
            return
        if any(cells):
            row = {key: cell for key, cell in zip(header, cells, strict=False) if cell}
            yield place.page(row, number, json.dumps(row, sort_keys=True))


def _opened(stream: IO[bytes]) -> tuple[Records, list[str]]:
    """Return the rows below the header, and the names in the header."""
    try:
        table = Records(_lines(stream))
        header = [cell.strip().lower() for cell in next(table, [])]
    except (csv.Error, _Cut) as error:
        raise BadPage(f"not a table: {error}") from error
    if not _TEXT & set(header):
        raise BadPage("the table's header names no body, text or html column")
    return table, header


def _lines(stream: IO[bytes]) -> Iterator[str]:
    for _, line in lines.read(stream):
        if isinstance(line, Unread):
            raise _Cut(f"{line.reason}; nothing below it is read")
        yield line

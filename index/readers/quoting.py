"""The records of a table, and whether the quotation marks in them match."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Self

from index.readers.content import PAGE_LIMIT
from index.readers.header import delimiter


class Unclosed(csv.Error):
    """A quotation mark took lines into a cell that were not meant for it."""


class Records:
    """Yields the cells of each record of a table; a record may have several lines.

    The first of ``lines`` tells what separates cells; one is as long as a page may be.
    Marks that are wrong within one line are read as far as they can be.

    Raises:
        Unclosed: some lines are lost; the next record is the one below them.
        csv.Error: a record cannot be read for another reason, the next one may be.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        rest = iter(lines)
        first = next(rest, "")
        self._delimiter = delimiter(first)
        self._taken: list[str] = []  # lines of the record
        self._before = 0  # lines of all records before it
        self._over = False
        csv.field_size_limit(PAGE_LIMIT)
        written = self._each(chain([first], rest))
        self._reader = csv.reader(written, delimiter=self._delimiter)

    @property
    def line(self) -> int:
        """Return the number, from 1, of the first line of the record read last."""
        return self._before + 1

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> list[str]:
        self._before += len(self._taken)
        self._taken.clear()
        try:
            cells = next(self._reader)
        except csv.Error as error:
            if len(self._taken) > 1:
                raise self._unclosed() from error
            raise
        # Only a cell that is still open makes the reader look behind the last line.
        if self._over or (len(self._taken) > 1 and not self._is_strict()):
            raise self._unclosed()
        return cells

    def _each(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._taken.append(line)
            yield line
        self._over = True

    def _is_strict(self) -> bool:
        """Return whether each mark in the record opens a cell, closes it, or is two."""
        try:
            list(csv.reader(self._taken, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return False
        return True

    def _unclosed(self) -> Unclosed:
        first, last = self._before + 1, self._before + len(self._taken)
        lines = f"lines {first} to {last} are" if first < last else f"line {first} is"
        return Unclosed(f"a quotation mark is not closed; {lines} not read")

"""What articles are counted, filtered and sorted by, as NumPy arrays.

A row is taken from each article when it is written; a segment's rows become
:class:`Columns` once, when it is opened; the columns of all segments are joined into
those of the whole index. Positions in the arrays are document numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import Any, Generic, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.engines.rows import COLUMNS, Row

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Value = TypeVar("Value", bound=Hashable)

_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
_MAX_LEVEL = 16  # deeper only where places lie in each other: no reason to hang


class Column(Generic[Value]):
    """The values each document has of one field, any number of them.

    ``values`` are the distinct ones; entry i says that document ``owners[i]`` has
    the value ``values[codes[i]]``. ``owners`` never falls.
    """

    def __init__(
        self, size: int, values: Sequence[Value], owners: Ints, codes: Ints
    ) -> None:
        self.size = size
        self.values = values
        self.owners = owners
        self.codes = codes

    @classmethod
    def of(cls, rows: Sequence[Sequence[Value]]) -> Column[Value]:
        """Return the column with one document for each of ``rows``."""
        known: dict[Value, int] = {}
        codes = [known.setdefault(v, len(known)) for v in chain.from_iterable(rows)]
        owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        return cls(len(rows), list(known), owners, np.array(codes, np.int64))

    @classmethod
    def join(cls, parts: Sequence[Column[Value]]) -> Column[Value]:
        """Return one column with the documents of all ``parts``, in order."""
        known: dict[Value, int] = {}
        size = 0
        owners, codes = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for part in parts:
            map_ = [known.setdefault(value, len(known)) for value in part.values]
            codes.append(np.array(map_, np.int64)[part.codes])
            owners.append(part.owners + size)
            size += part.size
        return cls(size, list(known), np.concatenate(owners), np.concatenate(codes))

    @cached_property
    def code_of(self) -> dict[Value, int]:
        """Return the code of each value."""
        return {value: code for code, value in enumerate(self.values)}

    def counts(self, docs: Mask) -> Ints:
        """Return, by code, how many of ``docs`` have the value."""
        return np.bincount(self.codes[docs[self.owners]], minlength=len(self.values))

    def having(self, values: Collection[Value]) -> Mask:
        """Return the documents that have one of ``values``."""
        wanted = np.zeros(len(self.values), np.bool_)
        wanted[[self.code_of[v] for v in values if v in self.code_of]] = True
        docs = np.zeros(self.size, np.bool_)
        docs[self.owners[wanted[self.codes]]] = True
        return docs

    @cached_property
    def missing(self) -> Mask:
        """Return the documents without a value."""
        docs = np.ones(self.size, np.bool_)
        docs[self.owners] = False
        return docs

    @cached_property
    def first(self) -> Ints:
        """Return the code of each document's first value, -1 where it has none."""
        codes = np.full(self.size, -1, np.int64)
        codes[self.owners[::-1]] = self.codes[::-1]
        return codes


@dataclass(frozen=True)
class Columns:
    """The columns of a segment or of a whole index."""

    ids: NDArray[np.str_]
    first: Ints
    last: Ints
    by_name: dict[str, Column[Any]]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Columns:
        """Return the columns of ``rows``, in their order."""
        rows = list(rows)
        columns = (
            zip(*(row.values for row in rows), strict=True) if rows else repeat(())
        )
        return cls(
            np.array([row.id for row in rows], np.str_),
            np.array([row.first for row in rows], np.int64),
            np.array([row.last for row in rows], np.int64),
            {n: Column.of(values) for n, values in zip(COLUMNS, columns, strict=False)},
        )

    @classmethod
    def join(cls, parts: Sequence[Columns]) -> Columns:
        """Return the columns of all ``parts`` one after the other."""
        parts = [*parts, cls.of(())]
        return cls(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.first for part in parts]),
            np.concatenate([part.last for part in parts]),
            {
                name: Column.join([part.by_name[name] for part in parts])
                for name in COLUMNS
            },
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, name: str) -> Column[Any]:
        return self.by_name[name]

    @cached_property
    def by_id(self) -> Ints:
        """Return the place of each document in the order of ids."""
        ranks = np.empty(len(self.ids), np.int64)
        ranks[self._ordered] = np.arange(len(self.ids))
        return ranks

    @cached_property
    def _ordered(self) -> Ints:
        return np.argsort(self.ids, kind="stable")

    def find(self, id: str, live: Mask) -> int | None:
        """Return the live document with this id."""
        low, high = (
            int(np.searchsorted(self.ids, id, side, sorter=self._ordered))
            for side in _SIDES
        )
        return next((int(d) for d in self._ordered[low:high] if live[d]), None)

    @cached_property
    def parents(self) -> dict[str, str]:
        """Return what each place lies in, ``""`` for those that lie in none."""
        return dict(self["parent"].values)

    def level(self, place: str) -> int:
        """Return how many places ``place`` lies in."""
        above = -1
        while place and above < _MAX_LEVEL:
            above, place = above + 1, self.parents.get(place, "")
        return above

    def overlapping(self, first: int, last: int) -> Mask:
        """Return the documents whose period has a day from ``first`` to ``last``."""
        return (self.first > 0) & (self.first <= last) & (self.last >= first)

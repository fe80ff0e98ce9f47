"""What articles are counted, filtered and sorted by, as NumPy arrays.

A row is taken from each article when it is written. Positions in the arrays are
document numbers; numbers of no article, if an engine has such, have no values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.column import Column, narrow
from search.engines.docsets import WORD, DocSet, Ids, pack
from search.engines.groups import Groups
from search.engines.histogram import starts
from search.engines.ids import decoded, encoded
from search.engines.labels import NO_GROUPS, NO_LABELS, Labels, Table
from search.engines.pairs import commonest
from search.engines.rows import COLUMNS, Row
from search.model import Interval

Days = NDArray[np.int32]  # proleptic ordinals, 0 for unknown

_MAX_LEVEL = 16  # deeper only where places lie in each other: no reason to hang


class Columns:
    """The columns of an index; each is made when it is first asked for.

    ``ids`` are UTF-8; ``column`` gives one of ``search.engines.rows.COLUMNS``, and
    ``groups`` which documents are copies. ``live`` are the documents that are not
    deleted.
    """

    def __init__(
        self,
        ids: NDArray[np.bytes_],
        first: Days,
        last: Days,
        column: Callable[[str], Column[Any]],
        groups: Callable[[], Groups],
        *,
        live: DocSet,
    ) -> None:
        self.live = live
        self.ids = ids
        self.first = first
        self.last = last
        self.words = -(-len(ids) // WORD)
        self._column = column
        self._groups = groups
        self._known: dict[str, Column[Any]] = {}

    @classmethod
    def of(
        cls,
        rows: Iterable[Row],
        labels: Labels = NO_LABELS,
        table: Table = NO_GROUPS,
    ) -> Columns:
        """Return the columns of ``rows``, in their order.

        ``labels`` are of those that have copies, whose groups ``table`` knows.
        """
        rows = list(rows)
        each = zip(*(row.values for row in rows), strict=True) if rows else repeat(())
        by_name = dict(zip(COLUMNS, each, strict=False))
        return cls(
            np.array([encoded(row.id) for row in rows], np.bytes_),
            np.array([row.first for row in rows], np.int32),
            np.array([row.last for row in rows], np.int32),
            lambda name: Column.of(by_name[name]),
            lambda: Groups(len(rows), labels, table),
            live=DocSet.of_bits(pack(np.ones(len(rows), np.bool_))),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, name: str) -> Column[Any]:
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._column(name)
        return found

    def id_of(self, doc: int) -> str:
        """Return the id of a document."""
        return decoded(bytes(self.ids[doc]))

    @cached_property
    def groups(self) -> Groups:
        """Return which documents are copies of each other."""
        return self._groups()

    @cached_property
    def parents(self) -> dict[str, str]:
        """Return what each place of a live article lies in, ``""`` for nothing.

        Where articles differ, as most of them have it.
        """
        return commonest(self["parent"], self.live)

    def level(self, place: str) -> int:
        """Return how many places ``place`` lies in."""
        above = -1
        while place and above < _MAX_LEVEL:
            above, place = above + 1, self.parents.get(place, "")
        return above

    @cached_property
    def levels(self) -> NDArray[np.int8]:
        """Return the level of each value of the column of places."""
        return np.array([self.level(place) for place in self["place"].values], np.int8)

    @cached_property
    def above(self) -> NDArray[np.int64]:
        """Return the code of what each place lies in, by code.

        One more than the last where that is nothing.
        """
        values, codes = self["place"].values, self["place"].code_of
        parents = (self.parents.get(place, "") for place in values)
        return np.array([codes.get(p, len(codes)) for p in parents], np.int64)

    @cached_property
    def named(self) -> NDArray[np.int64]:
        """Return the code of the place that each value of ``place_label`` is of.

        One more than the last where the place is in no path, not even its own.
        """
        codes, pairs = self["place"].code_of, self["place_label"].values
        return np.array([codes.get(place, len(codes)) for place, _ in pairs], np.int64)

    @cached_property
    def points(self) -> dict[str, str]:
        """Return where live articles say a place lies: latitude, space, longitude."""
        return commonest(self["point"], self.live)

    def overlapping(self, first: int, last: int) -> DocSet:
        """Return the documents whose period has a day from ``first`` to ``last``."""
        found = (self.first > 0) & (self.first <= last) & (self.last >= first)
        return DocSet.of_bits(pack(found))

    @cached_property
    def undated(self) -> DocSet:
        """Return the documents whose period is not known."""
        return DocSet.of_bits(pack(self.first == 0))

    def begun(self, interval: Interval) -> Column[int]:
        """Return the first days of the buckets in which the periods begin.

        The values of this column are an array.
        """
        return self._bucketed[interval][0]

    def ended(self, interval: Interval) -> Column[int]:
        """Return the first days of the buckets in which the periods end.

        It is the column ``begun`` itself where no period reaches further.
        """
        return self._bucketed[interval][1]

    @cached_property
    def _bucketed(self) -> _Bucketed:
        return _Bucketed(self.first, self.last)

    @cached_property
    def newest_first(self) -> Ids:
        """Return all documents, the latest first day first."""
        return np.argsort(-self.first, kind="stable")


class _Bucketed(dict[Interval, tuple[Column[int], Column[int]]]):
    """The buckets in which periods begin and end; made when first asked for."""

    def __init__(self, first: Days, last: Days) -> None:
        super().__init__()
        self._first = first
        self._last = last

    def __missing__(self, interval: Interval) -> tuple[Column[int], Column[int]]:
        firsts = _started(self._first, interval)
        lasts = _started(self._last, interval)
        begun = _days(firsts)
        ended = begun if np.array_equal(firsts, lasts) else _days(lasts)
        self[interval] = begun, ended
        return begun, ended


def _started(days: Days, interval: Interval) -> NDArray[np.int64]:
    """Return the first day of the bucket of each day, 0 where it is unknown."""
    found = starts(days.astype(np.int64), interval)
    found[days == 0] = 0
    return found


def _days(days: NDArray[np.int64]) -> Column[int]:
    values, codes = np.unique(days, return_inverse=True)
    if len(values) and values[0] == 0:
        # Whoever is undated has the code after the last, as any who has no value.
        values = values[1:]
        codes = np.where(codes == 0, len(values), codes - 1)
    return Column(values, codes.astype(narrow(len(values))))

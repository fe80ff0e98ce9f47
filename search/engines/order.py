"""Which hits a page shows, in which order; ties are settled by date, then id."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines import cursor
from search.engines.columns import Columns, Ints
from search.engines.cursor import Key
from search.errors import BadQuery
from search.model import Query, Sort

MAX_DEPTH = 10_000  # hits that can be reached by page; beyond it a cursor costs less

_UNDATED = 1 << 31  # later than any day


def check(query: Query) -> None:
    """Raise BadQuery unless the page asked for can be given."""
    if query.group is not None:
        raise BadQuery(
            "group cannot be answered: this index does not know which articles are"
            " copies",
            parameter="group",
            value=query.group,
            reason="not-supported",
        )
    if query.page < 1:
        raise _bad("page must be 1 or more", "page", query.page)
    if query.per_page < 0:
        raise _bad("per_page must be 0 or more", "per_page", query.per_page)
    page = 1 if query.cursor else query.page
    if page * query.per_page > MAX_DEPTH:
        raise _bad(
            f"pages end after {MAX_DEPTH:,} hits; follow the answer's cursor instead",
            "page",
            query.page,
        )


def page(
    query: Query, columns: Columns, docs: Ints, scores: NDArray[np.float64]
) -> tuple[Ints, str | None]:
    """Return which of ``docs``, by their place there, and the cursor to the next.

    ``scores`` are those of ``docs``. Time grows with their number, not with the page.
    """
    check(query)
    keys = _Keys(query, columns, docs, scores)
    after = cursor.read(query)
    rest = np.arange(len(docs)) if after is None else keys.after(after)
    skipped = 0 if after is not None else (query.page - 1) * query.per_page
    top = keys.first(rest, skipped + query.per_page)
    shown = top[skipped:]
    more = len(rest) > len(top) and len(shown) > 0
    return shown, cursor.write(query, keys.key(int(shown[-1]))) if more else None


class _Keys:
    """The sort key of each document, lowest first, as arrays."""

    def __init__(
        self, query: Query, columns: Columns, docs: Ints, scores: NDArray[np.float64]
    ) -> None:
        self._sources = _Ranks(columns) if query.order is Sort.SOURCE else None
        self._ids = columns.ids[docs]
        newest = -columns.first[docs]
        self.secondary = newest
        self.by_id = columns.by_id[docs]
        self.primary: NDArray[Any]
        match query.order:
            case Sort.RELEVANCE:
                # Sums of floats differ in their last bits with the order of segments.
                self.primary = -np.round(scores, 6)
            case Sort.NEWEST:
                self.primary = newest
            case Sort.OLDEST:
                first = columns.first[docs]
                self.primary = np.where(first == 0, _UNDATED, first)
            case Sort.SOURCE:
                self.primary = _Ranks(columns).of(docs)

    def first(self, among: Ints, number: int) -> Ints:
        """Return the first ``number`` of ``among``, in order."""
        if number <= 0:
            return among[:0]
        primary = self.primary[among]
        if number < len(among):
            kept = primary <= np.partition(primary, number - 1)[number - 1]
            among, primary = among[kept], primary[kept]
        order = np.lexsort((self.by_id[among], self.secondary[among], primary))
        found: Ints = among[order[:number]]
        return found

    def key(self, at: int) -> Key:
        """Return the key of the document at this place."""
        primary: float | str = float(self.primary[at])
        if self._sources is not None:
            primary = self._sources.name(int(self.primary[at]))
        return Key(primary, float(self.secondary[at]), str(self._ids[at]))

    def after(self, key: Key) -> Ints:
        """Return the places of the documents after ``key``."""
        primary: float | str = key.primary
        if self._sources is not None:
            primary = self._sources.place(str(primary))
        same = self.primary == float(primary)
        level = same & (self.secondary == key.secondary)
        return np.flatnonzero(
            (self.primary > float(primary))
            | (same & (self.secondary > key.secondary))
            | (level & (self._ids > key.id))
        )


class _Ranks:
    """Sources in the order of their values; documents without one come last."""

    def __init__(self, columns: Columns) -> None:
        self._column = columns["source"]
        self._values = sorted(self._column.values)

    def of(self, docs: Ints) -> Ints:
        """Return the rank of each document's source."""
        place = {value: rank for rank, value in enumerate(self._values)}
        ranks = [place[value] for value in self._column.values]
        found: Ints = np.array([*ranks, len(ranks)])[self._column.first[docs]]
        return found

    def name(self, rank: int) -> str:
        """Return the source of this rank, and ``""`` for none."""
        return self._values[rank] if rank < len(self._values) else ""

    def place(self, name: str) -> float:
        """Return the rank of ``name``; between two ranks where it is gone."""
        if not name:
            return len(self._values)
        rank = bisect_left(self._values, name)
        known = rank < len(self._values) and self._values[rank] == name
        return rank if known else rank - 0.5


def _bad(message: str, parameter: str, value: int) -> BadQuery:
    return BadQuery(
        message, parameter=parameter, value=str(value), reason="out-of-bounds"
    )

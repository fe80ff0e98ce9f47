"""Which hits a page shows, in which order; ties are settled by date, then id."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from search.engines import cursor
from search.engines.column import Column
from search.engines.columns import Columns
from search.engines.cursor import Key
from search.engines.docsets import DocSet, Ids
from search.engines.ids import encoded
from search.engines.statistics import Statistics
from search.errors import BadQuery
from search.model import Query, Sort

COPY = "copy"  # what hits may be grouped by
MAX_DEPTH = 10_000  # hits that can be reached by page; beyond it a cursor costs less

_UNDATED = 1 << 31  # later than any day
_MANY = 50  # one document in so many makes the newest of the index worth a look
_TRIED = 4  # times as many as should do
_SPARE = 2  # times as many as a page has: some are copies
_MORE = 4  # times as many again where too many were

Ints = NDArray[np.int64]
Scores = NDArray[np.float64]


def check(query: Query) -> None:
    """Raise BadQuery unless the page asked for can be given."""
    if query.group not in {None, COPY}:
        raise BadQuery(
            f"group must be {COPY} or none",
            parameter="group",
            value=query.group,
            reason="not-one-of",
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


def began(query: Query) -> Statistics | None:
    """Return what the scores of a list were worked out with, if ``query`` goes on.

    Raises:
        BadQuery: its cursor is none, or that of another query.
    """
    return cursor.read(query).began


class Scored(Protocol):
    """The documents that match a tree, and what they score."""

    @property
    def varies(self) -> bool:
        """Whether not all of them score the same."""

    @property
    def statistics(self) -> Statistics | None:
        """What the scores hang on beside the articles, if a cursor can carry it."""

    def scores(self, ids: Ids) -> Scores:
        """Return the scores of ``ids``, which rise and match."""

    def best(self, among: DocSet, number: int) -> tuple[Ids, Scores]:
        """Return the ``number`` best of ``among``, all that tie with them, and scores.

        They come in the order of their numbers.
        """


@dataclass(frozen=True, slots=True)
class Page:
    """The documents of one page in order, their scores, the cursor to the next.

    ``groups`` is how many groups all pages have, None where none were asked for.
    """

    ids: Ids
    scores: Scores
    cursor: str | None
    groups: int | None = None


def page(query: Query, columns: Columns, found: Scored, docs: DocSet) -> Page:
    """Return the page of ``docs``, which match, that ``query`` asks for."""
    check(query)
    after = cursor.read(query).after
    skipped = 0 if after is not None else (query.page - 1) * query.per_page
    number = skipped + query.per_page
    groups = None if query.group is None else columns.groups.count(docs)
    keys, rest = _listed(query, columns, found, docs, number)
    if after is not None:
        rest = rest[keys.after(after)[rest]]
    top = keys.first(rest, number)
    shown = top[skipped:]
    whole = docs.count if groups is None else groups
    left = (whole if after is None else len(rest)) - len(top)
    following = None
    if left and len(shown):
        by_score = query.order is Sort.RELEVANCE and found.varies
        began = found.statistics if by_score else None
        following = cursor.write(query, keys.key(int(shown[-1])), began)
    return Page(keys.docs[shown], keys.scores[shown], following, groups)


def every(
    query: Query, columns: Columns, found: Scored, docs: DocSet
) -> tuple[Ids, Scores]:
    """Return all of ``docs``, which match, in the order asked for, and their scores.

    Of a group it is the first, where groups are asked for.
    """
    ids = docs.ids
    keys = _Keys(query, columns, ids, found.scores(ids))
    listed = np.arange(len(ids))
    if query.group is not None:
        listed = columns.groups.firsts(ids, keys.all_of)
    top = keys.all_of(listed)
    return ids[top], keys.scores[top]


def ordered(query: Query, columns: Columns, found: Scored, ids: Ids) -> Ids:
    """Return ``ids``, which rise and match, in the order asked for."""
    keys = _Keys(query, columns, ids, found.scores(ids))
    return ids[keys.all_of(np.arange(len(ids)))]


def _listed(
    query: Query, columns: Columns, found: Scored, docs: DocSet, number: int
) -> tuple[_Keys, Ints]:
    """Return the keys of some of ``docs``, and the places of those that are listed.

    The first ``number`` of the list are among them.
    """
    if query.group is None or not number:
        ids, scores = _candidates(query, columns, found, docs, number)
        return _Keys(query, columns, ids, scores), np.arange(len(ids))
    wanted = number * _SPARE
    while True:
        ids, scores = _candidates(query, columns, found, docs, wanted)
        keys = _Keys(query, columns, ids, scores)
        firsts = columns.groups.firsts(ids, keys.all_of)
        if len(ids) == docs.count or keys.within(wanted, firsts) >= number:
            return keys, firsts
        wanted *= _MORE


def _candidates(
    query: Query, columns: Columns, found: Scored, docs: DocSet, number: int
) -> tuple[Ids, Scores]:
    """Return documents among which all of the page are, rising, with their scores."""
    by_score = query.order is Sort.RELEVANCE and found.varies
    if not number:
        ids = np.zeros(0, np.int64)
    elif query.cursor is not None:
        ids = docs.ids
    elif by_score:
        return found.best(docs, number)
    elif query.order in {Sort.RELEVANCE, Sort.NEWEST}:
        ids = _newest(columns, docs, number)
    else:
        ids = docs.ids
    return ids, found.scores(ids)


def _newest(columns: Columns, docs: DocSet, number: int) -> Ids:
    """Return the ``number`` newest of ``docs`` and all of the same day as the last.

    Where many documents match, the first of the whole index are tried.
    """
    count = docs.count
    if count <= number or count * _MANY < len(columns):
        return docs.ids
    size = _TRIED * number * len(columns) // count
    while size < len(columns):
        tried = columns.newest_first[:size]
        some = tried[docs.mask[tried]]
        if (
            len(some) >= number
            and columns.first[some[number - 1]] > (columns.first[tried[-1]])
        ):
            least = columns.first[some[number - 1]]
            return np.sort(some[columns.first[some] >= least])
        size *= _TRIED
    return docs.ids


class _Keys:
    """The sort key of each document, lowest first, as arrays."""

    def __init__(
        self, query: Query, columns: Columns, ids: Ids, scores: Scores
    ) -> None:
        self._sources = columns["source"] if query.order is Sort.SOURCE else None
        self.docs = ids
        self.scores = scores
        self._ids = columns.ids[ids]
        first = columns.first[ids].astype(np.int64)
        self.secondary = -first
        self.primary: NDArray[Any]
        match query.order:
            case Sort.RELEVANCE:
                # Sums of floats differ in their last bits with the order of segments.
                self.primary = -np.round(scores, 6)
            case Sort.NEWEST:
                self.primary = self.secondary
            case Sort.OLDEST:
                self.primary = np.where(first == 0, _UNDATED, first)
            case Sort.SOURCE:
                self.primary = columns["source"].first(ids)

    def first(self, among: Ints, number: int) -> Ints:
        """Return the first ``number`` of ``among``, in order."""
        if number <= 0:
            return among[:0]
        primary = self.primary[among]
        if number < len(among):
            kept = primary <= np.partition(primary, number - 1)[number - 1]
            among, primary = among[kept], primary[kept]
        order = np.lexsort((self._ids[among], self.secondary[among], primary))
        found: Ints = among[order[:number]]
        return found

    def all_of(self, among: Ints) -> Ints:
        """Return ``among`` in order."""
        return self.first(among, len(among))

    def within(self, number: int, among: Ints) -> int:
        """Return how many of ``among`` are no worse than the ``number``-th of all."""
        least = np.partition(self.primary, number - 1)[number - 1]
        return int(np.count_nonzero(self.primary[among] <= least))

    def key(self, at: int) -> Key:
        """Return the key of the document at this place."""
        primary: float | str = float(self.primary[at])
        if self._sources is not None:
            primary = _name(self._sources, int(self.primary[at]))
        name = bytes(self._ids[at]).decode("utf-8", "surrogatepass")
        return Key(primary, float(self.secondary[at]), name)

    def after(self, key: Key) -> NDArray[np.bool_]:
        """Return which documents come after ``key``."""
        primary: float | str = key.primary
        if self._sources is not None:
            primary = _place(self._sources, str(primary))
        same = self.primary == float(primary)
        level = same & (self.secondary == key.secondary)
        later: NDArray[np.bool_] = (
            (self.primary > float(primary))
            | (same & (self.secondary > key.secondary))
            | (level & (self._ids > encoded(key.id)))
        )
        return later


def _name(sources: Column[str], code: int) -> str:
    """Return the source of this code, and ``""`` for none, which comes last."""
    return sources.values[code] if code < len(sources.values) else ""


def _place(sources: Column[str], name: str) -> float:
    """Return the code of ``name``; between two codes where it is gone."""
    if not name:
        return len(sources.values)
    code = bisect_left(sources.values, name)
    known = code < len(sources.values) and sources.values[code] == name
    return code if known else code - 0.5


def _bad(message: str, parameter: str, value: int) -> BadQuery:
    return BadQuery(
        message, parameter=parameter, value=str(value), reason="out-of-bounds"
    )

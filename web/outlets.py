"""The outlets one by one: how much of each, from when, and with what left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from search.address import url
from search.engine import Searcher
from search.fields import FACETS
from search.model import Bucket, Hit, IndexInfo, Interval, Published, Query, Sort
from search.periods import span
from web import wording

SIZE = 50  # outlets a page: two searches each
_LOOKED_AT = 100  # pages of an outlet whose removed share is told
_GAPS = 2  # that are named


@dataclass(frozen=True, slots=True)
class Gap:
    """Time between the first and the last article that has none.

    ``url`` is what the others wrote then.
    """

    said: str
    url: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet; ``removed`` is the median share of its pages that was taken out.

    ``looked_at`` is of how many pages, the newest, that is the median. ``source`` is
    what runs know it by, empty where it is unknown.
    """

    source: str
    label: str
    value: str | None
    url: str
    total: int
    first: Published | None
    first_url: str
    last: Published | None
    last_url: str
    undated: int
    undated_url: str
    gaps: tuple[Gap, ...]
    other_gaps: int
    removed: float
    looked_at: int


@dataclass(frozen=True, slots=True)
class OutletsPage:
    """A page of outlets, those with most articles first."""

    outlets: tuple[Outlet, ...]
    total: int
    first: int
    previous: str | None
    following: str | None
    index: IndexInfo


def outlets(searcher: Searcher, page: int) -> OutletsPage:
    """Return a page of the outlets, counted from 1; costs two searches for each."""
    asked = Query(
        facets=("source",), facet_size=SIZE, facet_page=page, per_page=1, snippets=0
    )
    result = searcher.search(asked)
    facet = result.facets[0]
    last = max(1, -(-facet.total // SIZE))
    return OutletsPage(
        outlets=tuple(_outlet(searcher, bucket) for bucket in facet.buckets),
        total=facet.total - bool(facet.missing),
        first=(page - 1) * SIZE + 1,
        previous=f"/sources?page={min(page - 1, last)}" if page > 1 else None,
        following=f"/sources?page={page + 1}" if page < last else None,
        index=result.index,
    )


def _outlet(searcher: Searcher, bucket: Bucket) -> Outlet:
    query = Query(sources=(bucket.value,))
    asked = replace(
        query,
        facets=("date",),
        interval=Interval.MONTH,
        per_page=_LOOKED_AT,
        snippets=0,
    )
    result = searcher.search(asked)
    facet = result.facets[0]
    dated = [b for b in facet.buckets if b.last is not None]
    gaps = list(_gaps(dated, bucket.value))
    unknown = bucket.value == FACETS["source"].unknown
    oldest = replace(query, sort=Sort.OLDEST)
    first = searcher.search(replace(oldest, per_page=1, snippets=0)).hits
    return Outlet(
        source="" if unknown else bucket.value,
        label="Source unknown" if unknown else bucket.label,
        value=None if unknown or bucket.value == bucket.label else bucket.value,
        url=url("/search", query),
        total=bucket.count,
        first=first[0].published if first else None,
        first_url=url("/search", oldest),
        last=result.hits[0].published if result.hits else None,
        last_url=url("/search", replace(query, sort=Sort.NEWEST)),
        undated=facet.missing,
        undated_url=url("/search", replace(query, dates=("undated",))),
        gaps=tuple(gaps[:_GAPS]),
        other_gaps=max(0, len(gaps) - _GAPS),
        removed=_removed(result.hits),
        looked_at=len(result.hits),
    )


def _removed(hits: Sequence[Hit]) -> float:
    return median([hit.removed_share for hit in hits]) if hits else 0.0


def _gaps(buckets: Sequence[Bucket], source: str) -> Iterator[Gap]:
    """Yield the time between two buckets, longest first, as far as it is a month."""
    spans = [span(bucket.value) for bucket in buckets]
    between = [
        (before[1] + timedelta(1), after[0] - timedelta(1))
        for before, after in pairwise(spans)
    ]
    missing = [(first, last) for first, last in between if last > first]
    for first, last in sorted(missing, key=lambda gap: gap[0] - gap[1]):
        others = Query(since=first, until=last, exclude={"source": (source,)})
        yield Gap(_said(first, last), url("/search", others))


def _said(first: date, last: date) -> str:
    """Return the months, or the years, from ``first`` to ``last`` in words."""
    if (first.month, last.month) == (1, 12):
        same = first.year == last.year
        return f"{first.year}" if same else f"{first.year} to {last.year}"
    start = wording.day(Published(f"{first:%Y-%m}", ""))
    end = wording.day(Published(f"{last:%Y-%m}", ""))
    if first.year == last.year:
        return end if start == end else f"{first:%B} to {end}"
    return f"{start} to {end}"

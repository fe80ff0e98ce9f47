"""The collection as a whole: how much of what, from when, and what to ask of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from search.address import url
from search.engine import Searcher
from search.fields import FACETS
from search.model import (
    Bucket,
    Hit,
    IndexInfo,
    Interval,
    Kind,
    Published,
    Query,
    SearchResult,
    Sort,
)
from web.entries import Entry, entry
from web.examples import Section, sections
from web.kept import Kept
from web.links import Links
from web.outlets import OutletsPage, outlets
from web.strays import Stray, nearly_all, strays
from web.strip import UNKNOWN, Row, Strip, strip

_OUTLETS = 12  # rows of the strip: a search each
_MOST_DAYS = 45  # columns; a longer time is shown by months
_MOST_MONTHS = 48  # columns; a longer time is shown by years
_NEWEST = 5  # articles of the first page


@dataclass(frozen=True, slots=True)
class Corpus:
    """Facts about one state of the collection.

    ``span`` is from when to when nearly all articles are, and the ``strays`` are not.
    """

    index: IndexInfo
    articles: int
    outlets: int
    first: Published | None
    last: Published | None
    languages: tuple[Bucket, ...]
    no_language: int
    no_source: int
    kinds: tuple[Bucket, ...]
    sources: tuple[Bucket, ...]
    span: tuple[Published, Published] | None
    strays: tuple[Stray, ...]
    strip: Strip | None
    guide: tuple[Section, ...]
    newest: tuple[Entry, ...]
    undated: int

    @property
    def examples(self) -> int:
        """Return how many examples there are."""
        return sum(len(section.examples) for section in self.guide)


class CorpusPage:
    """The facts, counted once for each state of the index and kept until the next."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._facts = Kept[int, Corpus](searcher, lambda _: _count(searcher))
        self._outlets = Kept[int, OutletsPage](
            searcher, lambda page: outlets(searcher, page)
        )

    def facts(self) -> Corpus:
        """Return the facts of the state that answers now."""
        return self._facts.of(0)

    def outlets(self, page: int) -> OutletsPage:
        """Return a page of the outlets of the state that answers now."""
        return self._outlets.of(page)


def _brief(**changes: object) -> Query:
    return replace(Query(per_page=1, snippets=0), **changes)  # type: ignore[arg-type]


def _count(searcher: Searcher) -> Corpus:
    wanted = ("source", "kind", "lang", "place", "agency", "author", "date")
    whole = searcher.search(
        _brief(facets=wanted, facet_size=200, interval=Interval.YEAR)
    )
    buckets = {facet.name: facet.buckets for facet in whole.facets}
    missing = {facet.name: facet.missing for facet in whole.facets}
    sources = buckets["source"]
    newest = searcher.search(Query(per_page=_NEWEST, snippets=0)).hits
    years = [bucket for bucket in buckets["date"] if bucket.last is not None]
    drawn = nearly_all(years) if years else None
    span = _span(searcher, *drawn) if drawn else None
    return Corpus(
        index=whole.index,
        articles=whole.total,
        outlets=_total(whole, "source"),
        first=_end(searcher, Query(sort=Sort.OLDEST)),
        last=newest[0].published if newest else None,
        languages=_known("lang", buckets["lang"]),
        no_language=missing["lang"],
        no_source=missing["source"],
        kinds=tuple(b for b in buckets["kind"] if b.value != Kind.ARTICLE and b.count),
        sources=sources,
        span=span,
        strays=strays(Query(), *drawn, searcher) if drawn else (),
        strip=_strip(searcher, sources, *span) if span else None,
        guide=sections(searcher, buckets),
        newest=_entries(newest, sources),
        undated=missing["date"],
    )


def _entries(hits: tuple[Hit, ...], sources: tuple[Bucket, ...]) -> tuple[Entry, ...]:
    names = {("source", bucket.value): bucket.label for bucket in sources}
    return tuple(entry(hit, Links(Query()), names) for hit in hits)


def _span(
    searcher: Searcher, first: int, last: int
) -> tuple[Published, Published] | None:
    """Return the first and the last date in these years."""
    within = Query(since=date(first, 1, 1), until=date(last, 12, 31))
    begin = _end(searcher, replace(within, sort=Sort.OLDEST))
    end = _end(searcher, replace(within, sort=Sort.NEWEST))
    return (begin, end) if begin and end else None


def _end(searcher: Searcher, query: Query) -> Published | None:
    hits = searcher.search(replace(query, per_page=1, snippets=0)).hits
    return hits[0].published if hits else None


def _total(result: SearchResult, name: str) -> int:
    """Return how many values a facet has, unknown not counted."""
    facet = next(facet for facet in result.facets if facet.name == name)
    return facet.total - bool(facet.missing)


def _known(name: str, buckets: tuple[Bucket, ...]) -> tuple[Bucket, ...]:
    return tuple(b for b in buckets if b.value != FACETS[name].unknown)


def _strip(
    searcher: Searcher, sources: tuple[Bucket, ...], begin: Published, end: Published
) -> Strip | None:
    first, last = begin.first, end.last
    interval = _interval(first, last)
    asked = _brief(facets=("date",), interval=interval, since=first, until=last)
    rows = tuple(_row(searcher, bucket, asked) for bucket in sources[:_OUTLETS])
    return strip(rows, first, last, interval)


def _interval(first: date, last: date) -> Interval:
    if (last - first).days < _MOST_DAYS:
        return Interval.DAY
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return Interval.MONTH if months <= _MOST_MONTHS else Interval.YEAR


def _row(searcher: Searcher, bucket: Bucket, asked: Query) -> Row:
    query = Query(sources=(bucket.value,))
    counts = {
        found.value: found.count
        for facet in searcher.search(replace(asked, sources=query.sources)).facets
        for found in facet.buckets
        if found.last is not None
    }
    unknown = bucket.value == FACETS["source"].unknown
    label = UNKNOWN if unknown else bucket.label
    return Row(label, url("/search", query), bucket.count, counts)

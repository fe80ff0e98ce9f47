"""The collection as a whole: how much of what, from when, and what to ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from search.address import url
from search.engine import Searcher
from search.fields import FACETS
from search.model import (
    Bucket,
    IndexInfo,
    Interval,
    Kind,
    Published,
    Query,
    SearchResult,
    Sort,
)
from web.strip import Row, Strip, strip

_OUTLETS = 12  # rows of the strip: a search each
_MOST_MONTHS = 48  # columns; a longer time is shown by years


@dataclass(frozen=True, slots=True)
class Example:
    """Query text that has hits in this collection, and what it shows."""

    text: str
    shows: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """Facts about one state of the collection."""

    index: IndexInfo
    articles: int
    outlets: int
    first: Published | None
    last: Published | None
    languages: tuple[Bucket, ...]
    kinds: tuple[Bucket, ...]
    sources: tuple[Bucket, ...]
    strip: Strip | None
    examples: tuple[Example, ...]


class CorpusPage:
    """The facts, counted once for each state of the index and kept until the next."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._lock = Lock()
        self._kept: Corpus | None = None

    def facts(self) -> Corpus:
        """Return the facts of the state that answers now."""
        generation = self._searcher.search(_brief()).index.generation
        with self._lock:
            if self._kept is None or self._kept.index.generation != generation:
                self._kept = _count(self._searcher)
            return self._kept


def _brief(**changes: object) -> Query:
    return replace(Query(per_page=1, snippets=0), **changes)  # type: ignore[arg-type]


def _count(searcher: Searcher) -> Corpus:
    wanted = ("source", "kind", "lang", "place", "agency", "author")
    whole = searcher.search(_brief(facets=wanted, facet_size=200))
    buckets = {facet.name: facet.buckets for facet in whole.facets}
    sources = buckets["source"]
    first, last = _end(searcher, Sort.OLDEST), _end(searcher, Sort.NEWEST)
    return Corpus(
        index=whole.index,
        articles=whole.total,
        outlets=_total(whole, "source"),
        first=first,
        last=last,
        languages=_known("lang", buckets["lang"]),
        kinds=tuple(b for b in buckets["kind"] if b.value != Kind.ARTICLE and b.count),
        sources=sources,
        strip=_strip(searcher, sources, first, last),
        examples=tuple(_examples(searcher, buckets)),
    )


def _end(searcher: Searcher, sort: Sort) -> Published | None:
    hits = searcher.search(_brief(sort=sort)).hits
    return hits[0].published if hits else None


def _total(result: SearchResult, name: str) -> int:
    """Return how many values a facet has, unknown not counted."""
    facet = next(facet for facet in result.facets if facet.name == name)
    return facet.total - bool(facet.missing)


def _known(name: str, buckets: tuple[Bucket, ...]) -> tuple[Bucket, ...]:
    return tuple(b for b in buckets if b.value != FACETS[name].unknown)


def _strip(
    searcher: Searcher,
    sources: tuple[Bucket, ...],
    first: Published | None,
    last: Published | None,
) -> Strip | None:
    if first is None or last is None:
        return None
    interval = _interval(first.first, last.last)
    rows = tuple(_row(searcher, bucket, interval) for bucket in sources[:_OUTLETS])
    return strip(rows, first.first, last.last, interval)


def _interval(first: date, last: date) -> Interval:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return Interval.MONTH if months <= _MOST_MONTHS else Interval.YEAR


def _row(searcher: Searcher, bucket: Bucket, interval: Interval) -> Row:
    query = Query(sources=(bucket.value,))
    asked = _brief(sources=query.sources, facets=("date",), interval=interval)
    counts = {
        found.value: found.count
        for facet in searcher.search(asked).facets
        for found in facet.buckets
        if found.last is not None
    }
    unknown = bucket.value == FACETS["source"].unknown
    label = "Source unknown" if unknown else bucket.label
    return Row(label, url("/search", query), bucket.count, counts)


def _examples(
    searcher: Searcher, buckets: dict[str, tuple[Bucket, ...]]
) -> Iterator[Example]:
    """Yield queries made of what the collection holds, as far as they have hits."""
    places = [b for b in _known("place", buckets["place"]) if (b.level or 0) > 0]
    places = places or list(_known("place", buckets["place"]))
    agencies = _known("agency", buckets["agency"])
    authors = _known("author", buckets["author"])
    sources = _known("source", buckets["source"])
    tried = [
        *((_quoted(b), "a place, in every spelling") for b in places[:1]),
        *((f"title:{_quoted(b)}", "in headlines only") for b in places[1:3]),
        *((f"agency:{_quoted(b)}", "copy of one agency") for b in agencies[:1]),
        *((f"byline:{_quoted(b)}", "one reporter’s work") for b in authors[:1]),
        *((f"source:{_quoted(b)}", "one outlet") for b in sources[:1]),
    ]
    for text, shows in tried:
        total = searcher.search(_brief(text=text)).total
        if total:
            yield Example(text, shows, url("/search", Query(text=text)), total)


def _quoted(bucket: Bucket) -> str:
    label = bucket.label.replace('"', " ")
    return f'"{label}"' if " " in label else label

"""The date facet as bars: where each stands, how tall it is, where it leads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from search.engine import Searcher
from search.model import Bucket, Facet, Interval, Published, Query, SearchResult
from search.periods import span
from web import wording
from web.chips import from_start
from web.links import Links
from web.strays import Stray, nearly_all, strays

HEIGHT = 72  # pixels
_WEEK = "week of "
_THINNEST = 0.6  # per cent of the width, so that one day in a century still shows
_THICKEST = 9.0  # so that two days are no walls
_SHORTEST = 4.0  # pixels, so that one article beside thousands does
_NAMED = 3  # bars that share the most
_FILLED = 0.84  # of a bucket's width; the rest is the gap to the next bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One bucket; ``url`` narrows down to it.

    ``across`` and ``up`` are attributes of what is drawn: in per cent, and in pixels.
    """

    label: str
    count: int
    said: str
    selected: bool
    across: Markup
    up: Markup
    url: Markup


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars in order of time; ``summary`` says the most important thing in words.

    ``strays`` are too far from the others to be drawn.
    """

    bars: tuple[Bar, ...]
    first: str
    last: str
    summary: str
    interval: str
    undated: Bucket | None
    strays: tuple[Stray, ...]


def histogram(
    query: Query, result: SearchResult, links: Links, searcher: Searcher
) -> Histogram | None:
    """Return the ``date`` facet of ``result`` as bars; None where none are drawn.

    Only where some dates lie far from nearly all others it asks again.
    """
    facet = next((facet for facet in result.facets if facet.name == "date"), None)
    if facet is None or not facet.buckets:
        return None
    undated = next((b for b in facet.buckets if b.last is None), None)
    dated = [bucket for bucket in facet.buckets if bucket.last is not None]
    interval = facet.interval
    outside: tuple[Stray, ...] = ()
    if far := _far(query, facet, dated, result):
        interval, dated = _within(query, *far, searcher)
        outside = strays(query, *far, searcher)
    bars = _bars(query, dated, interval, links)
    return Histogram(
        bars=bars,
        first=bars[0].label.removeprefix(_WEEK) if bars else "",
        last=bars[-1].label.removeprefix(_WEEK) if bars else "",
        summary=_summary(bars, interval),
        interval=str(interval or Interval.DAY),
        undated=undated,
        strays=outside,
    )


def _far(
    query: Query, facet: Facet, dated: list[Bucket], result: SearchResult
) -> tuple[int, int] | None:
    """Return the years of nearly all, where dates lie far from them; else None.

    A facet itself leaves out what lies over 200 years from most.
    """
    if not dated or query.since or query.until:
        return None
    whole = span(dated[0].value)[0].year, span(dated[-1].value)[1].year
    drawn = nearly_all(dated) if facet.interval is Interval.YEAR else whole
    chosen = query.dates or query.exclude.get("date")
    counted = sum(bucket.count for bucket in facet.buckets)
    lacking = not chosen and counted < result.total
    return drawn if lacking or drawn != whole else None


def _within(
    query: Query, first: int, last: int, searcher: Searcher
) -> tuple[Interval | None, list[Bucket]]:
    """Return the buckets of these years alone, which may be narrower ones."""
    asked = replace(
        from_start(query, since=date(first, 1, 1), until=date(last, 12, 31)),
        facets=("date",),
        per_page=0,
        snippets=0,
    )
    facet = searcher.search(asked).facets[0]
    dated = [bucket for bucket in facet.buckets if bucket.last is not None]
    return facet.interval, dated


def _bars(
    query: Query, buckets: list[Bucket], interval: Interval | None, links: Links
) -> tuple[Bar, ...]:
    if not buckets:
        return ()
    start, scale = _scale(buckets)
    most = max(bucket.count for bucket in buckets) or 1
    bars = []
    for bucket in buckets:
        first, last = (day.toordinal() for day in span(bucket.value))
        width = (last + 1 - first) * scale * _FILLED
        width = min(max(_THINNEST, width), _THICKEST)
        height = max(_SHORTEST, HEIGHT * bucket.count / most)
        x = min((first - start) * scale, 100 - width)
        bars.append(
            Bar(
                label=_label(bucket, interval),
                count=bucket.count,
                said=f"{bucket.count:,}",
                selected=bucket.selected,
                across=_attributes("x", x, "width", width, "%"),
                up=_attributes("y", HEIGHT - height, "height", height, ""),
                url=links.changed(date=_narrowed(query, bucket)),
            )
        )
    return tuple(bars)


def _attributes(place: str, at: float, extent: str, by: float, unit: str) -> Markup:
    said = f'{place}="{at:.2f}{unit}" {extent}="{by:.2f}{unit}"'
    return Markup(said)  # noqa: S704 - our own words, and numbers


def _scale(buckets: list[Bucket]) -> tuple[int, float]:
    """Return the first day, and how many per cent of the width a day takes."""
    start = span(buckets[0].value)[0].toordinal()
    return start, 100 / (span(buckets[-1].value)[1].toordinal() + 1 - start)


def _label(bucket: Bucket, interval: Interval | None) -> str:
    words = wording.day(Published(bucket.label, ""))
    return f"{_WEEK}{words}" if interval is Interval.WEEK else words


def _narrowed(query: Query, bucket: Bucket) -> tuple[str, ...]:
    """Return the dates a bar leads to; a chosen bar leads back."""
    if bucket.value in query.dates:
        return tuple(value for value in query.dates if value != bucket.value)
    return (bucket.value,)


def _summary(bars: tuple[Bar, ...], interval: Interval | None) -> str:
    if not bars:
        return "None is dated."
    if len(bars) == 1:
        return f"All dated {bars[0].label}."
    most = max(bar.count for bar in bars)
    peaks = [bar.label for bar in bars if bar.count == most]
    unit = interval or Interval.DAY
    if most == 1:
        return f"At most one in a {unit}."
    which = f"{len(peaks):,} times" if len(peaks) > _NAMED else wording.listed(peaks)
    return f"Most in one {unit}: {most:,}, {which}."

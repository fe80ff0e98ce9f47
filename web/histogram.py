"""The date facet as bars: where each stands, how tall it is, where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from search.address import url
from search.model import Bucket, Facet, Interval, Published, Query, span
from web import wording
from web.chips import choosing

WIDTH, HEIGHT = 240, 64  # units of the drawing, which stretches to its box
_WEEK = "week of "
_THINNEST = 1.5  # units, so that one day in a century still shows
_SHORTEST = 2.0  # units, so that one article beside thousands does
_FILLED = 0.86  # of a bucket's width; the rest is the gap to the next bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One bucket; ``url`` is the query it narrows down to."""

    label: str
    count: int
    selected: bool
    x: float
    y: float
    width: float
    height: float
    url: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars in order of time; ``summary`` says the most important thing in words."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    summary: str
    interval: str
    undated: Bucket | None


def histogram(query: Query, facet: Facet) -> Histogram | None:
    """Return the bars of the ``date`` facet; None where nothing is to be drawn."""
    dated = [bucket for bucket in facet.buckets if bucket.last is not None]
    undated = next((b for b in facet.buckets if b.last is None), None)
    if not dated and undated is None:
        return None
    bars = _bars(query, dated, facet.interval)
    return Histogram(
        bars=bars,
        first=bars[0].label.removeprefix(_WEEK) if bars else "",
        last=bars[-1].label.removeprefix(_WEEK) if bars else "",
        summary=_summary(bars, facet.interval),
        interval=str(facet.interval or Interval.DAY),
        undated=undated,
    )


def _bars(
    query: Query, buckets: list[Bucket], interval: Interval | None
) -> tuple[Bar, ...]:
    if not buckets:
        return ()
    start = span(buckets[0].value)[0].toordinal()
    scale = WIDTH / (span(buckets[-1].value)[1].toordinal() + 1 - start)
    most = max(bucket.count for bucket in buckets) or 1
    bars = []
    for bucket in buckets:
        first, last = (day.toordinal() for day in span(bucket.value))
        width = max(_THINNEST, (last + 1 - first) * scale * _FILLED)
        height = max(_SHORTEST, HEIGHT * bucket.count / most)
        bars.append(
            Bar(
                label=_label(bucket, interval),
                count=bucket.count,
                selected=bucket.selected,
                x=round(min((first - start) * scale, WIDTH - width), 2),
                y=round(HEIGHT - height, 1),
                width=round(width, 2),
                height=round(height, 1),
                url=url("/search", _narrowed(query, bucket)),
            )
        )
    return tuple(bars)


def _label(bucket: Bucket, interval: Interval | None) -> str:
    words = wording.day(Published(bucket.label, ""))
    return f"{_WEEK}{words}" if interval is Interval.WEEK else words


def _narrowed(query: Query, bucket: Bucket) -> Query:
    """Return the query a bar leads to; a chosen bar leads back."""
    if bucket.value in query.dates:
        rest = tuple(value for value in query.dates if value != bucket.value)
        return choosing(query, "date", rest)
    return choosing(query, "date", (bucket.value,))


def _summary(bars: tuple[Bar, ...], interval: Interval | None) -> str:
    if not bars:
        return "None is dated."
    peak = max(bars, key=lambda bar: bar.count)
    if len(bars) == 1:
        return f"All dated {peak.label}."
    return f"Most in one {interval or Interval.DAY}: {peak.count:,}, {peak.label}."

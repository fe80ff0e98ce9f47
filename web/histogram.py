"""The date facet as bars: where each stands, how tall it is, where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from search.model import Bucket, Facet, Interval, Published, Query
from search.periods import span
from web import wording
from web.links import Links

HEIGHT = 72  # pixels
_WEEK = "week of "
_THINNEST = 0.6  # per cent of the width, so that one day in a century still shows
_THICKEST = 9.0  # so that two days are no walls
_SHORTEST = 4.0  # pixels, so that one article beside thousands does
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
    """Bars in order of time; ``summary`` says the most important thing in words."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    summary: str
    interval: str
    undated: Bucket | None


def histogram(query: Query, facet: Facet, links: Links) -> Histogram | None:
    """Return the bars of the ``date`` facet; None where nothing is to be drawn."""
    dated = [bucket for bucket in facet.buckets if bucket.last is not None]
    undated = next((b for b in facet.buckets if b.last is None), None)
    if not dated and undated is None:
        return None
    bars = _bars(query, dated, facet.interval, links)
    return Histogram(
        bars=bars,
        first=bars[0].label.removeprefix(_WEEK) if bars else "",
        last=bars[-1].label.removeprefix(_WEEK) if bars else "",
        summary=_summary(bars, facet.interval),
        interval=str(facet.interval or Interval.DAY),
        undated=undated,
    )


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
    peak = max(bars, key=lambda bar: bar.count)
    if len(bars) == 1:
        return f"All dated {peak.label}."
    return f"Most in one {interval or Interval.DAY}: {peak.count:,}, {peak.label}."

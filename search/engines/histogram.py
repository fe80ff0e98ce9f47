"""The buckets of the ``date`` facet."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.model import Interval

MAX_BUCKETS = 200  # beyond it a bar is thinner than a pixel of a small screen
_RANGES = 256  # whose buckets are kept: those of the whole index come again
_YEARS = 400  # of one interval, whose buckets are kept
_EPOCH_YEAR = 1970
_EPOCH = date(_EPOCH_YEAR, 1, 1).toordinal()
_READABLE = 60  # bars of a histogram nobody asked a width for

_WIDER = {
    Interval.DAY: Interval.WEEK,
    Interval.WEEK: Interval.MONTH,
    Interval.MONTH: Interval.YEAR,
}


def choose(first: date, last: date, asked: Interval | None) -> Interval:
    """Return the interval asked for, or a wider one that needs no 200 buckets.

    Where none was asked for, the narrowest that needs no more than 60.
    """
    bound = MAX_BUCKETS if asked else _READABLE
    interval = asked or Interval.DAY
    while interval in _WIDER and _number(first, last, interval) > bound:
        interval = _WIDER[interval]
    return interval


class Span(NamedTuple):
    """The days of a bucket, and what it is called.

    ``value`` as a filter finds its articles; ``label`` is ``YYYY``, ``YYYY-MM``, or
    the first day.
    """

    first: int  # proleptic ordinals
    last: int
    value: str
    label: str
    last_day: str


class Spans(NamedTuple):
    """Buckets in order of time; the days before and the last days of them as arrays."""

    spans: tuple[Span, ...]
    before: NDArray[np.int64]
    last: NDArray[np.int64]


def years(first: date, last: date) -> NDArray[np.int64]:
    """Return the first days of the years from ``first``'s to after ``last``'s."""
    each = np.arange(first.year, last.year + 2) - _EPOCH_YEAR
    return each.astype("M8[Y]").astype("M8[D]").astype(np.int64) + _EPOCH


def fullest(first: date, counts: NDArray[np.int64]) -> tuple[date, date]:
    """Return the 200 years that have the most articles, the last of those that tie.

    ``counts`` is how many each year has, from ``first``'s on, of more than 200. One
    article with a slip in its year must not take the room of all others.
    """
    so_far = np.append(0, counts.cumsum())
    sums = so_far[MAX_BUCKETS:] - so_far[:-MAX_BUCKETS]
    year = first.year + int(np.flatnonzero(sums == sums.max())[-1])
    return date(year, 1, 1), date(year + MAX_BUCKETS - 1, 12, 31)


def spans(first: date, last: date, interval: Interval) -> Spans:
    """Return the buckets from ``first``'s to ``last``'s; choose one with few."""
    return _spans(_start(first, interval), _start(last, interval), interval)


def starts(days: NDArray[np.int64], interval: Interval) -> NDArray[np.int64]:
    """Return the first day of the day, month or year of each of ``days``.

    They are proleptic ordinals.
    """
    unit = {Interval.DAY: "D", Interval.MONTH: "M", Interval.YEAR: "Y"}[interval]
    since_1970 = (days - _EPOCH).astype("M8[D]")
    first = since_1970.astype(f"M8[{unit}]").astype("M8[D]")
    return first.astype(np.int64) + _EPOCH


@lru_cache(_RANGES)
def _spans(first: date, last: date, interval: Interval) -> Spans:
    """Return the buckets that begin from ``first`` to ``last``."""
    start, end = first.toordinal(), last.toordinal()
    kept = tuple(
        span
        for year in range(first.year, last.year + 1)
        for span in _year(year, interval)
        if start <= span.first <= end
    )
    return Spans(
        kept,
        np.array([span.first - 1 for span in kept], np.int64),
        np.array([span.last for span in kept], np.int64),
    )


@lru_cache(_YEARS)
def _year(year: int, interval: Interval) -> tuple[Span, ...]:
    """Return the buckets that begin in a year: most histograms share them."""
    start: date | None = _start(date(year, 1, 1), interval)
    if start is not None and start.year < year:
        start = _after(start, interval)
    found = []
    while start is not None and start.year == year:
        following = _after(start, interval)
        end = following - timedelta(1) if following else date.max
        found.append(_span(start, end, interval))
        start = following
    return tuple(found)


def _span(start: date, end: date, interval: Interval) -> Span:
    first, last = start.isoformat(), end.isoformat()
    label = first[: {Interval.YEAR: 4, Interval.MONTH: 7}.get(interval, 10)]
    value = f"{first}..{last}" if interval is Interval.WEEK else label
    return Span(start.toordinal(), end.toordinal(), value, label, last)


def _start(day: date, interval: Interval) -> date:
    match interval:
        case Interval.DAY:
            return day
        case Interval.WEEK:
            return day - timedelta(min(day.weekday(), day.toordinal() - 1))
        case Interval.MONTH:
            return day.replace(day=1)
        case Interval.YEAR:
            return day.replace(month=1, day=1)


def _after(start: date, interval: Interval) -> date | None:
    """Return the first day of the next bucket, None past the end of the calendar."""
    try:
        match interval:
            case Interval.DAY:
                return start + timedelta(1)
            case Interval.WEEK:
                return start + timedelta(7 - start.weekday())
            case Interval.MONTH:
                return (start + timedelta(31)).replace(day=1)
            case Interval.YEAR:
                return date(start.year + 1, 1, 1)
    except (OverflowError, ValueError):
        return None


def _number(first: date, last: date, interval: Interval) -> int:
    days = (last - first).days + 1
    match interval:
        case Interval.DAY:
            return days
        case Interval.WEEK:
            return (last - _start(first, interval)).days // 7 + 1
        case Interval.MONTH:
            return (last.year - first.year) * 12 + last.month - first.month + 1
        case Interval.YEAR:
            return last.year - first.year + 1

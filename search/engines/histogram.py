"""The buckets of the ``date`` facet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from search.model import Interval

MAX_BUCKETS = 200  # beyond it a bar is thinner than a pixel of a small screen
_KNOWN = 32  # most histograms are of the whole index, the same for all
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


@lru_cache(_KNOWN)
def spans(first: date, last: date, interval: Interval) -> tuple[tuple[date, date], ...]:
    """Return the first and last day of each bucket from ``first``'s to ``last``'s."""
    return tuple(_spans(first, last, interval))


def _spans(first: date, last: date, interval: Interval) -> Iterator[tuple[date, date]]:
    start: date | None = _start(first, interval)
    while start is not None and start <= last:
        following = _after(start, interval)
        yield start, (following - timedelta(1) if following else date.max)
        start = following


def value(start: date, end: date, interval: Interval) -> str:
    """Return what finds the bucket's articles as a filter."""
    is_week = interval is Interval.WEEK
    return f"{start}..{end}" if is_week else label(start, interval)


def label(start: date, interval: Interval) -> str:
    """Return the bucket's label: ``YYYY``, ``YYYY-MM``, or its first day."""
    return start.isoformat()[: {Interval.YEAR: 4, Interval.MONTH: 7}.get(interval, 10)]


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

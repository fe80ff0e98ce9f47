"""The buckets of the ``date`` facet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

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
    """Return the first and last day of the last 200 buckets up to ``last``'s."""
    return tuple(_spans(first, last, interval))[-MAX_BUCKETS:]


@lru_cache(_KNOWN)
def edges(first: date, last: date, interval: Interval) -> NDArray[np.int64]:
    """Return the same as ordinals, a row a bucket."""
    found = [(a.toordinal(), b.toordinal()) for a, b in spans(first, last, interval)]
    # A range that ends before it begins has no spans, and still two columns.
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _spans(first: date, last: date, interval: Interval) -> Iterator[tuple[date, date]]:
    start: date | None = _start(first, interval)
    while start is not None and start <= last:
        following = _after(start, interval)
        yield start, (following - timedelta(1) if following else date.max)
        start = following


@lru_cache(_KNOWN * MAX_BUCKETS)
def names(start: date, end: date, interval: Interval) -> tuple[str, str, str]:
    """Return a bucket's value, which as a filter finds it, its label and its last day.

    The label is ``YYYY``, ``YYYY-MM``, or the first day.
    """
    first, last = start.isoformat(), end.isoformat()
    label = first[: {Interval.YEAR: 4, Interval.MONTH: 7}.get(interval, 10)]
    return f"{first}..{last}" if interval is Interval.WEEK else label, label, last


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

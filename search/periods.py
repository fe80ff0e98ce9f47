"""The days that a date means of which only the year or the month may be known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(10_000)
def period(value: str) -> tuple[date, date]:
    """Return the first and last day of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Raises:
        ValueError: ``value`` has another shape or names no day that exists.

    >>> period("2016-02")
    (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    """
    if not value.isascii() or len(value) not in (4, 7, 10):
        raise ValueError(f"not YYYY, YYYY-MM or YYYY-MM-DD: {value!r}")
    if len(value) == 10:
        day = date.fromisoformat(value)
        return day, day
    first = date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    if len(value) == 4:
        return first, date(first.year, 12, 31)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def value_of(first: date, last: date) -> str:
    """Return the value of which these are the first and last day, as short as it goes.

    >>> value_of(date(2016, 2, 1), date(2016, 2, 29))
    '2016-02'
    """
    day = first.isoformat()
    return next(
        (said for said in (day[:4], day[:7]) if (first, last) == period(said)), day
    )


def span(value: str) -> tuple[date, date]:
    """Return the first and last day of a ``period``, or of ``A..B`` between two.

    Either end of ``A..B`` may be open.

    Raises:
        ValueError: ``value`` is neither, or ends before it begins.

    >>> span("2016-02..2016-03-05")
    (datetime.date(2016, 2, 1), datetime.date(2016, 3, 5))
    """
    start, dots, end = value.partition("..")
    if not dots or not (start or end):
        return period(value)
    first = period(start)[0] if start else date.min
    last = period(end)[1] if end else date.max
    if first > last:
        raise ValueError(f"ends before it begins: {value!r}")
    return first, last

"""Outlets by months: how many articles of each outlet are from when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from search.model import Interval, Published
from web import wording

_SHADES = 4  # steps of grey beside none


@dataclass(frozen=True, slots=True)
class Row:
    """An outlet with its counts by period: ``YYYY-MM`` or ``YYYY``."""

    label: str
    url: str
    total: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One period of one outlet; ``shade`` is 0 for none to 4 for most."""

    period: str
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row with a cell for every period."""

    row: Row
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """The table, its periods in order of time, and what it shows in a sentence."""

    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    summary: str
    first: str
    last: str

    @property
    def spread(self) -> bool:
        """Return whether an article counts in several periods."""
        return any(
            sum(line.row.counts.values()) > line.row.total for line in self.lines
        )


def strip(
    rows: tuple[Row, ...], first: date, last: date, interval: Interval
) -> Strip | None:
    """Return ``rows`` by months or years from ``first`` to ``last``."""
    periods = tuple(_periods(first, last, interval))
    most = max((n for row in rows for n in row.counts.values()), default=0)
    if not most:
        return None
    lines = tuple(
        Line(row, tuple(_cell(row, period, most) for period in periods)) for row in rows
    )
    return Strip(
        periods=tuple(_words(period) for period in periods),
        lines=lines,
        summary=_summary(rows),
        first=_words(periods[0]),
        last=_words(periods[-1]),
    )


def _periods(first: date, last: date, interval: Interval) -> Iterator[str]:
    if interval is Interval.YEAR:
        yield from (f"{year:04}" for year in range(first.year, last.year + 1))
        return
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{month // 12:04}-{month % 12 + 1:02}"


def _cell(row: Row, period: str, most: int) -> Cell:
    count = row.counts.get(period, 0)
    return Cell(_words(period), count, -(-count * _SHADES // most))


def _words(period: str) -> str:
    return wording.day(Published(period, ""))


def _summary(rows: tuple[Row, ...]) -> str:
    count, label, period = max(
        (count, row.label, period)
        for row in rows
        for period, count in row.counts.items()
    )
    found = wording.counted(count, "article")
    return f"The most is {found} from {label} in {_words(period)}."

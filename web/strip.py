"""Outlets by months: how many articles of each outlet are from when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from search.model import Interval, Published
from web import wording

UNKNOWN = "Source unknown"
_NAMED = 3  # periods that share the most
_SHADES = 4  # steps of colour beside none
_FILLED = 0.9  # of a period's width; the rest is the gap to the next
_WIDEST_GAP = 0.5  # per cent of the width of all
_LONG_NAME, _NAME = 28, 12  # per cent of a phone's width: a month, and a year
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000)  # years between two


@dataclass(frozen=True, slots=True)
class Row:
    """An outlet with its counts by period: a year, a month or a day."""

    label: str
    url: str
    total: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One period of one outlet; ``shade`` is 0 for none to 4 for most.

    ``url`` is where its articles are; ``x`` is in per cent of the width.
    """

    period: str
    count: int
    shade: int
    url: str
    x: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A period under the strip; it begins, the last one ends, at ``x`` per cent."""

    label: str
    x: float
    is_last: bool = False


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
    ticks: tuple[Tick, ...]
    width: float
    interval: str

    @property
    def spread(self) -> bool:
        """Return whether an article counts in several periods."""
        return any(
            sum(line.row.counts.values()) > line.row.total for line in self.lines
        )


def strip(
    rows: tuple[Row, ...], first: date, last: date, interval: Interval
) -> Strip | None:
    """Return ``rows`` by days, months or years from ``first`` to ``last``."""
    periods = tuple(_periods(first, last, interval))
    most = max((n for row in rows for n in row.counts.values()), default=0)
    if not most:
        return None
    width = 100 / len(periods)
    lines = tuple(
        Line(
            row,
            tuple(
                _cell(row, period, most, round(number * width, 3))
                for number, period in enumerate(periods)
            ),
        )
        for row in rows
    )
    return Strip(
        periods=tuple(_words(period) for period in periods),
        lines=lines,
        summary=_summary(rows, interval),
        ticks=tuple(_ticks(periods, width)),
        width=round(max(width * _FILLED, width - _WIDEST_GAP), 3),
        interval=str(interval),
    )


def _periods(first: date, last: date, interval: Interval) -> Iterator[str]:
    if interval is Interval.DAY:
        days = range(first.toordinal(), last.toordinal() + 1)
        yield from (date.fromordinal(day).isoformat() for day in days)
        return
    if interval is Interval.YEAR:
        yield from (f"{year:04}" for year in range(first.year, last.year + 1))
        return
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{month // 12:04}-{month % 12 + 1:02}"


def _cell(row: Row, period: str, most: int, x: float) -> Cell:
    count = row.counts.get(period, 0)
    shade = -(-count * _SHADES // most)
    return Cell(_words(period), count, shade, f"{row.url}&date={period}", x)


def _ticks(periods: tuple[str, ...], width: float) -> Iterator[Tick]:
    """Yield the first period, round years as far as there is room, and the last."""
    yield Tick(_words(periods[0]), 0)
    year_width = width * (12 if "-" in periods[0] else 1)
    step = next(step for step in _STEPS if step * year_width >= _NAME)
    for number, period in enumerate(periods):
        x = number * width
        begins = period[4:] in ("", "-01") and int(period[:4]) % step == 0
        if begins and _LONG_NAME <= x <= 100 - _LONG_NAME - _NAME:
            yield Tick(period[:4], round(x, 3))
    if len(periods) > 1:
        yield Tick(_words(periods[-1]), 100, is_last=True)


def _words(period: str) -> str:
    return wording.day(Published(period, ""))


def _summary(rows: tuple[Row, ...], interval: Interval) -> str:
    cells = [
        (count, row.label, period)
        for row in rows
        for period, count in row.counts.items()
    ]
    most = max(count for count, _, _ in cells)
    tied = [(label, period) for count, label, period in cells if count == most]
    if most == 1:
        return f"No outlet has more than one article in a {interval}."
    key = "The stronger a colour, the more."
    found = f"The most is {wording.counted(most, 'article')}"
    if len(tied) > _NAMED:
        return f"{found} from one outlet in a {interval}, {len(tied):,} times. {key}"
    at = "on" if interval is Interval.DAY else "in"
    said = [f"from {_outlet(label)} {at} {_words(period)}" for label, period in tied]
    return f"{found} {wording.listed(said)}. {key}"


def _outlet(label: str) -> str:
    return "no known source" if label == UNKNOWN else label

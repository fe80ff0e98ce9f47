"""Dates as machines and people write them, read without guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from search.folding import fold
from search.periods import period


class Order(StrEnum):
    """Which of two small numbers is the day."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: ``value`` as in ``Published``, ``before`` and ``after`` the
    folded text around it.
    """

    value: str
    before: str
    after: str


# Folded month names and abbreviations in several languages, a month a line.
_NAMES = """
january jan januar janner janvier janv enero ene gennaio gen janeiro januari \
  января يناير stycznia
february feb februar fevrier fevr fev febrero febbraio fevereiro februari \
  февраля فبراير lutego
march mar marz maerz mars marzo marco maart mrt марта مارس marca
april apr avril avr abril abr aprile апреля ابريل kwietnia
may mai mayo maggio mag maio mei maj мая مايو maja
june jun juni juin junio giugno giu junho июня يونيو czerwca
july jul juli juillet juil julio luglio lug julho июля يوليو lipca
august aug aout agosto ago augustus augusti августа اغسطس sierpnia
september sept sep septembre septiembre settembre set setembro сентября سبتمبر \
  wrzesnia
october oct oktober okt octobre octubre ottobre ott outubro out октября \
  اكتوبر pazdziernika
november nov novembre noviembre novembro ноября نوفمبر listopada
december dec dezember dez decembre diciembre dic dicembre dezembro desember \
  декабря ديسمبر grudnia
"""
_MONTHS = {
    name: month
    for month, names in enumerate(_NAMES.strip().split("\n"), 1)
    for name in names.split()
}
# What ends a word in any of these scripts; patterns of ASCII know Latin letters only.
_LETTER = "[0-9A-Za-z_\u00c0-\u1fff]"
_ANY = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?<!{_LETTER})({_ANY})(?!{_LETTER})\.?"
_YEAR = r"((?:1[6-9]|20)\d\d)\b"
_WRITTEN = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s-]{{1,3}}(?:de |of )?{_MONTH},?"
    rf"[\s-]{{1,3}}(?:del? )?{_YEAR}"
    rf"|{_MONTH}\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}{_YEAR}"
    rf"|\b{_YEAR}([-/.])(\d{{1,2}})\8(\d{{1,2}})(?!\d)"
    rf"|\b(\d{{1,2}})([-/.])(\d{{1,2}})\12{_YEAR}"
    rf"|{_YEAR[:-2]}年(\d{{1,2}})月(\d{{1,2}})日"
    rf"|{_MONTH}\s{{1,3}}{_YEAR}",
    re.ASCII,
)
_NUMBERS = re.compile(r"\b(\d{1,2})[-/](\d{1,2})[-/](?:1[6-9]|20)\d\d\b", re.ASCII)
_ISO = re.compile(
    r"(\d{4})-?(\d\d)(?:-?(\d\d))?(?![\d-])|(\d{8})(?:T|\d{4,6}\b)", re.ASCII
)
_UTC = re.compile(
    r"\d{4}-\d\d-\d\d[T ](\d\d):\d\d[\d:.]{0,16}\s?(?:Z|UTC|GMT|[+-]00:?00)$", re.ASCII
)
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0{1,9})?)?\s?(?:Z|UTC|GMT|[+-]00:?00)$")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?", re.ASCII)
# What clocks start from when nobody set a date.
_UNSET = frozenset({"1970-01-01", "1969-12-31", "1900-01-01", "1899-12-30"})
_LONGEST = 200  # characters of a value or a line


def exact(value: str) -> str | None:
    """Return the date in ``value``, a machine's, or None if it names no day that is.

    ISO 8601, RFC 5322, seconds or milliseconds since 1970, and dates in words. The
    day is that of the writer's own clock where an offset is given.

    >>> exact("2017-11-20T23:30:00-05:00"), exact("2020-13-45"), exact("Nov 3, 1999")
    ('2017-11-20', None, '1999-11-03')
    """
    found = _machine(value.strip()[:_LONGEST])
    return found if found not in _UNSET else None


def clock_of(value: str) -> int | None:
    """Return the hour ``value`` names where it is in UTC, else None.

    The first second of a day is no hour: it stands where only the day is known.

    >>> clock_of("2017-11-20T01:30:00Z"), clock_of("2017-11-20T01:30:00-05:00")
    (1, None)
    """
    value = value.strip()
    if _EPOCH.fullmatch(value):
        return datetime.fromtimestamp(int(value[:10]), UTC).hour
    found = _UTC.match(value)
    return int(found[1]) if found and not _MIDNIGHT.search(value) else None


def dates_in(text: str, order: Order | None = None) -> Iterator[WrittenDate]:
    """Yield the dates ``text`` writes with their year, in order.

    ``order`` decides numbers such as 3/4/2021; without it only what is sure remains,
    here the year. Dots always mean day first.

    >>> [d.value for d in dates_in("A Section on 11/20/2017, and 3/4/2021")]
    ['2017-11-20', '2021']
    """
    folded = fold(text[:_LONGEST])
    for found in _WRITTEN.finditer(folded):
        value = valid(_value(found, order))
        if value:
            yield WrittenDate(value, folded[: found.start()], folded[found.end() :])


def order_in(text: str) -> Order | None:
    """Return the order that a date in numbers in ``text`` gives away, if any."""
    for found in _NUMBERS.finditer(text[:_LONGEST]):
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            return Order.DAY_FIRST
        if second > 12 >= first:
            return Order.MONTH_FIRST
    return None


def _machine(value: str) -> str | None:
    if not value.isascii() and any(c.isdecimal() and not c.isascii() for c in value):
        return None
    if _EPOCH.fullmatch(value):
        moment = datetime.fromtimestamp(int(value[:10]), UTC)
        return valid(moment.date().isoformat())
    if found := _ISO.match(value):
        digits = found[4] or "".join(part or "" for part in found.groups()[:3])
        return valid("-".join(filter(None, (digits[:4], digits[4:6], digits[6:]))))
    try:
        return valid(parsedate_to_datetime(value).date().isoformat())
    except (ValueError, TypeError, OverflowError, IndexError):
        pass
    first = next(dates_in(value), None)
    return first.value if first else None


def valid(value: str) -> str | None:
    """Return ``value`` if it is a date from 1600 on, else None."""
    try:
        first, _ = period(value)
    except ValueError:
        return None
    return value if first >= date(1600, 1, 1) else None


def _value(found: re.Match[str], order: Order | None) -> str:
    if found[3]:
        return _join(found[3], _MONTHS[found[2]], found[1])
    if found[6]:
        return _join(found[6], _MONTHS[found[4]], found[5])
    if found[7]:
        return _join(found[7], found[9], found[10])
    if found[14]:
        return _numbers(found, order)
    if found[15]:
        return _join(found[15], found[16], found[17])
    return f"{found[19]}-{_MONTHS[found[18]]:02}"


def _numbers(found: re.Match[str], order: Order | None) -> str:
    first, second, year = int(found[11]), int(found[13]), found[14]
    if found[12] == "." or first > 12 or first == second:
        return _join(year, second, first)
    if second > 12:
        return _join(year, first, second)
    if order is None:
        return year
    if order is Order.DAY_FIRST:
        return _join(year, second, first)
    return _join(year, first, second)


def _join(year: str, month: int | str, day: int | str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"

"""Dates in a row of tokens: as machines write them, and as people do."""

from __future__ import annotations

import re
from datetime import date

from search.compare import figure_words as words
from search.compare.reading import Reading, Token
from search.folding import fold

_ISO = re.compile(r"(\d{4})[-‑/.](\d\d?)[-‑/.](\d\d?)")
_NUMBERS = re.compile(r"(\d\d?)([./-])(\d\d?)\2(\d{4}|\d\d)")
_DAYS = re.compile(r"\d\d?(?:[-–]\d\d?)?")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_GAPS = frozenset({" ", "\xa0", ", ", ". ", ".\xa0", ".", "-"})
_OF = frozenset({"of", "de", "del"})


def in_figures(run: str, language: str) -> str | None:
    """Return the day that a run of figures names, ``YYYY-MM-DD``; None if none surely.

    Of 3/4/2021 nobody knows the month in English; elsewhere the day comes first, as it
    does before full stops.

    >>> in_figures("21/10/2016", "en"), in_figures("3/4/2021", "en")
    ('2016-10-21', None)
    """
    if found := _ISO.fullmatch(run):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if not (found := _NUMBERS.fullmatch(run)):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        if found[2] == "-" or (found[2] == "." and language in ("en", "")):
            return None  # a score, or a version
        year += 2000
    if found[2] == "." or language not in ("en", "") or first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def in_words(reading: Reading, at: int) -> tuple[list[str], int] | None:
    """Return the keys of a date with a named month, and where it ends.

    Keys are ``YYYY-MM-DD``, ``YYYY-MM`` or, where no year stands there, ``--MM-DD``;
    two where it has two days.
    """
    month = month_of(reading.tokens[at])
    if month:
        return _month_first(reading, at, month)
    return _day_first(reading, at) if _DAYS.fullmatch(reading.tokens[at].text) else None


def month_of(token: Token) -> int | None:
    """Return the month that a token names, from 1; None if it names none."""
    low = token.low if token.low.isascii() else fold(token.low)
    if low in words.WITH_CAPITAL and token.text == token.low:
        return None
    return words.MONTHS.get(low)


def _month_first(reading: Reading, at: int, month: int) -> tuple[list[str], int] | None:
    after = at + 1
    if not reading.goes_on(after, _GAPS):
        return None
    if _YEAR.fullmatch(reading.tokens[after].text):
        return [f"{reading.tokens[after].text}-{month:02}"], after + 1
    if not _DAYS.fullmatch(reading.tokens[after].text):
        return None
    days, after = reading.tokens[after].text, after + 1
    if _is_suffix(reading, after):
        after += 1
    year, end = _year(reading, after)
    return _dates(days, month, year, end)


def _day_first(reading: Reading, at: int) -> tuple[list[str], int] | None:
    after = at + 1
    if _is_suffix(reading, after):
        after += 1
    if after < len(reading.tokens) and reading.tokens[after].low in _OF:
        after += 1
    if not reading.goes_on(after, _GAPS - {", "}):
        return None
    month = month_of(reading.tokens[after])
    if not month:
        return None
    after += 1
    if after < len(reading.tokens) and reading.tokens[after].low in _OF:
        year, end = _year(reading, after + 1)
        return _dates(reading.tokens[at].text, month, year, end if year else after)
    return _dates(reading.tokens[at].text, month, *_year(reading, after))


def _is_suffix(reading: Reading, at: int) -> bool:
    tight = reading.goes_on(at, {""})
    return tight and reading.tokens[at].low in words.ORDINALS


def _year(reading: Reading, at: int) -> tuple[int | None, int]:
    if reading.goes_on(at, _GAPS) and _YEAR.fullmatch(reading.tokens[at].text):
        return int(reading.tokens[at].text), at + 1
    return None, at


def _dates(
    days: str, month: int, year: int | None, end: int
) -> tuple[list[str], int] | None:
    # Of no year any leap day may be.
    each = [_day(year or 2000, month, int(day)) for day in re.split("[-–]", days)]
    if None in each:
        return None
    return [day if year else f"-{day[4:]}" for day in each if day], end


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None

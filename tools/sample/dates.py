"""How the sample's outlets write a date, each in its own manner."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH = _words(
    "January February March April May June July August September October November "
    "December"
)
_PRESS = _words("Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.")
_FRENCH = _words(
    "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre"
)
_GERMAN = _words(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
)
_UKRAINIAN = _words(
    "січня лютого березня квітня травня червня липня серпня вересня жовтня "
    "листопада грудня"
)
_WEEKDAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")


def moment(day: str, seed: str) -> datetime:
    """Return a time between 06:00 and 19:00 UTC on ``day``, fixed by ``seed``."""
    minutes = sum(map(ord, seed)) * 7 % (13 * 60)
    start = datetime.fromisoformat(day).replace(hour=6, tzinfo=UTC)
    return start + timedelta(minutes=minutes)


def shown(day: str, edition: str, seed: str) -> str:
    """Return ``day`` as the edition prints it, and "" for no day.

    >>> shown("2018-08-06", "prairie", "")
    'Aug. 6, 2018'
    """
    if not day:
        return ""
    at, when = moment(day, seed), date.fromisoformat(day)
    number, month, year = when.day, when.month - 1, when.year
    english = f"{number} {_ENGLISH[month]} {year}"
    written = {
        "courier": f"{_WEEKDAYS[when.weekday()]}, {english}",
        "prairie": f"{_PRESS[month]} {number}, {year}",
        "shores": f"{number} {_ENGLISH[month][:3]} {year}",
        "fanal": f"{number} {_FRENCH[month]} {year} à {at:%Hh%M}",
        "deichbote": f"{number}. {_GERMAN[month]} {year}, {at:%H:%M} Uhr",
        "lyman": f"{english}, {at:%H:%M}",
        "lyman-uk": f"{number} {_UKRAINIAN[month]} {year}",
        "kestrel": f"{_ENGLISH[month]} {number}, {year}",
    }
    return written.get(edition, english)

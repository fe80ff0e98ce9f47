"""``date:``, ``after:`` and ``before:``, compared as periods of days."""

from __future__ import annotations

import re
from datetime import date

from whoosh.query import And, NumericRange

from search.language.meaning import Meaning
from search.language.terms import Tree
from search.periods import period

_FORMS = "a date is written 2017, 2017-11 or 2017-11-20, a period 2017-11..2018-02"


class BadDay(ValueError):
    """The text names no day, month, year or period; the message says how to."""


def published(text: str) -> Meaning:
    """Return publication within ``2017``, ``2017-11``, ``2017-11-20`` or ``A..B``.

    An article counts where its own period overlaps; an end of ``A..B`` may be open.

    Raises:
        BadDay: ``text`` is none of these.
    """
    start, dots, end = text.partition("..")
    if not dots:
        first, last = _period(text)
        preposition = "on" if len(text) == 10 else "in"
        return Meaning(_between(first, last), f"published {preposition} {text}")
    if start and end:
        return _from_to(*sorted([start, end], key=_period))
    if start:
        return after(start)
    if end:
        tree = NumericRange("first", None, _period(end)[1].toordinal())
        return Meaning(tree, f"published by the end of {end}")
    raise BadDay(_FORMS)


def after(text: str) -> Meaning:
    """Return publication on the first day of the period ``text``, or later.

    Raises:
        BadDay: ``text`` is no date.
    """
    tree = NumericRange("last", _period(text)[0].toordinal(), None)
    return Meaning(tree, f"published on or after {_day(_period(text)[0])}")


def before(text: str) -> Meaning:
    """Return publication before the first day of the period ``text``.

    Raises:
        BadDay: ``text`` is no date.
    """
    tree = NumericRange("first", None, _period(text)[0].toordinal() - 1)
    return Meaning(tree, f"published before {_day(_period(text)[0])}")


def _from_to(start: str, end: str) -> Meaning:
    tree = _between(_period(start)[0], max(_period(start)[1], _period(end)[1]))
    return Meaning(tree, f"published from {start} to {end}")


def _between(first: date, last: date) -> Tree:
    """Return what finds articles whose period overlaps these days."""
    return And(
        [
            NumericRange("first", None, last.toordinal()),
            NumericRange("last", first.toordinal(), None),
        ]
    )


def _period(text: str) -> tuple[date, date]:
    """Return the first and last day of a date as people type it."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text, re.ASCII):
        raise BadDay(_FORMS)
    try:
        return period(text)
    except ValueError as error:
        raise BadDay(f"there is no such day; {_FORMS}") from error


def _day(day: date) -> str:
    return day.isoformat()

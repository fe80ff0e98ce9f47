"""Values as they are written: in figures of any country, and in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from search.compare import figure_words as words
from search.compare.reading import Token
from search.folding import fold

_SPACES = re.compile("[\u00a0\u202f\u2009'’٬]")
_SPACED = re.compile(r"\d{1,3}(?:[\u00a0\u202f\u2009'’٬]\d{3})+(?:[.,٫]\d+)?")
_LONGEST = 30  # characters of a figure
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


class Spelled(NamedTuple):
    """A value in words, and the token after it; a ``lone`` one may be a pronoun."""

    value: Decimal
    end: int
    lone: bool


def value_of(run: str, language: str) -> Decimal | None:
    """Return the value of a run of figures, as its form tells; None if it has none.

    Three figures after one mark are thousands, but after a full stop in English.

    >>> str(value_of("1.200,5", "de")), str(value_of("1,200.5", "en"))
    ('1200.5', '1200.5')
    >>> str(value_of("1.200", "de")), str(value_of("1.200", "en"))
    ('1200', '1.200')
    """
    if _SPACES.search(run) and not _SPACED.fullmatch(run):
        return None
    run = _SPACES.sub("", run).replace("٫", ".")
    marks = [mark for mark in run if not mark.isdecimal()]
    if len(run) > _LONGEST or not set(marks) <= {".", ","}:
        return None
    if len(set(marks)) == 2:
        last = marks[-1]
        return Decimal(run.replace("," if last == "." else ".", "").replace(last, "."))
    if not marks:
        return Decimal(run)
    english = marks == ["."] and language in ("en", "")
    if not english and _is_grouped(run.split(marks[0])):
        return Decimal(run.replace(marks[0], ""))
    return Decimal(run.replace(",", ".")) if len(marks) == 1 else None


def _is_grouped(groups: Sequence[str]) -> bool:
    """Return whether figures between marks are thousands, or lakhs and thousands."""
    first, *middle, last = map(len, groups)
    of_three = first <= 3 and last == 3 and all(size in (2, 3) for size in middle)
    return of_three and groups[0][0] != "0"


def fraction_of(token: Token) -> Decimal | None:
    """Return the value of ½ and the like."""
    return _FRACTIONS.get(token.text)


def spelled(tokens: Sequence[Token], at: int, language: str) -> Spelled | None:
    """Return the value that the words from ``at`` on spell; None if they spell none.

    Scales such as a million are left to what comes after, as they are for figures.
    """
    small = words.NUMBERS.get(language, {})
    found = _small(tokens, at, small)
    if found is None:
        return _multiple_of_one(tokens, at) if language == "en" else None
    value, end = found
    lone = value == 1
    if language == "en":
        while (times := _multiple(tokens, end)) is not None:
            value, end, lone = value * times, end + 1, False
            rest = _rest(tokens, end, small) if times == 100 else None
            if rest is not None:
                value, end = value + rest[0], rest[1]
        value, end = _half(tokens, value, end)
    return Spelled(value, end, lone)


def _small(
    tokens: Sequence[Token], at: int, small: dict[str, int]
) -> tuple[Decimal, int] | None:
    """Return a value below a hundred: twelve, twenty-two, twenty two."""
    token = tokens[at]
    low = token.low if token.low.isascii() else fold(token.low)
    if low in small:
        value = small[low]
        after = small.get(tokens[at + 1].low) if _is_next(tokens, at + 1) else None
        if value >= 20 and after and after < 10:
            return Decimal(value + after), at + 2
        return Decimal(value), at + 1
    tens, dash, ones = low.replace("‑", "-").partition("-")
    if dash and small.get(tens, 0) >= 20 and 0 < small.get(ones, 0) < 10:
        return Decimal(small[tens] + small[ones]), at + 1
    return None


def _multiple(tokens: Sequence[Token], at: int) -> int | None:
    return words.MULTIPLES.get(tokens[at].low) if _is_next(tokens, at) else None


def _multiple_of_one(tokens: Sequence[Token], at: int) -> Spelled | None:
    """Return what a hundred, dozen, half a million or a million begin with."""
    low = tokens[at].low
    if low in words.MULTIPLES:
        return Spelled(Decimal(words.MULTIPLES[low]), at + 1, lone=False)
    value = Decimal(1)
    if low == "half":
        value, at = Decimal("0.5"), at + 1
    article = at < len(tokens) and tokens[at].low in ("a", "an")
    if not article or not _is_next(tokens, at + 1):
        return None
    times = tokens[at + 1].low
    if times in words.MULTIPLES:
        return Spelled(value * words.MULTIPLES[times], at + 2, lone=False)
    if times in words.SCALES and len(times) > 3:
        return Spelled(value, at + 1, lone=False)
    return None


def _rest(
    tokens: Sequence[Token], at: int, small: dict[str, int]
) -> tuple[Decimal, int] | None:
    """Return what follows a hundred: and five."""
    if _is_next(tokens, at) and tokens[at].low == "and":
        at += 1
    return _small(tokens, at, small) if _is_next(tokens, at) else None


def _half(tokens: Sequence[Token], value: Decimal, end: int) -> tuple[Decimal, int]:
    """Return a value and its end with *and a half*, if that stands there."""
    if [token.low for token in tokens[end : end + 3]] == ["and", "a", "half"]:
        return value + Decimal("0.5"), end + 3
    return value, end


def _is_next(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].near

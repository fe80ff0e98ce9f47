"""Figures in a text, with their scale and unit, and dates and times as one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.compare import dates
from search.compare import figure_words as words
from search.compare.amounts import Amount, completed, compound, counted, in_figures
from search.compare.reading import Mention, Reading, listed
from search.compare.values import fraction_of, spelled, value_of
from search.folding import fold

_TIME = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::[0-5]\d)?")
_HOUR = re.compile(r"[01]?\d|2[0-4]|(?:[01]\d|2[0-4])[0-5]\d")
_DASH = re.compile("[–‐‑-]")
_PLAIN = re.compile(r"\d{1,3}")
_YEARS = re.compile(r"((?:1[5-9]|20)\d\d)[–‐‑-](\d\d)")
_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_VALUE = re.compile(r"\d+(?:\.\d+)?")
_DECADE = re.compile(r"(?:1[5-9]|20)\d0|[2-9]0")
_CONTEST = listed(
    """
    win wins won beat beats beaten lose loses lost loss defeat defeated victory draw
    drew lead leads led leading score scored tie tied match game goal goals vote voted
    ruled
    """
)
_NEAR = 6  # tokens before a score, and half as many after it, that name a contest


def mentions(reading: Reading) -> Iterator[Mention]:
    """Yield the figures of a text in order, those in words, too.

    A lone *one* and *third* are not sure: they may count nothing.
    """
    tokens = reading.tokens
    starts = _STARTS.get(reading.language, _FRACTIONS)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        low = token.low
        if token.text[:1].isdecimal() or low in _MONTHS:
            found, after = _told(reading, at)
        elif low in starts or "-" in low:
            found, after = _in_words(reading, at)
        elif not low.isascii() and ((low := fold(low)) in _MONTHS or low in starts):
            found, after = (_told if low in _MONTHS else _in_words)(reading, at)
        else:
            at += 1
            continue
        yield from found
        at = max(after, at + 1)


def implied(key: str) -> tuple[str, ...]:
    """Return what a figure states besides: the less exact, and what it is without unit.

    >>> implied("2016-10-21"), implied("22:30"), implied("12%")
    (('--10-21', '2016-10', '2016'), ('10:30',), ('12',))
    """
    if _MONTH.fullmatch(key):
        return (f"-{key[4:]}", key[:7], key[:4]) if len(key) > 7 else (key[:4],)
    if ":" in key and _TIME.fullmatch(key):
        hour, _, minute = key.partition(":")
        return (f"{(int(hour) - 1) % 12 + 1}:{minute}",)
    value = _VALUE.search(key)
    return (value[0],) if value and value[0] != key and "-" not in key else ()


def loosely(key: str) -> tuple[str, ...]:
    """Return what may well be the same figure, written with less.

    A day without its year, a time of no half of the day, a large sum of no currency.
    """
    less = implied(key)
    if not less or (_MONTH.fullmatch(key) and len(key) == 7):
        return ()
    large = ":" in key or "-" in key or len(less[0].partition(".")[0]) > 3
    return less[:1] if large else ()


_MONTHS = frozenset(words.MONTHS)
_FRACTIONS = frozenset("½¼¾")
_STARTS = {
    language: frozenset(numbers) | _FRACTIONS
    for language, numbers in words.NUMBERS.items()
}
_STARTS["en"] |= {"a", "an", "half", *words.MULTIPLES, *words.ORDINAL_WORDS}


def _told(reading: Reading, at: int) -> tuple[list[Mention], int]:
    """Return what is stated by a figure, or a month, and the token after it."""
    tokens = reading.tokens
    if dated := dates.in_words(reading, at):
        keys, after = dated
        start, end = tokens[at].start, tokens[after - 1].end
        return [Mention(key, start, end) for key in keys], after
    token = tokens[at]
    if not token.text[:1].isdecimal():
        return [], at + 1
    if reading.gap(at) in (",", "."):
        return [], at + 1  # of a designation: P2,500
    if day := dates.in_figures(token.text, reading.language):
        return [Mention(day, token.start, token.end)], at + 1
    if (found := _time(reading, at)) or (found := _decade(reading, at)):
        return found
    if _DASH.search(token.text):
        return _range(reading, at)
    figure = in_figures(reading, at)
    if figure is None:
        return [Mention(token.text, token.start, token.end)], at + 1
    return counted(reading, figure)


def _time(reading: Reading, at: int) -> tuple[list[Mention], int] | None:
    """Return the time of day a figure is: 10:30, 10.30 am, 10am, 1030 GMT, 10 Uhr."""
    tokens = reading.tokens
    token = tokens[at]
    mark = tokens[at + 1] if at + 1 < len(tokens) else token
    close = mark is not token and (mark.near or mark.start == token.end)
    low = mark.low if close else ""
    half = low in words.MORNING or low in words.EVENING
    if not (half or low in words.CLOCKS or ":" in token.text):
        return None
    if low in ("hours", "hrs", "heures", "et", "er") and len(token.text) != 4:
        half, low = False, ""
    if found := _TIME.fullmatch(token.text):
        hour, minute = int(found[1]), found[2]
    elif low and _HOUR.fullmatch(token.text):
        hour, minute = int(token.text[:-2] or token.text), token.text[-2:]
        if len(token.text) < 3:
            hour, minute = int(token.text), "00"
    else:
        return None
    hour = hour % 12 if half and hour <= 12 else hour
    hour += 12 if low in words.EVENING else 0
    after = at + 2 if half or low in words.CLOCKS else at + 1
    end = tokens[after - 1].end
    return [Mention(f"{hour}:{minute}", token.start, end)], after


def _range(reading: Reading, at: int) -> tuple[list[Mention], int]:
    """Return what is stated by figures with dashes: 5-7 two, a score 2-1 one."""
    token = reading.tokens[at]
    parts = _DASH.split(token.text)
    whole = [Mention(_DASH.sub("-", token.text), token.start, token.end)]
    if years := _YEARS.fullmatch(token.text):
        parts = [years[1], years[1][:2] + years[2]]
    values = [value_of(part, reading.language) for part in parts]
    if len(parts) != 2 or values[0] is None or values[1] is None:
        return whole, at + 1
    last, after = completed(reading, Amount(values[1], "", at, at + 1))
    if last is None:
        return [], after
    is_plain = not (last.unit or last.scaled) and all(map(_PLAIN.fullmatch, parts))
    is_score = values[0] >= values[1] or not values[0] or _contest(reading, at)
    if is_plain and is_score:
        return whole, at + 1
    first = Amount(values[0], "", at, at + 1).counted_as(last)
    return [first.mention(reading), last.mention(reading)], after


def _contest(reading: Reading, at: int) -> bool:
    """Return whether the sentence speaks of a contest close to a figure."""
    tokens = reading.tokens
    for i in range(at, max(-1, at - _NEAR), -1):
        if tokens[i].low in _CONTEST:
            return True
        if tokens[i].opens:
            break
    for token in tokens[at + 1 : at + 1 + _NEAR // 2]:
        if token.opens:
            break
        if token.low in _CONTEST:
            return True
    return False


def _decade(reading: Reading, at: int) -> tuple[list[Mention], int] | None:
    """Return the 1990s as one thing."""
    token = reading.tokens[at]
    if not _DECADE.fullmatch(token.text) or not reading.goes_on(at + 1, {""}):
        return None
    if reading.tokens[at + 1].low != "s":
        return None
    key = token.text if len(token.text) == 4 else f"19{token.text}"
    return [Mention(f"{key}s", token.start, token.end + 1)], at + 2


def _in_words(reading: Reading, at: int) -> tuple[list[Mention], int]:
    """Return what is stated by words for a number, or by a fraction."""
    tokens, token = reading.tokens, reading.tokens[at]
    if token.text[:1].isupper() and not token.opens:
        return [], at + 1  # of a name: Four Seasons
    if (half := fraction_of(token)) is not None:
        return counted(reading, Amount(half, "", at, at + 1))
    if token.low in words.ORDINAL_WORDS and reading.language == "en":
        key = f"{words.ORDINAL_WORDS[token.low]}th"
        return [Mention(key, token.start, token.end, sure=False)], at + 1
    found = spelled(tokens, at, reading.language)
    if found is None:
        return compound(reading, at)
    figure = Amount(found.value, "", at, found.end, sure=not found.lone)
    return counted(reading, figure)

"""Amounts in a text: values with their scale and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from search.compare import figure_words as words
from search.compare.reading import Mention, Reading, Token
from search.compare.values import fraction_of, spelled, value_of
from search.folding import fold

_PLAIN = re.compile(r"\d{1,3}")
_THREE = re.compile(r"\d{3}")
_SPACES = frozenset({" ", "\xa0"})
_CLOSE = frozenset({" ", "\xa0", "", "-", "‑"})
_BIG = 1000  # what has as much needs no scale of what comes after it
_SIGNS = frozenset(words.CURRENCIES.values())
_BETWEEN = frozenset({"u.s.", "us", "de", "d"})  # a million U.S. dollars


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit; the tokens from ``first`` on, before ``after``, write it.

    ``scaled`` says that its scale is written as a word.
    """

    value: Decimal
    unit: str
    first: int
    after: int
    scaled: bool = False
    sure: bool = True

    @property
    def key(self) -> str:
        """Return it in figures, with its unit."""
        value = f"{self.value.normalize():f}"
        signed = self.unit in _SIGNS
        return f"{self.unit}{value}" if signed else f"{value}{self.unit}"

    def mention(self, reading: Reading) -> Mention:
        """Return where it stands."""
        start = reading.tokens[self.first].start
        return Mention(self.key, start, reading.tokens[self.after - 1].end, self.sure)

    def counted_as(self, last: Amount) -> Amount:
        """Return it with the scale and unit of ``last``, up to which it goes."""
        scale = Decimal(1)
        if last.scaled and self.value < _BIG:
            scale = Decimal(10) ** (last.value.adjusted() // 3 * 3)
        return replace(self, value=self.value * scale, unit=last.unit)


def in_figures(reading: Reading, at: int) -> Amount | None:
    """Return the value of a run of figures, and of those that a space parts from it."""
    run, after = reading.tokens[at].text, at + 1
    if reading.language in words.SPACED and _PLAIN.fullmatch(run):
        while reading.goes_on(after, _SPACES):
            if not _THREE.fullmatch(reading.tokens[after].text):
                break
            run, after = run + reading.tokens[after].text, after + 1
    value = value_of(run, reading.language)
    return None if value is None else Amount(value, "", at, after)


def compound(reading: Reading, at: int) -> tuple[list[Mention], int]:
    """Return the number that a word with hyphens begins with: two-year-old."""
    token = reading.tokens[at]
    first, dash, rest = token.low.partition("-")
    small = words.NUMBERS.get(reading.language, {})
    if not dash or first not in small:
        return [], at + 1
    value = small[first]
    if part := words.PARTS.get(rest):
        return [Mention(f"{value}/{part}", token.start, token.end)], at + 1
    second, _, more = rest.partition("-")
    if value >= 20 and 0 < small.get(second, 0) < 10:
        value, rest = value + small[second], more
    scale = words.SCALES.get(rest, Decimal(1))
    sure = value != 1 or scale > 1 or "year" in rest
    figure = Amount(value * scale, words.UNITS.get(rest, ""), at, at + 1, sure=sure)
    return [figure.mention(reading)], at + 1


def counted(reading: Reading, figure: Amount) -> tuple[list[Mention], int]:
    """Return what is stated by a figure with what follows it, and what it counts."""
    whole, after = completed(reading, figure)
    if whole is None:
        return [], after
    bare = not whole.scaled and (not whole.unit or whole.unit in _SIGNS)
    last = _after_to(reading, after) if bare else None
    if last and whole.unit in ("", last.unit):
        whole = whole.counted_as(last)
    return [whole.mention(reading)], after


def _after_to(reading: Reading, at: int) -> Amount | None:
    """Return the figure that follows *to*, if any: its unit is that of both."""
    if not reading.goes_on(at, _SPACES) or reading.tokens[at].low not in words.TO:
        return None
    at += 1
    if not reading.goes_on(at, _SPACES):
        return None
    if reading.tokens[at].text in _SIGNS and reading.goes_on(at + 1, {""}):
        at += 1
    if _is_run(reading.tokens[at]):
        figure = in_figures(reading, at)
    else:
        found = spelled(reading.tokens, at, reading.language)
        figure = found and Amount(found.value, "", at, found.end)
    return completed(reading, figure)[0] if figure else None


def completed(reading: Reading, figure: Amount) -> tuple[Amount | None, int]:
    """Return ``figure`` with its scale and unit; None for a designation such as 5G."""
    tokens, at, first = reading.tokens, figure.after, figure.first
    value, unit, scaled = figure.value, "", False
    if first and tokens[first - 1].text in _SIGNS and reading.gap(first) in _CLOSE:
        unit, first = tokens[first - 1].text, first - 1
    tight = reading.goes_on(at, {""})
    if tight and (half := fraction_of(tokens[at])) is not None:
        value, at, tight = value + half, at + 1, False
    if reading.goes_on(at, _CLOSE):
        low, _, _ = _low(tokens[at]).partition("-")  # a $40 million-a-year gap
        scale = words.SCALES.get(low) or words.MULTIPLES.get(low)
        if unit or (
            tight and reading.goes_on(at + 1, _CLOSE) and _money(tokens[at + 1])
        ):
            scale = scale or words.MONEY_SCALES.get(low)
        if scale:
            value, at, scaled = value * scale, at + 1, scale >= _BIG
        elif tight and low in words.ORDINALS:
            return replace(figure, unit="th", after=at + 1), at + 1
    unit, at = _unit(reading, at, unit)
    if tight and at == figure.after and tokens[at].text[:1].isalpha():
        return None, at + 1
    sure = figure.sure or scaled or bool(unit)
    return Amount(value, unit, first, at, scaled, sure), at


def _unit(reading: Reading, at: int, unit: str) -> tuple[str, int]:
    """Return the unit that stands from ``at`` on, and the token after it."""
    tokens = reading.tokens
    if not reading.goes_on(at, _CLOSE):
        return unit, at
    following = tokens[at + 1] if reading.goes_on(at + 1, _CLOSE) else None
    if following and tokens[at].low in _BETWEEN and _money(following):
        return (unit or _money(following)), at + 2
    money = _money(tokens[at])
    if money and not (tokens[at].text in _SIGNS and _is_run(following)):
        return (unit or money), at + 1
    if following and not unit and (tokens[at].low, following.low) in words.PER_CENT:
        return "%", at + 2
    found = words.UNITS.get(_low(tokens[at]), "")
    return (found, at + 1) if found and not unit else (unit, at)


def _is_run(token: Token | None) -> bool:
    return token is not None and token.text[:1].isdecimal()


def _money(token: Token) -> str:
    return words.CURRENCIES.get(_low(token), "")


def _low(token: Token) -> str:
    """Return a token folded, without what is elided before it: d’euros."""
    return fold(token.low).removeprefix("d'")

"""Who is said in a text to have said something, told by verbs and their places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from search.compare import saying_words as words
from search.compare.clauses import Clauses, folded, has_capital
from search.compare.figure_words import NUMBERS
from search.compare.reading import Mention, Reading, Token, words_of


def mentions(reading: Reading, named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield who said something, in order; ``named`` are the names of the text.

    In Arabic, English, French, German, Russian and Spanish; nothing in others.
    """
    saying = words.SAYING.get(reading.language)
    if saying is None:
        return
    clauses = Clauses(reading, saying)
    ends = [mention.end for mention in named]
    for at, token in enumerate(reading.tokens):
        low = folded(token)
        if low in saying.plain or low in saying.weak:
            who = clauses.who(at, weak=low in saying.weak)
        elif after := _source(reading, saying, at):
            who = clauses.after(after, source=True)
        else:
            continue
        for one in _each(reading, who) if who else ():
            if key := _key(reading, one, named, ends):
                start, end = reading.tokens[one.start], reading.tokens[one.stop - 1]
                yield Mention(key, start.start, end.end)


def tells(token: Token, language: str) -> bool:
    """Return whether a token is a word by which somebody says something."""
    saying = words.SAYING.get(language)
    if saying is None:
        return False
    low = folded(token)
    if low in saying.plain or low in saying.weak:
        return True
    return any(source[0] == low for source in saying.sources)


def _source(reading: Reading, saying: words.Saying, at: int) -> int | None:
    """Return where what follows *according to* begins, if that stands at a token."""
    low = folded(reading.tokens[at])
    for source in saying.sources:
        if source[0] == low:
            rest = reading.tokens[at + 1 : at + len(source)]
            if tuple(map(folded, rest)) == source[1:]:
                return at + len(source)
    return None


def _each(reading: Reading, who: range) -> Iterator[range]:
    """Yield each of two names with *and* between."""
    start = who.start
    for at in who[1:-1]:
        if reading.tokens[at].low == "and":
            yield range(start, at)
            start = at + 1
    yield range(start, who.stop)


def _key(
    reading: Reading, who: range, named: Sequence[Mention], ends: Sequence[int]
) -> str:
    """Return what somebody is compared by: a name at the end, else all the words."""
    tokens = reading.tokens[who.start : who.stop]
    at = bisect_left(ends, tokens[-1].end)
    name = named[at] if at < len(ends) else None
    if name and name.end == tokens[-1].end and name.start >= tokens[0].start:
        inside = [token for token in tokens if token.start < name.start]
        if not inside or folded(inside[-1]) not in words.PREPOSITIONS:
            return name.key
        first = bisect_left(ends, tokens[0].end)
        if first < len(ends) and named[first].start == tokens[0].start:
            return named[first].key
    return " ".join(_bare(tokens))


def _bare(tokens: Sequence[Token]) -> list[str]:
    """Return the words of ``tokens`` without articles, an owner, and *news agency*."""
    kept = list(tokens)
    while kept and (folded(kept[0]) in words.ARTICLES or _is_number(kept[0])):
        kept.pop(0)
    if len(kept) > 1 and kept[0].low[-2:] in ("'s", "’s") and has_capital(kept[1]):
        kept.pop(0)
    if kept and has_capital(kept[0]):
        while len(kept) > 1 and kept[-1].low in words.GENERIC:
            kept.pop()
    return [word for token in kept for word in words_of(token.text)]


def _is_number(token: Token) -> bool:
    return token.text.isdecimal() or any(
        token.low in numbers for numbers in NUMBERS.values()
    )

"""Rows of words with a capital: what in a text may be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from search.compare import name_words as words
from search.compare.reading import ARTICLES, Reading, Token
from search.folding import fold

_MOST = 10  # words of a name
_SHOUTED = 0.6  # of the words of a line
_HEADED = 0.75
_ELIDED = re.compile(r"[cdjlmnst]['’](?=[^\W\d_])")
_DASH = re.compile("[‐‑-]")
_ENDS = frozenset('.!?…”"»:;')
_SPACES = frozenset({" ", "\xa0"})
_DOTS = frozenset({". ", ".\xa0"})
_WITH_TITLES = (
    words.TITLES | words.OF_TITLES | words.JOINING | words.PARTICLES | {"the"}
)


def runs(reading: Reading) -> Iterator[list[Token]]:
    """Yield the rows of words that may be a name, in order; of headlines none.

    A person's title and what stands before it are two.
    """
    for line in _lines(reading):
        for run in _in_line(reading, line):
            yield from _pieces(run)


def bare(token: Token) -> str:
    """Return a token folded, as the tables of words have it."""
    return fold(token.low) if not token.low.isascii() else token.low


def after_titles(run: Sequence[Token], start: int) -> int:
    """Return where a person's name begins after titles from ``start`` on, if any.

    Of Prime Minister the last word is one; of a Secretary of State, three words are.
    """
    at = after = start
    while at < len(run):
        word = bare(run[at])
        at += 1
        if word in words.TITLES:
            if word in words.OFFICES and at + 1 < len(run) and run[at].low == "of":
                at += 2
            after = at
        elif word not in words.OF_TITLES:
            break
    return after


def _in_line(reading: Reading, line: range) -> Iterator[list[Token]]:
    at = line.start
    while at < line.stop:
        token = reading.tokens[at]
        first = None if token.text == token.low else _word(token)
        at += 1
        if first is None:
            continue
        run = [first]
        while at < line.stop and len(run) < _MOST:
            joined = _joined(reading, run, at, line.stop)
            if not joined:
                break
            run += joined
            at += len(joined)
        yield run


def _word(token: Token) -> Token | None:
    """Return a token as a word of a name; None if it is none."""
    if token.text == token.low or not token.text[0].isalpha():
        return None
    return None if bare(token) in words.DAYS else _trimmed(token)


def _trimmed(token: Token) -> Token | None:
    """Return a token without what is no name in it; None if nothing is.

    Of pro-Russian, Russian-backed and l’Europe that leaves the part with a capital.
    """
    text, start = token.text, token.start
    if text.isalnum():
        return token
    if elided := _ELIDED.match(text):
        text, start = text[elided.end() :], start + elided.end()
    parts = _DASH.split(text)
    while len(parts) > 1 and _is_prefix(parts[0]):
        start += len(parts.pop(0)) + 1
    while len(parts) > 1 and parts[-1] in words.TAILS:
        parts.pop()
    text = token.text[start - token.start :][: sum(map(len, parts)) + len(parts) - 1]
    if not text or text.islower():
        return None
    end = start + len(text)
    return token._replace(text=text, low=text.lower(), start=start, end=end)


def _is_prefix(part: str) -> bool:
    low = part.lower()
    return low in words.PREFIXES or (part.islower() and low not in ARTICLES)


def _joined(reading: Reading, run: list[Token], at: int, stop: int) -> Sequence[Token]:
    """Return the tokens from ``at`` on that go on with the name ``run``, if any."""
    last, token = run[-1], reading.tokens[at]
    if token.opens or _is_closed(reading, last, at) or not _follows(reading, last, at):
        return ()
    if token.text == token.low:
        return _after_small(reading, run, at, stop)
    if bare(token) in words.MONTHS - words.FORENAMES:
        return ()
    word = _word(token)
    return (word,) if word and word.start == token.start else ()


def _after_small(
    reading: Reading, run: list[Token], at: int, stop: int
) -> Sequence[Token]:
    """Return small words of a name, and the capital after them."""
    token = reading.tokens[at]
    end = at
    if token.low in words.JOINING:
        head = bare(run[-1])
        offices = token.low == "of" and head in words.OFFICES
        bodies = {"on": words.ON, "for": words.FOR}.get(token.low, words.BODIES)
        if head not in bodies and not offices:
            return ()
        end = at + 1
        if end < stop and reading.tokens[end].low == "the":
            end += 1
    elif token.low not in words.ARTICLES or reading.language in ("en", ""):
        reach = min(stop, at + 3)
        while end < reach and reading.tokens[end].low in words.PARTICLES:
            end += 1
    if end == at or end >= stop:
        return ()
    piece = reading.tokens[at : end + 1]
    name = _word(piece[-1])
    if name is None or not all(one.near for one in piece):
        return ()
    return (*piece[:-1], name)


def _follows(reading: Reading, last: Token, at: int) -> bool:
    """Return whether what parts a token from the last of a name goes on with it."""
    gap = reading.gap(at)
    if gap in _SPACES or gap == " & ":
        return True
    initial = len(last.text) == 1 or bare(last) in words.SHORT
    return initial and (gap in _DOTS or gap == ".")


def _is_closed(reading: Reading, last: Token, at: int) -> bool:
    """Return whether a token ends its name: a possessive, or Russian-backed."""
    low = last.low.replace("’", "'")
    if low.endswith("'s"):
        return low not in words.OWNED
    return last.end != reading.tokens[at - 1].end


def _lines(reading: Reading) -> Iterator[range]:
    """Yield the tokens of each line but of headlines, where all words have capitals."""
    count = len(reading.tokens)
    starts = [
        at
        for at in range(count)
        if not at or (not reading.tokens[at].near and "\n" in reading.gap(at))
    ]
    for start, end in pairwise([*starts, count]):
        if not _is_headline(reading, start, end):
            yield range(start, end)


def _is_headline(reading: Reading, start: int, end: int) -> bool:
    """Return whether a line is all capitals, or words with one and no mark."""
    said = [one.text for one in reading.tokens[start:end] if one.text[:1].isalpha()]
    long = [word for word in said if len(word) > 3]
    if len(said) < 4:
        return False
    if sum(word.isupper() and len(word) > 1 for word in said) > _SHOUTED * len(said):
        return True
    last = reading.tokens[end - 1].end
    if reading.text[last : last + 2].rstrip()[:1] in _ENDS:
        return False
    capitals = sum(word[0].isupper() for word in long)
    return bool(long) and capitals > _HEADED * len(long) and reading.language != "de"


def _pieces(run: list[Token]) -> Iterator[list[Token]]:
    """Yield ``run`` as what stands before a person's title, and the person."""
    for at in range(1, len(run)):
        person = after_titles(run, at)
        if person == at or bare(run[at - 1]) in _WITH_TITLES:
            continue
        if bare(run[at]) in words.SURNAMES or person >= len(run):
            continue
        if bare(run[person]) not in words.THINGS | words.LAST | words.JOINING:
            yield run[:at]
            yield run[at:]
            return
    yield run

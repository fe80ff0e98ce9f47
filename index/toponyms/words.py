"""The words of a text, with what typography says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.toponyms import elision
from search.gazetteer import key

# An abbreviation with its points, or letters with apostrophes inside; the possessive
# ending is no part of a word.
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|W\. ?Va\.|N\. ?Mex\.|[NS]\. ?Dak\.|"
    r"[^\W\d_]+(?:['’ʼ‘`](?!s\b)[^\W\d_]+)*"
)
_POINTED = frozenset(("st", "ste", "ft", "mt", "pt"))
_ENDS = frozenset(".!?\n:;•|")
HYPHENS = frozenset(("-", "\u2010", "\u2011"))
_JOINING = HYPHENS | {"", " ", "\u00a0", "\n", " \n", "\n "}


@dataclass(slots=True)
class Word:
    """A word at ``text[start:end]``; not frozen, as a text has hundreds of them.

    ``gap`` is what stands before it since the last word. ``joined`` says that this is
    nothing, a space, a line's end or a hyphen; ``opens`` that a sentence may begin.
    """

    text: str
    key: str
    start: int
    end: int
    gap: str
    joined: bool
    opens: bool
    capital: bool


def words_of(text: str) -> list[Word]:
    """Return the words of ``text`` in order.

    >>> [word.text for word in words_of("Deir el-Asad's U.S. envoy")]
    ['Deir', 'el', 'Asad', 's', 'U.S.', 'envoy']
    """
    found: list[Word] = []
    last, before = 0, ""
    for match in _WORD.finditer(text):
        start, end = match.span()
        raw, gap = match[0], text[last:start]
        if raw.isascii() and raw.isalpha():
            name, capital = raw.lower(), raw[0].isupper()
        else:
            name, capital = key(raw), _is_capital(raw)
        if gap == " ":  # as before most words
            joined, opens = True, False
        else:
            joined = gap in _JOINING or (gap == ". " and before in _POINTED)
            opens = not joined and (
                not _ENDS.isdisjoint(gap) or '"' in gap or "“" in gap
            )
        found.append(
            Word(
                raw, name, start, end, gap,
                joined and last > 0, opens or last == 0, capital,
            )
        )  # fmt: skip
        last, before = end, name
    return found


def _is_capital(raw: str) -> bool:
    """Return whether a word begins with a capital, or is in a script without case."""
    first = raw[0]
    if first.isupper() or not (first.islower() or first.isascii()):
        return True
    return (raw[1:2] in "'’ʼ‘`" and raw[2:3].isupper()) or elision.cut(raw) > 0

"""Where a few words stand in a text, without analysing the rest of it.

Analysis changes a word at its end only, and drops marks inside. So a word asked for can
stand only where its first letters begin a word, or where a word has a mark or a letter
of another alphabet in it. Those places go through the analyzer, with what stands around
them, so nothing is found that the analyzer would not find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from search.language.analyzers import Occurrence, Words

_APART = 1_000  # positions between regions of a text: more than any phrase may span
_ROOM = 150  # characters that one word and what stands around it take at most

# A word that lost its apostrophe takes these with it: "Syria s", "don t".
_STRAY = frozenset("st")
# Stems that are not begun as their word is: dying, lying, tying.
_ODD = frozenset({"die", "lie", "tie"})

_INSIDE = r"(?<=[^\W_].)(?=[^\W_])"
# One pattern a mark: the engine looks for one character ten times as fast as for a set.
_MARKS = {mark: re.compile(mark + _INSIDE, re.DOTALL) for mark in "'`,"}
# A full stop inside a word stands after one letter, as in U.S., or in a number.
_LETTER_STOP = re.compile(r"\.(?<![^\W_][^\W_]\.)(?<=[^\W\d_]\.)(?=[^\W_])")
_DIGIT_STOP = re.compile(r"\.(?<=\d\.)(?=[^\W_])")
_MARKS_OR_FOREIGN = re.compile(rf"[.,'`]{_INSIDE}|[^\x00-\x7f“”„«»‹›–—…•·]", re.DOTALL)


class Spotter:
    """Finds those tokens of a text that are ``asked`` for, in one text after another.

    Positions tell how far apart two tokens are, as long as that is at most ``apart``;
    of others they tell only that they are further apart.
    """

    def __init__(self, words: Words, asked: Set[str], apart: int) -> None:
        self._words = words
        self._asked = frozenset(asked)
        self._apart = apart
        self._all = not _STRAY.isdisjoint(asked)
        self._beginnings = frozenset(_beginning(token) for token in asked if token)
        self._marks = [_MARKS["'"], _MARKS["`"], _LETTER_STOP]
        if any(beginning[0].isdigit() for beginning in self._beginnings):
            self._marks += [_MARKS[","], _DIGIT_STOP]
        self._begun = "".join(f"\n{beginning}" for beginning in self._beginnings)

    def spot(self, text: str) -> list[Occurrence]:
        """Return the tokens asked for in ``text``, in order."""
        regions = [(0, len(text))] if self._all else self._regions(text)
        found: list[Occurrence] = []
        for start, end in regions:
            shift = found[-1].position + _APART if found else 0
            tokens = self._words.occurrences(text, start, end, shift)
            found += [token for token in tokens if token.text in self._asked]
        return found

    def _regions(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the pieces of ``text`` in which a word asked for may begin.

        Those between which a phrase may stand are one. Each begins after a space, which
        no token crosses.
        """
        start = end = 0
        for at in self._places(text):
            if at > end and text[at - 1] == " ":
                space = at - 1
            else:
                space = max(text.rfind(" ", end, at), text.rfind("\n", end, at))
            if end and (space < 0 or self._are_near(text, end, at)):
                end = at + 1
                continue
            if end:
                yield start, end
            start, end = space + 1, at + 1
        if end:
            yield start, end

    def _places(self, text: str) -> list[int]:
        """Return where a word asked for may begin, or is under way, rising."""
        lower = text.lower()
        if len(lower) != len(text):  # a letter that is two in lower case
            return list(range(len(text)))
        marks = self._marks if text.isascii() else [_MARKS_OR_FOREIGN]
        inside = (mark.start() for pattern in marks for mark in pattern.finditer(lower))
        found = [at for at in inside if self._may_go_on(lower, at)]
        for beginning in self._beginnings:
            at = lower.find(beginning)
            while at >= 0:
                if not at or not lower[at - 1].isalnum():
                    found.append(at)
                at = lower.find(beginning, at + 1)
        found.sort()
        return found

    def _may_go_on(self, lower: str, at: int) -> bool:
        """Return whether a word asked for may have the mark or letter ``at``.

        What has a letter of another alphabet before it has been found by that.
        """
        head = _head(lower, at)
        if not head.isascii():
            return False
        return lower[at].isalnum() or f"\n{head}" in self._begun

    def _are_near(self, text: str, end: int, start: int) -> bool:
        """Return whether a phrase may reach from one place to another, about."""
        apart = self._apart
        if not apart or start - end > _ROOM * (apart + 1):
            return False
        between = text[end:start].split()
        return sum(any(map(str.isalnum, piece)) for piece in between) <= 2 * apart + 2


def _head(lower: str, at: int) -> str:
    """Return what stands of a word before ``at``."""
    start = at
    while start and lower[start - 1].isalnum():
        start -= 1
    return lower[start:at]


def _beginning(token: str) -> str:
    """Return what a word with this token begins with, if it has no marks inside."""
    letters = "".join(filter(str.isalnum, token)) or token
    return letters[: 1 if letters in _ODD else max(1, len(letters) - 1)]

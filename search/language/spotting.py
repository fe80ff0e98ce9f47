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
_LETTERS = 5  # of a word that are looked for; more tell hardly more

# A word that lost its apostrophe takes these with it: "Syria s", "don t".
_STRAY = frozenset("st")
# Stems that are not begun as their word is: dying, lying, tying.
_ODD = frozenset({"die", "lie", "tie"})

_INSIDE = r"[.,'`](?<=[^\W_].)(?=[^\W_])"
_MARKS = {
    True: re.compile(_INSIDE, re.DOTALL),
    False: re.compile(rf"{_INSIDE}|[^\x00-\x7f“”„«»‹›–—…•·]", re.DOTALL),
}  # by whether a text is all ASCII


def spot(words: Words, text: str, asked: Set[str], apart: int) -> list[Occurrence]:
    """Return those tokens of ``text`` that are ``asked`` for, in order.

    Positions tell how far apart two tokens are, as long as that is at most ``apart``;
    of others they tell only that they are further apart.
    """
    if not _STRAY.isdisjoint(asked):
        every = words.occurrences(text, 0, len(text))
        return [token for token in every if token.text in asked]
    found: list[Occurrence] = []
    for start, end in _regions(text, asked, apart):
        shift = found[-1].position + _APART if found else 0
        found += [
            Occurrence(token, first, last, position + shift)
            for token, first, last, position in words.occurrences(text, start, end)
            if token in asked
        ]
    return found


def _regions(text: str, asked: Set[str], apart: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of ``text`` in which a word asked for may begin.

    Those between which a phrase may stand are one. Each begins after a space, which no
    token crosses.
    """
    start = end = 0
    for at in _places(text, asked):
        space = max(text.rfind(" ", end, at), text.rfind("\n", end, at))
        if end and (space < 0 or _are_near(text, end, at, apart)):
            end = at + 1
            continue
        if end:
            yield start, end
        start, end = space + 1, at + 1
    if end:
        yield start, end


def _places(text: str, asked: Set[str]) -> list[int]:
    """Return where a word asked for may begin, or is under way, rising."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is two in lower case
        return list(range(len(text)))
    beginnings = {_beginning(token) for token in asked}
    first = {beginning[0] for beginning in beginnings}
    found = []
    for mark in _MARKS[text.isascii()].finditer(lower):
        at = mark.start()
        begun = max(lower.rfind(" ", 0, at), lower.rfind("\n", 0, at)) + 1
        if lower[at].isalnum() or not first.isdisjoint(lower[begun:at]):
            found.append(at)
    for beginning in beginnings:
        at = lower.find(beginning)
        while at >= 0:
            if not at or not lower[at - 1].isalnum():
                found.append(at)
            at = lower.find(beginning, at + 1)
    return sorted(found)


def _beginning(token: str) -> str:
    """Return what a word with this token begins with, if it has no marks inside."""
    letters = "".join(filter(str.isalnum, token)) or token
    return letters[: 1 if letters in _ODD else max(1, min(_LETTERS, len(letters) - 1))]


def _are_near(text: str, end: int, start: int, apart: int) -> bool:
    """Return whether at most ``apart`` words lie between two places, about."""
    if not apart or start - end > _ROOM * (apart + 1):
        return False
    between = text[end:start].split()
    return sum(any(map(str.isalnum, piece)) for piece in between) <= 2 * apart + 2

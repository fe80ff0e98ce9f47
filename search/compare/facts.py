"""What a text states that can be told by its form: figures, names, who said it.

Names and attributions are found in scripts with capitals; attributions in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.compare.words import key
from search.sentences import sentences

_AROUND = 40  # characters shown on either side
_NUMBER = re.compile(r"(?<![\w.,])[$€£¥]?\d[\d,.]*\d%?|(?<![\w.,])[$€£¥]?\d%?(?![\w])")
# No longer word is a name; without a bound, a word of letters only is read from each
# of them to its end.
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'-]{0,40}"
_NAME = re.compile(
    rf"\b{_CAPITAL}"
    rf"(?:[ \xa0](?:(?:of|de|al|el|bin|von|van|the)[ \xa0])?{_CAPITAL}){{0,5}}"
)
_SAYING = (
    "said|says|told|added|stated|announced|reported|claimed|confirmed|denied|warned"
    "|insisted|argued|wrote|tweeted|acknowledged|testified"
)
_WHO = rf"{_CAPITAL}(?:[ \xa0][\w’'-]{{1,40}}){{0,4}}?"
_SAID = re.compile(
    rf"(?<![\w’'-])(?P<before>(?:[Tt]he |[Aa]n? )?{_WHO}|[Tt]he [\w’' -]{{3,40}}?)"
    rf",?[ \xa0](?:{_SAYING})\b|\baccording to (?P<to>[^.,;:\n“”\"]{{3,60}})"
)
_OPENS = re.compile(r"[“\"‘]\s*$")
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "that"})
_ARTICLE = re.compile(r"(?:The|An?)[ \xa0]")
_OWNS = re.compile(r"'s?$")
_LONGEST = 200_000  # characters of a text that are looked through


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure, a name or who said something, as written, with what stands around it.

    ``key`` is what it is compared by.
    """

    key: str
    text: str
    context: str


def numbers(text: str) -> Iterator[Fact]:
    """Yield the figures of ``text``, each once.

    >>> [fact.key for fact in numbers("Of 1,200 ships, 7 left by 2016.")]
    ['1200', '7', '2016']
    """
    for found in _NUMBER.finditer(text, 0, _LONGEST):
        said = found[0].rstrip(".,")
        yield Fact(said.replace(",", ""), said, _context(text, *found.span()))


def names(text: str) -> Iterator[Fact]:
    """Yield the names of ``text``; a lone word that opens a sentence is none.

    >>> [fact.text for fact in names("Ferries wait. Then Ann Ex of Bay City spoke.")]
    ['Ann Ex of Bay City']
    """
    text = text[:_LONGEST]
    openings = {start for start, _ in sentences(text)}
    for found in _NAME.finditer(text):
        said, start = found[0], found.start()
        if start in openings or _OPENS.search(text[max(0, start - 3) : start]):
            first, _, said = said.partition(" ")
            start += len(first) + 1
        if article := _ARTICLE.match(said):
            said, start = said[article.end() :], start + article.end()
        if said:
            name = _OWNS.sub("", key(said))
            yield Fact(name, said, _context(text, start, found.end()))


def attributions(text: str) -> Iterator[Fact]:
    """Yield who is said in ``text`` to have said something.

    >>> [fact.text for fact in attributions("Ann Ex said so, according to the mayor.")]
    ['Ann Ex', 'the mayor']
    """
    for found in _SAID.finditer(text, 0, _LONGEST):
        said = (found["before"] or found["to"]).strip()
        if said.lower() not in _PRONOUNS:
            yield Fact(key(said), said, _context(text, *found.span()))


def _context(text: str, start: int, end: int) -> str:
    """Return ``text`` around a piece of it, of its own paragraph, cut at words."""
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    right = text.find("\n", end)
    right = min(len(text) if right < 0 else right, end + _AROUND)
    if left and not text[left - 1].isspace():
        space = text.find(" ", left, start)
        left = start if space < 0 else space + 1
    if right < len(text) and not text[right].isspace():
        space = text.rfind(" ", end, right)
        right = end if space < 0 else space
    before = "… " if left and text[left - 1] != "\n" else ""
    after = " …" if right < len(text) and text[right] != "\n" else ""
    return f"{before}{text[left:right].strip()}{after}"

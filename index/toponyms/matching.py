"""The longest name of the gazetteer that begins at a word."""

from __future__ import annotations

from index.toponyms import cues
from index.toponyms.transliteration import ARTICLES
from index.toponyms.words import HYPHENS, Word
from search.gazetteer import Gazetteer, Sense

LONGEST = 7  # words in a name


def chain_from(words: list[Word], at: int) -> list[str]:
    """Return the keys of the words from ``at`` that one name may hold."""
    chain = [words[at].key]
    for word in words[at + 1 : at + LONGEST]:
        if not word.joined:
            break
        chain.append(word.key)
    return chain


def longest(
    chain: list[str], words: list[Word], at: int, source: Gazetteer
) -> tuple[int, tuple[Sense, ...]]:
    """Return the last word of the longest name that ``chain``, the keys from the word
    ``at`` on, begins with, and what it may stand for: nothing where there is none.
    """
    text = " ".join(chain)
    ends: dict[int, int] = {}
    length = -1
    for number, part in enumerate(chain):
        length += 1 + len(part)
        ends[length] = number
    for name in reversed(source.prefixes(text)):
        if len(name) not in ends or not words[at + ends[len(name)]].capital:
            continue
        number = ends[len(name)]
        if number == 0 and (_is_small(name) or len(name) < 3):
            continue
        if _goes_on(words, at + number):
            break
        senses = source.senses(name)
        if is_demonym(name, source) and senses[0].place.kind == "city":
            break
        return at + number, senses
    return at, ()


def is_article(words: list[Word], at: int) -> bool:
    """Return whether here begins a name like *al-Bab*, its article in any case."""
    if words[at].key not in ARTICLES or at + 1 == len(words):
        return False
    after = words[at + 1]
    if not (after.joined and after.capital):
        return False
    # Al Gore has a first name; as, at and an are words.
    return after.gap in HYPHENS or words[at].text in ("al", "el", "ul")


def is_demonym(name: str, source: Gazetteer) -> bool:
    """Return whether a key names a country's people or is their adjective."""
    return name in source.demonyms or name.removesuffix("s") in source.demonyms


def _is_small(name: str) -> bool:
    return name in cues.NOT_NAMES or name in cues.SMALL_WORDS


def _goes_on(words: list[Word], last: int) -> bool:
    """Return whether an Arabic article follows: Ain is no place in *Ain al-Hajal*."""
    at = last + 1
    return (
        at < len(words)
        and words[at].joined
        and words[at].text.islower()
        and is_article(words, at)
    )

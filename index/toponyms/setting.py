"""What an article as a whole says, before any of its names is resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from index.toponyms import cues
from index.toponyms.mentions import Mention
from index.toponyms.words import Word
from search.gazetteer import FIRST_NAME, Gazetteer, GazetteerPlace

_KNOWN = 50_000  # people of a town that speaks for its country once resolved
_CERTAIN = 500_000  # people of a town whose mere name tells its country
_PLACING = cues.LOCATIVE | cues.TAKEN
# What ends no person's name, though a first name may stand before it.
_NO_SURNAMES = (
    cues.ORGANISATIONS | cues.AUTHORITIES | cues.FEATURES | cues.SETTLEMENT
) | cues.CALENDAR


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole article says: ISO codes of the countries it names or whose
    people it names, keys of words that are parts of people's names in it, and keys
    of names that stand after a locative word somewhere. ``headline`` is the offset
    up to which capitals say nothing; ``small`` are the words it writes without them;
    ``foreign`` says that its language is another than English.
    """

    countries: frozenset[str]
    people: frozenset[str]
    located: frozenset[str]
    headline: int = 0
    small: frozenset[str] = frozenset()
    foreign: bool = False


def setting_of(
    mentions: tuple[Mention, ...],
    words: list[Word],
    source: Gazetteer,
    demonyms: Collection[str],
) -> Setting:
    """Return the countries, people and located names of an article; ``demonyms`` are
    ISO codes of the peoples it names.
    """
    countries = set(demonyms)
    located: set[str] = set()
    for mention in mentions:
        countries |= _country_of(mention)
        if mention.first and words[mention.first].joined:
            before = words[mention.first - 1]
            if not before.capital and before.key in _PLACING:
                located.add(mention.name)
    return Setting(
        frozenset(countries),
        people_in(words, source),
        frozenset(located),
        small=frozenset(word.key for word in words if word.text.islower()),
    )


def widened(setting: Setting, places: Iterable[GazetteerPlace]) -> Setting:
    """Return ``setting`` with the countries of places resolved, hamlets left out."""
    sure = {
        place.country
        for place in places
        if place.country and (place.kind != "city" or place.population >= _KNOWN)
    }
    return replace(setting, countries=setting.countries | sure)


def demonyms_in(words: list[Word], source: Gazetteer) -> Counter[str]:
    """Return how often each country's people or their adjective are named, by ISO."""
    return Counter(
        source.demonyms[demonym]
        for word in words
        if word.capital and (demonym := _demonym(word.key, source))
    )


def headline_end(words: list[Word], body: int) -> int:
    """Return up to where capitals say nothing: the end of a title printed in them."""
    title = [word for word in words if word.end <= body]
    capitals = sum(word.capital for word in title)
    return body if title and capitals > 0.6 * len(title) else 0


def _demonym(name: str, source: Gazetteer) -> str | None:
    for form in (name, name.removesuffix("s")):
        if form in source.demonyms:
            return form
    return None


def _country_of(mention: Mention) -> set[str]:
    if not mention.senses or mention.senses[0].weak:
        return set()
    best = mention.senses[0].place
    if best.kind == "country" or (best.kind == "city" and best.population >= _CERTAIN):
        return {best.country}
    return set()


def people_in(words: list[Word], source: Gazetteer) -> frozenset[str]:
    """Return the keys of words that end people's names: of runs of capitals behind a
    title or with a first name in them.
    """
    found: set[str] = set()
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        end = at + 1
        while end < len(words) and _is_run(words[end - 1], words[end]):
            end += 1
        found |= _surname(words, at, end, source)
        at = end
    return frozenset(found)


def _is_run(word: Word, after: Word) -> bool:
    if not after.capital:
        return False
    pointed = len(word.text) == 1 or word.key in cues.TITLES
    return after.gap == " " or (pointed and after.gap == ". ")


def _surname(words: list[Word], at: int, end: int, source: Gazetteer) -> set[str]:
    """Return the last word of a run of capitals that tells of a person."""
    titled = at > 0 and words[at].gap == " " and words[at - 1].key in cues.TITLES
    for number in range(at, end if titled else end - 1):
        word = words[number]
        is_first = source.word(word.key) & FIRST_NAME and word.key not in cues.LOCATIVE
        if titled or is_first or word.key in cues.TITLES:
            last = words[min(end - 1, number + 3)]
            return set() if last.key in _NO_SURNAMES else {last.key}
    return set()

"""What an article as a whole says, before any of its names is resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.toponyms import cues
from index.toponyms.mentions import Mention
from index.toponyms.words import HYPHENS, Word
from search.gazetteer import FIRST_NAME, Gazetteer, GazetteerPlace

_KNOWN = 50_000  # people of a town that speaks for its country once resolved
_CERTAIN = 500_000  # people of a town whose mere name tells its country


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
    mentions: tuple[Mention, ...], words: list[Word], source: Gazetteer, headline: int
) -> Setting:
    """Return the countries, people and located names of an article."""
    countries = set(demonyms_in(words, source))
    people: set[str] = set()
    located: set[str] = set()
    for mention in mentions:
        countries |= _country_of(mention)
        if mention.first and words[mention.first].joined:
            before = words[mention.first - 1]
            if before.key in cues.LOCATIVE | cues.TAKEN and not before.capital:
                located.add(mention.name)
        if not mention.senses:
            people |= _people_in(words[mention.first : mention.last + 1], source)
            continue
        people |= _people_around(mention, words, source)
    return Setting(
        frozenset(countries),
        frozenset(people),
        frozenset(located),
        headline,
        frozenset(word.key for word in words if word.text.islower()),
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


def _people_in(run: list[Word], source: Gazetteer) -> set[str]:
    """Return the surname at the end of a run of capitals that begins like a person."""
    if not 1 < len(run) < 5 or run[-1].key in cues.ORGANISATIONS:
        return set()
    if run[1].gap in HYPHENS or not run[0].capital:  # an article, as in al-Bab
        return set()
    return {run[-1].key} if source.word(run[0].key) & FIRST_NAME else set()


def _people_around(mention: Mention, words: list[Word], source: Gazetteer) -> set[str]:
    """Return the name itself where a first name or a title stands before it."""
    if not mention.first or not words[mention.first].joined:
        return set()
    before = words[mention.first - 1]
    if not before.capital or mention.first < mention.last:
        return set()
    is_first = source.word(before.key) & FIRST_NAME and before.key not in cues.LOCATIVE
    return {mention.name} if is_first else set()

"""Names in scripts without capitals: only towns and countries hard to mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from index.toponyms.words import Word
from search.gazetteer import Gazetteer, GazetteerPlace, Sense

_SHORTEST = 4  # letters of a name of one word
_LARGE = 100_000  # people of a town known without its country being named
_TOWN = 5_000  # people of a town whose country the article names
# What Arabic and Hebrew write together with the word after it: and, in, to, from, the.
_PREFIXES = ("و", "ب", "ل", "ك", "ف", "ו", "ב", "ל", "מ", "ה", "ש", "כ")
_TWO = ("ول", "وب", "וב", "ול", "ומ", "שב", "של", "מה")
_ARTICLE = "ال"
# Letters that hasty Arabic writes for one another at the end of a word.
_ENDINGS = {"ه": "ة", "ي": "ى", "ى": "ي"}
# Words of the language that are towns too.
_WORDS = frozenset(
    re.findall(
        r"\w+",
        "المدينة العين الوحدة السلام الوسطى المنطقة الشرق الغرب الشمال الجنوب البلدة"
        " القرية الحرية الثورة النور الكبرى",
    )
)


def is_caseless(text: str) -> bool:
    """Return whether ``text`` is in a script that has no capitals.

    >>> is_caseless("حلب"), is_caseless("Київ")
    (True, False)
    """
    return text.upper() == text.lower()


def match(
    chain: list[str], word: Word, source: Gazetteer
) -> tuple[int, int, tuple[Sense, ...]]:
    """Return how many words from ``word`` on are a name, how many letters of it come
    before the name, and what the name may stand for; no sense where it is none.
    """
    for length in range(len(chain), 0, -1):
        for cut, first in _without_prefix(chain[0], word.text):
            name = " ".join((first, *chain[1:length]))
            if len(name) < _SHORTEST or not _WORDS.isdisjoint((name, _careful(name))):
                continue
            senses = _senses(name, source) or _senses(_careful(name), source)
            if senses:
                return length, cut, senses
    return 0, 0, ()


def is_prominent(place: GazetteerPlace, countries: AbstractSet[str]) -> bool:
    """Return whether a name in such a script may be taken for ``place`` by itself, or
    because its country is among ``countries``.
    """
    if place.kind == "country" or place.population >= _LARGE:
        return True
    return place.country in countries and place.population >= _TOWN


def _without_prefix(key: str, text: str) -> Iterator[tuple[int, str]]:
    yield 0, key
    if key.startswith("لل"):  # "to the": the article lost its first letter
        yield 0, _ARTICLE + key[2:]
    for prefix in (*_TWO, *_PREFIXES):
        if key.startswith(prefix) and text.startswith(prefix):
            yield len(prefix), key[len(prefix) :]


def _careful(name: str) -> str:
    """Return a name in Arabic with its last letter as careful writers have it."""
    return name[:-1] + _ENDINGS.get(name[-1], name[-1])


def _senses(name: str, source: Gazetteer) -> tuple[Sense, ...]:
    """Return the senses to choose from; a name with an article needs it, as Luxor's
    without is "shorter".
    """
    articled = {sense.place.id for sense in source.senses(_ARTICLE + name)}
    return tuple(
        sense
        for sense in source.senses(name)
        if sense.place.id not in articled and _is_findable(sense.place)
    )


def _is_findable(place: GazetteerPlace) -> bool:
    return place.kind == "country" or (
        place.kind == "city" and place.population >= _TOWN
    )

"""Spellings that mean a place: which one, in this corpus, and whether to say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.folding import fold
from search.gazetteer import COMMON, gazetteer, key
from search.language.analyzers import WORDS, straighten
from search.language.reading import Corpus

LONGEST = 5  # words of a place's name

# The share of the articles with these words that must mean the place by them; of words
# that are people's names too, nearly all must.
_MEANT = 0.5
_MEANT_FOR_NAMES = 0.9
_RIVAL = 0.25  # a second place of the name must be smaller than this, by articles
_CANDIDATES = 8  # places of a name that the corpus is asked for
_SPELLINGS = 12  # spellings shown

_EDGES = re.compile(r"^[^\w']+|[^\w]+$")
_POSSESSIVE = re.compile(r"'s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sense:
    """The place some words mean; ``also`` is how else this corpus writes it."""

    place: str
    label: str
    also: tuple[str, ...]


def spelling(words: str) -> str:
    """Return ``words`` as a corpus compares them: folded, without a possessive.

    >>> spelling("“New  York’s”")
    'new york'
    """
    bare = (_EDGES.sub("", straighten(word)) for word in words.split())
    return fold(_POSSESSIVE.sub("", " ".join(word for word in bare if word)))


def dominating(words: str, corpus: Corpus) -> Sense | None:
    """Return the place that ``words`` mean wherever this corpus has them.

    None where they are common vocabulary or a person's name, where articles mostly
    mean something else by them, where a second place has a comparable claim, and where
    this corpus writes the place in no other way.
    """
    name = spelling(words)
    flags = gazetteer().word(key(name))
    if not name or flags & COMMON or (flags and _is_contested(name)):
        return None
    claims = corpus.places_written(name)
    if not claims and not gazetteer().named(name):
        return None  # before the corpus has to look for the words
    articles = corpus.articles_with(name)
    if not claims:
        claims = _known(name, corpus, as_words=articles > 0)
    best, second = (*_by_count(claims), "", "")[:2]
    claim = claims.get(best, 0)
    share = _MEANT_FOR_NAMES if flags else _MEANT
    if not claim or claim < share * articles or claims.get(second, 0) > _RIVAL * claim:
        return None
    also = _others(best, name, corpus)
    return Sense(best, label_of(best, corpus), also) if also else None


def ids_of(value: str, corpus: Corpus) -> tuple[str, ...]:
    """Return the ids of the places a filter's value means, most articles first.

    ``value`` is an id or a name. Of the places the corpus has, those called so
    themselves count, else those also called so; one the corpus does not have is
    returned alone. () for no place.
    """
    value = value.strip()
    if (value.isascii() and value.isdecimal()) or corpus.articles_of(value):
        return (value,)
    if value.startswith("x:"):
        return (f"x:{fold(value[2:])}",) if len(value) > 2 else ()
    name = spelling(value)
    named = (*gazetteer().named(name), f"x:{name}")
    counts = {
        place: corpus.articles_of(place)
        for place in dict.fromkeys([*corpus.places_written(name), *named])
    }
    own = {place: counts[place] for place in counts if _is_label(name, place)}
    return _by_count(own) or _by_count(counts) or named[:-1][:1]


def label_of(place: str, corpus: Corpus) -> str:
    """Return what a place is called: the gazetteer's label, else as the corpus does."""
    known = gazetteer().place(place)
    if known is not None:
        return known.label
    return next(iter(_by_count(corpus.spellings_of(place))), place.removeprefix("x:"))


def _is_label(name: str, place: str) -> bool:
    """Return whether ``name`` is the label of a place, as far as that has one."""
    known = gazetteer().place(place)
    return known is None or key(known.label) == key(name)


def _is_contested(name: str) -> bool:
    """Return whether the best-known place of this name has a namesake of its size.

    A place inside the other, as a city in its county, is no namesake.
    """
    places = [sense.place for sense in gazetteer().senses(key(name)) if not sense.weak]
    return any(
        place.population > _RIVAL * places[0].population
        and place.id not in places[0].path
        and places[0].id not in place.path
        for place in places[1:]
    )


def _known(name: str, corpus: Corpus, *, as_words: bool) -> Mapping[str, int]:
    """Return how often the corpus names the places that the gazetteer calls ``name``.

    ``as_words`` counts spellings that are the same words only, as two transliterations
    may be. Obscure names count where no place is better known by the name.
    """
    words = WORDS.phrase(name)
    weak: dict[str, int] = {}
    strong: dict[str, int] = {}
    for sense in gazetteer().senses(key(name))[:_CANDIDATES]:
        (weak if sense.weak else strong)[sense.place.id] = sum(
            count
            for text, count in corpus.spellings_of(sense.place.id).items()
            if not as_words or WORDS.phrase(text) == words
        )
    return strong if any(strong.values()) else weak


def _others(place: str, name: str, corpus: Corpus) -> tuple[str, ...]:
    """Return how else the corpus writes a place, commonest first, each way once."""
    return tuple(_distinct(_by_count(corpus.spellings_of(place)), name))[:_SPELLINGS]


def _distinct(spellings: Iterable[str], but: str) -> list[str]:
    found = {spelling(text): text for text in reversed([*spellings])}
    return [text for text in reversed(found.values()) if spelling(text) != but]


def _by_count(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the keys that count at all, highest first, ties in order of key."""
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, count in order if count)

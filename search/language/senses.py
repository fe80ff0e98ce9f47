"""Which place words mean in this corpus, and what speaks against taking them for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from search.gazetteer import COMMON, Gazetteer, key
from search.language.analyzers import WORDS
from search.language.places import (
    by_count,
    label_of,
    spelling,
    ways_of_writing,
    written_so,
)
from search.language.reading import Corpus
from search.language.terms import is_in_a_row

# The share of the articles with these words that must mean the place by them; of words
# that are people's names too, nearly all must.
_MEANT = 0.5
_NEARLY_ALL = 0.9
_ACRONYM = 3  # letters; an obscure name that is no longer is more often an acronym
_RIVAL = 0.25  # a second place of the name must be smaller than this, by articles
_OFFERED = 0.25  # the share from which on it is worth asking whether the place is meant
_CANDIDATES = 8  # places of a name that the corpus is asked for
_SPELLINGS = 12  # spellings shown


class Doubt(StrEnum):
    """Why words that name a place are searched as words only.

    ``COMMON`` they are common vocabulary, ``PERSON`` a name of people that does not
    mean the place nearly always, ``NAMESAKE`` a second place has a comparable claim to
    them, ``ELSE`` articles mostly mean something else by them, ``ABSENT`` no article
    names the place, ``ALONE`` it is written in no other way here.
    """

    COMMON = "common-word"
    PERSON = "name-of-people"
    NAMESAKE = "namesake"
    ELSE = "something-else"
    ABSENT = "not-named"
    ALONE = "one-spelling"


@dataclass(frozen=True, slots=True)
class Sense:
    """The place some words may mean; they do where there is no ``doubt``.

    ``also`` is how else this corpus writes it, the commonest first. ``share`` of the
    articles with these words mean it, from 0 to 1. ``rivals`` are other places of the
    name with a comparable claim.
    """

    place: str
    label: str
    also: tuple[str, ...] = ()
    share: float = 0.0
    doubt: Doubt | None = None
    rivals: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the places worth asking the asker about, likeliest first."""
        if self.doubt in (None, Doubt.ABSENT, Doubt.ALONE) or self.share < _OFFERED:
            return ()
        return (self.place, *self.rivals)


def sense_of(words: str, corpus: Corpus) -> Sense | None:
    """Return the place that ``words`` name, and whether they mean it in this corpus.

    None where nothing is called so. Words stand for a place in every article that
    writes it with them: *West Germany* speaks for *Germany*.
    """
    name = spelling(words)
    articles, claims = _claims(name, corpus) if name else (0, {})
    if not claims:
        return None
    best, *rest = sorted(claims, key=lambda place: -claims[place])
    share = min(1.0, claims[best] / articles) if articles else float(claims[best] > 0)
    rivals = tuple(p for p in rest[:2] if claims[p] > _RIVAL * claims[best])
    also = tuple(_others(best, name, corpus))[:_SPELLINGS]
    doubt = _doubt(name, best, share, rivals, corpus.gazetteer)
    doubt = doubt or (None if also else Doubt.ALONE)
    return Sense(best, label_of(best, corpus), also, share, doubt, rivals)


def _others(place: str, name: str, corpus: Corpus) -> Iterator[str]:
    """Yield how else articles write a place, where the words do not find that anyway.

    Whoever asks for *Denmark* has *Kingdom of Denmark*.
    """
    row = WORDS.phrase(name)
    for way in ways_of_writing(place, corpus):
        if not is_in_a_row(row, WORDS.phrase(way)):
            yield way


def _claims(name: str, corpus: Corpus) -> tuple[int, dict[str, int]]:
    """Return how many articles have the words, and how many mean each place by them.

    Where none has them every article that names the place counts. A spelling the
    corpus lacks is looked for in the gazetteer, in which obscure names count where no
    place is better known by the name.
    """
    found = by_count(written_so(name, corpus))[:_CANDIDATES]
    senses = () if found else corpus.gazetteer.senses(key(name))[:_CANDIDATES]
    if not found and not senses:
        return 0, {}  # before the corpus has to look for the words
    articles = corpus.articles_with(name)
    words = name if articles else ""
    if found:
        return articles, {p: corpus.articles_writing(p, words) for p in found}
    weak, strong = (
        {
            sense.place.id: corpus.articles_writing(sense.place.id, words)
            for sense in senses
            if sense.weak == is_weak
        }
        for is_weak in (True, False)
    )
    known = any(strong.values()) or (strong and not any(weak.values()))
    return articles, strong if known else weak


def _doubt(
    name: str, place: str, share: float, rivals: tuple[str, ...], source: Gazetteer
) -> Doubt | None:
    """Return what speaks against the place, the first that does."""
    flags = source.word(key(name))
    if flags & COMMON:
        return Doubt.COMMON
    if not share:
        return Doubt.ABSENT
    if rivals:
        return Doubt.NAMESAKE
    if flags and share < _NEARLY_ALL:
        return Doubt.PERSON
    if flags and _is_contested(name, place, source):
        return Doubt.NAMESAKE
    return Doubt.ELSE if share < _MEANT or _is_acronym(name, place, source) else None


def _is_acronym(name: str, place: str, source: Gazetteer) -> bool:
    """Return whether so few letters are an obscure name of a place that is no country.

    *UK* and *UAE* are countries.
    """
    return len(name) <= _ACRONYM and any(
        sense.weak and len(sense.place.path) > 1
        for sense in source.senses(key(name))
        if sense.place.id == place
    )


def _is_contested(name: str, place: str, source: Gazetteer) -> bool:
    """Return whether a place has a namesake of its size.

    One inside the other, as a city in its state, is no namesake, and neither is one
    beside it, as a city's district.
    """
    meant = source.place(place)
    return meant is not None and any(
        other.population > _RIVAL * meant.population
        and other.path[:-1] != meant.path[:-1]
        and other.id not in meant.path
        and place not in other.path
        for other in (
            sense.place for sense in source.senses(key(name)) if not sense.weak
        )
    )

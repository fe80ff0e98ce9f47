"""Names of places: what they stand for in a corpus, and what a place is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from search.folding import fold, own_id
from search.gazetteer import Gazetteer, key
from search.language.analyzers import straighten
from search.language.reading import Corpus

LONGEST = 5  # words of a place's name

# So many articles teach that a place is written in a way the gazetteer lacks. Where it
# is no name of another place, fewer do: a hundredth of those with the commonest way,
# since of a great place a few articles are misread.
_TAUGHT, _SHARE = 3, 0.01

_EDGES = re.compile(r"^[^\w']+|[^\w]+$")
_POSSESSIVE = re.compile(r"'s$", re.IGNORECASE)


def spelling(words: str) -> str:
    """Return ``words`` as a corpus compares them: folded, without a possessive.

    >>> spelling("“New  York’s”")
    'new york'
    """
    bare = (_EDGES.sub("", straighten(word)) for word in words.split())
    return fold(_POSSESSIVE.sub("", " ".join(word for word in bare if word)))


def ids_of(value: str, corpus: Corpus) -> tuple[str, ...]:
    """Return the ids of the places a filter's value means, most articles first.

    ``value`` is an id or a name. Of the places the corpus has, those called so
    themselves count, else those also called so; one the corpus does not have is
    returned alone. () for no place.
    """
    value = value.strip()
    if corpus.articles_of(value):
        return (value,)
    if value.isascii() and value.isdecimal():
        return (value.lstrip("0") or "0",)
    if value.startswith("x:"):
        return tuple(filter(None, [own_id(value[2:])]))
    name = spelling(value)
    named = (*corpus.gazetteer.named(name), f"x:{name}")
    counts = {
        place: corpus.articles_of(place)
        for place in dict.fromkeys([*written_so(name, corpus), *named])
    }
    own = {place: counts[place] for place in counts if _is_label(name, place, corpus)}
    return by_count(own) or by_count(counts) or named[:-1][:1]


def written_so(name: str, corpus: Corpus) -> dict[str, int]:
    """Return, by id, how many articles write a place so; without misreadings."""
    counts = corpus.places_written(name)
    return {p: count for p, count in counts.items() if name in _sound(p, corpus)}


def ways_of_writing(place: str, corpus: Corpus) -> tuple[str, ...]:
    """Return how articles write a place, commonest first, each way once."""
    commonest = {
        spelling(text): text for text in reversed(by_count(corpus.spellings_of(place)))
    }
    return tuple(commonest[name] for name in by_count(_sound(place, corpus)))


def _sound(place: str, corpus: Corpus) -> dict[str, int]:
    """Return how often a place is written each way, misreadings left out.

    Ways are as compared; an article that has capitals and small letters counts twice.
    """
    counts: Counter[str] = Counter()
    source = corpus.gazetteer
    for text, count in corpus.spellings_of(place).items():
        counts[spelling(text)] += count
    least = min(_TAUGHT, _SHARE * max(counts.values(), default=0))
    return {
        name: count
        for name, count in counts.items()
        if count >= _TAUGHT or _is_taught(name, place, source, enough=count >= least)
    }


def _is_taught(name: str, place: str, source: Gazetteer, *, enough: bool) -> bool:
    """Return whether a place is known by a name, or no other and it is ``enough``.

    Of a place that the gazetteer lacks articles alone can tell.
    """
    senses = source.senses(key(name))
    if source.place(place) is None or place in {sense.place.id for sense in senses}:
        return True
    return enough and all(sense.weak for sense in senses)


def label_of(place: str, corpus: Corpus) -> str:
    """Return what a place is called: the gazetteer's label, else as the corpus does."""
    known = corpus.gazetteer.place(place)
    if known is not None:
        return known.label
    return next(iter(by_count(corpus.spellings_of(place))), place.removeprefix("x:"))


def label_around(place: str, corpus: Corpus) -> str:
    """Return what the place that ``place`` lies in is called; "" where that is none."""
    known = corpus.gazetteer.place(place)
    around = known.path[-2:-1] if known else ()
    return label_of(around[0], corpus) if around else ""


def _is_label(name: str, place: str, corpus: Corpus) -> bool:
    """Return whether ``name`` is the label of a place, as far as that has one."""
    known = corpus.gazetteer.place(place)
    return known is None or key(known.label) == key(name)


def by_count(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the keys that count at all, highest first, ties in order of key."""
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, count in order if count)

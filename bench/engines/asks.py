"""What is asked of every engine: fourteen classes of queries, none asked twice.

Words are drawn from the corpus by how many of its articles have them, in any form of
the word, with a fixed seed. Words that are a place of the corpus, or a name that is
known by other names, are left out: Dateline finds more for them than was written.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bench.engines.corpus import Row
from search.language.analyzers import WORDS
from search.language.names import Names

SEED = 1987
# Shares of all articles that have the word: more than, and at most.
BANDS = {
    "rare": (0.0001, 0.0005),
    "mid": (0.005, 0.02),
    "common": (0.05, 0.2),
    "very common": (0.2, 1.0),
}

_WORD = re.compile(r"(?<![\w'’.&/-])[a-z]{3,}(?![\w'’&/-])")
_PAIR = re.compile(r"(?<![\w'’.&/-])([a-z]{2,}) ([a-z]{2,})(?![\w'’&/-])")
_OPERATORS = {"and", "or", "not", "to", "in", "near"}
_TRIES = 40  # before a class is taken to have no more queries


class Form(StrEnum):
    """How the words of an ask hang together."""

    ALL_OF = "all of"
    ANY_OF = "any of"
    PHRASE = "phrase"
    PREFIX = "prefix"
    TITLE = "title"
    TWO_FIELDS = "two fields"  # each word in title or body
    EVERYTHING = "everything"  # no words; the newest first


@dataclass(frozen=True, slots=True)
class Ask:
    """One query for ten hits, from the first of ``page`` on; days are inclusive."""

    form: Form
    words: tuple[str, ...] = ()
    source: str | None = None
    since: date | None = None
    until: date | None = None
    page: int = 1


@dataclass(slots=True)
class Survey:
    """What there is to ask for in a corpus.

    ``frequency`` and ``in_titles`` map a word to how many articles have it in any
    form; of all forms of a word, the first that was met stands for them.
    """

    articles: int = 0
    frequency: Counter[str] = field(default_factory=Counter)
    in_titles: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    first: date = date.max
    last: date = date.min


def survey(rows: Iterable[Row]) -> Survey:
    """Return what can be asked for in ``rows``."""
    found, chance = Survey(), random.Random(SEED)
    first_form: dict[str, str] = {}
    known: dict[str, str] = {}
    places: set[str] = set()

    def forms(text: str) -> set[str]:
        words = set(_WORD.findall(text))
        # Not `words - known.keys()`, which goes through all that is known.
        for word in words.difference(known):
            stem = " ".join(WORDS.phrase(word))
            known[word] = first_form.setdefault(stem, word)
        return {known[word] for word in words}

    for row in rows:
        title, body = row.title.lower(), row.body.lower()
        in_title = forms(title)
        found.articles += 1
        found.in_titles.update(in_title)
        found.frequency.update(in_title | forms(body))
        found.sources[row.source] += 1
        found.pairs += chance.sample(pairs := _PAIR.findall(body), min(3, len(pairs)))
        for place in row.places:
            places |= forms(place.lower())
        if row.published:
            found.first = min(found.first, row.published)
            found.last = max(found.last, row.published)
    names = Names.load(None)
    for word in list(found.frequency):
        if word in _OPERATORS or word in places or names.others(WORDS.phrase(word)):
            del found.frequency[word], found.in_titles[word]
    found.pairs = [
        (a, b)
        for a, b in found.pairs
        if known.get(a, a) in found.frequency and known.get(b, b) in found.frequency
    ]
    return found


def asks(found: Survey, number: int) -> dict[str, list[Ask]]:
    """Return ``number`` different asks for each class, fewer if it has no more."""
    made: dict[str, list[Ask]] = {}
    for name, make in _makers(found, random.Random(SEED)).items():
        distinct: dict[Ask, None] = {}
        tries = 0
        while len(distinct) < number and tries < _TRIES:
            tries += 1
            ask = make()
            if ask is not None and ask not in distinct:
                distinct[ask] = None
                tries = 0
        made[name] = list(distinct)
    return made


def _makers(
    found: Survey, chance: random.Random
) -> dict[str, Callable[[], Ask | None]]:
    """Return, for each class of asks, what draws one; None where it cannot."""
    draw = _Draw(found, chance)
    return {
        "rare": draw.of(Form.ALL_OF, "rare"),
        "mid": draw.of(Form.ALL_OF, "mid"),
        "common": draw.of(Form.ALL_OF, "common"),
        "very common": draw.of(Form.ALL_OF, "very common"),
        "AND of two": draw.of(Form.ALL_OF, "common", "common"),
        "OR of three": draw.of(Form.ANY_OF, "mid", "mid", "common"),
        "title": draw.in_title,
        "phrase": draw.phrase,
        "prefix": draw.prefix,
        "source and word": draw.in_source,
        "days and word": draw.in_days,
        "two words, two fields": draw.of(Form.TWO_FIELDS, "mid", "common"),
        "everything": lambda: draw.next_page(Ask(Form.EVERYTHING)),
        "source": lambda: draw.next_page(Ask(Form.EVERYTHING, source=draw.source())),
    }


class _Draw:
    """Draws asks from what a survey ``found``."""

    def __init__(self, found: Survey, chance: random.Random) -> None:
        self._found = found
        self._chance = chance
        self._bands = _bands(found)
        self._titled = sorted(word for word, n in found.in_titles.items() if n >= 5)
        self._sources = list(found.sources)
        self._pages: dict[Ask, int] = {}

    def of(self, form: Form, *wanted: str) -> Callable[[], Ask | None]:
        """Return what draws words from these bands."""
        return lambda: Ask(form, drawn) if (drawn := self._words(*wanted)) else None

    def in_title(self) -> Ask | None:
        """Return a word of several titles."""
        if not self._titled:
            return None
        return Ask(Form.TITLE, (self._chance.choice(self._titled),))

    def phrase(self) -> Ask | None:
        """Return two words that stand side by side somewhere."""
        if not self._found.pairs:
            return None
        return Ask(Form.PHRASE, self._chance.choice(self._found.pairs))

    def prefix(self) -> Ask | None:
        """Return four letters that a longer word begins with."""
        drawn = self._words("mid")
        if not drawn or len(drawn[0]) <= 5:
            return None
        return Ask(Form.PREFIX, (drawn[0][:4],))

    def in_source(self) -> Ask | None:
        """Return a word within a source."""
        drawn = self._words("common")
        return Ask(Form.ALL_OF, drawn, source=self.source()) if drawn else None

    def in_days(self) -> Ask | None:
        """Return a word within a fifth of all days."""
        drawn, days = self._words("common"), (self._found.last - self._found.first).days
        if not drawn or days < 1:
            return None
        since = self._found.first + timedelta(self._chance.randrange(days))
        until = since + timedelta(days // 5)
        return Ask(Form.ALL_OF, drawn, since=since, until=until)

    def source(self) -> str:
        """Return a source, the more likely the more articles it has."""
        weights = list(self._found.sources.values())
        return self._chance.choices(self._sources, weights)[0]

    def next_page(self, ask: Ask) -> Ask:
        """Return the first page of ``ask`` that was not asked for."""
        self._pages[ask] = self._pages.get(ask, 0) + 1
        return Ask(Form.EVERYTHING, source=ask.source, page=self._pages[ask])

    def _words(self, *wanted: str) -> tuple[str, ...]:
        """Return different words from these bands; none where a band is empty."""
        if not all(self._bands[band] for band in wanted):
            return ()
        drawn = tuple(self._chance.choice(self._bands[band]) for band in wanted)
        return drawn if len({*drawn}) == len(drawn) else ()


def _bands(found: Survey) -> dict[str, list[str]]:
    return {
        name: sorted(
            word
            for word, n in found.frequency.items()
            if low * found.articles < n <= high * found.articles
        )
        for name, (low, high) in BANDS.items()
    }

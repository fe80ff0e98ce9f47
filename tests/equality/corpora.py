"""Documents to ask about: random ones of few words, the sample, many words by Zipf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import Any

from whoosh.analysis import RegexTokenizer
from whoosh.fields import BOOLEAN, DATETIME, ID, KEYWORD, NUMERIC, TEXT, Schema

import sample
from index.cleaner.clean import clean
from index.metadata.describe import describe
from index.page import RawPage
from index.readers.files import read
from index.toponyms.locate import locate
from index.walk import Found, walk
from search.errors import BadPage
from search.language.schema import SCHEMA, fields_of
from search.model import Article, Place, Published, Removed, Source

_WORDS = RegexTokenizer(r"\S+")

GENERIC = Schema(
    id=ID(unique=True),
    text=TEXT(analyzer=_WORDS),
    title=TEXT(analyzer=_WORDS),
    tags=KEYWORD,
    kind=ID,
    day=NUMERIC(int, bits=32),
    size=NUMERIC(int, bits=64),
    rate=NUMERIC(float),
    made=DATETIME,
    good=BOOLEAN,
)

SMALL = ["ant", "bee", "cat", "cow", "dog", "eel", "emu", "fox", "gnu", "hen", "jay"]
_MOST = 2_000  # articles
_BEGIN = datetime(2015, 1, 1)  # noqa: DTZ001  # Whoosh knows no zones


@dataclass(frozen=True)
class Corpus:
    """Documents as ``add_document`` takes them; some are deleted after they were added.

    ``articles`` are what they were made from, where they are of the product's schema.
    """

    name: str
    schema: Schema
    documents: tuple[Mapping[str, Any], ...]
    deleted: frozenset[int] = frozenset()
    articles: tuple[Article, ...] = ()

    def spans(self, parts: int) -> list[range]:
        """Return the documents of each of ``parts`` segments, none of them empty."""
        size = len(self.documents)
        ends = [size * i // parts for i in range(parts + 1)]
        return [range(a, b) for a, b in pairwise(ends) if a < b]


def small(random: Random, size: int) -> Corpus:
    """Return documents of a few words, most of which most documents have."""
    return generic(random, size, SMALL, most=12, deleted=0.2)


def zipf(random: Random, size: int) -> Corpus:
    """Return documents of words of which few are common and most rare."""
    words = [
        f"{random.choice('abcdefg')}{random.choice('lmnop')}{n:x}" for n in range(5_000)
    ]
    return generic(random, size, words, most=150, deleted=0.1, zipf=True)


def long(random: Random, size: int) -> Corpus:
    """Return documents longer than 65,535 words; some occur hundreds of times."""
    documents = []
    for number in range(size):
        count = (300, 70_000, 3_000, 140_000)[number % 4]
        words = random.choices(SMALL, [1000, 300, 50, 9, 8, 7, 6, 5, 4, 3, 2], k=count)
        words += [f"end{number % 4}", "finis"]
        documents.append({"id": str(number), "text": " ".join(words)})
    return Corpus("long", GENERIC, tuple(documents), frozenset({0}))


def uneven(random: Random, size: int) -> Corpus:
    """Return documents whose lengths differ from tenth to tenth, most words common.

    So do averages between segments; in some, one document in 50 has a word so often
    that its posting cannot say it, and few others there have that word.
    """
    means = [*random.choices((2, 8, 40), k=6), *[150] * 4]
    random.shuffle(means)
    words = SMALL * 2 + [f"{word}s" for word in SMALL]
    weights = [1 / (n + 1) for n in range(len(words))]
    documents = []
    for number in range(size):
        mean = means[number * 10 // size]
        count = 1 + int(random.expovariate(1 / mean))
        found = random.choices(words, weights, k=count)
        if mean < 100 and random.random() < 0.02:
            often = random.choice((254, 255, 256, 400, 5_000))
            found += [random.choice(words[-4:])] * often
        documents.append(_document(random, number, " ".join(found), found[0]))
    gone = frozenset(n for n in range(size) if random.random() < 0.1)
    return Corpus("uneven", GENERIC, tuple(documents), gone)


def generic(
    random: Random,
    size: int,
    words: list[str],
    *,
    most: int,
    deleted: float,
    zipf: bool = False,
) -> Corpus:
    """Return ``size`` documents of up to ``most`` words; a share of them is deleted."""
    weights = [1 / (n + 1) for n in range(len(words))] if zipf else [1.0] * len(words)
    totals = list(accumulate(weights))

    def some(limit: int) -> str:
        count = random.randint(0, limit)
        return " ".join(random.choices(words, cum_weights=totals, k=count))

    documents = [
        _document(random, number, some(most), some(5)) for number in range(size)
    ]
    gone = frozenset(n for n in range(size) if random.random() < deleted)
    return Corpus("zipf" if zipf else "small", GENERIC, tuple(documents), gone)


def _document(random: Random, number: int, text: str, title: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"d{number}",
        "text": text,
        "title": title,
        "tags": " ".join(random.choices(SMALL[:5], k=random.randint(0, 3))),
        "kind": random.choice(SMALL[:4]),
        "day": random.randint(-20, 20),
        "size": random.randint(0, 100),
        "rate": random.choice((-1.5, 0.0, 0.25, 3.0)),
        "made": _BEGIN + timedelta(hours=random.randint(0, 100)),
        "good": random.random() < 0.5,
    }
    return {name: value for name, value in found.items() if random.random() < 0.9}


def newspaper(random: Random, size: int) -> Corpus:
    """Return articles of the product's schema, of a few words."""
    articles = tuple(_article(random, number) for number in range(size))
    return of_articles("newspaper", articles, random, deleted=0.2)


def bundled(random: Random) -> Corpus:
    """Return the articles of the bundled sample."""
    return of_articles("sample", _sample(), random, deleted=0.15)


def saved(random: Random, root: Path) -> Corpus:
    """Return the articles of pages saved below ``root``, at most 2,000."""
    return of_articles(root.name, _read(root, _MOST), random, deleted=0.1)


def of_articles(
    name: str, articles: Iterable[Article], random: Random, deleted: float
) -> Corpus:
    """Return articles as documents of the product's schema."""
    every = tuple(articles)
    gone = frozenset(n for n in range(len(every)) if random.random() < deleted)
    return Corpus(name, SCHEMA, tuple(map(fields_of, every)), gone, every)


def _article(random: Random, number: int) -> Article:
    def some(most: int) -> str:
        return " ".join(random.choices(SMALL, k=random.randint(0, most)))

    def maybe(value: Any) -> Any:
        return value if random.random() < 0.7 else None

    outlet = random.choice(("hill", "bay", "bay post"))
    day = _BEGIN + timedelta(days=random.randint(0, 60))
    places = random.sample(_PLACES, random.randint(0, 2))
    return Article(
        id=f"{number:016x}",
        title=maybe(some(5)),
        text=some(15),
        source=maybe(Source(outlet, outlet.title(), "row")),
        published=maybe(Published(day.date().isoformat(), "row")),
        authors=tuple(random.sample(("Ann Ex", "Bo Wye"), random.randint(0, 2))),
        lang=maybe(random.choice(("en", "de"))),
        places=tuple(places),
        removed=(Removed(some(4), "menu"),) if random.random() < 0.5 else (),
    )


_PLACES = (
    Place("x:n", "Nordland", ("x:n",), as_written=("Nordland",)),
    Place("x:b", "Bodø", ("x:n", "x:b"), as_written=("Bodø",)),
    Place("x:v", "Viken", ("x:v",), as_written=("Viken",)),
)


def _sample() -> tuple[Article, ...]:
    return _read(Path(sample.__file__).parent / "pages", _MOST)


@cache
def _read(root: Path, most: int) -> tuple[Article, ...]:
    """Return the articles below a folder, at most so many."""
    pages = (
        raw for found in walk(root) if isinstance(found, Found) for raw in _raw(found)
    )
    articles: dict[str, Article] = {}
    for page in pages:
        with suppress(BadPage):
            article = locate(describe(page, clean(page)))
            articles[article.id] = article
        if len(articles) >= most:
            break
    return tuple(articles.values())


def _raw(found: Found) -> Iterator[RawPage]:
    with suppress(BadPage):
        yield from (raw for raw in read(found, "pages") if isinstance(raw, RawPage))

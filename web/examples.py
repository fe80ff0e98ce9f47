"""Queries that show the language on this collection: each of them finds something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from search.address import url
from search.engine import Searcher
from search.fields import FACETS
from search.model import Bucket, Hit, Query
from web.wording import language

_SEEN = 100  # headlines that words are taken from, and pages that removed parts are
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONG = 5  # letters of a word that is worth an example
_DULL = frozenset(
    {
        *("about", "after", "again", "against", "before", "being", "could", "every"),
        *("first", "other", "should", "since", "still", "their", "there", "these"),
        *("those", "through", "under", "until", "where", "which", "while", "would"),
    }
)


@dataclass(frozen=True, slots=True)
class Example:
    """Query text, what it finds in words, and how many hits it has here."""

    text: str
    finds: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class Section:
    """Examples that belong together."""

    title: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Material:
    """What examples are made of: words of headlines and values of facets."""

    hits: Sequence[Hit]
    buckets: Mapping[str, Sequence[Bucket]]
    removed: str | None

    def known(self, facet: str) -> list[Bucket]:
        """Return the values of ``facet``, the one for unknown left out."""
        unknown = FACETS[facet].unknown
        return [b for b in self.buckets.get(facet, ()) if b.value != unknown]


def sections(
    searcher: Searcher, buckets: Mapping[str, Sequence[Bucket]]
) -> tuple[Section, ...]:
    """Return the language by example, made of what the collection holds.

    ``buckets`` are its facets'. An example without hits is left out, and so is a
    section without examples.
    """
    material = _material(searcher, buckets)
    wanted = {
        "Words and phrases": _words(material),
        "Where, who and when": _fields(material),
        "Pages of other kinds, and what was removed": _kinds(material),
    }
    found = (
        Section(title, tuple(_found(searcher, [*pairs])))
        for title, pairs in wanted.items()
    )
    return tuple(section for section in found if section.examples)


def _material(searcher: Searcher, buckets: Mapping[str, Sequence[Bucket]]) -> _Material:
    hits = searcher.search(Query(per_page=_SEEN, snippets=0)).hits
    removed = None
    for hit in [hit for hit in hits if hit.removed_blocks][:3]:
        blocks = searcher.get(hit.id).removed
        words = [w for block in blocks for w in _plain(block.text)]
        removed = removed or next(iter(words), None)
    return _Material(hits, buckets, removed)


def _found(searcher: Searcher, wanted: Sequence[tuple[str, str]]) -> Iterator[Example]:
    queries = [Query(text=text) for text, _ in wanted]
    totals = searcher.totals(queries)
    for (text, finds), query, total in zip(wanted, queries, totals, strict=True):
        # None where the time they share was too short.
        brief = replace(query, per_page=1, snippets=0)
        known = searcher.search(brief).total if total is None else total
        if known:
            yield Example(text, finds, url("/search", query), known)


def _words(material: _Material) -> Iterator[tuple[str, str]]:
    titles = [hit.title for hit in material.hits if hit.title]
    counts = Counter(word for title in titles for word in {*_plain(title)})
    together = {(a, b) for t in titles for a, b in pairwise(_plain(t)) if a != b}
    if not together:
        return
    first, second = max(together, key=lambda p: (counts[p[0]] + counts[p[1]], p))
    commonest = [word for word, _ in counts.most_common(12)]
    third = next((w for w in commonest if w not in (first, second)), second)
    yield f"{first} {second}", "articles with both words, in any of their forms"
    yield f"{first} OR {third}", "with one of them, or both; capitals matter here"
    yield f"{first} -{third}", "with the first and without the second"
    yield f"({second} OR {third}) {first}", "brackets keep things together"
    phrase = next((p for p in map(_phrase, titles) if p), None)
    if phrase:
        yield f'"{phrase}"', "the words in a row"
    yield f'"{first} {second}"~5', "in this order, at most five words apart"
    yield f"{first[:4]}*", "words that begin so; three letters at least"
    yield f"{first[:-2]}{first[-1]}~", "words one letter away; ~2 for two"
    yield f'"={first.capitalize()}"', "this form only: no other ending or spelling"


def _fields(material: _Material) -> Iterator[tuple[str, str]]:
    places = material.known("place")
    towns = [b for b in places if b.level] or places
    for hit in material.hits:
        if hit.title and _plain(hit.title):
            yield f"title:{_plain(hit.title)[0]}", "in headlines; body: works alike"
            break
    for name, finds in (
        ("source", "articles of one outlet, by its name or domain"),
        ("agency", "copy of one news agency, where the page says so"),
        ("author", "one reporter’s work"),
    ):
        field = "byline" if name == "author" else name
        for bucket in material.known(name)[:1]:
            yield f"{field}:{_quoted(bucket.label)}", finds
    for bucket in towns[:1]:
        said = f"place:{_quoted(bucket.label)}"
        yield said, "a place in every spelling, and what lies in it"
    opening = [p.label for hit in material.hits for p in hit.places if p.dateline]
    for label in opening[:1]:
        said = f"dateline:{_quoted(label)}"
        yield said, "reported from there, by the place the text opens with"
    languages = [b for b in material.known("lang") if b.value != language(b.value)]
    for bucket in languages[1:2] or languages[:1]:
        yield f"lang:{bucket.value}", f"articles in {language(bucket.value)}"
    yield "source:unknown", "pages that do not say whose they are"
    dated = [hit.published for hit in material.hits if hit.published]
    if dated:
        month = dated[0].first
        start = month - timedelta(60)
        yield f"date:{month:%Y-%m}", "a month; days and years work alike"
        yield f"date:{start}..{month}", "from one day to another, both included"
        yield f"after:{start}", "from that day on; before: is up to one"


def _kinds(material: _Material) -> Iterator[tuple[str, str]]:
    for bucket in material.buckets.get("kind", ()):
        if bucket.value != "article":
            yield f"kind:{bucket.value}", _KINDS[bucket.value]
    if material.removed:
        said = f"in:chrome {material.removed}"
        yield said, "in menus, adverts and rails, which no other search looks at"


_KINDS = {
    "listing": "section and front pages",
    "error": "pages that say that something went wrong",
    "wall": "consent, login and bot pages",
}


def _plain(text: str) -> list[str]:
    """Return the words of ``text`` that are long enough to be about something."""
    words = [word.lower() for word in _WORD.findall(text)]
    return [w for w in words if len(w) >= _LONG and w.isascii() and w not in _DULL]


def _phrase(title: str) -> str | None:
    """Return two long words that stand side by side in ``title``."""
    pairs = pairwise(_WORD.findall(title))
    fit = (f"{a} {b}".lower() for a, b in pairs if _plain(a) and _plain(b))
    return next(fit, None)


def _quoted(label: str) -> str:
    said = label.replace('"', " ")
    return f'"{said}"' if re.search(r"\W", said) else said

"""Where in an article a query's tree matched: what to highlight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from whoosh.query import AndNot, Not, Phrase, Term
from whoosh.query import Query as Tree

from search.language.analyzers import EXACT, GAP, WORDS
from search.language.spotting import Spotter
from search.model import Article, Marks, Place
from search.spans import Key, Span, phrase, ranges, standing

# The parts of an article a field's words come from.
TITLE, BODY, BYLINE, CHROME = "title", "body", "byline", "chrome"
_PARTS = {
    "text": (TITLE, BODY),
    "exact": (TITLE, BODY),
    "title": (TITLE,),
    "body": (BODY,),
    "byline": (BYLINE,),
    "chrome": (CHROME,),
}

_BETWEEN = f"\n{GAP}\n"  # title and text: no phrase crosses it

# A place, and what asked for it.
_Named = tuple[Place, Key]
# The words of a phrase and its slop.
_Phrase = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Found:
    """What matched in ``article``: title, text, ``byline_of`` it, each removed block.

    Spans are in order, and may overlap. ``removed`` is empty where chrome was not
    asked for.
    """

    article: Article
    title: tuple[Span, ...]
    body: tuple[Span, ...]
    byline: tuple[Span, ...]
    removed: tuple[tuple[Span, ...], ...]

    @property
    def marks(self) -> Marks:
        """Return the union of the spans, cut where paragraphs end."""
        return Marks(
            ranges(self.title),
            ranges(self.body, self.article.text),
            tuple(ranges(spans) for spans in self.removed),
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words, phrases and places a tree asks for; what it denies is left out.

    ``terms`` maps a field to its words, ``phrases`` to its phrases with their slop.
    """

    terms: Mapping[str, frozenset[str]]
    phrases: Mapping[str, frozenset[_Phrase]]
    _asked: Mapping[str, Sequence[_Asked]]  # of a part

    @classmethod
    def of(cls, tree: Tree) -> Wanted:
        """Return what ``tree`` asks for; prefixes and the like are expanded already."""
        terms: dict[str, set[str]] = {}
        phrases: dict[str, set[_Phrase]] = {}
        for leaf in _leaves(tree):
            if isinstance(leaf, Term):
                terms.setdefault(leaf.fieldname, set()).add(_text(leaf.text))
            elif isinstance(leaf, Phrase):
                words = tuple(_text(word) for word in leaf.words)
                phrases.setdefault(leaf.fieldname, set()).add((words, int(leaf.slop)))
        return cls(
            {name: frozenset(found) for name, found in terms.items()},
            {name: frozenset(found) for name, found in phrases.items()},
            _by_part(terms, phrases),
        )

    def find(self, text: str, part: str) -> list[Span]:
        """Return what matches in ``text``, which is of this part; in order.

        Spans may overlap. A phrase of adjacent words is one span.
        """
        found: list[Span] = []
        if text:
            for asked in self._asked.get(part, ()):
                found += asked.find(text)
            found.sort()
        return found

    def found_in(self, article: Article) -> Found:
        """Return what matches in ``article``; analyses it, so once a hit will do."""
        chrome = article.removed if self.asks_for_chrome else ()
        places = list(self._places(article))
        title, body = self._title_and_body(article.title or "", article.text)
        return Found(
            article,
            title=tuple(_with_names(title, article.title or "", places)),
            body=tuple(_with_places(body, len(article.text), places)),
            byline=tuple(self.find(byline_of(article), BYLINE)),
            removed=tuple(tuple(self.find(block.text, CHROME)) for block in chrome),
        )

    def _title_and_body(self, title: str, text: str) -> tuple[list[Span], list[Span]]:
        """Return what matches in each; in one pass where the same is asked of both."""
        if not title or self._asked.get(TITLE) != self._asked.get(BODY):
            return self.find(title, TITLE), self.find(text, BODY)
        found = self.find(title + _BETWEEN + text, BODY)
        at = bisect_left(found, (len(title),))
        skip = len(title) + len(_BETWEEN)
        return found[:at], [Span(a - skip, b - skip, key) for a, b, key in found[at:]]

    @property
    def asks_for_chrome(self) -> bool:
        """Return whether removed blocks are searched."""
        return CHROME in self._asked

    def _places(self, article: Article) -> Iterator[_Named]:
        """Yield the places asked for, each with the key of the term that did."""
        inside = self.terms.get("place", frozenset())
        itself = self.terms.get("named", frozenset())
        opening = self.terms.get("dateline", frozenset())
        if not inside and not itself and not opening:
            return
        for place in article.places:
            if asked := inside.intersection(place.path):
                yield place, ("place", (min(asked),))
            elif place.id in itself:
                yield place, ("named", (place.id,))
            elif place.dateline and (asked := opening.intersection(place.path)):
                yield place, ("dateline", (min(asked),))


def _with_names(found: list[Span], title: str, places: Sequence[_Named]) -> list[Span]:
    """Return ``found`` with where the ``places`` are named in a title, in order."""
    for place, key in places:
        for written in place.as_written:
            found += [Span(*span, key) for span in standing(written, title)]
    return sorted(found) if places else found


def _with_places(found: list[Span], size: int, places: Sequence[_Named]) -> list[Span]:
    """Return ``found`` with where the ``places`` stand in a text, in order."""
    for place, key in places:
        # A row may bring places whose spans are of another text.
        spans = (span for span in place.spans if 0 <= span[0] < span[1] <= size)
        found += [Span(start, end, key) for start, end in spans]
    return sorted(found) if places else found


class _Asked:
    """What is asked of one field, made ready to be looked for in many texts."""

    def __init__(self, name: str, terms: Set[str], phrases: Set[_Phrase]) -> None:
        self._name = name
        self._keys: dict[str, Key] = {word: (name, (word,)) for word in terms}
        self._phrases = phrases
        words = {*terms, *(word for words, _ in phrases for word in words)}
        apart = max((max(slop, 1) for _, slop in phrases), default=0)
        self._spotter = Spotter(EXACT if name == "exact" else WORDS, words, apart)

    def find(self, text: str) -> list[Span]:
        """Return what matches in ``text``, phrases after words."""
        tokens = self._spotter.spot(text)
        found = [
            Span(token.start, token.end, self._keys[token.text])
            for token in tokens
            if token.text in self._keys
        ]
        for words, slop in self._phrases:
            found += phrase(self._name, words, slop, tokens)
        return found


def _by_part(
    terms: Mapping[str, Set[str]], phrases: Mapping[str, Set[_Phrase]]
) -> dict[str, list[_Asked]]:
    """Return what is asked of each part of an article."""
    parts: dict[str, list[_Asked]] = {}
    for name in terms.keys() | phrases.keys():
        if name in _PARTS:
            asked = _Asked(name, terms.get(name, set()), phrases.get(name, set()))
            for part in _PARTS[name]:
                parts.setdefault(part, []).append(asked)
    return parts


def byline_of(article: Article) -> str:
    """Return the authors as one text."""
    return "; ".join(article.authors)


def _leaves(tree: Tree) -> Iterator[Any]:
    if isinstance(tree, Not):
        return
    children = [tree.a] if isinstance(tree, AndNot) else list(tree.children())
    if children:
        for child in children:
            yield from _leaves(child)
    else:
        yield tree


def _text(term: str | bytes) -> str:
    return term.decode("utf-8") if isinstance(term, bytes) else term

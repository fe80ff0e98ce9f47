"""Where in an article a query's tree matched: what to highlight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from whoosh.query import AndNot, Not, Phrase, Term
from whoosh.query import Query as Tree

from search.language.analyzers import EXACT, WORDS, Occurrence
from search.language.spotting import spot
from search.model import Article, Marks, Place

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
_PLACES = ("place", "named")
_WORDS = {False: WORDS, True: EXACT}


# A field and the words of it.
Key = tuple[str, tuple[str, ...]]


class Span(NamedTuple):
    """A matched piece of a text; ``key`` names the field and the words it matched."""

    start: int
    end: int
    key: Key


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
    phrases: Mapping[str, frozenset[tuple[tuple[str, ...], int]]]

    @classmethod
    def of(cls, tree: Tree) -> Wanted:
        """Return what ``tree`` asks for; prefixes and the like are expanded already."""
        terms: dict[str, set[str]] = {}
        phrases: dict[str, set[tuple[tuple[str, ...], int]]] = {}
        for leaf in _leaves(tree):
            if isinstance(leaf, Term):
                terms.setdefault(leaf.fieldname, set()).add(_text(leaf.text))
            elif isinstance(leaf, Phrase):
                words = tuple(_text(word) for word in leaf.words)
                phrases.setdefault(leaf.fieldname, set()).add((words, int(leaf.slop)))
        return cls(
            {name: frozenset(found) for name, found in terms.items()},
            {name: frozenset(found) for name, found in phrases.items()},
        )

    def find(self, text: str, part: str) -> list[Span]:
        """Return what matches in ``text``, which is of this part; in order.

        Spans may overlap. A phrase of adjacent words is one span.
        """
        found: list[Span] = []
        for exact in (False, True):
            names = [n for n in self._fields if (n == "exact") is exact]
            names = [n for n in names if part in _PARTS.get(n, ())]
            if names and text:
                asked = frozenset(word for n in names for word in self._words(n))
                tokens = spot(_WORDS[exact], text, asked, self._apart)
                for name in names:
                    found += self._matched(name, tokens)
        return sorted(found)

    def found_in(self, article: Article) -> Found:
        """Return what matches in ``article``; analyses it, so once a hit will do."""
        chrome = article.removed if self.asks_for_chrome else ()
        return Found(
            article,
            title=tuple(self._title(article)),
            body=tuple(self._body(article)),
            byline=tuple(self.find(byline_of(article), BYLINE)),
            removed=tuple(tuple(self.find(block.text, CHROME)) for block in chrome),
        )

    def _title(self, article: Article) -> list[Span]:
        title = article.title or ""
        found = self.find(title, TITLE)
        for place, key in self._places(article):
            for written in place.as_written:
                whole = re.compile(rf"(?<!\w){re.escape(written)}(?!\w)")
                found += [Span(*m.span(), key) for m in whole.finditer(title)]
        return sorted(found)

    def _body(self, article: Article) -> list[Span]:
        found = self.find(article.text, BODY)
        size = len(article.text)
        for place, key in self._places(article):
            # A row may bring places whose spans are of another text.
            spans = (span for span in place.spans if 0 <= span[0] < span[1] <= size)
            found += [Span(start, end, key) for start, end in spans]
        return sorted(found)

    @property
    def asks_for_chrome(self) -> bool:
        """Return whether removed blocks are searched."""
        return "chrome" in self._fields

    @property
    def _apart(self) -> int:
        """Return how many positions apart two words of a phrase may be."""
        phrases = [phrase for found in self.phrases.values() for phrase in found]
        return max((max(slop, 1) for _, slop in phrases), default=0)

    @property
    def _fields(self) -> set[str]:
        return {*self.terms, *self.phrases}

    def _words(self, name: str) -> Iterator[str]:
        yield from self.terms.get(name, ())
        for phrase, _ in self.phrases.get(name, ()):
            yield from phrase

    def _matched(self, name: str, tokens: list[Occurrence]) -> Iterator[Span]:
        words = self.terms.get(name, frozenset())
        for token in tokens:
            if token.text in words:
                yield Span(token.start, token.end, (name, (token.text,)))
        for phrase, slop in self.phrases.get(name, ()):
            yield from _phrase(name, phrase, slop, tokens)

    def _places(self, article: Article) -> Iterator[tuple[Place, Key]]:
        """Yield the places asked for, each with the key of the term that did."""
        inside = self.terms.get("place", frozenset())
        itself = self.terms.get("named", frozenset())
        for place in article.places:
            if asked := inside.intersection(place.path):
                yield place, ("place", (min(asked),))
            elif place.id in itself:
                yield place, ("named", (place.id,))


def byline_of(article: Article) -> str:
    """Return the authors as one text."""
    return "; ".join(article.authors)


def ranges(spans: Iterable[Span], text: str = "") -> tuple[tuple[int, int], ...]:
    """Return the union of ``spans``, cut where a paragraph of ``text`` ends."""
    found: list[tuple[int, int]] = []
    for start, end, _ in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(piece for span in found for piece in _cut(span, text))


def continued(
    ends: Sequence[int], positions: Sequence[int], slop: int
) -> Iterator[tuple[int, int]]:
    """Yield which of ``positions`` comes near enough after which of ``ends``, nearest.

    Both are in order, so the time is linear however often a phrase repeats a word.

    >>> list(continued([1, 5, 6], [2, 9, 99], slop=4))
    [(0, 0), (1, 2)]
    """
    nearest = -1
    for i, position in enumerate(positions):
        while nearest + 1 < len(ends) and ends[nearest + 1] < position:
            nearest += 1
        if nearest >= 0 and position - ends[nearest] <= slop:
            yield i, nearest


def _phrase(
    name: str, words: tuple[str, ...], slop: int, tokens: list[Occurrence]
) -> Iterator[Span]:
    """Yield where ``words`` stand in this order, each at most ``slop`` after the last.

    Adjacent words are one span; words with others between them are one span each.
    """
    at: dict[str, list[Occurrence]] = {word: [] for word in words}
    for token in tokens:
        if token.text in at:
            at[token.text].append(token)
    ends: list[_Link] = [(token, None) for token in at[words[0]]] if words else []
    for word in words[1:]:
        before = [token.position for token, _ in ends]
        after = [token.position for token in at[word]]
        ends = [(at[word][i], ends[j]) for i, j in continued(before, after, slop)]
    key = (name, words)
    for end in ends:
        chain = _chain(end)
        if chain[0].position - chain[-1].position == len(words) - 1:
            yield Span(chain[-1].start, chain[0].end, key)
        else:
            yield from (Span(token.start, token.end, key) for token in chain)


# A word of a phrase, and the word of the phrase before it.
_Link = tuple[Occurrence, Any]


def _chain(end: _Link) -> list[Occurrence]:
    """Return the tokens of one occurrence of a phrase, last first."""
    chain = []
    link: _Link | None = end
    while link is not None:
        token, link = link
        chain.append(token)
    return chain


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


def _cut(span: tuple[int, int], text: str) -> Iterator[tuple[int, int]]:
    start, end = span
    while (gap := text.find("\n\n", start, end)) >= 0:
        if gap > start:
            yield start, gap
        start = gap + 2
    if start < end:
        yield start, end

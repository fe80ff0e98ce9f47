"""The pieces of an article that show best what a query found there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from search.matching import BODY, BYLINE, CHROME, Found, Key, Span, byline_of, ranges
from search.model import Snippet
from search.sentences import Paragraph, one_by_one

MAX_CHARACTERS = 260  # of all snippets of a hit, ellipses included
_LEAD = 200  # characters of a first sentence that stands in for a title
_CONTEXT = 40  # characters before a match where a piece cannot begin its sentence
_WINDOWS = 64  # matches of one sentence that are looked at, however long it is
_PAIR = 0.5  # of the rarer word's weight, for two words asked for side by side
_ELLIPSIS = "…"

# A field and a term to its inverse document frequency.
Rarity = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class _Passage:
    """One sentence with what matched in it; offsets are into ``text``."""

    field: str
    text: str
    start: int
    end: int
    spans: tuple[Span, ...]

    @property
    def paragraph(self) -> int | None:
        """Return which paragraph of a body it is in, from 1."""
        return (
            self.text.count("\n\n", 0, self.start) + 1 if self.field == BODY else None
        )


def lead(text: str) -> str:
    """Return the first sentence of ``text``, cut at a word where it is long."""
    for start, end in one_by_one(text[: 4 * _LEAD]):
        piece = " ".join(text[start:end].split())
        if len(piece) <= _LEAD:
            return piece
        return piece[: _back(piece, _LEAD - 1)].rstrip() + _ELLIPSIS
    return ""


def snippets(found: Found, number: int, rarity: Rarity) -> tuple[Snippet, ...]:
    """Return at most ``number`` pieces, in document order, 260 characters in all.

    Each is the sentence that shows most of what was asked for and not shown yet, by
    inverse document frequency. Where nothing matched, the beginning of the text.
    ``rarity`` is asked often, and best remembers what it answered.
    """
    if number < 1:
        return ()
    text = found.article.text
    passages = list(_passages(found))
    chosen = _choose(passages, min(number, 3), rarity)
    if not chosen:
        spans = islice(one_by_one(text[: 4 * MAX_CHARACTERS]), 1)
        chosen = [_Passage(BODY, text, *span, ()) for span in spans]
    widths = _widths([p.end - p.start for p in chosen])
    return tuple(_snippet(p, w, rarity) for p, w in zip(chosen, widths, strict=True))


def _passages(found: Found) -> Iterator[_Passage]:
    """Yield the sentences in which something matched, in document order."""
    article = found.article
    yield from _of(article.text, BODY, found.body)
    yield from _of(byline_of(article), BYLINE, found.byline)
    for block, spans in zip(article.removed, found.removed, strict=False):
        yield from _of(block.text, CHROME, spans)


def _of(text: str, field: str, spans: Sequence[Span]) -> Iterator[_Passage]:
    held: dict[tuple[int, int], list[Span]] = {}
    paragraph: Paragraph | None = None
    stop = 0
    for span in spans:
        if paragraph is None or span.start >= paragraph.end:
            paragraph = Paragraph(text, span.start)
        if span.start >= stop:
            place = paragraph.around(span.start)
            stop = place[1]
        held.setdefault(place, []).append(
            span if span.end <= stop else span._replace(end=stop)
        )
    for (start, stop), inside in held.items():
        yield _Passage(field, text, start, stop, tuple(inside))


def _choose(passages: list[_Passage], number: int, rarity: Rarity) -> list[_Passage]:
    """Return the passages to show: greedily, by the weight of what is new in them."""
    chosen: list[int] = []
    shown: set[Key] = set()
    contents = [_content(passage.spans) for passage in passages]
    while len(chosen) < number:
        gains = {one: _gain(one, shown, rarity) for one in dict.fromkeys(contents)}
        best = max(gains, key=gains.__getitem__, default=None)
        if best is None or gains[best] <= 0:
            break
        chosen.append(contents.index(best))
        shown |= best.keys
    return [passages[i] for i in sorted(chosen)]


class _Content(NamedTuple):
    """What matched in a passage, and which two things side by side."""

    keys: frozenset[Key]
    pairs: frozenset[tuple[Key, Key]]


def _content(spans: Sequence[Span]) -> _Content:
    beside = (
        (a.key, b.key)
        for a, b in pairwise(spans)
        if 0 <= b.start - a.end <= 2 and a.key != b.key
    )
    return _Content(frozenset(span.key for span in spans), frozenset(beside))


def _gain(content: _Content, shown: Set[Key], rarity: Rarity) -> float:
    """Return the weight of what is not ``shown`` yet."""
    weights = {key: _weight(key, rarity) for key in content.keys - shown}
    beside = sum(
        min(weights[a], weights[b])
        for a, b in content.pairs
        if a in weights and b in weights
    )
    return sum(weights.values()) + _PAIR * beside


def _weight(key: Key, rarity: Rarity) -> float:
    """Return the weight of a term; of a phrase, the sum of its words'."""
    field, words = key
    return sum(max(rarity(field, word), 0.01) for word in words)


def _widths(lengths: list[int]) -> list[int]:
    """Return how many characters each piece may have, the short ones as they are."""
    left, widths = MAX_CHARACTERS, [0] * len(lengths)
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    for done, i in enumerate(order):
        widths[i] = min(lengths[i], left // (len(order) - done))
        left -= widths[i]
    return widths


def _snippet(passage: _Passage, width: int, rarity: Rarity) -> Snippet:
    """Return the passage, or the piece of it that fits and shows most."""
    start, end = passage.start, passage.end
    before = after = ""
    if end - start > width:
        start, end = _window(passage, width, rarity)
        before = _ELLIPSIS if start > passage.start else ""
        after = _ELLIPSIS if end < passage.end else ""
    shift = len(before) - start
    inside = ranges(s for s in passage.spans if s.start >= start and s.end <= end)
    return Snippet(
        passage.field,
        before + passage.text[start:end] + after,
        tuple((a + shift, b + shift) for a, b in inside),
        passage.paragraph,
    )


def _window(passage: _Passage, width: int, rarity: Rarity) -> tuple[int, int]:
    """Return the piece of a long passage with the greatest gain, the first of equals.

    It begins with the sentence if that costs nothing, else a little before a match.
    """
    text = passage.text
    candidates = [passage.start]
    spans = passage.spans[:_WINDOWS]
    for span in spans:
        candidates.append(
            _forward(text, max(span.start - _CONTEXT, passage.start), span.start)
        )
        candidates.append(span.start)
    best, best_gain = (passage.start, passage.start), -1.0
    most = _gain(_content(spans), frozenset(), rarity)
    for start in candidates:
        if best_gain >= most:
            break
        room = width - 1 - (start > passage.start)
        end = passage.end
        if end - start > room:
            end = max(_back(text, start + room, start), start)
        inside = [s for s in spans if s.start >= start and s.end <= end]
        gain = _gain(_content(inside), frozenset(), rarity)
        if gain > best_gain:
            best, best_gain = (start, end), gain
    return best


def _back(text: str, at: int, start: int = 0) -> int:
    """Return the last place up to ``at`` where no word is broken, else ``at``."""
    if at >= len(text):
        return len(text)
    for i in range(at, start, -1):
        if text[i].isspace():
            return start + len(text[start:i].rstrip())
    for i in range(at, start, -1):
        if not (text[i - 1].isalnum() and text[i].isalnum()):
            return i
    return at


def _forward(text: str, at: int, stop: int) -> int:
    """Return the first beginning of a word from ``at`` on, ``stop`` at the latest."""
    for i in range(at, stop):
        if not text[i].isspace() and (i == 0 or text[i - 1].isspace()):
            return i
    return stop

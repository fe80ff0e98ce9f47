"""The pieces of an article that show best what a query found there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, islice, pairwise, repeat
from typing import NamedTuple

from search.matching import BODY, BYLINE, CHROME, Found, byline_of
from search.model import Snippet
from search.sentences import Paragraph, sentences
from search.spans import Key, Span, ranges

MAX_CHARACTERS = 260  # of all snippets of a hit, ellipses included
_LEAD = 200  # characters of a first sentence that stands in for a title
_CONTEXT = 40  # characters before a match where a piece cannot begin its sentence
_WINDOWS = 64  # matches of one sentence that are looked at, however long it is
_PAIR = 0.5  # of the rarer word's weight, for two words asked for side by side
_ELLIPSIS = "…"

# A field and a term to its inverse document frequency.
Rarity = Callable[[str, str], float]


class Weights(dict[Key, float]):
    """The weight of a term by its key; of a phrase, the sum of its words'.

    Worked out when first asked for: one of these serves all hits of an answer.
    """

    def __init__(self, rarity: Rarity) -> None:
        super().__init__()
        self._rarity = rarity

    def __missing__(self, key: Key) -> float:
        field, words = key
        weight = sum(max(self._rarity(field, word), 0.01) for word in words)
        self[key] = weight
        return weight


class _Passage(NamedTuple):
    """One sentence with what matched in it; offsets are into ``text``.

    Until it is chosen to be shown, it begins with the first match; ``within`` finds
    where the sentence does.
    """

    field: str
    text: str
    start: int
    end: int
    spans: Sequence[Span]
    within: Paragraph | None = None

    @property
    def paragraph(self) -> int | None:
        """Return which paragraph of a body it is in, from 1."""
        return (
            self.text.count("\n\n", 0, self.start) + 1 if self.field == BODY else None
        )


def lead(text: str) -> str:
    """Return the first sentence of ``text``, cut at a word where it is long."""
    for start, end in sentences(text[: 4 * _LEAD]):
        piece = " ".join(text[start:end].split())
        if len(piece) <= _LEAD:
            return piece
        return piece[: _back(piece, _LEAD - 1)].rstrip() + _ELLIPSIS
    return ""


def snippets(found: Found, number: int, weights: Weights) -> tuple[Snippet, ...]:
    """Return at most ``number`` pieces, in document order, 260 characters in all.

    Each is the sentence that shows most of what was asked for and not shown yet, by
    inverse document frequency. Where nothing matched, the beginning of the text.
    """
    if number < 1:
        return ()
    text = found.article.text
    chosen = _choose(_told(found), min(number, 3), weights)
    if not chosen:
        spans = islice(sentences(text[: 4 * MAX_CHARACTERS]), 1)
        chosen = [_Passage(BODY, text, *span, ()) for span in spans]
    widths = _widths([p.end - p.start for p in chosen])
    return tuple(map(_snippet, chosen, widths, repeat(weights)))


def _told(found: Found) -> Iterable[_Passage]:
    """Return the sentences that may be shown, in document order.

    Where the same matched everywhere, the first shows all that there is to show.
    """
    spans = chain(found.body, found.byline, *found.removed)
    alike = len({span.key for span in spans}) == 1
    return islice(_passages(found), 1) if alike else _passages(found)


def _passages(found: Found) -> Iterator[_Passage]:
    """Yield the sentences in which something matched, in document order."""
    article = found.article
    yield from _of(article.text, BODY, found.body)
    if found.byline:
        yield from _of(byline_of(article), BYLINE, found.byline)
    for block, spans in zip(article.removed, found.removed, strict=False):
        yield from _of(block.text, CHROME, spans)


def _of(text: str, field: str, spans: Sequence[Span]) -> Iterator[_Passage]:
    passage: _Passage | None = None
    inside: list[Span] = []
    within: Paragraph | None = None
    end = 0
    for span in spans:
        if span.start >= end:
            if within is None or span.start >= within.end:
                within = Paragraph(text, span.start)
            stop = within.stop(span.start)
            if passage is None or stop > end:
                if passage is not None:
                    yield passage
                inside, end = [], stop
                passage = _Passage(field, text, span.start, stop, inside, within)
        inside.append(span if span.end <= end else span._replace(end=end))
    if passage is not None:
        yield passage


def _whole(passage: _Passage) -> _Passage:
    """Return the passage from the beginning of its sentence on."""
    field, text, start, end, spans, within = passage
    start = within.begin(start) if within else start
    return _Passage(field, text, start, end, spans)


def _choose(
    candidates: Iterable[_Passage], number: int, weights: Weights
) -> list[_Passage]:
    """Return the passages to show: greedily, by the weight of what is new in them."""
    # Of passages with the same in them only the first is ever shown.
    left: dict[_Content, int] = {}
    passages = list(candidates)
    for i, passage in enumerate(passages):
        left.setdefault(_content(passage.spans), i)
    chosen: list[int] = []
    shown: frozenset[Key] = frozenset()
    while left and len(chosen) < number:
        best = _best(left, shown, weights)
        chosen.append(left[best])
        shown |= best.keys
        left = {one: i for one, i in left.items() if not one.keys <= shown}
    return [_whole(passages[i]) for i in sorted(chosen)]


def _best(
    contents: Mapping[_Content, int], shown: Set[Key], weights: Weights
) -> _Content:
    if len(contents) == 1:
        return next(iter(contents))
    return max(contents, key=lambda one: _gain(one, shown, weights))


class _Content(NamedTuple):
    """What matched in a passage, and which two things side by side."""

    keys: frozenset[Key]
    pairs: frozenset[tuple[Key, Key]]


def _content(spans: Sequence[Span]) -> _Content:
    keys = frozenset([span.key for span in spans])
    if len(keys) < 2:
        return _Content(keys, frozenset())
    beside = [
        (a.key, b.key)
        for a, b in pairwise(spans)
        if 0 <= b.start - a.end <= 2 and a.key != b.key
    ]
    return _Content(keys, frozenset(beside))


def _gain(content: _Content, shown: Set[Key], weights: Weights) -> float:
    """Return the weight of what is not ``shown`` yet."""
    new = content.keys - shown
    gain = sum([weights[key] for key in new])
    if content.pairs:
        pairs = [(a, b) for a, b in content.pairs if a in new and b in new]
        gain += _PAIR * sum([min(weights[a], weights[b]) for a, b in pairs])
    return gain


def _widths(lengths: list[int]) -> list[int]:
    """Return how many characters each piece may have, the short ones as they are."""
    if sum(lengths) <= MAX_CHARACTERS:
        return lengths
    left, widths = MAX_CHARACTERS, [0] * len(lengths)
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    for done, i in enumerate(order):
        widths[i] = min(lengths[i], left // (len(order) - done))
        left -= widths[i]
    return widths


def _snippet(passage: _Passage, width: int, weights: Weights) -> Snippet:
    """Return the passage, or the piece of it that fits and shows most."""
    start, end = passage.start, passage.end
    before = after = ""
    if end - start > width:
        start, end = _window(passage, width, weights)
        before = _ELLIPSIS if start > passage.start else ""
        after = _ELLIPSIS if end < passage.end else ""
    shift = len(before) - start
    inside = ranges([s for s in passage.spans if s.start >= start and s.end <= end])
    return Snippet(
        passage.field,
        before + passage.text[start:end] + after,
        tuple([(a + shift, b + shift) for a, b in inside]),
        passage.paragraph,
    )


def _window(passage: _Passage, width: int, weights: Weights) -> tuple[int, int]:
    """Return the first piece of a long passage that has the greatest gain."""
    spans = passage.spans[:_WINDOWS]
    best, best_gain = (passage.start, passage.start), -1.0
    most: float | None = None
    for start in _beginnings(passage, spans):
        end = start + width - 1 - (start > passage.start)
        if end < passage.end:
            end = max(_back(passage.text, end, start), start)
        else:
            end = passage.end
        inside = [s for s in spans if s.start >= start and s.end <= end]
        if len(inside) == len(spans):
            return start, end
        if most is None:
            most = _gain(_content(spans), frozenset(), weights)
        gain = _gain(_content(inside), frozenset(), weights) if inside else 0.0
        if gain > best_gain:
            best, best_gain = (start, end), gain
        if best_gain >= most:
            break
    return best


def _beginnings(passage: _Passage, spans: Sequence[Span]) -> Iterator[int]:
    """Yield where a piece may begin: with the sentence, if that costs nothing.

    Else a little before a match.
    """
    yield passage.start
    for span in spans:
        context = max(span.start - _CONTEXT, passage.start)
        yield _forward(passage.text, context, span.start)
        yield span.start


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

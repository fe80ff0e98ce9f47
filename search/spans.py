"""Matched pieces of a text: where phrases and names stand, and what is covered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from search.language.analyzers import Occurrence

# A field and the words of it.
Key = tuple[str, tuple[str, ...]]
# A word of a phrase, and the word of the phrase before it.
_Link = tuple[Occurrence, Any]


class Span(NamedTuple):
    """A matched piece of a text; ``key`` names the field and the words it matched."""

    start: int
    end: int
    key: Key


def ranges(spans: Iterable[Span], text: str = "") -> tuple[tuple[int, int], ...]:
    """Return the union of ``spans``, cut where a paragraph of ``text`` ends."""
    found: list[tuple[int, int]] = []
    begun, stop = 0, -1
    for start, end, _ in spans:
        if start < stop:
            stop = max(end, stop)
            found[-1] = (begun, stop)
        elif start < end:
            begun, stop = start, end
            found.append((start, end))
    if not text:
        return tuple(found)
    return tuple(piece for span in found for piece in _cut(span, text))


def phrase(
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
        ends = [(at[word][i], ends[j]) for i, j in _continued(before, after, slop)]
    key = (name, words)
    for end in ends:
        chain = _chain(end)
        if chain[0].position - chain[-1].position == len(words) - 1:
            yield Span(chain[-1].start, chain[0].end, key)
        else:
            yield from (Span(token.start, token.end, key) for token in chain)


def standing(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where ``name`` stands in ``text`` and is no part of a longer word."""
    at = text.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        whole = not _is_word(text[at - 1 : at]) and not _is_word(text[end : end + 1])
        if whole:
            yield at, end
        at = text.find(name, end if whole else at + 1)


def _cut(span: tuple[int, int], text: str) -> Sequence[tuple[int, int]]:
    start, end = span
    if text.find("\n\n", start, end) < 0:
        return (span,)
    pieces = []
    while (gap := text.find("\n\n", start, end)) >= 0:
        if gap > start:
            pieces.append((start, gap))
        start = gap + 2
    if start < end:
        pieces.append((start, end))
    return pieces


def _continued(
    ends: Sequence[int], positions: Sequence[int], slop: int
) -> Iterator[tuple[int, int]]:
    """Yield which of ``positions`` comes near enough after which of ``ends``, nearest.

    Both are in order, so the time is linear however often a phrase repeats a word.

    >>> list(_continued([1, 5, 6], [2, 9, 99], slop=4))
    [(0, 0), (1, 2)]
    """
    nearest = -1
    for i, position in enumerate(positions):
        while nearest + 1 < len(ends) and ends[nearest + 1] < position:
            nearest += 1
        if nearest >= 0 and position - ends[nearest] <= slop:
            yield i, nearest


def _chain(end: _Link) -> list[Occurrence]:
    """Return the tokens of one occurrence of a phrase, last first."""
    chain = []
    link: _Link | None = end
    while link is not None:
        token, link = link
        chain.append(token)
    return chain


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"

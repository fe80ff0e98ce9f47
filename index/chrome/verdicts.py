"""An article without what the collection knows to be chrome, and with it again.

Both ways lead from one article to another, and no page is parsed: an article holds
every block of its page in order. Its places are those its page alone gave, less those
that only a removed block named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from types import MappingProxyType

from index.chrome.digests import digest
from index.chrome.traits import GUESSES
from index.mending.mend import as_found
from search.model import Article, Place, Removed, Repair

RULE = "recurring"

Again = Callable[[Article], Article]
"""Mends an article's words, and finds its places."""

_NOTHING: Mapping[int, str] = MappingProxyType({})


def without(article: Article, digests: AbstractSet[int]) -> Article:
    """Return ``article`` without the paragraphs of these digests."""
    doomed = [digest(text) in digests for text in article.paragraphs]
    if not any(doomed):
        return article
    written = as_found(article).paragraphs
    kept, removed = 0, []
    rest = deque(article.removed)
    for number, dead in enumerate(doomed):
        removed += [replace(block, after=kept) for block in _until(rest, number)]
        if dead:
            removed.append(Removed(written[number], RULE, kept))
        kept += not dead
    removed += [replace(block, after=kept) for block in rest]
    alive = [
        text for text, dead in zip(article.paragraphs, doomed, strict=True) if not dead
    ]
    return replace(
        article,
        text="\n\n".join(alive),
        removed=tuple(removed),
        places=_places(article, doomed),
        repairs=_repairs(article, doomed),
    )


def as_alone(
    article: Article, again: Again, restored: Mapping[int, str] = _NOTHING
) -> Article:
    """Return ``article`` as its page alone gave it.

    ``restored`` are the digests that :func:`with_back` put back, with their rules.
    """
    if not restored and all(block.rule != RULE for block in article.removed):
        return article
    article = as_found(article)
    blocks = [
        (text, None if rule == RULE else rule or restored.get(digest(text)) or None)
        for text, rule in _blocks(article)
    ]
    return again(_made(article, blocks))


def with_back(article: Article, digests: AbstractSet[int], again: Again) -> Article:
    """Return ``article`` with what its page removed by guess of these digests."""
    rules = guessed(article, digests)
    if not rules:
        return article
    article = as_found(article)
    blocks = [
        (text, None if rule in GUESSES and digest(text) in rules else rule)
        for text, rule in _blocks(article)
    ]
    return again(_made(article, blocks))


def guessed(article: Article, digests: AbstractSet[int]) -> dict[int, str]:
    """Return which of ``digests`` ``article`` has removed by guess, and by which rule.

    Not what its page has twice: which of them came back could not be told.
    """
    if not digests:
        return {}
    blocks = [(digest(text), rule) for text, rule in _blocks(as_found(article))]
    times = Counter(number for number, _ in blocks)
    return {
        number: rule
        for number, rule in blocks
        if number in digests and rule in GUESSES and times[number] == 1
    }


def _blocks(article: Article) -> list[tuple[str, str | None]]:
    """Return the blocks of the page in order, with the rules that removed them."""
    paragraphs = article.paragraphs
    found: list[tuple[str, str | None]] = []
    done = 0
    for block in article.removed:
        found += [(text, None) for text in paragraphs[done : block.after]]
        done = max(done, block.after)
        found.append((block.text, block.rule))
    return [*found, *((text, None) for text in paragraphs[done:])]


def _made(article: Article, blocks: Sequence[tuple[str, str | None]]) -> Article:
    """Return ``article`` made of ``blocks``."""
    text: list[str] = []
    removed: list[Removed] = []
    for said, rule in blocks:
        if rule is None:
            text.append(said)
        else:
            removed.append(Removed(said, rule, len(text)))
    return replace(article, text="\n\n".join(text), removed=tuple(removed))


def _until(rest: deque[Removed], paragraph: int) -> list[Removed]:
    """Take from ``rest`` the blocks that stand before a paragraph, from 0."""
    found: list[Removed] = []
    while rest and rest[0].after <= paragraph:
        found.append(rest.popleft())
    return found


def _moves(
    article: Article, doomed: Sequence[bool]
) -> tuple[list[int], list[int | None]]:
    """Return where paragraphs start, and how far each moves to the left; None: goes."""
    starts: list[int] = []
    shifts: list[int | None] = []
    start = gone = 0
    for text, dead in zip(article.paragraphs, doomed, strict=True):
        starts.append(start)
        shifts.append(None if dead else gone)
        start += len(text) + 2
        gone += len(text) + 2 if dead else 0
    return starts, shifts


def _repairs(article: Article, doomed: Sequence[bool]) -> tuple[Repair, ...]:
    """Return the repairs of the title and of the paragraphs that stay."""
    starts, shifts = _moves(article, doomed)
    left = []
    for repair in article.repairs:
        shift = shifts[bisect_right(starts, repair.start) - 1]
        if repair.field == "title":
            left.append(repair)
        elif shift is not None:
            first, end = repair.start - shift, repair.end - shift
            left.append(replace(repair, start=first, end=end))
    return tuple(left)


def _places(article: Article, doomed: Sequence[bool]) -> tuple[Place, ...]:
    """Return the places of the title and of the paragraphs that stay."""
    starts, shifts = _moves(article, doomed)
    found = (_place(article, place, starts, shifts) for place in article.places)
    return tuple(place for place in found if place is not None)


def _place(
    article: Article,
    place: Place,
    starts: Sequence[int],
    shifts: Sequence[int | None],
) -> Place | None:
    """Return ``place`` with its spans moved; None where nothing names it any more."""
    spans = []
    written = {name for name in place.as_written if name in (article.title or "")}
    for first, end in place.spans:
        shift = shifts[bisect_right(starts, first) - 1]
        if shift is not None:
            spans.append((first - shift, end - shift))
            written.add(article.text[first:end])
    if place.spans and not written:
        return None
    names = tuple(name for name in place.as_written if name in written)
    return replace(place, spans=tuple(spans), as_written=names or place.as_written)

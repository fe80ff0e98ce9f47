"""An article without what the collection knows to be chrome, and with it again.

Both ways lead from one article to another, and no page is parsed: an article holds
every block of its page in order. Its places are those its page alone gave, less those
that only a removed block named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from index.chrome.digests import digest
from search.model import Article, Place, Removed

RULE = "recurring"


def without(article: Article, digests: AbstractSet[int]) -> Article:
    """Return ``article`` without the paragraphs of these digests."""
    doomed = [digest(text) in digests for text in article.paragraphs]
    if not any(doomed):
        return article
    kept, removed = 0, []
    rest = deque(article.removed)
    for number, (text, dead) in enumerate(zip(article.paragraphs, doomed, strict=True)):
        removed += [replace(block, after=kept) for block in _until(rest, number)]
        if dead:
            removed.append(Removed(text, RULE, kept))
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
    )


def as_alone(article: Article, locate: Callable[[Article], Article]) -> Article:
    """Return ``article`` as its page alone gave it; ``locate`` finds its places."""
    if all(block.rule != RULE for block in article.removed):
        return article
    paragraphs = list(article.paragraphs)
    text: list[str] = []
    removed: list[Removed] = []
    done = 0
    for block in article.removed:
        text += paragraphs[done : block.after]
        done = block.after
        if block.rule == RULE:
            text.append(block.text)
        else:
            removed.append(replace(block, after=len(text)))
    text += paragraphs[done:]
    whole = replace(article, text="\n\n".join(text), removed=tuple(removed))
    return locate(whole)


def _until(rest: deque[Removed], paragraph: int) -> list[Removed]:
    """Take from ``rest`` the blocks that stand before a paragraph, from 0."""
    found: list[Removed] = []
    while rest and rest[0].after <= paragraph:
        found.append(rest.popleft())
    return found


def _places(article: Article, doomed: list[bool]) -> tuple[Place, ...]:
    """Return the places of the title and of the paragraphs that stay."""
    starts, shifts = [], []
    start = gone = 0
    for text, dead in zip(article.paragraphs, doomed, strict=True):
        starts.append(start)
        shifts.append(None if dead else gone)
        start += len(text) + 2
        gone += len(text) + 2 if dead else 0
    found = (_place(article, place, starts, shifts) for place in article.places)
    return tuple(place for place in found if place is not None)


def _place(
    article: Article,
    place: Place,
    starts: Sequence[int],
    shifts: Sequence[int | None],
) -> Place | None:
    """Return ``place`` with its spans moved; None where nothing names it any more.

    ``shifts`` are how far each paragraph, which ``starts`` there, moves to the left,
    None where it goes.
    """
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

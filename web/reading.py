"""An article as it is read: numbered paragraphs, its matches, what was removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from search.model import Article, Marks
from web.marking import marked


@dataclass(frozen=True, slots=True)
class Block:
    """A removed block, its matches marked, and the rule that took it out.

    ``after`` is how many paragraphs stand before it.
    """

    content: Markup
    rule: str
    after: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, counted from 1, and the blocks removed before it.

    ``up`` and ``down`` are the numbers of the nearest matches outside it, set where
    it has a match itself.
    """

    number: int
    content: Markup
    removed: tuple[Block, ...]
    matches: int = 0
    up: int | None = None
    down: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's headline and paragraphs, ``matches`` marked in the text.

    ``tail`` are the blocks removed after the last paragraph.
    """

    title: Markup
    paragraphs: tuple[Paragraph, ...]
    tail: tuple[Block, ...]
    matches: int


def reading(article: Article, heading: str, marks: Marks) -> Reading:
    """Return ``article`` for reading under ``heading``."""
    blocks = tuple(_blocks(article, marks))
    paragraphs = tuple(_paragraphs(article, marks, blocks))
    return Reading(
        title=marked(heading, marks.title if article.title else ()),
        paragraphs=paragraphs,
        tail=tuple(b for b in blocks if b.after >= len(paragraphs)),
        matches=sum(paragraph.matches for paragraph in paragraphs),
    )


def _blocks(article: Article, marks: Marks) -> Iterator[Block]:
    ranges_of = marks.removed or ((),) * len(article.removed)
    for block, ranges in zip(article.removed, ranges_of, strict=True):
        yield Block(marked(block.text, ranges), block.rule, block.after)


def _paragraphs(
    article: Article, marks: Marks, blocks: tuple[Block, ...]
) -> Iterator[Paragraph]:
    start, counted = 0, 0
    for number, text in enumerate(article.paragraphs, 1):
        end = start + len(text)
        ours = [(a - start, b - start) for a, b in marks.text if start <= a < b <= end]
        last = counted + len(ours)
        yield Paragraph(
            number=number,
            content=marked(text, ours, first=counted + 1),
            removed=tuple(b for b in blocks if b.after == number - 1),
            matches=len(ours),
            up=counted if ours and counted else None,
            down=last + 1 if ours and last < len(marks.text) else None,
        )
        start, counted = end + 2, last

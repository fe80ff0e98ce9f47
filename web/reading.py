"""An article as it is read: numbered paragraphs, its matches, what was removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from search.model import Article, Marks, Removed
from web import rules
from web.marking import marked

_NAMED = 3  # kinds of blocks that a folded cut names


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks in a row that one rule removed, their matches marked.

    ``said`` is the rule in words.
    """

    rule: str
    said: str
    blocks: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """What was removed in one place; ``has_match`` says something was found there."""

    groups: tuple[Group, ...]
    has_match: bool = False

    @property
    def count(self) -> int:
        """Return how many blocks it has."""
        return sum(len(group.blocks) for group in self.groups)

    @property
    def kinds(self) -> str:
        """Return what they are, the first few kinds by name."""
        named = tuple(dict.fromkeys(group.said for group in self.groups))
        return ", ".join(named[:_NAMED]) + (", …" if len(named) > _NAMED else "")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, counted from 1, and what was removed before it.

    ``first`` is the number of its first match, None where it has none. ``up`` and
    ``down`` are the numbers of the nearest matches outside it, set where it has one
    itself.
    """

    number: int
    text: str
    content: Markup
    cut: Cut | None
    matches: int = 0
    first: int | None = None
    up: int | None = None
    down: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's headline and paragraphs, ``matches`` marked in the text.

    ``in_title`` counts those in the headline, ``tail`` is what was removed after the
    last paragraph.
    """

    title: Markup
    in_title: int
    paragraphs: tuple[Paragraph, ...]
    tail: Cut | None
    matches: int

    @property
    def found_in(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs that have a match."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.matches)


def reading(article: Article, heading: str, marks: Marks) -> Reading:
    """Return ``article`` for reading under ``heading``."""
    cuts = dict(_cuts(article, marks))
    paragraphs = tuple(_paragraphs(article, marks, cuts))
    in_title = marks.title if article.title else ()
    return Reading(
        title=marked(heading, in_title),
        in_title=len(in_title),
        paragraphs=paragraphs,
        tail=cuts.get(len(paragraphs)),
        matches=sum(paragraph.matches for paragraph in paragraphs),
    )


def _cuts(article: Article, marks: Marks) -> Iterator[tuple[int, Cut]]:
    """Yield what was removed in each place, and how many paragraphs stand before."""
    last = len(article.paragraphs)
    ranges_of = marks.removed or ((),) * len(article.removed)
    blocks = sorted(
        zip(article.removed, ranges_of, strict=True),
        key=lambda pair: min(pair[0].after, last),
    )
    for place, here in groupby(blocks, lambda pair: min(pair[0].after, last)):
        found = tuple(here)
        groups = groupby(found, lambda pair: pair[0].rule)
        yield (
            place,
            Cut(
                tuple(_group(rule, tuple(pairs)) for rule, pairs in groups),
                has_match=any(ranges for _, ranges in found),
            ),
        )


def _group(
    rule: str, pairs: tuple[tuple[Removed, tuple[tuple[int, int], ...]], ...]
) -> Group:
    blocks = tuple(marked(block.text, ranges) for block, ranges in pairs)
    return Group(rule, rules.said(rule), blocks)


def _paragraphs(
    article: Article, marks: Marks, cuts: dict[int, Cut]
) -> Iterator[Paragraph]:
    start, counted = 0, 0
    for number, text in enumerate(article.paragraphs, 1):
        end = start + len(text)
        ours = [(a - start, b - start) for a, b in marks.text if start <= a < b <= end]
        last = counted + len(ours)
        yield Paragraph(
            number=number,
            text=text,
            content=marked(text, ours, first=counted + 1),
            cut=cuts.get(number - 1),
            matches=len(ours),
            first=counted + 1 if ours else None,
            up=counted if ours and counted else None,
            down=last + 1 if ours and last < len(marks.text) else None,
        )
        start, counted = end + 2, last

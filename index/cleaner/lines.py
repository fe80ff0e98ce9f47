"""A text dump, chrome lines and all: each line is judged by its words and neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from index.cleaner import wording, wrapping
from index.cleaner.repair import tidy, unescape
from index.page import Block, CleanPage, Head, RawPage
from search.errors import BadPage
from search.model import Kind


@dataclass(slots=True)
class Line:
    """A line, or a re-joined paragraph; ``rule`` is None while it is kept."""

    text: str
    rule: str | None = None


def clean(raw: RawPage) -> CleanPage:
    """Return the article of a plain-text dump.

    Raises:
        BadPage: there is no text.
    """
    texts = [tidy(unescape(line)) for line in _lines(raw.content)]
    made = [Line(text) for text in texts if text]
    if not made:
        raise BadPage("no text")
    judge(made)
    title = _take_title(made)
    blocks = tuple(
        Block(line.text, line.rule is None, line.rule or "body") for line in made
    )
    return CleanPage(kind=Kind.ARTICLE, title=title, blocks=blocks, head=Head())


def judge(lines: list[Line]) -> None:
    """Set each line's rule."""
    for line in lines:
        line.rule = wording.rule_of(line.text)


def _lines(content: str) -> list[str]:
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return wrapping.paragraphs(lines)


def _take_title(lines: list[Line]) -> str | None:
    """Return the first line if it reads like a headline, and take it off the body."""
    for line in lines[:3]:
        if line.rule is None:
            if (
                10 < len(line.text) < 160
                and not wording.is_sentence(line.text)
                and len(lines) > 1
            ):
                line.rule = "headline"
                return line.text
            return None
    return None

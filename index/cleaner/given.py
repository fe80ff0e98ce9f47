"""Text that is an article already: paragraphs as they were given."""

from __future__ import annotations

import re

from index.cleaner import wrapping
from index.cleaner.repair import tidy, unescape
from index.page import Block, CleanPage, RawPage
from search.errors import BadPage
from search.model import Kind

_BLANK = re.compile(r"\n[ \t\r\f\v]{0,200}\n")


def clean(raw: RawPage) -> CleanPage:
    """Return the article with nothing removed; only the display is mended.

    Raises:
        BadPage: there is no text.
    """
    blocks = tuple(
        Block(text, kept=True, rule="given")
        for text in (tidy(unescape(part)) for part in _paragraphs(raw.content))
        if text
    )
    if not blocks:
        raise BadPage("no text")
    title = next((given.title for given in raw.given if given.title), None)
    return CleanPage(kind=Kind.ARTICLE, title=title, blocks=blocks)


def _paragraphs(content: str) -> list[str]:
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if wrapping.is_wrapped(lines):
        return wrapping.paragraphs(lines)
    if any(not line.strip() for line in lines[1:-1]):
        return _BLANK.split("\n".join(lines))
    return lines

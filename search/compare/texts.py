"""What of an article is compared: its first words, in paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from search.compare.runs import Paragraph
from search.compare.words import words
from search.copies.shingles import Shingled, shingled
from search.model import Article

MOST_WORDS = 10_000  # of a text that are compared; four such take a second
MOST_CHARACTERS = 100_000  # of it; a long word has ten
_LEAST = 10  # words that a paragraph counts as: its row costs as much to show


@dataclass(frozen=True)
class Text:
    """The paragraphs of an article that hold words, as far as they are compared.

    ``whole`` is False where that is not all: after 10,000 words, a paragraph counted
    as ten at the least, or 100,000 characters, it is cut, after a word if one ends
    there. ``headline`` is None where there is none, and cut there too.
    """

    article: Article
    headline: Paragraph | None
    paragraphs: tuple[Paragraph, ...]
    whole: bool

    @cached_property
    def said(self) -> str:
        """Return what is compared as one text."""
        if self.whole:
            return self.article.text
        return "\n\n".join(some.text for some in self.paragraphs)

    @cached_property
    def shingled(self) -> Shingled:
        """Return the shingles of all of the article's text."""
        return shingled(self.article.text)


def compared_of(article: Article) -> Text:
    """Return what of ``article`` is compared; costs its first 10,000 words."""
    found: list[Paragraph] = []
    left, size = MOST_WORDS, MOST_CHARACTERS
    headline = None
    if article.title and article.title.strip():
        headline = _paragraph(0, article.title, left, size)
    for number, text in enumerate(article.paragraphs, 1):
        if not text.strip():
            continue
        if left <= 0 or size <= 0:
            return Text(article, headline, tuple(found), whole=False)
        some = _paragraph(number, text, left, size)
        left -= max(_LEAST, len(some.words))
        size -= len(text)
        if some.words:
            found.append(some)
        if some.text != text:
            return Text(article, headline, tuple(found), whole=False)
    return Text(article, headline, tuple(found), whole=True)


def _paragraph(number: int, text: str, most: int, size: int) -> Paragraph:
    """Return ``text``, or what of it ends with the last of ``most`` words.

    Of more than ``size`` characters, those are taken, and the last word as far as it
    goes if it is the only one.
    """
    found = words(text[:size], most + 1)
    if len(found) <= most and len(text) <= size:
        return Paragraph(number, text, tuple(found))
    kept = found[: max(1, min(most, len(found) - 1))]
    return Paragraph(number, text[: kept[-1].end] if kept else "", tuple(kept))

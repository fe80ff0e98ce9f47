"""An article with its words put right, and a note of how each stood on the page.

The text that is shown and searched is the mended one; with the notes the page's own is
had back, letter for letter. See docs/decisions/018-mended-words.md.
"""

from __future__ import annotations

from dataclasses import replace

from ftfy import fix_encoding

from index.mending.apostrophes import restored
from search.model import Article, Repair


def mended(article: Article) -> Article:
    """Return ``article`` without mojibake and lost apostrophes; linear in its size.

    One that has notes of repairs already stays as it is.
    """
    if article.repairs or not article.text:
        return article
    before = article.paragraphs
    after = tuple(map(encoding_fixed, before))
    if article.lang == "en":
        after = restored(after)
    title = encoding_fixed(article.title) if article.title else article.title
    if after == before and title == article.title:
        return article
    repairs: list[Repair] = []
    if title != article.title:
        repairs.append(_noted("title", article.title or "", title or "", 0))
    start = 0
    for old, new in zip(before, after, strict=True):
        if old != new:
            repairs.append(_noted("text", old, new, start))
        start += len(new) + 2
    return replace(
        article, title=title, text="\n\n".join(after), repairs=tuple(repairs)
    )


def as_found(article: Article) -> Article:
    """Return ``article`` as its words stood on the page; its places are not moved."""
    title, text = article.title or "", article.text
    for repair in reversed(article.repairs):
        if repair.field == "title":
            title = title[: repair.start] + repair.was + title[repair.end :]
        else:
            text = text[: repair.start] + repair.was + text[repair.end :]
    title_ = title if article.title is not None else None
    return replace(article, title=title_, text=text, repairs=())


def encoding_fixed(text: str) -> str:
    """Return ``text`` as it was before it was read in the wrong encoding.

    >>> encoding_fixed("The mayorâ€™s cafÃ©")
    'The mayor’s café'
    """
    return text if text.isascii() else " ".join(fix_encoding(text).split()) or text


def _noted(field: str, old: str, new: str, start: int) -> Repair:
    """Return a note of where ``new``, which begins at ``start``, is not ``old``."""
    first, most = 0, min(len(old), len(new))
    while first < most and old[first] == new[first]:
        first += 1
    last = 0
    while last < most - first and old[-1 - last] == new[-1 - last]:
        last += 1
    was = old[first : len(old) - last]
    return Repair(field, start + first, start + len(new) - last, was)

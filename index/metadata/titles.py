"""The headline of an article, and where the page has it."""

from __future__ import annotations

from collections.abc import Iterator

from index.cleaner import headlines
from index.cleaner.title import holds, same_words
from index.metadata.source import slug
from index.page import CleanPage, Form, Head, RawPage
from search.model import Said, Source


def title_of(raw: RawPage, page: CleanPage, source: Source | None) -> Said | None:
    """Return the headline, or None where all there is names the outlet.

    Its method is how it was given, else the part of the page that has it.
    """
    names = {slug(source.label), source.value} if source else set()
    given = [Said(said.title, said.method) for said in raw.given if said.title]
    own = page.title
    if own and own not in [each.value for each in given]:
        given.insert(0, Said(own, _part_of(own, raw, page.head)))
    return next((each for each in given if slug(each.value) not in names), None)


def _part_of(title: str, raw: RawPage, head: Head) -> str:
    """Return the first part of the page that is ``title``, else that has it."""
    if raw.form is not Form.HTML:
        return "text"
    parts = list(_parts(head))
    for fits in (same_words, holds):
        for name, method in parts:
            if fits(name, title):
                return method
    return "heading"


def _parts(head: Head) -> Iterator[tuple[str, str]]:
    said = (
        (head.h1, "h1"),
        (headlines.linked(head), "jsonld"),
        *((name, "meta") for name in headlines.meta(head)),
        (head.title, "title"),
    )
    yield from ((name, method) for name, method in said if name)

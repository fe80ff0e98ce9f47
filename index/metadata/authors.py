"""Who wrote an article, as its page says in its markup and in its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from index.metadata import signatures, story
from index.metadata.agency import value_of
from index.metadata.names import is_person, is_somebody, names_in
from index.page import CleanPage, Head, RawPage
from search.folding import fold

_META = (
    *("author", "article:author", "byl", "parsely-author", "sailthru.author"),
    *("dc.creator", "dcterms.creator", "cxenseparse:author", "article:author_name"),
    *("citation_author", "byline", "rnews:author", "authors", "dc.contributor"),
)
_BYLINES = 4  # elements; the first may be a button or a section


def authors_of(signed: Iterable[str]) -> tuple[str, ...]:
    """Return the authors among those who signed: an agency is none of them.

    >>> authors_of(("Ada Roe", "Reuters"))
    ('Ada Roe',)
    """
    return tuple(name for name in signed if value_of(name) is None)


def signed_by(
    raw: RawPage, page: CleanPage, things: Sequence[Mapping[str, Any]] | None = None
) -> tuple[str, ...]:
    """Return the names that the article is signed with, in the page's order.

    JSON-LD is asked first (``things`` are its objects, the likeliest first), then meta
    elements, the byline element, a line that begins with By, what was said of the page
    from outside, and a name alone below the headline. A desk, an agency or an outlet
    is returned only where no person is named.
    """
    fallback: tuple[str, ...] = ()
    outlets = _outlets(page.head)
    houses = {fold(outlet).removeprefix("the ") for outlet in outlets}
    things = story.told(page.head, page.title) if things is None else things
    for written in _sayings(raw, page, things):
        names = list(
            dict.fromkeys(n for text in written for n in names_in(text, outlets))
        )
        people = tuple(
            name
            for name in names
            if is_person(name) and fold(name).removeprefix("the ") not in houses
        )
        if people:
            return people
        fallback = fallback or tuple(name for name in names if is_somebody(name))
    return fallback


def _sayings(
    raw: RawPage, page: CleanPage, things: Sequence[Mapping[str, Any]]
) -> Iterator[list[str]]:
    yield _jsonld(things)
    for key in _META:
        if value := page.head.meta.get(key):
            yield [value]
    yield from ([byline] for byline in page.head.bylines[:_BYLINES])
    yield from signatures.lines(page)
    for given in raw.given:
        if given.authors:
            yield list(given.authors)
    yield from signatures.names_alone(page)


def _jsonld(things: Sequence[Mapping[str, Any]]) -> list[str]:
    for thing in things:
        for key in ("author", "creator"):
            if names := [name for name in story.names(thing.get(key)) if name]:
                return names
    return []


def _outlets(head: Head) -> tuple[str, ...]:
    names = [head.meta.get("og:site_name")]
    for thing in head.jsonld:
        names.extend(story.names(thing.get("publisher")))
    return tuple({" ".join(name.split()) for name in names if name and len(name) > 3})

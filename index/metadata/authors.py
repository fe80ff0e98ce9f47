"""Who wrote an article, as its page says in its markup and in its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_SENTENCE = re.compile(r"[a-z]{3}\.\s")  # of a biography
_BYLINES = 4  # elements; the first may be a button or a section


@dataclass(frozen=True, slots=True)
class Signed:
    """The names that an article is signed with, and how they are known."""

    names: tuple[str, ...] = ()
    method: str | None = None


@dataclass(frozen=True, slots=True)
class _Saying:
    """What may be names; ``is_shown`` tells that the page shows it as its byline."""

    written: list[str]
    method: str
    is_shown: bool = False


def authors_of(signed: Iterable[str]) -> tuple[str, ...]:
    """Return the authors among those who signed: an agency is none of them.

    >>> authors_of(("Ada Roe", "Reuters"))
    ('Ada Roe',)
    """
    return tuple(name for name in signed if value_of(name) is None)


def signed_by(
    raw: RawPage, page: CleanPage, things: Sequence[Mapping[str, Any]] | None = None
) -> Signed:
    """Return the names that the article is signed with, in the page's order.

    JSON-LD is asked first (``things`` are its objects, the likeliest first), then meta
    elements, the byline element, a line that begins with By, what was said of the page
    from outside, a name alone beside the headline, and who is told of at the end. An
    account's name is returned only where no other is; so is a desk, an agency or an
    outlet, unless the page's byline has it as well.
    """
    fallback = login = Signed()
    outlets = _outlets(page.head)
    houses = {fold(outlet).removeprefix("the ") for outlet in outlets}
    things = story.told(page.head, page.title) if things is None else things
    for said in _sayings(raw, page, things):
        names = list(
            dict.fromkeys(n for text in said.written for n in names_in(text, outlets))
        )
        people = tuple(
            name
            for name in names
            if is_person(name) and fold(name).removeprefix("the ") not in houses
        )
        if people and not all(map(_is_login, people)):
            return Signed(people, said.method)
        if people and not login.names:
            login = Signed(people, said.method)
        somebody = tuple(name for name in names if is_somebody(name))
        if said.is_shown and somebody and somebody == fallback.names:
            break
        if somebody and not fallback.names:
            fallback = Signed(somebody, said.method)
    return login if login.names else fallback


def _is_login(name: str) -> bool:
    """Tell whether a name is one word in the case of no name, as accounts are."""
    return " " not in name and name.isascii() and not name.istitle()


def _sayings(
    raw: RawPage, page: CleanPage, things: Sequence[Mapping[str, Any]]
) -> Iterator[_Saying]:
    """Yield what may be names, the likeliest first."""
    yield _Saying(_jsonld(things), "jsonld")
    for key in _META:
        if value := page.head.meta.get(key):
            yield _Saying([value], "meta")
    for number, byline in enumerate(page.head.bylines[:_BYLINES]):
        if not _SENTENCE.search(byline):
            yield _Saying([byline], "byline", is_shown=number == 0)
    yield from (_Saying(line, "byline") for line in signatures.lines(page))
    for given in raw.given:
        if given.authors:
            yield _Saying(list(given.authors), given.method)
    yield from (_Saying(line, "signature") for line in signatures.names_alone(page))
    yield from (_Saying(line, "signature") for line in signatures.bios(page))


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

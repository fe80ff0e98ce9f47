"""Who wrote an article: names, without what bylines put around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from string import ascii_uppercase

from index.metadata.agency import value_of
from index.metadata.layout import headline, last_paragraph
from index.page import CleanPage, Head, RawPage
from search.folding import fold

_META = (
    *("author", "article:author", "byl", "parsely-author", "sailthru.author"),
    *("dc.creator", "dcterms.creator", "cxenseparse:author", "article:author_name"),
    *("citation_author", "byline", "rnews:author", "authors", "dc.contributor"),
)
_BY = re.compile(
    r"(?:story |article |text |report |reporting |written |posted |published |words )?"
    r"(?:by|von|par|por|door|di|autor(?:en|in)?|author)"
    r"(?:\s{0,3}:\s{0,3}|\s{1,9})(?=\S)",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s{0,9}(?:[,;|•·●⋅/\n]|\s(?:and|und|et|y|with|&)\s|\s[-–—]\s)\s{0,9}"
)
_JUNK = re.compile(
    r"https?://\S{0,300}|www\.\S{0,300}|\S{1,80}@\S{1,80}|@\w{1,40}|\([^()]{0,80}\)"
)
_TAIL = re.compile(
    r"\s(?:for|in|at|of|from|is|on|posted|published|updated|twitter|email"
    r"|follow)\s.{0,200}$"
    r"|\s(?:updated|published|posted)\b.{0,200}$|\s\d.{0,200}$"
    r"|\s(?:jan|febr)uary$|\s(?:march|april|may|june|july|august)$"
    r"|\s(?:septem|octo|novem|decem)ber$",
    re.IGNORECASE,
)
# Words that no person's name holds: roles, desks, and what stands around bylines.
_ROLE = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|staff|writers?|columnist|contributors?"
    r"|news|desk|bureau|team|agency|agencies|wire|press|magazine|newspaper|media|online"
    r"|digital|admin(?:istrator)?|editorial|redaktion|redaccion|redazione|associate"
    r"|senior|chief|producer|analyst|fellow|professor|director|authors?|intern"
    r"|published|updated|comments?|subscribe|newsletter|inc|ltd|llc|company|group|www|com"
    r"|anonymous|unknown|user|post|times|daily|tv|radio|photograph\w{0,4})\b"
    r"|^(?:view|read|follow|share|more|see|full|use)\b",
    re.IGNORECASE,
)
# Words that are no name when they stand alone, though they may be part of one.
_ALONE_LIST = (
    "january february march april may june july august september october november"
    " december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat"
    " sun monday tuesday wednesday thursday friday saturday sunday bio name head human"
    " guest by now even"
)
_ALONE = frozenset(_ALONE_LIST.split())
# A stamp behind the name, set in an element of its own, perhaps without a space; a
# weekday with a space is one only where a date follows: it may be a surname.
_STAMP = re.compile(
    r"(?<=\w)(?:(?=(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Published|Updated"
    r"|Posted)\b)"
    r"|\s(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s(?:\d|[A-Z][a-z]{2,8}\.?\s\d)))"
)
_LONGEST = 50  # characters of a name
_ENDINGS = ("Jr.", "Sr.", *(f"{letter}." for letter in ascii_uppercase))
# What systems write where nobody filled in the author.
_NOBODY = re.compile(
    r"^\W*$|\b(?:admin\w*|author|user|guest|unknown|anonymous|www|com|view|read|follow"
    r"|subscribe|comments?|by)\b|\d",
    re.IGNORECASE,
)


def authors_of(signed: Iterable[str]) -> tuple[str, ...]:
    """Return the authors among those who signed: an agency is none of them.

    >>> authors_of(("Ada Roe", "Reuters"))
    ('Ada Roe',)
    """
    return tuple(name for name in signed if value_of(name) is None)


def signed_by(raw: RawPage, page: CleanPage) -> tuple[str, ...]:
    """Return the names that the article is signed with, in the page's order.

    JSON-LD is asked first, then meta elements, the byline element, a line that begins
    with By, and what was said of the page from outside. A desk, an agency or an outlet
    is returned only where no person is named.
    """
    fallback: tuple[str, ...] = ()
    outlets = _outlets(page.head)
    for written in _sayings(raw, page):
        names = list(
            dict.fromkeys(n for text in written for n in _names(text, outlets))
        )
        houses = {fold(outlet).removeprefix("the ") for outlet in outlets}
        people = tuple(
            name
            for name in names
            if _is_person(name) and fold(name).removeprefix("the ") not in houses
        )
        if people:
            return people
        fallback = fallback or tuple(
            name
            for name in names
            if not _NOBODY.search(name) and name.lower() not in _ALONE
        )
    return fallback


def _sayings(raw: RawPage, page: CleanPage) -> Iterator[list[str]]:
    yield list(_jsonld(page.head))
    for key in _META:
        if value := page.head.meta.get(key):
            yield [value]
    if page.head.byline:
        yield [page.head.byline]
    yield from _lines(page)
    for given in raw.given:
        if given.authors:
            yield list(given.authors)


def _lines(page: CleanPage) -> Iterator[list[str]]:
    """Yield the lines that begin with By, down to a little below the article's text."""
    end = last_paragraph(page) + 4
    for block in page.blocks[headline(page) or 0 : end]:
        line = block.text.split("\n")[0]
        found = _BY.match(line) if len(line) < 160 else None
        name = line[found.end() :] if found else ""
        # Menus sort By Country; a person has two names. Sentences end in a stop.
        is_sentence = name.endswith((":", ".")) and not name.endswith(_ENDINGS)
        if len(name.split()) > 1 and not name[0].islower() and not is_sentence:
            yield [line]


def _outlets(head: Head) -> tuple[str, ...]:
    names = [head.meta.get("og:site_name")]
    for thing in head.jsonld:
        publisher = thing.get("publisher")
        name = publisher.get("name") if isinstance(publisher, Mapping) else None
        names.append(name if isinstance(name, str) else None)
    return tuple({" ".join(name.split()) for name in names if name and len(name) > 3})


def _jsonld(head: Head) -> Iterator[str]:
    stories = [t for t in head.jsonld if "Article" in str(t.get("@type"))]
    for thing in (*stories, *(t for t in head.jsonld if t not in stories)):
        found = list(_persons(thing.get("author"))) or list(
            _persons(thing.get("creator"))
        )
        if found:
            yield from found
            return


def _persons(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        name = value.get("name")
        yield from _persons(name if isinstance(name, str | list) else None)
    elif isinstance(value, list):
        for item in value[:20]:
            yield from _persons(item)


def _names(text: str, outlets: tuple[str, ...]) -> Iterator[str]:
    text = " ".join(_STAMP.sub(" | ", _JUNK.sub(" ", text[:400])).split())
    text = text[found.end() :] if (found := _BY.match(text)) else text
    for outlet in outlets:
        # Bylines name the outlet behind the person, often without a comma.
        at = text.lower().find(outlet.lower().removeprefix("the "))
        before = text[: max(at, 0)].removesuffix("The ").removesuffix("the ")
        text = before if before.strip() else text
    for part in _SPLIT.split(text):
        bare = _without_titles(_TAIL.sub("", part))
        name = bare.strip(" :-–—*\"'“”‘’").lstrip(".")
        if not name.endswith(_ENDINGS):
            name = name.rstrip(".")
        if name and len(name) <= _LONGEST:
            yield _cased(name)


def _without_titles(name: str) -> str:
    words = name.split()
    for end in range(len(words) - 1, 1, -1):
        if value_of(" ".join(words[end:])):
            words = words[:end]
            break
    while len(words) > 2 and (_ROLE.search(words[-1]) or words[-1] == "The"):
        words.pop()
    return " ".join(words)


def _cased(name: str) -> str:
    if not name.isupper() or len(name) < 5:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)


def _is_person(name: str) -> bool:
    words = name.split()
    return (
        1 <= len(words) <= 5
        and words[0].lower() != "the"
        and not any(c.isdigit() for c in name)
        and not _ROLE.search(fold(name))
        and value_of(name) is None
        and (name[0].isupper() or (name[0].isalpha() and not name.isascii()))
        and (len(words) > 1 or (len(name) > 2 and name.lower() not in _ALONE))
    )

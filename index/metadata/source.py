"""The outlet a page is from: its domain where that is known, and its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from index.cleaner import wording
from index.metadata.self_naming import named
from index.page import CleanPage, Head, RawPage
from index.readers.mirror import host_of, registrable
from search.folding import fold
from search.model import Source

_LONGEST = 80  # characters of a name
_SET_OFF = re.compile(r"\s[-–—|·•»:]{1,2}\s|:\s|\s?[|»]\s?")
_NOT_SLUG = re.compile(r"[^\w]+")
# Folders that sort files by kind or time, and so name nobody.
_SORTING_LIST = (
    "html htm pages page text texts txt data raw files articles article news docs"
    " documents json jsonl csv archive archives saved corpus input downloads web site"
    " sites"
)
_SORTING = frozenset(_SORTING_LIST.split())


def source_of(raw: RawPage, page: CleanPage, url: str | None) -> Source | None:
    """Return the outlet ``page`` is from, or None if nothing tells it.

    Its value is the registrable domain of the page's own address, or the one its name
    is, else a slug of that name. The name is what JSON-LD or ``og:site_name`` say, else
    what was said of the page from outside, else the domain; without an address also the
    first folder below the root, else the name the page gives itself.
    """
    host = urlsplit(url).hostname if url else None
    domain = (registrable(host) or host) if host else None
    said = next(_names(raw, page.head, domain), None)
    if domain:
        name, method = said or (domain, "url-host")
        return Source(domain, name, method)
    if said:
        return Source(_value(said[0]), *said)
    return _folder(raw) or _home(page.head) or _self(page)


def slug(name: str) -> str:
    """Return ``name`` as a value: folded, its words joined by hyphens.

    >>> slug("The Harbour Post")
    'the-harbour-post'
    """
    return _NOT_SLUG.sub("-", fold(name)).strip("-") or fold(name).strip()


def _value(name: str) -> str:
    host = host_of(name)
    return slug(name) if host is None else registrable(host) or host


def _names(raw: RawPage, head: Head, domain: str | None) -> Iterator[tuple[str, str]]:
    own = _clean(head.meta.get("og:site_name"))
    for name in _jsonld_names(head):
        # The publisher in JSON-LD is often the owner: the outlet's own name is like
        # its domain, or like what the page calls its site.
        if not (own or domain) or _alike(name, own) or _alike(name, _core(domain)):
            yield own if own and _alike(name, own) else name, "jsonld"
    if own:
        yield own, "og:site_name"
    for given in raw.given:
        if said := _clean(given.source):
            yield said, given.method
    if domain:
        yield from ((name, "jsonld") for name in _jsonld_names(head))


def _jsonld_names(head: Head) -> Iterator[str]:
    for thing in head.jsonld:
        kind = str(thing.get("@type"))
        if "Article" in kind or kind in {"BlogPosting", "Report", "WebPage"}:
            for key in ("publisher", "isPartOf", "sourceOrganization"):
                value = thing.get(key)
                for item in value if isinstance(value, list) else [value]:
                    name = item.get("name") if isinstance(item, Mapping) else None
                    if isinstance(name, str) and (cleaned := _clean(name)):
                        yield cleaned
        elif kind == "WebSite":
            name = thing.get("name")
            if isinstance(name, str) and (cleaned := _clean(name)):
                yield cleaned


def _clean(name: str | None) -> str | None:
    plain = " ".join((name or "").split()).strip("\"' ")
    is_address = plain.startswith(("http:", "https:", "@"))
    return plain if plain and len(plain) <= _LONGEST and not is_address else None


def _core(domain: str | None) -> str | None:
    return domain.partition(".")[0] if domain else None


def _alike(name: str, other: str | None) -> bool:
    """Whether one squeezed name holds the other's letters, in order, from its first."""
    ours, theirs = _squeezed(name), _squeezed(other or "")
    short, long = sorted((ours, theirs), key=len)
    if len(short) < 2 or short[0] != long[0]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _squeezed(name: str) -> str:
    return "".join(
        c for c in fold(name).removeprefix("the ") if c.isalnum()
    ).removeprefix("the")


def _folder(raw: RawPage) -> Source | None:
    file, _, _ = raw.name.partition("#")
    folder, slash, _ = file.partition("/")
    if not slash or fold(folder) in _SORTING or not any(c.isalpha() for c in folder):
        return None
    if host := host_of(folder):
        domain = registrable(host) or host
        return Source(domain, domain, "folder")
    return Source(slug(folder), folder, "folder")


def _home(head: Head) -> Source | None:
    """Return the name on the link to the front where the title element has it too."""
    name = _clean(head.home)
    if not name or wording.rule_of(name):
        return None
    first, *_, last = _SET_OFF.split(fold(head.title or "")) * 2
    return (
        Source(slug(name), name, "self-naming") if fold(name) in (first, last) else None
    )


def _self(page: CleanPage) -> Source | None:
    lines = (line for block in page.removed for line in block.text.split("\n"))
    name = named(lines)
    return Source(slug(name), name, "self-naming") if name else None

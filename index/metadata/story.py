"""Which objects of a page's JSON-LD are of its own article, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from index.cleaner.repair import tidy, unescape
from index.cleaner.title import same_words
from index.page import Head

_STORIES = ("article", "posting", "report", "review", "recipe")
# Things that pages hold beside their article, with dates and makers of their own.
_PARTS = ("video", "image", "audio", "comment", "product", "event", "person", "podcast")
_STORY, _PAGE, _OTHER, _PART = range(4)


def told(
    head: Head, title: str | None = None, url: str | None = None
) -> tuple[Mapping[str, Any], ...]:
    """Return the objects of the page's JSON-LD that may tell of its article.

    Articles come before pages, and these before the rest; of several articles, those
    with the page's own address or headline. Objects of another article, and of what
    pages hold beside one, are left out where the page's own is there.
    """
    if len(head.jsonld) < 2:
        return head.jsonld
    path = _path(url)
    ranked = [(_rank(thing), thing) for thing in head.jsonld]
    stories = [thing for rank, thing in ranked if rank == _STORY]
    own = [thing for thing in stories if _is_own(thing, title, path)]
    others = (_PAGE, _OTHER) if stories else (_PAGE, _OTHER, _PART)
    rest = [thing for wanted in others for rank, thing in ranked if rank == wanted]
    return (*(own or stories), *rest)


def names(value: object) -> Iterator[str]:
    """Yield the names of what JSON-LD gives as text, as objects or as a list of them.

    >>> list(names([{"name": "Ada Roe"}, "Ben Poe"]))
    ['Ada Roe', 'Ben Poe']
    """
    if isinstance(value, str):
        yield tidy(unescape(value[:1_000]))
    elif isinstance(value, Mapping):
        name = value.get("name")
        yield from names(name if isinstance(name, str | list) else None)
    elif isinstance(value, list):
        for item in value[:20]:
            yield from names(item)


def _rank(thing: Mapping[str, Any]) -> int:
    kind = str(thing.get("@type")).lower()
    if any(story in kind for story in _STORIES):
        return _STORY
    if "page" in kind:
        return _PAGE
    return _PART if any(part in kind for part in _PARTS) else _OTHER


def _is_own(thing: Mapping[str, Any], title: str | None, path: str) -> bool:
    headline = thing.get("headline") or thing.get("name")
    if title and isinstance(headline, str) and same_words(headline[:1_000], title):
        return True
    page = thing.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, Mapping) else page
    places = (thing.get("url"), page, thing.get("@id"))
    return bool(path) and any(_path(place) == path for place in places)


def _path(url: object) -> str:
    if not isinstance(url, str):
        return ""
    try:
        return urlsplit(url[:2_000]).path.rstrip("/")
    except ValueError:
        return ""

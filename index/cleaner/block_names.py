"""Whom a piece names: the page's authors, and its site, as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from index.cleaner.boosted import Matrix
from index.page import Head

if TYPE_CHECKING:
    from index.cleaner.block_features import Evidence

NAMES = ("author share", "author words", "site named", "site share")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "byl")
_SITES = ("og:site_name", "application-name", "twitter:site")
_NO_NAMES = "by and the of for with from staff news editor writer reporter"
_NO_NAME = frozenset(_NO_NAMES.split())
_WORD = re.compile(r"[^\W\d_]{2,}")
_FIRST = 6  # words that a byline or a life has the name in
_MOST = 4  # words of an author's name that are counted
_SHORT, _LONG = 80, 400  # characters of a name, and of a piece that are read
_BYLINES = 3
Words = Sequence[str]


def features(told: Evidence) -> Matrix:
    """Return one row of ``NAMES`` for each piece in question."""
    people = _people(told.head)
    sites = {tuple(_words(name)) for name in _sites(told.head)} - {()}
    rows = []
    for piece in told.pieces:
        own = _words(piece.text[:_LONG])
        first = own[:_FIRST]
        named = max((len(name) for name in sites if _has(own, name)), default=0)
        rows.append(
            [
                sum(word in people for word in first) / max(1, len(first)),
                min(_MOST, sum(word in people for word in own)),
                named > 0,
                named / max(1, len(own)),
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(NAMES))


def _people(head: Head) -> frozenset[str]:
    """Return the words of the names of those who wrote, as the page tells them."""
    said = [head.meta.get(name, "") for name in _AUTHORS]
    said += [name for thing in head.jsonld for name in _named(thing.get("author"))]
    said += head.bylines[:_BYLINES]
    names = [name for name in said if len(name) < _SHORT and "/" not in name]
    return frozenset(word for name in names for word in _words(name)) - _NO_NAME


def _sites(head: Head) -> Iterator[str]:
    for name in _SITES:
        yield head.meta.get(name, "")[:_SHORT]
    for thing in head.jsonld:
        for name in _named(thing.get("publisher")):
            yield name[:_SHORT]


def _named(thing: Any) -> Iterator[str]:
    for part in thing[:_MOST] if isinstance(thing, list) else [thing]:
        name = part.get("name") if isinstance(part, dict) else part
        if isinstance(name, str):
            yield name


def _has(own: Words, name: tuple[str, ...]) -> bool:
    size = len(name)
    return any(
        word == name[0] and tuple(own[at : at + size]) == name
        for at, word in enumerate(own)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())

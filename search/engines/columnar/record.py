"""An article as bytes and back: what a hit shows comes first, the rest is read lazily.

u32 length of the head, u32 length of the text, both little-endian, in bytes
head      JSON: everything but the text and the removed blocks
text      UTF-8, surrogates as they are
removed   JSON: the removed blocks as [text, rule, after]
"""

from __future__ import annotations

import json
import struct
from datetime import datetime
from typing import Any, Final

from msgspec import DecodeError, Struct, convert
from msgspec.json import Decoder

from search.engines.sealed import Damaged
from search.model import (
    Agency,
    Article,
    Kind,
    Methods,
    Place,
    Published,
    Removed,
    Repair,
    Said,
    Source,
)
from search.snippets import lead

_LENGTHS = struct.Struct("<II")
_WRITE: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":")
).encode

_LOOSE: Final = json.JSONDecoder().decode  # takes surrogates, which UTF-8 has not


class Head(Struct, frozen=True):
    """What a hit shows of an article beside its text; the defaults are not written.

    ``source``, ``agency``, ``published``, ``section``, ``publisher`` and ``methods``
    are those values' fields in order; ``lead`` is the first sentence, as it was when
    the article was written.
    """

    id: str
    title: str | None = None
    kind: Kind = Kind.ARTICLE
    url: str | None = None
    path: str | None = None
    source: tuple[str, str, str] | None = None
    agency: tuple[str, str] | None = None
    published: tuple[str, str] | None = None
    authors: tuple[str, ...] = ()
    lang: str | None = None
    places: tuple[Place, ...] = ()
    lead: str = ""
    removed_blocks: int = 0
    removed_characters: int = 0
    repairs: tuple[Repair, ...] = ()
    saved: str | None = None
    digest: str | None = None
    section: tuple[str, str] | None = None
    publisher: tuple[str, str] | None = None
    methods: tuple[str | None, str | None, str | None] = (None, None, None)


_HEAD: Final = Decoder(Head)


def pack(article: Article) -> bytes:
    """Return ``article`` as bytes that :class:`Record` understands."""
    head = _encoded(_WRITE(_head(article)))
    text = _encoded(article.text)
    removed = b""
    if article.removed:
        blocks = [[block.text, block.rule, block.after] for block in article.removed]
        removed = _encoded(_WRITE(blocks))
    return b"".join((_LENGTHS.pack(len(head), len(text)), head, text, removed))


class Record:
    """A packed article, of which only what is asked for is parsed.

    Raises:
        Damaged: the bytes are no such article; so from any part.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _LENGTHS.size:
            raise Damaged("not a stored article: too short")
        head, text = _LENGTHS.unpack_from(data)
        self._text = _LENGTHS.size + head
        self._removed = self._text + text
        if self._removed > len(data):
            raise Damaged("not a stored article: cut short")
        self._data = data
        self.head = self._head()

    @property
    def text(self) -> str:
        """Return the article's text."""
        return _decoded(self._data[self._text : self._removed])

    def article(self, *, removed: bool = True) -> Article:
        """Return the article that was packed, or it without its removed blocks."""
        try:
            return self._article(self._blocks() if removed else ())
        except (ValueError, TypeError, RecursionError) as error:
            raise Damaged(f"not a stored article: {error}") from error

    def _head(self) -> Head:
        data = self._data[_LENGTHS.size : self._text]
        try:
            try:
                return _HEAD.decode(data)
            except UnicodeDecodeError:
                return convert(_LOOSE(_decoded(data)), Head)
        except (DecodeError, ValueError, RecursionError) as error:
            raise Damaged(f"not a stored article: {error}") from error

    def _article(self, removed: tuple[Removed, ...]) -> Article:
        head = self.head
        return Article(
            id=head.id,
            text=self.text,
            title=head.title,
            kind=head.kind,
            url=head.url,
            path=head.path,
            source=Source(*head.source) if head.source else None,
            agency=Agency(*head.agency) if head.agency else None,
            published=Published(*head.published) if head.published else None,
            authors=head.authors,
            lang=head.lang,
            places=head.places,
            removed=removed,
            repairs=head.repairs,
            saved=datetime.fromisoformat(head.saved) if head.saved else None,
            digest=head.digest,
            section=Said(*head.section) if head.section else None,
            publisher=Said(*head.publisher) if head.publisher else None,
            methods=Methods(*head.methods),
        )

    def _blocks(self) -> tuple[Removed, ...]:
        data = self._data[self._removed :]
        if not data:
            return ()
        blocks = _LOOSE(_decoded(data))
        return tuple(Removed(text, rule, after) for text, rule, after in blocks)


def _head(article: Article) -> dict[str, Any]:
    """Return everything but the text and the removed blocks, where there is any."""
    source, agency, published = article.source, article.agency, article.published
    head = {
        "id": article.id,
        "title": article.title,
        "kind": None if article.kind is Kind.ARTICLE else article.kind.value,
        "url": article.url,
        "path": article.path,
        "source": source and [source.value, source.label, source.method],
        "agency": agency and [agency.value, agency.method],
        "published": published and [published.value, published.method],
        "authors": article.authors or None,
        "lang": article.lang,
        "places": [_place(place) for place in article.places] or None,
        "lead": lead(article.text) or None,  # looked for once, not with every hit
        "removed_blocks": len(article.removed) or None,
        "removed_characters": sum(len(b.text) for b in article.removed) or None,
        "repairs": [_repair(repair) for repair in article.repairs] or None,
        "saved": article.saved and article.saved.isoformat(),
        "digest": article.digest,
        "section": article.section and [article.section.value, article.section.method],
        "publisher": article.publisher
        and [article.publisher.value, article.publisher.method],
        "methods": None if article.methods == Methods() else _methods(article.methods),
    }
    return {name: value for name, value in head.items() if value is not None}


def _methods(methods: Methods) -> list[str | None]:
    return [methods.title, methods.authors, methods.lang]


def _repair(repair: Repair) -> dict[str, Any]:
    return {
        "field": repair.field,
        "start": repair.start,
        "end": repair.end,
        "was": repair.was,
    }


def _place(place: Place) -> dict[str, Any]:
    values = {
        "id": place.id,
        "label": place.label,
        "path": place.path,
        "lat": place.lat,
        "lon": place.lon,
        "as_written": place.as_written or None,
        "spans": place.spans or None,
        "dateline": place.dateline or None,
        "weight": None if place.weight == 1 else place.weight,
        "method": None if place.method == "text" else place.method,
    }
    return {name: value for name, value in values.items() if value is not None}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")

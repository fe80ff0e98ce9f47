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

from search.model import Agency, Article, Kind, Place, Published, Removed, Source
from search.snippets import lead

_LENGTHS = struct.Struct("<II")
_WRITE: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":")
).encode

_READ: Final = json.JSONDecoder().decode  # a third less time than json.loads takes


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
        ValueError: the bytes are no such article; so from any part.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _LENGTHS.size:
            raise ValueError("not a stored article: too short")
        head, text = _LENGTHS.unpack_from(data)
        self._text = _LENGTHS.size + head
        self._removed = self._text + text
        if self._removed > len(data):
            raise ValueError("not a stored article: cut short")
        self._data = data
        self.head = self._head()

    @property
    def text(self) -> str:
        """Return the article's text."""
        return _decoded(self._data[self._text : self._removed])

    @property
    def removed_blocks(self) -> int:
        """Return how many blocks were removed from the page."""
        return int(self.head.get("removed_blocks", 0))

    @property
    def removed_characters(self) -> int:
        """Return how long those blocks are together."""
        return int(self.head.get("removed_characters", 0))

    @property
    def lead(self) -> str:
        """Return the first sentence of the text, as it was when it was written."""
        return str(self.head.get("lead", ""))

    def article(self, *, removed: bool = True) -> Article:
        """Return the article that was packed, or it without its removed blocks."""
        try:
            return self._article(self._blocks() if removed else ())
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"not a stored article: {error}") from error

    def _head(self) -> dict[str, Any]:
        """Return everything but the text and the removed blocks.

        ``removed_blocks`` and ``removed_characters`` say how much was removed. What
        the article has nothing for is absent.
        """
        try:
            head = _READ(_decoded(self._data[_LENGTHS.size : self._text]))
        except ValueError as error:
            raise ValueError(f"not a stored article: {error}") from error
        if isinstance(head, dict):
            return head
        raise ValueError("not a stored article: its head is no object")

    def _article(self, removed: tuple[Removed, ...]) -> Article:
        get = self.head.get
        kind, saved = get("kind"), get("saved")
        return Article(
            id=self.head["id"],
            text=self.text,
            title=get("title"),
            kind=Kind.ARTICLE if kind is None else Kind(kind),
            url=get("url"),
            path=get("path"),
            source=_made(Source, get("source")),
            agency=_made(Agency, get("agency")),
            published=_made(Published, get("published")),
            authors=tuple(get("authors", ())),
            lang=get("lang"),
            places=tuple([place_of(values) for values in get("places", ())]),
            removed=removed,
            saved=None if saved is None else datetime.fromisoformat(saved),
            digest=get("digest"),
        )

    def _blocks(self) -> tuple[Removed, ...]:
        data = self._data[self._removed :]
        if not data:
            return ()
        blocks = _READ(_decoded(data))
        return tuple(Removed(text, rule, after) for text, rule, after in blocks)


def place_of(values: dict[str, Any]) -> Place:
    """Return a place as the head of a record holds it."""
    return Place(
        values["id"],
        values["label"],
        tuple(values["path"]),
        values.get("lat"),
        values.get("lon"),
        tuple(values.get("as_written", ())),
        tuple((start, end) for start, end in values.get("spans", ())),
        values.get("dateline", False),
    )


def _made(made: type[Any], values: list[str] | None) -> Any:
    return None if values is None else made(*values)


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
        "saved": article.saved and article.saved.isoformat(),
        "digest": article.digest,
    }
    return {name: value for name, value in head.items() if value is not None}


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
    }
    return {name: value for name, value in values.items() if value is not None}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")

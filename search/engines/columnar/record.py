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
from functools import cached_property
from typing import Any, Final

from search.model import Agency, Article, Kind, Place, Published, Removed, Source

_LENGTHS = struct.Struct("<II")
_WRITE: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":")
).encode


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
        ValueError: from any part, when the bytes are no such article.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def head(self) -> dict[str, Any]:
        """Return everything but the text and the removed blocks.

        ``removed_blocks`` and ``removed_characters`` say how much was removed. What
        the article has nothing for is absent.
        """
        start, stop, _ = self._bounds
        head = json.loads(self._data[start:stop].decode("utf-8", "surrogatepass"))
        if isinstance(head, dict):
            return head
        raise ValueError("not a stored article: its head is no object")

    @cached_property
    def text(self) -> str:
        """Return the article's text."""
        _, start, stop = self._bounds
        return self._data[start:stop].decode("utf-8", "surrogatepass")

    @property
    def removed_blocks(self) -> int:
        """Return how many blocks were removed from the page."""
        return int(self.head.get("removed_blocks", 0))

    @property
    def removed_characters(self) -> int:
        """Return how long those blocks are together."""
        return int(self.head.get("removed_characters", 0))

    def article(self, *, removed: bool = True) -> Article:
        """Return the article that was packed, or it without its removed blocks."""
        try:
            return self._article(self._removed() if removed else ())
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"not a stored article: {error}") from error

    @cached_property
    def _bounds(self) -> tuple[int, int, int]:
        """Return where the head and the text begin, and where the text ends."""
        if len(self._data) < _LENGTHS.size:
            raise ValueError("not a stored article: too short")
        head, text = _LENGTHS.unpack_from(self._data)
        start = _LENGTHS.size
        if start + head + text > len(self._data):
            raise ValueError("not a stored article: cut short")
        return start, start + head, start + head + text

    def _article(self, removed: tuple[Removed, ...]) -> Article:
        head = dict(self.head)
        head.pop("removed_blocks", 0)
        head.pop("removed_characters", 0)
        saved = head.get("saved")
        values = {
            "kind": Kind(head.get("kind", Kind.ARTICLE)),
            "source": _made(Source, head.get("source")),
            "agency": _made(Agency, head.get("agency")),
            "published": _made(Published, head.get("published")),
            "authors": tuple(head.get("authors", ())),
            "places": tuple(place_of(values) for values in head.get("places", ())),
            "saved": None if saved is None else datetime.fromisoformat(saved),
        }
        return Article(**{**head, **values}, text=self.text, removed=removed)

    def _removed(self) -> tuple[Removed, ...]:
        data = self._data[self._bounds[2] :]
        if not data:
            return ()
        blocks = json.loads(data.decode("utf-8", "surrogatepass"))
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

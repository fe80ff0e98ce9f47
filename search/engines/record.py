"""An article as bytes and back: compressed JSON, nothing that runs when it is read."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from search.model import Agency, Article, Kind, Place, Published, Removed, Source

_Value = TypeVar("_Value")


def pack(article: Article) -> bytes:
    """Return ``article`` as bytes that :func:`unpack` understands."""
    values = asdict(article)
    if article.saved is not None:
        values["saved"] = article.saved.isoformat()
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    # Surrogates have no UTF-8, and a page may hold some all the same.
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(data: bytes) -> Article:
    """Return the article that was packed.

    Raises:
        ValueError: these bytes are not such an article.
    """
    try:
        values = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
        return _article(values)
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError(f"not a stored article: {error}") from error


def _article(values: dict[str, Any]) -> Article:
    saved = values["saved"]
    return Article(
        **{
            **values,
            "kind": Kind(values["kind"]),
            "source": _value(Source, values["source"]),
            "agency": _value(Agency, values["agency"]),
            "published": _value(Published, values["published"]),
            "authors": tuple(values["authors"]),
            "places": tuple(_place(place) for place in values["places"]),
            "removed": tuple(Removed(**block) for block in values["removed"]),
            "saved": None if saved is None else datetime.fromisoformat(saved),
        }
    )


def _value(made: type[_Value], values: dict[str, Any] | None) -> _Value | None:
    return None if values is None else made(**values)


def _place(values: dict[str, Any]) -> Place:
    return Place(
        **{
            **values,
            "path": tuple(values["path"]),
            "as_written": tuple(values["as_written"]),
            "spans": tuple((start, end) for start, end in values["spans"]),
        }
    )

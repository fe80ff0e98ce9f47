"""A place in a list of hits, as text that says nothing to anybody else."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import blake2b
from math import isfinite

from search.errors import BadQuery
from search.model import Query, Sort

_DIGEST = 6  # bytes: finds a slip, not a forger, who gains nothing

# What may change from one page to the next without changing the list, and what the list
# does not depend on as it is written: `order` and the text without its edges count.
_NOT_OF_THE_LIST = {
    "page", "per_page", "cursor", "facets", "facet_size", "interval", "snippets",
    "sort", "text",
}  # fmt: skip


_OF_THE_LIST = tuple(f.name for f in fields(Query) if f.name not in _NOT_OF_THE_LIST)


@dataclass(frozen=True, slots=True)
class Key:
    """Where a hit stands: a lower key comes first.

    ``primary`` is a number, or the source's value; ``secondary`` a number; ``id``
    the article's. It names no document number, so it survives commits.

    Raises:
        ValueError: a number is not a finite float, or the id no text.
    """

    primary: float | str
    secondary: float
    id: str

    def __post_init__(self) -> None:
        number = 0.0 if isinstance(self.primary, str) else self.primary
        finite = _is_finite(number) and _is_finite(self.secondary)
        if not finite or not isinstance(self.id, str):
            raise ValueError(f"nowhere a hit can stand: {self}")


def write(query: Query, key: Key) -> str:
    """Return the cursor that continues the list of ``query`` after ``key``."""
    payload = json.dumps([key.primary, key.secondary, key.id]).encode()
    return urlsafe_b64encode(_digest(query, payload) + payload).decode().rstrip("=")


def read(query: Query) -> Key | None:
    """Return the key ``query.cursor`` names, None where it is None.

    Raises:
        BadQuery: it is no cursor, or that of another query.
    """
    if query.cursor is None:
        return None
    try:
        text = query.cursor + "=" * (-len(query.cursor) % 4)
        data = urlsafe_b64decode(text.encode("ascii"))
    except (ValueError, binascii.Error) as error:
        raise _not_one(query.cursor) from error
    digest, payload = data[:_DIGEST], data[_DIGEST:]
    if digest != _digest(query, payload):
        raise _not_one(query.cursor)
    try:
        # The digest is no secret: a forged payload may hold anything.
        key = Key(*json.loads(payload, parse_int=float))
    except (ValueError, TypeError, RecursionError) as error:
        raise _not_one(query.cursor) from error
    if isinstance(key.primary, str) is not (query.order is Sort.SOURCE):
        raise _not_one(query.cursor)
    return key


def _is_finite(value: object) -> bool:
    return isinstance(value, float) and isfinite(value)


def _not_one(value: str) -> BadQuery:
    return BadQuery(
        "cursor must be taken from an answer to the same query",
        parameter="cursor",
        value=value,
        reason="not-a-cursor",
    )


def _digest(query: Query, payload: bytes) -> bytes:
    values = [(name, _plain(getattr(query, name))) for name in _OF_THE_LIST]
    values += [("order", query.order.value), ("text", query.text.strip())]
    return blake2b(repr(values).encode() + payload, digest_size=_DIGEST).digest()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return sorted((key, _plain(found)) for key, found in value.items())
    if isinstance(value, tuple):
        return sorted(str(one) for one in value)
    return None if value is None else str(value)

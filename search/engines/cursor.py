"""A place in a list of hits, as text that says nothing to anybody else."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import blake2b
from math import isfinite
from typing import Any

from search.engines.statistics import Statistics
from search.errors import BadQuery
from search.model import Query, Sort

_DIGEST = 6  # bytes: finds a slip, not a forger, who gains nothing

# What may change from one page to the next without changing the list, and what the list
# does not depend on as it is written: `order` and the text without its edges count.
_NOT_OF_THE_LIST = {
    "page", "per_page", "cursor", "facets", "facet_size", "facet_prefix", "facet_page",
    "interval", "snippets", "sort", "text",
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


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: ``after`` a hit, None on the first page.

    ``began`` is what the scores of the list were worked out with when it began, so that
    each article stands where it stood then, whatever was committed meanwhile. It is
    None in a list that is not sorted by scores, or of more words than can be carried.
    """

    after: Key | None = None
    began: Statistics | None = None


def write(query: Query, key: Key, began: Statistics | None = None) -> str:
    """Return the cursor that continues the list of ``query`` after ``key``."""
    values: list[object] = [key.primary, key.secondary, key.id]
    if began is not None:
        values += [began.documents, began.tokens, began.containing]
    payload = json.dumps(values, separators=(",", ":")).encode()
    return urlsafe_b64encode(_digest(query, payload) + payload).decode().rstrip("=")


def read(query: Query) -> Start:
    """Return where the page begins that ``query`` asks for.

    Raises:
        BadQuery: its cursor is none, or that of another query.
    """
    if query.cursor is None:
        return Start()
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
        key, began = _parts(*json.loads(payload))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise _not_one(query.cursor) from error
    if isinstance(key.primary, str) is not (query.order is Sort.SOURCE):
        raise _not_one(query.cursor)
    return Start(key, began)


def _parts(
    primary: Any, secondary: Any, id: Any, *began: Any
) -> tuple[Key, Statistics | None]:
    key = Key(_as_float(primary), _as_float(secondary), id)
    return key, Statistics(*began) if began else None


def _as_float(value: Any) -> Any:
    return float(value) if type(value) is int else value


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

"""What a Whoosh document keeps, as JSON that says what type each value is of.

Texts, numbers, truth values and None are themselves. Anything else is an object with
one member, named for its type:

    {"bytes": "YWxmYQ=="}  {"datetime": "2015-06-01T00:00:00"}  {"date": "2015-06-01"}
    {"time": ..}  {"float": "nan"}  {"decimal": "1.50"}  {"uuid": ..}
    {"tuple": [..]}  {"set": [..]}  {"frozenset": [..]}  {"dict": [[key, value], ..]}
"""

from __future__ import annotations

import json
import math
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

_PLAIN = (str, int, bool, type(None))


@dataclass(frozen=True, slots=True)
class Kept:
    """The stored fields of a document, and the values of its columns, by name."""

    stored: dict[str, Any]
    columns: dict[str, Any]


def pack(kept: Kept) -> bytes:
    """Return a document's values as bytes.

    Raises:
        TypeError: a value is of a type that cannot be kept; the message says which.
    """
    named = {"stored": _fields(kept.stored), "columns": _fields(kept.columns)}
    return json.dumps(named, separators=(",", ":")).encode()


def unpack(data: bytes) -> Kept:
    """Return the values in what :func:`pack` made; of articles there are none.

    Raises:
        ValueError: it is not what it made.
    """
    found = json.loads(data)
    if not isinstance(found, dict) or found.keys() != {"stored", "columns"}:
        return Kept({}, {})
    return Kept(
        *(
            {name: _read(value) for name, value in found[part].items()}
            for part in ("stored", "columns")
        )
    )


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    written = {}
    for name, value in values.items():
        try:
            written[name] = _write(value)
        except TypeError as error:
            raise TypeError(f"field {name!r} cannot be kept: {error}") from error
    return written


def _write(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN or (kind is float and math.isfinite(value)):
        return value
    if kind is list:
        return [_write(one) for one in value]
    for known, name, write, _ in _KINDS:
        if kind is known:
            return {name: write(value)}
    raise TypeError(
        f"{kind.__name__} is not one of the types that can be stored: str, int,"
        " float, bool, None, bytes, date, time, datetime, Decimal, UUID, list, tuple,"
        " set, frozenset, dict"
    )


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(one) for one in value]
    if isinstance(value, dict):
        ((name, inner),) = value.items()
        return _READERS[name](inner)
    return value


def _all(values: Any) -> list[Any]:
    return [_write(value) for value in values]


def _sorted(values: Any) -> list[Any]:
    return sorted(_all(values), key=json.dumps)


def _pairs(values: dict[Any, Any]) -> list[Any]:
    return [[_write(key), _write(value)] for key, value in values.items()]


def _dict(pairs: list[Any]) -> dict[Any, Any]:
    return {_read(key): _read(value) for key, value in pairs}


_KINDS: tuple[tuple[type, str, Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    (bytes, "bytes", lambda value: b64encode(value).decode(), b64decode),
    (datetime, "datetime", datetime.isoformat, datetime.fromisoformat),
    (date, "date", date.isoformat, date.fromisoformat),
    (time, "time", time.isoformat, time.fromisoformat),
    (float, "float", repr, float),
    (Decimal, "decimal", str, Decimal),
    (UUID, "uuid", str, UUID),
    (tuple, "tuple", _all, lambda found: tuple(map(_read, found))),
    (set, "set", _sorted, lambda found: set(map(_read, found))),
    (frozenset, "frozenset", _sorted, lambda found: frozenset(map(_read, found))),
    (dict, "dict", _pairs, _dict),
)
_READERS = {name: read for _, name, _, read in _KINDS}

"""The API's objects as JSON: UTF-8, and what cannot be written in it replaced."""

from __future__ import annotations

from typing import Any

import msgspec

from search.folding import whole
from search.wire.parts import Shape

_encode = msgspec.json.Encoder().encode


def encoded(said: Shape) -> bytes:
    """Return ``said`` as one line of JSON.

    Halves of characters, which a row or a request may bring, become U+FFFD.
    """
    try:
        return _encode(said)
    except UnicodeEncodeError:
        return _encode(_whole(msgspec.to_builtins(said)))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, dict):
        return {_whole(name): _whole(held) for name, held in value.items()}
    return [*map(_whole, value)] if isinstance(value, list | tuple) else value

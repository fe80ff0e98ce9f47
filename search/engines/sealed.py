"""A small file of one line of JSON, and below it the line's checksum."""

from __future__ import annotations

import json
from typing import Any

from xxhash import xxh3_64_hexdigest


class Damaged(ValueError):
    """What was read is not what was written."""


def seal(value: dict[str, Any]) -> bytes:
    """Return ``value`` as bytes that :func:`unseal` understands."""
    line = json.dumps(value, allow_nan=False).encode()
    return line + b"\n" + xxh3_64_hexdigest(line).encode() + b"\n"


def unseal(data: bytes) -> dict[str, Any]:
    """Return the value that was sealed.

    Raises:
        Damaged: these bytes are not what was written.
    """
    line, _, rest = data.partition(b"\n")
    if rest != xxh3_64_hexdigest(line).encode() + b"\n":
        raise Damaged("it is not what was written")
    return read_line(line)


def unseal_or_bare(data: bytes) -> dict[str, Any]:
    """Return the value that was sealed, or written without a seal as it once was.

    Raises:
        Damaged: these bytes are neither.
    """
    line, _, rest = data.partition(b"\n")
    return unseal(data) if rest else read_line(line)


def read_line(data: bytes) -> dict[str, Any]:
    """Return the value of the first line, whatever its seal says.

    Raises:
        Damaged: it is no object of JSON.
    """
    try:
        value = json.loads(data.partition(b"\n")[0])
    except ValueError as error:
        raise Damaged(f"it is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise Damaged("it is no object of JSON")
    return value

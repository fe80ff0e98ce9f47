"""The lines of a stream as they come, and word of when none does."""

from __future__ import annotations

import io
import os
import select
from collections.abc import Iterator
from typing import IO

from index.decoding import decode
from index.page import Unread
from index.readers.content import PAGE_LIMIT

_PATIENCE = 0.05  # seconds
_CHUNK = 1 << 16  # bytes


def feed(stream: IO[bytes]) -> Iterator[tuple[int, str | Unread] | None]:
    """Yield each line with its number from 1, and None while the next one is awaited:
    what was read can then be answered before more is written.
    """
    rest, skipping, number = b"", False, 0
    for chunk in _chunks(stream):
        if chunk is None:
            yield None
            continue
        *whole, rest = (rest + chunk).split(b"\n") if chunk else (rest, b"")
        for line in whole:
            number += 1
            yield number, _line(line, skipping=skipping)
            skipping = False
        if len(rest) > PAGE_LIMIT:
            rest, skipping = b"", True


def _line(line: bytes, *, skipping: bool) -> str | Unread:
    if skipping or len(line) > PAGE_LIMIT:
        return Unread("", f"row larger than {PAGE_LIMIT >> 20} MiB")
    return decode(line)


def _chunks(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield what there is to read, None where there is nothing yet, and at the end
    nothing at all.
    """
    try:
        source = stream.fileno()
    except (OSError, io.UnsupportedOperation):
        yield stream.read()
        yield b""
        return
    while True:
        if not select.select([source], [], [], _PATIENCE)[0]:
            yield None
            continue
        chunk = os.read(source, _CHUNK)
        yield chunk
        if not chunk:
            return

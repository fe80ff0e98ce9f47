"""The lines of a stream of bytes, wherever they end and however they are encoded."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import IO

from index.decoding import decode, wide
from index.page import Unread
from index.readers.content import FILE_LIMIT, PAGE_LIMIT, refuse_binary
from search.errors import BadPage

_DAMAGE = (EOFError, zlib.error, OSError)


def read(stream: IO[bytes]) -> Iterator[tuple[int, str | Unread]]:
    """Yield each line with its number from 1, one in memory at a time.

    A line that is too long, and damage, which ends the stream, are nameless Unreads.

    Raises:
        BadPage: the stream is no text.
    """
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(PAGE_LIMIT)
            if number == 1:
                refuse_binary(line)
                if wide(line) or b"\r" in line.rstrip(b"\r\n"):
                    yield from _all_lines(line, stream)
                    return
            if len(line) == PAGE_LIMIT and not line.endswith(b"\n"):
                _skip_line(stream)
                yield number, Unread("", f"row larger than {PAGE_LIMIT >> 20} MiB")
                continue
        except _DAMAGE as error:
            reason = f"the file is damaged from here on: {error}"
            yield number, Unread("", reason, ends=True)
            return
        if not line:
            return
        yield number, decode(line)


def _all_lines(line: bytes, stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    # Where a character takes two or four bytes, or lines end in carriage returns
    # alone, a line cannot be found before decoding.
    data = line + stream.read(FILE_LIMIT)
    if len(data) > FILE_LIMIT:
        limit = f"larger than {FILE_LIMIT >> 20} MiB"
        raise BadPage(f"in UTF-16 or UTF-32 or without line feeds, and {limit}")
    yield from enumerate(io.StringIO(decode(data)), 1)


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(PAGE_LIMIT)) and not rest.endswith(b"\n"):
        pass

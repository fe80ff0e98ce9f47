"""The bytes of a file, unzipped, within bounds that no file can break."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from search.errors import BadPage

# What one file may unfold to. Pages saved with all their pictures reach tens of
# megabytes; beyond this the memory of a worker is at stake.
FILE_LIMIT = 64 * 2**20  # bytes, unzipped
# What is left of a page without its pictures. The cleaner's tree takes some twenty
# times as much, and a second for each 8 MiB.
PAGE_LIMIT = 8 * 2**20  # bytes, or characters of text
_CHUNK = 2**20  # bytes

# Pictures and fonts inside a page, by far the most of a single-file page.
_EMBEDDED = re.compile(
    rb"(data:[a-z]{1,20}/[a-z0-9.+-]{1,60};base64,)[A-Za-z0-9+/=]{64,}"
)

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"RIFF", "a sound or picture"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\f\r\x1b\0")


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes, unzipped, and the SHA-256 of the file as it lies on disk."""

    data: bytes
    digest: str


def content(path: Path) -> Content:
    """Return what is in ``path``; a gzipped file is known by its first bytes.

    Raises:
        BadPage: it is empty, cut short, no text, too large, or cannot be opened.
    """
    try:
        with _open(path) as file:
            data, digest = _read(file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadPage(f"damaged gzip file: {error}") from error
    except OSError as error:
        raise BadPage(f"cannot be read: {error.strerror or error}") from error
    if not data.strip():
        raise BadPage("is empty")
    refuse_binary(data)
    return Content(data, digest)


@contextmanager
def stream(path: Path) -> Iterator[IO[bytes]]:
    """Open ``path`` for reading line by line, unzipping it if need be.

    Reading a damaged gzip file raises EOFError, zlib.error or OSError later.

    Raises:
        BadPage: it is empty or cannot be opened.
    """
    try:
        file = _open(path)
    except OSError as error:
        raise BadPage(f"cannot be read: {error.strerror or error}") from error
    with file:
        head = file.read(2)
        file.seek(0)
        if not head:
            raise BadPage("is empty")
        if head == b"\x1f\x8b":
            with gzip.open(file) as unzipped:
                yield cast("IO[bytes]", unzipped)
        else:
            yield file


def without_pictures(data: bytes) -> bytes:
    """Return the page ``data`` without the pictures and fonts embedded in it.

    Raises:
        BadPage: the rest is larger than ``PAGE_LIMIT``.
    """
    if b";base64," in data:
        data = _EMBEDDED.sub(rb"\1", data)
    if len(data) > PAGE_LIMIT:
        raise BadPage(f"larger than {PAGE_LIMIT >> 20} MiB without its pictures")
    return data


def refuse_binary(data: bytes) -> None:
    """Do nothing if ``data`` can be text.

    Raises:
        BadPage: it is a picture, a document or other bytes that are no text.
    """
    for magic, nature in _MAGIC:
        if data.startswith(magic):
            raise BadPage(f"is no text but {nature}")
    sample = data[:4096]
    if sample and not sample.strip(b"\0"):
        raise BadPage("is no text but empty space")
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    # Wide encodings hold control bytes too; they are known by their NULs instead.
    if 10 * controls > len(sample) and b"\0" not in sample[:2]:
        raise BadPage("is no text but binary data")


def _open(path: Path) -> IO[bytes]:
    # Not blocking: a FIFO may have taken the file's place since it was found.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise BadPage("is no longer a file")
    return file


def _read(file: IO[bytes]) -> tuple[bytes, str]:
    size = os.fstat(file.fileno()).st_size
    if size > FILE_LIMIT:
        raise BadPage(f"larger than {FILE_LIMIT >> 20} MiB")
    data = file.read(FILE_LIMIT + 1)
    digest = hashlib.sha256(data).hexdigest()
    if not data.startswith(b"\x1f\x8b"):
        return data, digest
    file.seek(0)
    return _unzip(file), digest


def _unzip(file: IO[bytes]) -> bytes:
    chunks: list[bytes] = []
    size = 0
    with gzip.open(file) as unzipped:
        while chunk := unzipped.read(_CHUNK):
            size += len(chunk)
            if size > FILE_LIMIT:
                raise BadPage(f"unzips to more than {FILE_LIMIT >> 20} MiB")
            chunks.append(chunk)
    return b"".join(chunks)

"""Files as they were saved: opened without following links, proved, read in pieces."""

from __future__ import annotations

import codecs
import errno
import gzip
import hashlib
import io
import os
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from search.errors import NoOriginal

LIMIT = 64 * 2**20  # bytes of a file, on disk and unzipped; the way in reads no more
ROW_LIMIT = 8 * 2**20  # bytes of a row
_PIECE = 2**16  # bytes
_HEAD = 4096  # bytes in which a page declares its charset
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile)

_DECLARED = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{2,20})""", re.I)
# What browsers can read and markup in ASCII can be written in.
_CHARSET = re.compile(
    r"iso-8859-(?:[2-8]|1[03-6])|windows-125\d|koi8-[ru]|shift_jis|euc-(?:jp|kr)"
    r"|gb2312|gbk|gb18030|big5|macintosh|iso-2022-jp"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a file turned out to be, read once from end to end.

    ``digest`` is the SHA-256 of the file as it lies on disk; ``size`` counts bytes
    unzipped, where it ``is_zipped``.
    """

    digest: str
    size: int
    charset: str
    is_zipped: bool


def opened(base: Path, parts: tuple[str, ...]) -> BinaryIO:
    """Return the regular file at ``parts`` below the folder ``base``.

    No link is followed: the way in follows none either, so that one which lies there
    now was put in the place of what was read.

    Raises:
        NoOriginal: it is gone, a link leads there, or it may not be read.
    """
    if not parts or any(part in ("", ".", "..") or "/" in part for part in parts):
        raise NoOriginal("gone")
    if os.path.realpath(base) != str(base):
        raise NoOriginal("linked" if os.path.lexists(base) else "gone")
    try:
        descriptor = _descend(base, parts)
    except OSError as error:
        raise _lack(error) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NoOriginal("gone")
    return os.fdopen(descriptor, "rb")


def prove(file: BinaryIO) -> Proof:
    """Return what ``file`` is; one piece of it is in memory at a time.

    Raises:
        NoOriginal: it is too large, is damaged or cannot be read.
    """
    if os.fstat(file.fileno()).st_size > LIMIT:
        raise NoOriginal("too-large")
    witness = _Witness(file)
    is_zipped = begins_zipped(file)
    head, size, utf8 = b"", 0, codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    for piece in _pieces(witness, is_zipped=is_zipped):
        size += len(piece)
        if size > LIMIT:
            raise NoOriginal("too-large")
        head = head or piece[:_HEAD]
        is_utf8 = is_utf8 and _takes(utf8, piece)
    charset = charset_of(head, is_utf8=is_utf8 and _takes(utf8, b"", final=True))
    return Proof(witness.digest, size, charset, is_zipped)


def pieces(file: BinaryIO, proof: Proof) -> Iterator[bytes]:
    """Yield what ``file`` holds, unzipped, as long as it is what ``proof`` says.

    The last piece comes only when all of it has proved the same, so that nobody takes
    for whole what is not.

    Raises:
        NoOriginal: it has changed since; all but the last piece is out then.
    """
    file.seek(0)
    witness = _Witness(file)
    held = b""
    for piece in _pieces(witness, is_zipped=proof.is_zipped):
        if held:
            yield held
        held = piece
    if witness.digest != proof.digest:
        raise NoOriginal("changed")
    yield held


def row(file: BinaryIO, number: int) -> bytes:
    """Return line ``number``, from 1, of ``file``, without the space around it.

    Raises:
        NoOriginal: there is no such line, it lies too deep in the file, or the file
            cannot be read.
    """
    lines = gzip.GzipFile(fileobj=file) if begins_zipped(file) else file
    read = 0
    try:
        for _ in range(number):
            line = lines.readline(ROW_LIMIT)
            read += len(line)
            if not line:
                raise NoOriginal("changed")
            if read > LIMIT or len(line) == ROW_LIMIT:
                raise NoOriginal("too-large")
    except _DAMAGE as error:
        raise NoOriginal("changed") from error
    except OSError as error:
        raise _lack(error) from error
    return line.removeprefix(codecs.BOM_UTF8).strip()


def begins_zipped(file: BinaryIO) -> bool:
    """Return whether the first bytes of ``file`` are gzip's; it stays at its start."""
    file.seek(0)
    magic = file.read(2)
    file.seek(0)
    return magic == b"\x1f\x8b"


def charset_of(head: bytes, *, is_utf8: bool) -> str:
    """Return how bytes that begin with ``head`` are written, as browsers call it.

    >>> charset_of(b'<meta charset="windows-1251">', is_utf8=False)
    'windows-1251'
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16be" if head.startswith(codecs.BOM_UTF16_BE) else "utf-16le"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if 5 * max(even, odd) >= len(head) > 3:  # markup is ASCII for the most part
        return "utf-16le" if odd > even else "utf-16be"
    declared = _DECLARED.search(head)
    said = declared[1].decode("ascii", "replace").lower() if declared else ""
    if is_utf8 and not (said == "iso-2022-jp" and b"\x1b$" in head):
        return "utf-8"
    return said if _CHARSET.fullmatch(said) else "windows-1252"


class _Witness(io.RawIOBase):
    """A file that is read, and the digest of what was read of it so far."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._hash.update(data)
        return data

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def _pieces(witness: _Witness, *, is_zipped: bool) -> Iterator[bytes]:
    source = gzip.GzipFile(fileobj=witness, mode="rb") if is_zipped else witness
    try:
        while piece := source.read(_PIECE):
            yield piece
        while witness.read(_PIECE):  # what gzip leaves unread is in the digest too
            pass
    except _DAMAGE as error:
        raise NoOriginal("changed") from error
    except OSError as error:
        raise _lack(error) from error


def _takes(
    utf8: codecs.IncrementalDecoder, data: bytes, *, final: bool = False
) -> bool:
    try:
        utf8.decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def _descend(base: Path, parts: tuple[str, ...]) -> int:
    """Return the descriptor of the file, with each folder opened from the one above."""
    folder = os.open(base, _FOLDER)
    try:
        for part in parts[:-1]:
            inner = _open(part, _FOLDER | os.O_NOFOLLOW, folder)
            os.close(folder)
            folder = inner
        return _open(parts[-1], _FILE, folder)
    finally:
        os.close(folder)


def _open(name: str, flags: int, folder: int) -> int:
    try:
        return os.open(name, flags, dir_fd=folder)
    except OSError as error:
        # A link is told from a missing folder by looking: both are ENOTDIR.
        if error.errno in (errno.ENOTDIR, errno.ELOOP) and _is_link(name, folder):
            raise NoOriginal("linked") from error
        raise


def _is_link(name: str, folder: int) -> bool:
    try:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISLNK(found.st_mode)


def _lack(error: OSError) -> NoOriginal:
    return NoOriginal("gone" if error.errno in _GONE else "unreadable")

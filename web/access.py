"""Who may look: the keys in a file, asked for as HTTP basic or bearer.

Off unless a setting names the file. A line of it is ``NAME:PASSWORD`` or a token
alone; ``#`` begins a comment. It is read again when it changes, and a file that is
not as it must be lets nobody in. Guesses are not slowed down, hence long keys.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from flask import Flask, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from search.errors import BadSetting

SHORTEST = 12  # characters of a password or token

_OPEN = "/healthz"
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # what a bearer may be, RFC 6750
_ASKED = "This collection is for those with a name and a password, or a token, for it."
_REALM = "this collection"


class Keys:
    """What the file at ``path`` admits, now.

    Every method raises BadSetting while it cannot be read, may be read by every user of
    the machine, or holds what is no key. The message never holds the key.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: _Read | None = None

    def admits(self, authorization: str) -> bool:
        """Return whether the value of an Authorization header is one of the keys.

        All keys are compared, each in constant time.
        """
        given = sha256(_presented(authorization)).digest()
        return sum(compare_digest(given, key) for key in self._current().keys) > 0

    def schemes(self) -> tuple[str, ...]:
        """Return how a key may be presented, the way people do first."""
        return self._current().schemes

    def _current(self) -> _Read:
        read = self._read
        if read is None or _stamp(self._path) != read.stamp:
            self._read = read = _read(self._path)
        return read


def close(app: Flask, keys: Keys | None) -> None:
    """Make ``app`` answer those with a key only, if there are keys."""
    app.extensions["keys"] = keys
    if keys is not None:
        app.before_request(partial(_ask, keys))


def _ask(keys: Keys) -> None:
    if request.path == _OPEN:
        return
    if not keys.admits(request.headers.get("Authorization", "")):
        asked = [
            WWWAuthenticate(name, dict(values)) for name, values in _challenges(keys)
        ]
        raise Unauthorized(_ASKED, www_authenticate=asked)


def _challenges(keys: Keys) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yield how a key may be presented, and what is said with it."""
    for scheme in keys.schemes():
        charset = {"charset": "UTF-8"} if scheme == "basic" else {}
        yield scheme, {"realm": _REALM, **charset}


@dataclass(frozen=True, slots=True)
class _Read:
    """The file as it was read: digests of what is presented, and its stamp then."""

    keys: tuple[bytes, ...]
    schemes: tuple[str, ...]
    stamp: tuple[int, ...]


def _presented(authorization: str) -> bytes:
    """Return what a header presents, in the form of :func:`_key`; b"" is no key."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return b"bearer " + value.strip().encode("latin-1", "replace")
    if scheme.lower() == "basic":
        try:
            return b"basic " + b64decode(value.strip(), validate=True)
        except ValueError:
            return b""
    return b""


def _read(path: Path) -> _Read:
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if about.st_mode & 0o007:
                raise BadSetting(f"access file {path}: every user may open it; run "
                                 f"`chmod o= {path}`")  # fmt: skip
            lines = file.read().decode().splitlines()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise BadSetting(f"access file {path}: {reason}") from error
    except UnicodeDecodeError as error:
        raise BadSetting(f"access file {path} is not text in UTF-8") from error
    keys = tuple(_keys(path, lines))
    if not keys:
        raise BadSetting(f"access file {path} holds no key")
    schemes = dict.fromkeys(key.partition(b" ")[0].decode() for key in sorted(keys))
    digests = tuple(sha256(key).digest() for key in keys)
    return _Read(digests, tuple(schemes), _of(about))


def _keys(path: Path, lines: list[str]) -> Iterator[bytes]:
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, colon, password = text.partition(":")
        secret = password if colon else text
        where = f"access file {path}, line {number}"
        if len(secret) < SHORTEST:
            raise BadSetting(f"{where}: a key has at least {SHORTEST} characters")
        if colon and not name:
            raise BadSetting(f"{where}: there is no name before the colon")
        if not colon and not _TOKEN.fullmatch(text):
            raise BadSetting(f"{where}: must be NAME:PASSWORD or a token of letters, "
                             "digits and . _ ~ + / -")  # fmt: skip
        yield (b"basic " if colon else b"bearer ") + text.encode()


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        return _of(path.stat())
    except OSError:
        return ()


def _of(about: os.stat_result) -> tuple[int, ...]:
    return (about.st_dev, about.st_ino, about.st_mtime_ns, about.st_size, about.st_mode)

"""A version of an article: what its page was when it was saved at one time.

Runs keep earlier ones in the ledger, apart from what is searched. A version is an
article whose id is ``ID@NAME``.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import msgspec

from search.model import Article

NAME = 12  # hexadecimal digits, of which an article's versions share none by chance
_PARTED = re.compile(rf"(?s)(.+)@([0-9a-f]{{{NAME}}}|[1-9][0-9]{{0,5}})")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article: its name, and when it was saved (UTC).

    ``told`` is False where the time is the file's own, for want of a better one.
    ``text`` is :func:`text_digest` of its text, empty for the ``latest``, which is the
    article itself. ``key`` is where the ledger has it.
    """

    id: str
    name: str
    saved: datetime
    told: bool
    latest: bool
    text: str
    key: int | None

    @property
    def full_id(self) -> str:
        """Return the id under which this version stays what it is."""
        return f"{self.id}@{self.name}"


def parted(id: str) -> tuple[str, str | None]:
    """Return an article's id and the name of a version, None where it names none.

    >>> parted("3cc90f2c28d79450@0f1e2d3c4b5a"), parted("a@b")
    (('3cc90f2c28d79450', '0f1e2d3c4b5a'), ('a@b', None))
    """
    found = _PARTED.fullmatch(id)
    return (found[1], found[2]) if found else (id, None)


def text_digest(text: str) -> str:
    """Return a short digest by which equal texts are known."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def packed(article: Article) -> bytes:
    """Return ``article`` as the ledger keeps it: about half the size of its text."""
    return zlib.compress(json.dumps(msgspec.to_builtins(article)).encode("ascii"))


def unpacked(stored: bytes) -> Article:
    """Return what :func:`packed` was given."""
    return msgspec.convert(json.loads(zlib.decompress(stored)), Article)

"""What the id of an article may be."""

from __future__ import annotations

from search.errors import BadArticle

MAX_BYTES = 256  # the longest makes room for itself beside every document


def encoded(id: str) -> bytes:
    """Return an id as the columns hold it: arrays of bytes, filled up with NULs."""
    return id.encode("utf-8", "surrogatepass")


def decoded(id: bytes) -> str:
    """Return the id that was encoded."""
    return id.decode("utf-8", "surrogatepass")


def is_one(id: str) -> bool:
    """Return whether an article can have this id."""
    return "\0" not in id and len(encoded(id)) <= MAX_BYTES


def check(id: str) -> None:
    """Raise BadArticle unless an article can have this id."""
    if not is_one(id):
        raise BadArticle(
            f"the id {id[:40]!r} cannot be kept: it may have {MAX_BYTES} bytes and no"
            " NUL"
        )

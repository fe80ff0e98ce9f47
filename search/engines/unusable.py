"""Why the index in a folder cannot be used, and what helps, in one line each."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from search.errors import BadSetting, IndexLocked, IndexUnusable, NoIndex


def missing(path: Path) -> NoIndex:
    """Return the error that says there is no index."""
    return NoIndex(
        f"there is no index in {path}; run `dateline reindex PATH --index {path}`"
    )


def outdated(path: Path) -> IndexUnusable:
    """Return the error that says the index is of another format."""
    return IndexUnusable(
        f"the index in {path} was made by another version of dateline;"
        f" run `dateline reindex --full --index {path}`"
    )


def damaged(path: Path, cause: object, *, knows_roots: bool) -> IndexUnusable:
    """Return the error that says the index is not what was written.

    Where nothing in it ``knows_roots``, the folders it is of have to be named.
    """
    paths, named = "PATH ", ", PATH being every folder it is of"
    if knows_roots:
        paths = named = ""
    return IndexUnusable(
        f"the index in {path} is damaged ({type(cause).__name__}: {cause});"
        f" run `dateline reindex --full {paths}--index {path}`{named}"
    )


def denied(path: Path, cause: PermissionError) -> IndexUnusable:
    """Return the error that says an index, or a file of it, may not be used."""
    return IndexUnusable(
        f"{cause.filename or path}: {cause.strerror}; the index itself may be sound:"
        f" run this as {_owner(path)}, who owns it, or have that user let you in"
    )


def closed(path: Path, cause: PermissionError) -> BadSetting:
    """Return the error that says no index may be made."""
    return BadSetting(
        f"no index can be made in {path}: {cause.strerror}; run this as"
        f" {_owner(path)}, who owns the folder above, or name another"
    )


def locked(path: Path) -> IndexLocked:
    """Return the error that says another run is writing."""
    return IndexLocked(
        f"another run is writing to the index in {path};"
        " wait for it to end and run the command again"
    )


def _owner(path: Path) -> str:
    """Return who owns ``path``, or the nearest folder above it that exists."""
    for place in (path.absolute(), *path.absolute().parents):
        with suppress(OSError, KeyError):
            return place.owner()
    return "its owner"

"""Why the index in a folder cannot be used, and what helps, in one line each.

What helps depends on who made it: ``dateline reindex``, which can make it anew, or a
program of its own through the Whoosh API, whose documents nobody else has.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from search.errors import (
    BadSetting,
    DeniedIndex,
    ForeignIndex,
    IndexLocked,
    IndexUnusable,
    NoIndex,
)

PROGRAMS = "whoosh-api-"  # how the formats of programs' own indexes begin


class Remedies:
    """What to tell whoever takes the index in a folder for one of ``dateline``."""

    def missing(self, path: Path) -> NoIndex:
        """Return the error that says there is no index."""
        return NoIndex(
            f"there is no index in {path}; run `dateline reindex PATH --index {path}`"
        )

    def outdated(self, path: Path, found: str, wanted: str) -> IndexUnusable:
        """Return the error that says the index is of a format that is not wanted."""
        del wanted
        if found.startswith(PROGRAMS):
            return ForeignIndex(_of_a_program(path))
        return IndexUnusable(
            f"the index in {path} was made by another version of dateline;"
            f" run `dateline reindex --full --index {path}`"
        )

    def damaged(self, path: Path, cause: object, *, knows_roots: bool) -> IndexUnusable:
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


def of_a_program(path: Path) -> BadSetting:
    """Return the error that says no run may touch the index."""
    return BadSetting(_of_a_program(path))


def denied(path: Path, cause: PermissionError) -> DeniedIndex:
    """Return the error that says an index, or a file of it, may not be used."""
    return DeniedIndex(
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


def _of_a_program(path: Path) -> str:
    return (
        f"the index in {path} is a program's own, made through the Whoosh API;"
        " name another folder"
    )


def _owner(path: Path) -> str:
    """Return who owns ``path``, or the nearest folder above it that exists."""
    for place in (path.absolute(), *path.absolute().parents):
        with suppress(OSError, KeyError):
            return place.owner()
    return "its owner"

"""Engines by locator: a folder, or the address of a cluster."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from search.engine import Build, Searcher, Writer
from search.engines.columnar.build import MEMORY, ColumnarBuild
from search.engines.columnar.commits import damage
from search.engines.columnar.fingerprint import FORMAT
from search.engines.columnar.state import open_state
from search.engines.columnar.verify import Verified
from search.engines.columnar.verify import verify as verify_folder
from search.engines.folder import Folder
from search.engines.lone import LoneWriter
from search.engines.searcher import FolderSearcher
from search.errors import BadSetting
from search.language.names import Names


def open_searcher(locator: str, *, names: Path | None = None) -> Searcher:
    """Return a searcher of the index at ``locator``.

    ``names`` is a file of names known by several names, in place of the bundled one.

    Raises:
        BadSetting: no engine understands the locator.
        NoIndex: there is no index.
        IndexUnusable: it is damaged or of another version.
    """
    folder = _folder(locator)
    return FolderSearcher(
        folder,
        lambda last: open_state(folder, last),
        Names.load(names),
        lambda: damage(folder),
    )


def open_writer(locator: str) -> Writer:
    """Return a writer of the index at ``locator``, which it makes if there is none.

    Entering it raises IndexLocked, IndexUnusable or BadSetting.

    Raises:
        BadSetting: no engine understands the locator.
    """
    return LoneWriter(open_build(locator))


def open_build(locator: str, *, full: bool = False, memory: int = MEMORY) -> Build:
    """Return the right to change the index at ``locator`` for a run.

    ``memory`` bounds, in MB, what is held before it is written out. A full build
    begins anew beside the index and takes its place at the end.
    Entering it raises as a writer does, but a full one never IndexUnusable.

    Raises:
        BadSetting: no engine understands the locator.
    """
    return ColumnarBuild(_folder(locator), full=full, memory=memory)


def state_of(locator: str) -> Path | None:
    """Return the live index's folder for the notes of runs; None where there is none.

    It may be read while a run writes. Of an index of another format it is the only
    thing that can be read, so that a full run knows the roots.

    Raises:
        BadSetting: no engine understands the locator, or it is a program's index.
        IndexUnusable: nothing says which index is the live one.
    """
    folder = _folder(locator)
    folder.check_is_no_programs()
    return folder.live_state()


def writing(locator: str) -> str | None:
    """Return what a run does to the index now: ``update``, ``rebuild`` or None.

    Raises:
        BadSetting: no engine understands the locator.
    """
    return _folder(locator).writing()


def verify(locator: str) -> Verified:
    """Return what is wrong with the index at ``locator``; all of it is read.

    Raises:
        BadSetting: no engine understands the locator.
        NoIndex: there is no index.
        IndexUnusable: it is of another version, or may not be read.
    """
    return verify_folder(_folder(locator), FORMAT)


def _folder(locator: str) -> Folder:
    if locator.startswith(("opensearch+http://", "opensearch+https://")):
        raise BadSetting(
            f"index {locator!r}: the OpenSearch engine comes with a later release;"
            " name a folder"
        )
    if "://" in locator or not locator or "\0" in locator:
        raise BadSetting(f"index {locator!r} is not a locator: name a folder")
    file = _file_at_or_above(Path(locator))
    if file is not None:
        raise BadSetting(f"index {locator!r}: {file} is a file; name a folder")
    return Folder(Path(locator))


def _file_at_or_above(path: Path) -> Path | None:
    with suppress(OSError):  # what may not be looked at is told by whoever opens it
        for place in (path, *path.parents):
            if place.exists():
                return None if place.is_dir() else place
    return None

"""What lies below a root: pages, files that are none, and what cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.corrections import sheet
from index.corrections.sheet import CORRECTIONS, is_of_articles
from index.file_types import (
    HTML,
    OTHER,
    PAGES,
    ROWS,
    TEXT,
    is_companion,
    kind_of,
    looks_like_html,
    no_news,
    stem_of,
)
from index.page import Unread
from index.readers import manifest
from index.readers.header import columns
from index.readers.manifest import MANIFEST

# What mirroring leaves beside the pages; cookies are secrets, not news.
_MIRRORS = frozenset({"robots.txt", "hts-log.txt", "cookies.txt"})
_CACHE = "hts-cache"  # HTTrack's own notes
_LOG = "wget-log"  # and wget-log.1, …
_HEADER = 1024  # bytes of a table's first line looked at


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may hold pages; ``name`` is its path below the root, with ``/``.

    ``sidecars`` are the files beside it that say something of it, the nearest first:
    when one of them changes, the page is to be read again.
    """

    path: Path
    name: str
    sidecars: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no page; ``reason`` says why, in a few words for counting."""

    path: Path
    name: str
    reason: str = "another file type"


# What lies in a folder; for a folder in it, that one's level.
_Level = Iterator["Found | Skipped | Unread | _Level"]


def walk(root: Path) -> Iterator[Found | Skipped | Unread]:
    """Yield what lies at or below ``root``, hidden files too, in path order.

    Links are not followed: a page inside the root is found in its own place, and what
    lies outside is not read. FIFOs, sockets and devices are never opened. Names are
    valid Unicode whatever bytes the file system holds.

    Raises:
        OSError: the root itself is missing or cannot be read.
    """
    real = root.resolve(strict=True)
    if real.name == CORRECTIONS and corrections_at(real):
        yield Skipped(
            real, real.name, "corrections are read with their folder: name it"
        )
        return
    if not real.is_dir():
        yield _file(real, real.parent, real.stat().st_mode, ())
        return
    with os.scandir(real):
        pass  # a root that cannot be listed is the caller's to report
    yield from _tree(real)


def corrections_at(path: Path) -> bool:
    """Return whether a file is there, and is no table of articles of this name."""
    return _is_regular(path) and not is_of_articles(_header(path))


def _tree(root: Path) -> Iterator[Found | Skipped | Unread]:
    # A stack of our own: folders may be nested deeper than calls may be.
    levels = [_folder(root, root, ())]
    while levels:
        entry = next(levels[-1], None)
        if entry is None:
            levels.pop()
        elif isinstance(entry, Iterator):
            levels.append(entry)
        else:
            yield entry


def _folder(folder: Path, root: Path, manifests: tuple[Path, ...]) -> _Level:
    """Yield what lies in ``folder``, and for a folder in it what lies there."""
    try:
        entries = _listed(folder)
    except OSError as error:
        yield Unread(_name(folder, root), f"folder cannot be read: {error.strerror}")
        return
    if any(entry.name == MANIFEST and _is_manifest(entry) for entry in entries):
        manifests = (folder / MANIFEST, *manifests)
    stems = {stem_of(entry.name) for entry in entries if _is_html(entry)}
    for entry in entries:
        path = folder / entry.name
        if entry.is_symlink():
            yield _link(path, root, manifests)
        elif not entry.is_dir(follow_symlinks=False):
            yield _entry(path, root, manifests)
        elif is_companion(entry.name, stems):
            yield _companion(path, root)
        else:
            yield _folder(path, root, manifests)


def _is_html(entry: os.DirEntry[str]) -> bool:
    kind = kind_of(entry.name)
    if kind in PAGES | OTHER or not entry.is_file(follow_symlinks=False):
        return kind in HTML
    try:
        return looks_like_html(Path(entry.path))  # story.shtml, story.php?id=3
    except OSError:
        return False


def _companion(folder: Path, root: Path) -> _Level:
    try:
        entries = _listed(folder)
    except OSError as error:
        reason = f"part of a saved page; cannot be read: {error.strerror}"
        yield Skipped(folder, _name(folder, root), reason)
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield _companion(path, root)
        else:
            yield Skipped(path, _name(path, root), "part of a saved page")


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as listing:
        return sorted(listing, key=lambda entry: os.fsencode(entry.name))


def _entry(
    path: Path, root: Path, manifests: tuple[Path, ...]
) -> Found | Skipped | Unread:
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return Unread(_name(path, root), f"cannot be read: {error.strerror}")
    return _file(path, root, mode, manifests)


def _file(
    path: Path, root: Path, mode: int, manifests: tuple[Path, ...]
) -> Found | Skipped | Unread:
    name = _name(path, root)
    if not stat.S_ISREG(mode):
        return Skipped(path, name, f"not a file but a {_nature(mode)}; not opened")
    if path.name == MANIFEST and manifests and manifests[0] == path:
        fault = manifest.read(path).fault
        return Unread(name, fault) if fault else Skipped(path, name, "manifest")
    if path.name == CORRECTIONS and corrections_at(path):
        return _corrections(path, name)
    if _is_left_by_mirroring(path):
        return Skipped(path, name, "not a page by its name")
    kind = kind_of(path.name)
    if kind in OTHER or (path.suffix.lower() == ".gz" and kind not in PAGES):
        return Skipped(path, name, _reason(path, kind))
    try:
        if kind not in PAGES and not looks_like_html(path):
            return Skipped(path, name)
        if path.suffix.lower() in TEXT | ROWS and (reason := no_news(path)):
            return Skipped(path, name, reason)
    except OSError as error:
        return Unread(name, f"cannot be read: {error.strerror}")
    return Found(path, name, (*_sidecars(path), *manifests))


def _corrections(path: Path, name: str) -> Skipped | Unread:
    if "/" in name:
        return Skipped(path, name, "corrections are read at the top of a root only")
    fault = sheet.read(path).fault
    return Unread(name, fault) if fault else Skipped(path, name, "corrections")


def _link(
    path: Path, root: Path, manifests: tuple[Path, ...]
) -> Found | Skipped | Unread:
    name = _name(path, root)
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # before Python 3.13 a loop is the latter
        reason = f"broken link: {getattr(error, 'strerror', None) or 'a loop'}"
        if kind_of(path.name) in PAGES:
            return Unread(name, reason)
        return Skipped(path, name, reason)
    if not target.is_relative_to(root):
        return Skipped(path, name, "link leads outside the root; not followed")
    if target.is_dir():
        return Skipped(path, name, "link to a folder read in its own place")
    if kind_of(path.name) in PAGES and kind_of(target.name) not in PAGES:
        # Content stores name files by hash, and a link tells what they are.
        return _file(path, root, target.stat().st_mode, manifests)
    return Skipped(path, name, "link to a file read in its own place")


def _is_left_by_mirroring(path: Path) -> bool:
    log = path.name.startswith(_LOG) and kind_of(path.name) not in HTML
    return log or path.name in _MIRRORS or path.parent.name == _CACHE


def _sidecars(path: Path) -> tuple[Path, ...]:
    names = [path.name + ".json"]
    if path.suffix.lower() == ".gz":
        names.append(path.stem + ".json")
    beside = (path.with_name(name) for name in names)
    return tuple(sidecar for sidecar in beside if _is_regular(sidecar))


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False  # too long a name has no sidecar either


def _is_manifest(entry: os.DirEntry[str]) -> bool:
    # A table of articles may have this name too: a manifest has a path column.
    if not entry.is_file(follow_symlinks=False):
        return False
    return "path" in columns(_header(Path(entry.path)))


def _header(path: Path) -> str:
    """Return a table's first line, "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.readline(_HEADER).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _reason(path: Path, kind: str) -> str:
    if kind == ".warc":
        return "web archives are not read yet"
    if kind in {".rss", ".atom"}:
        return "feeds are not read yet"
    if kind == ".json" and _is_regular(path.with_suffix("")):
        return "sidecar"
    return "another file type"


def _nature(mode: int) -> str:
    for is_it, nature in (
        (stat.S_ISFIFO, "FIFO"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISDIR, "folder"),
    ):
        if is_it(mode):
            return nature
    return "device"


def _name(path: Path, root: Path) -> str:
    raw = os.fsencode(path.relative_to(root).as_posix())
    return raw.decode("utf-8", "backslashreplace")

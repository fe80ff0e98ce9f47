"""A commit: which segments an index consists of, and which of their documents live.

It is a file of its own in the generation's folder, written once and never changed. The
roots in it vouch for every byte of every file it names.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from search.engines.disk import Disk
from search.engines.sealed import Damaged, seal, unseal

PATTERN = "commit-*"  # of the names of manifests

_MANIFEST = re.compile(r"commit-(\d{8,})")
_SEGMENT = re.compile(r"s\d{8}\.seg")
_LIVE = re.compile(r"s\d{8}-\d+\.live")
_GROUPS = re.compile(r"groups-\d{8,}")


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment of a commit: its file, the file's root, and how much is in it.

    ``live`` is the file that says which of its ``documents`` live; None where all of
    them do. ``bytes`` is the size of the segment's file.
    """

    file: str
    root: str
    documents: int
    bytes: int
    live: str | None = None
    live_root: str | None = None
    deleted: int = 0

    @property
    def alive(self) -> int:
        """Return how many of its documents live."""
        return self.documents - self.deleted


@dataclass(frozen=True, slots=True)
class Commit:
    """One state of an index; ``format`` is that of its files.

    ``groups`` is the file that says which documents are copies; None where none are.
    """

    number: int
    format: str
    segments: tuple[SegmentEntry, ...] = ()
    groups: str | None = None
    groups_root: str | None = None

    @property
    def name(self) -> str:
        """Return the name of its manifest."""
        return name_of(self.number)

    @property
    def files(self) -> frozenset[str]:
        """Return the names of all its files, the manifest among them."""
        live = (entry.live for entry in self.segments if entry.live is not None)
        groups = () if self.groups is None else (self.groups,)
        segments = (entry.file for entry in self.segments)
        return frozenset({self.name, *live, *groups, *segments})


def name_of(number: int) -> str:
    """Return the name of the manifest of the commit with this number."""
    return f"commit-{number:08}"


def groups_of(number: int) -> str:
    """Return the name of the file with the groups of the commit with this number."""
    return f"groups-{number:08}"


def number_of(name: str) -> int:
    """Return the number of the commit whose manifest has this name, 0 if it is none."""
    found = _MANIFEST.fullmatch(name)
    return int(found[1]) if found else 0


def write(folder: Path, commit: Commit, disk: Disk) -> None:
    """Write the manifest of ``commit``; its bytes are on disk then, its name is not."""
    disk.write_file(folder / commit.name, seal(asdict(commit)))


def read(path: Path) -> Commit:
    """Return the commit whose manifest is at ``path``.

    Raises:
        Damaged: it is not what was written.
        OSError: it cannot be read.
    """
    try:
        value = unseal(path.read_bytes())
        entries = tuple(_entry(entry) for entry in value["segments"])
        groups = _groups(value["groups"]), value["groups_root"]
        number, format_ = int(value["number"]), str(value["format"])
        commit = Commit(number, format_, entries, *groups)
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{path.name}: {error}") from error
    if commit.name != path.name:
        raise Damaged(f"{path.name} is the manifest of another commit")
    return commit


def _entry(value: dict[str, Any]) -> SegmentEntry:
    entry = SegmentEntry(**value)
    live_is_sound = entry.live is None or _LIVE.fullmatch(entry.live)
    if not _SEGMENT.fullmatch(entry.file) or not live_is_sound:
        raise ValueError(f"{entry.file!r} and {entry.live!r} are no files of ours")
    return entry


def _groups(name: str | None) -> str | None:
    if name is not None and not _GROUPS.fullmatch(name):
        raise ValueError(f"{name!r} is no file of ours")
    return name

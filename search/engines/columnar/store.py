"""A generation in the hands of its one writer: from one commit to the next.

    files, each synced ─▶ manifest, synced ─▶ their folder synced
    ─▶ ``current`` renamed, its folder synced ─▶ what nobody needs removed

Whatever is cut short on the way leaves the commit before it, and files nobody names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from search.engines.columnar import clearing, live, manifest
from search.engines.columnar.commits import (
    Part,
    damage,
    labelled,
    open_part,
    read_current,
)
from search.engines.columnar.grouping import saved
from search.engines.columnar.manifest import Commit, SegmentEntry
from search.engines.folder import Folder, Generation
from search.engines.labels import Labels, Table
from search.engines.sealed import Damaged
from search.errors import DatelineError, IndexUnusable, NoIndex


class Grouping(NamedTuple):
    """The file with a commit's groups and its root, None where there are none."""

    file: str | None = None
    root: str | None = None


class Store:
    """``generation`` under change; where ``visible``, its commits are pointed at.

    ``commit`` is its last one, None while there is none.

    Raises:
        IndexUnusable: what is committed is damaged.
    """

    def __init__(
        self, folder: Folder, generation: Generation, *, visible: bool
    ) -> None:
        self.folder = folder
        self.generation = generation
        self.commit: Commit | None = None
        self.table = Table()  # of the groups of its last commit
        self._visible = visible
        self._parts: dict[str, Part] = {}
        if generation.number:  # else it has just begun
            with damage(folder):
                self.commit = read_current(generation)
                self.parts()
        with faults(folder):
            clearing.clear(generation.path, self.commit, folder.disk)
            names = [path.name for path in generation.path.glob("s*.seg")]
        self._last = max((int(name[1:9]) for name in names), default=0)

    @property
    def path(self) -> Path:
        """Return the generation's folder."""
        return self.generation.path

    @property
    def next(self) -> int:
        """Return the number the next commit will have."""
        return (self.commit.number if self.commit else self.generation.base) + 1

    def parts(self) -> tuple[Part, ...]:
        """Return the segments of the last commit, opened once each.

        Raises:
            Damaged: a file is not the one that was committed.
            OSError: one cannot be opened.
        """
        entries = self.commit.segments if self.commit else ()
        known = self._parts
        self._parts = {
            entry.file: self._part(entry, known.get(entry.file)) for entry in entries
        }
        if self.commit is None:
            return ()
        found, self.table = labelled(self.path, self.commit, [*self._parts.values()])
        return found

    def new_segment(self) -> Path:
        """Return the path of a new segment."""
        self._last += 1
        return self.path / f"s{self._last:08}.seg"

    def entry_of(self, part: Part) -> SegmentEntry:
        """Return the part as the next commit names it; its bitmap is written.

        Raises:
            OSError: the disk is full or fails.
        """
        if part.is_as_committed:
            return part.entry
        name = f"{part.entry.file.removesuffix('.seg')}-{self.next}.live"
        root = live.write(self.path / name, part.live, self.folder.disk)
        deleted = part.entry.documents - part.alive
        return replace(part.entry, live=name, live_root=root, deleted=deleted)

    def save_groups(self, labels: Sequence[Labels], table: Table) -> Grouping:
        """Write which documents of the next commit's segments are copies.

        Raises:
            OSError: the disk is full or fails.
        """
        if not any(len(some.docs) for some in labels):
            return Grouping()
        name = manifest.groups_of(self.next)
        root = saved.write(self.path / name, labels, table, self.folder.disk)
        return Grouping(name, root)

    def advance(
        self, segments: Iterable[SegmentEntry], grouping: Grouping | None = None
    ) -> None:
        """Commit ``segments``, whose files and groups are synced.

        Raises:
            OSError: it may or may not be committed; :meth:`abandon` finds out.
        """
        groups = grouping or Grouping()
        commit = Commit(self.next, self.generation.format, tuple(segments), *groups)
        disk = self.folder.disk
        manifest.write(self.path, commit, disk)
        disk.sync_folder(self.path)
        if self._visible:
            self.folder.point_at(self.generation, commit.number)
        self.commit = commit
        with suppress(OSError):  # it is durable; the next run clears again
            clearing.clear(self.path, commit, disk)

    def finish(self) -> None:
        """Have the last commit answer, an empty one where there is none.

        Raises:
            OSError: it may or may not be pointed at.
        """
        if self.commit is None:
            self.advance(())
        if self.commit is not None and not self._visible:
            self.folder.point_at(self.generation, self.commit.number)

    def abandon(self) -> None:
        """Go back to the last commit after a fault, and remove what is not of it.

        As far as the disk lets it: the next run removes the rest.
        """
        with suppress(OSError, Damaged, IndexUnusable):
            if self._visible:
                self.commit = self._pointed_at()
            clearing.clear(self.path, self.commit, self.folder.disk)

    def _pointed_at(self) -> Commit | None:
        try:
            current = self.folder.current(self.generation.format)
        except NoIndex:
            return None
        return read_current(current) if current.path == self.path else None

    def _part(self, entry: SegmentEntry, last: Part | None) -> Part:
        if last is not None and last.entry == entry:
            return last
        return open_part(self.path, entry, last.container if last else None)


@contextmanager
def faults(folder: Folder) -> Iterator[None]:
    """Turn what a damaged file, or a full or failing disk, raises into one line."""
    try:
        yield
    except Damaged as cause:
        raise folder.damaged(cause) from cause
    except OSError as cause:
        raise DatelineError(
            f"cannot write to the index in {folder.path}: {cause}"
        ) from cause

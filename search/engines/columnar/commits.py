"""The current commit, opened for reading and held: its files stay while it is.

A reader holds a shared lock on the manifest. A writer removes a manifest, and the files
only it names, where nobody holds it. Whoever finds a commit gone looks for the next.
"""

from __future__ import annotations

import fcntl
import os
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from search.engines.columnar import live, manifest
from search.engines.columnar.container import Container
from search.engines.columnar.grouping import saved
from search.engines.columnar.manifest import Commit, SegmentEntry
from search.engines.docsets import Bits, Ids
from search.engines.folder import Folder, Generation
from search.engines.labels import NO_LABELS, Labels, Table
from search.engines.sealed import Damaged

TRIES = 50
PAUSE = 0.01  # seconds; a full build may be swapped in while a commit is opened


@contextmanager
def damage(folder: Folder) -> Iterator[None]:
    """Turn what a damaged or missing file raises into IndexUnusable."""
    try:
        yield
    except (Damaged, OSError) as error:
        raise folder.damaged(error) from error


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of an opened commit, and the bitmap of its live documents.

    ``labels`` are of those that have copies.
    """

    entry: SegmentEntry
    container: Container
    live: Bits
    labels: Labels = NO_LABELS

    @property
    def alive(self) -> int:
        """Return how many of its documents live."""
        return live.count(self.live)

    @property
    def is_as_committed(self) -> bool:
        """Return whether no document died: none ever comes back to life."""
        return self.alive == self.entry.alive

    def without(self, dead: Ids) -> Part:
        """Return it without these documents, which may repeat, or be dead already."""
        if not len(dead):
            return self
        return replace(self, live=live.without(self.live, dead))


class Snapshot:
    """A commit whose files are open; they stay until it is closed or forgotten."""

    def __init__(self, generation: Generation, commit: Commit, hold: Hold) -> None:
        self.generation = generation
        self.commit = commit
        self.parts: tuple[Part, ...] = ()
        self.table = Table()
        self._hold = hold

    @property
    def bytes(self) -> int:
        """Return the size of its files, not of those that older commits still need."""
        folder = self.generation.path
        return sum((folder / name).stat().st_size for name in self.commit.files)

    def close(self) -> None:
        """Let the commit go; what is mapped stays until its last array is gone."""
        self._hold.release()


class Hold:
    """A shared lock on a manifest, until it is released or forgotten."""

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.release = weakref.finalize(self, os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not os.fstat(descriptor).st_nlink:  # it went just before the lock
            self.release()
            raise FileNotFoundError(f"{path} is gone")


def open_current(folder: Folder, format: str, last: Snapshot | None = None) -> Snapshot:
    """Open the current commit; what it shares with ``last`` is not opened again.

    Raises:
        NoIndex: there is none.
        IndexUnusable: it is damaged or of another format.
    """
    for _ in range(TRIES):
        stamp = folder.stamp()
        generation = folder.current(format)
        try:
            return _open(generation, last)
        except FileNotFoundError as error:
            if folder.stamp() == stamp:  # nobody took it away
                raise folder.damaged(error) from error
            time.sleep(PAUSE)
        except (Damaged, OSError) as error:
            raise folder.damaged(error) from error
    raise folder.damaged(TimeoutError("commits come and go faster than they open"))


def read_current(generation: Generation) -> Commit:
    """Return the commit that is pointed at, without holding it.

    Raises:
        Damaged: its manifest is not what was written.
        OSError: it cannot be read.
    """
    commit = manifest.read(generation.path / manifest.name_of(generation.number))
    if commit.format != generation.format:
        raise Damaged(f"{commit.name} is of another format")
    return commit


def new_part(path: Path, root: str) -> Part:
    """Return the segment that was written to ``path``; all its documents live.

    Raises:
        Damaged: it is not what was written.
        OSError: it cannot be opened.
    """
    container = Container.open(path, root)
    documents = int(container.meta["documents"])
    entry = SegmentEntry(path.name, root, documents, container.size)
    return Part(entry, container, live.all_of(documents))


def open_part(folder: Path, entry: SegmentEntry, container: Container | None) -> Part:
    """Open a segment in the generation's ``folder``, where it is not open already.

    Raises:
        Damaged: a file is not the one that was committed.
        OSError: it cannot be opened.
    """
    opened = container or Container.open(folder / entry.file, entry.root)
    if entry.live is None:
        return Part(entry, opened, live.all_of(entry.documents))
    bits = live.read(folder / entry.live, entry.live_root, entry.documents)
    if live.count(bits) != entry.alive:
        raise Damaged(f"{entry.live} is not the bitmap that was committed")
    return Part(entry, opened, bits)


def _open(generation: Generation, last: Snapshot | None) -> Snapshot:
    hold = Hold(generation.path / manifest.name_of(generation.number))
    snapshot = Snapshot(generation, read_current(generation), hold)
    known = {}
    if last is not None and last.generation.path == generation.path:
        known = {(part.entry.file, part.entry.root): part for part in last.parts}
    snapshot.parts = tuple(
        _shared(generation.path, entry, known.get((entry.file, entry.root)))
        for entry in snapshot.commit.segments
    )
    snapshot.parts, snapshot.table = labelled(
        generation.path, snapshot.commit, snapshot.parts
    )
    return snapshot


def labelled(
    folder: Path, commit: Commit, parts: Sequence[Part]
) -> tuple[tuple[Part, ...], Table]:
    """Return the parts of ``commit`` with their labels, and the groups these name.

    Raises:
        Damaged: what is saved of groups is not what was committed.
        OSError: it cannot be opened.
    """
    if commit.groups is None:
        return tuple(parts), Table()
    sizes = [part.entry.documents for part in parts]
    found = saved.read(folder / commit.groups, commit.groups_root, sizes)
    pairs = zip(parts, found.labels, strict=True)
    return tuple(replace(part, labels=some) for part, some in pairs), found.table


def _shared(folder: Path, entry: SegmentEntry, last: Part | None) -> Part:
    if last is not None and last.entry == entry:
        return last
    return open_part(folder, entry, last.container if last else None)

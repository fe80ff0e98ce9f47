"""A disk whose power can be cut: only what was synced is sure to be there after.

Written pages, new names, renames and removals that were not synced are kept or lost
one by one, as a seed says. Bytes are made sure by syncing their file, names by syncing
their folder.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from search.engines.disk import Disk, File

_PAGE = 4096
_ROOT = 0


@dataclass(frozen=True, slots=True)
class Wrote:
    """Bytes in a file."""

    node: int
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Named:
    """Names given (a node) and taken (None) in a folder: all or none of them."""

    node: int
    names: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Synced:
    """A file or a folder, as it was then."""

    node: int


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Somebody was told that so many commits are done."""

    commits: int


Step = Wrote | Named | Synced | Acknowledged


class LoggedFile(File):
    """A file whose writes and syncs are written down."""

    def __init__(self, file: File, node: int, log: list[Step]) -> None:
        super().__init__(file.path, file._descriptor)
        self._node = node
        self._log = log

    def write(self, data: bytes | memoryview, at: int) -> None:
        super().write(data, at)
        self._log.append(Wrote(self._node, at, bytes(data)))

    def sync(self) -> None:
        self._log.append(Synced(self._node))


class PowerDisk(Disk):
    """Does what is asked below ``root``, an empty folder, and writes it down."""

    def __init__(self, root: Path) -> None:
        self.log: list[Step] = []
        self.folders = {_ROOT}
        self._nodes = {root: _ROOT}
        self._next = _ROOT

    def create(self, path: Path) -> File:
        file = super().create(path)
        return LoggedFile(file, self._new(path), self.log)

    def make_folder(self, path: Path) -> None:
        super().make_folder(path)
        self.folders.add(self._new(path))

    def rename(self, path: Path, to: Path) -> None:
        super().rename(path, to)
        assert path.parent == to.parent
        self._nodes[to] = node = self._nodes.pop(path)
        self._name(path, (path.name, None), (to.name, node))

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        if self._nodes.pop(path, None) is not None:
            self._name(path, (path.name, None))

    def remove_folder(self, path: Path) -> None:
        super().remove_folder(path)
        below = [p for p in self._nodes if path in p.parents]
        for one in sorted(below, reverse=True):
            self._name(one, (one.name, None))
            del self._nodes[one]
        del self._nodes[path]
        self._name(path, (path.name, None))

    def sync_folder(self, path: Path) -> None:
        self.log.append(Synced(self._nodes[path]))

    def _new(self, path: Path) -> int:
        self._next += 1
        self._nodes[path] = self._next
        self._name(path, (path.name, self._next))
        return self._next

    def _name(self, path: Path, *names: tuple[str, int | None]) -> None:
        self.log.append(Named(self._nodes[path.parent], names))


def after_cut(disk: PowerDisk, steps: int, random: Random, to: Path) -> None:
    """Write to the folder ``to`` what a cut after so many steps may leave."""
    files: dict[int, bytearray] = defaultdict(bytearray)
    names: dict[int, dict[str, int]] = defaultdict(dict)
    waiting: dict[int, list[Wrote | Named]] = defaultdict(list)
    for step in disk.log[:steps]:
        if isinstance(step, Wrote | Named):
            waiting[step.node].append(step)
        elif isinstance(step, Synced):
            for done in waiting.pop(step.node, ()):
                _apply(done, files, names)
    share = random.choice([0.0, 0.2, 0.5, 0.8, 1.0])
    for steps_of in waiting.values():
        for step in steps_of:
            for piece in _pages(step):
                if random.random() < share:
                    _apply(piece, files, names)
    _write(_ROOT, to, disk.folders, files, names)


def _apply(
    step: Wrote | Named,
    files: dict[int, bytearray],
    names: dict[int, dict[str, int]],
) -> None:
    if isinstance(step, Named):
        for name, node in step.names:
            names[step.node].pop(name, None)
            if node is not None:
                names[step.node][name] = node
        return
    data = files[step.node]
    data.extend(b"\0" * (step.at + len(step.data) - len(data)))
    data[step.at : step.at + len(step.data)] = step.data


def _pages(step: Wrote | Named) -> list[Wrote | Named]:
    if isinstance(step, Named):
        return [step]
    first = _PAGE - step.at % _PAGE
    cuts = [0, *range(first, len(step.data), _PAGE), len(step.data)]
    return [Wrote(step.node, step.at + a, step.data[a:b]) for a, b in pairwise(cuts)]


def _write(
    node: int,
    to: Path,
    folders: set[int],
    files: dict[int, bytearray],
    names: dict[int, dict[str, int]],
) -> None:
    to.mkdir()
    for name, inner in names[node].items():
        if inner in folders:
            _write(inner, to / name, folders, files, names)
        else:
            (to / name).write_bytes(files[inner])

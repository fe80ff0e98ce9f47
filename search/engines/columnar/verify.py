"""Every byte of the current commit, read anew and compared with its checksum."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from search.engines import known_places
from search.engines.columnar import live, manifest
from search.engines.columnar.commits import PAUSE, TRIES, Hold, read_current
from search.engines.columnar.container import Container
from search.engines.columnar.grouping import saved
from search.engines.columnar.manifest import Commit, SegmentEntry
from search.engines.folder import Folder, Generation
from search.engines.sealed import Damaged, unseal


@dataclass(frozen=True, slots=True)
class Fault:
    """A file, named from the index's folder, and what is wrong with it."""

    file: str
    reason: str


@dataclass(slots=True)
class Verified:
    """How many files and bytes were read, what was wrong with them, what mends it."""

    files: int = 0
    bytes: int = 0
    faults: list[Fault] = field(default_factory=list)
    remedy: str = ""


def verify(folder: Folder, format: str) -> Verified:
    """Return what is wrong with the index: every block is read, a few GB a second.

    A run may go on meanwhile; what is verified is one commit.

    Raises:
        NoIndex: there is none.
        IndexUnusable: it is of another format, or may not be read.
    """
    folder.stamp()  # or there is no index
    found = Verified()
    with _reading(folder, found, folder.pointer):
        unseal(folder.pointer.read_bytes())
    if not found.faults:  # else nothing it says can be believed
        _verify_generation(folder, found, format)
    if found.faults:
        cause = Damaged(f"{len(found.faults)} of {found.files} files")
        found.remedy = str(folder.damaged(cause))
    return found


def _verify_generation(folder: Folder, found: Verified, format: str) -> None:
    generation, hold = _held(folder, format)
    with _reading(folder, found, generation.about):
        unseal(generation.about.read_bytes())
    if (generation.state / known_places.FILE).exists():
        with _reading(folder, found, generation.state / known_places.FILE):
            known_places.copied(generation.state)
    name = manifest.name_of(generation.number)
    with _reading(folder, found, generation.path / name):
        commit = read_current(generation)
        for entry in commit.segments:
            _verify_segment(folder, found, generation.path, entry)
        if commit.groups is not None:
            _verify_groups(folder, found, generation.path, commit)
    if hold is not None:
        hold.release()


def _held(folder: Folder, format: str) -> tuple[Generation, Hold | None]:
    """Return the current generation with its commit held, None where it is missing."""
    for _ in range(TRIES):
        stamp = folder.stamp()
        generation = folder.current(format)
        path = generation.path / manifest.name_of(generation.number)
        try:
            return generation, Hold(path)
        except FileNotFoundError:
            if folder.stamp() == stamp:
                break
            time.sleep(PAUSE)
    return generation, None


def _verify_segment(
    folder: Folder, found: Verified, path: Path, entry: SegmentEntry
) -> None:
    with _reading(folder, found, path / entry.file):
        container = Container.open(path / entry.file, entry.root)
        container.verify()
        container.close()
        if container.meta.get("documents") != entry.documents:
            raise Damaged(f"{entry.file}: it has another number of documents")
    if entry.live is not None:
        with _reading(folder, found, path / entry.live):
            bits = live.read(path / entry.live, entry.live_root, entry.documents)
            if live.count(bits) != entry.alive:
                raise Damaged(f"{entry.live}: another number of documents lives")


def _verify_groups(folder: Folder, found: Verified, path: Path, commit: Commit) -> None:
    name = str(commit.groups)
    with _reading(folder, found, path / name):
        container = Container.open(path / name, commit.groups_root)
        container.verify()
        container.close()
        saved.read(
            path / name,
            commit.groups_root,
            [entry.documents for entry in commit.segments],
        )


@contextmanager
def _reading(folder: Folder, found: Verified, path: Path) -> Iterator[None]:
    """Count the file at ``path`` as read, and put down what is wrong with it."""
    name = str(path.relative_to(folder.path))
    found.files += 1
    try:
        found.bytes += path.stat().st_size
        yield
    except PermissionError as error:
        raise folder.damaged(error) from error
    except (Damaged, OSError) as error:
        reason = str(error).removeprefix(f"{path.name}: ")
        if isinstance(error, OSError):
            reason = error.strerror or reason
        found.faults.append(Fault(name, reason))

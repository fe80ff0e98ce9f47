"""The folder an index lives in: its generations, the current one, its one writer.

    INDEX/              0750
        current         JSON: which generation answers, its last commit, and since when
        lock            held by the one writer with flock(2)
        g00000001/      a generation
            about.json  its format, and what its numbers start from
            state/      the notes of the runs that made it
            …           the engine's own files

``current`` and ``about.json`` end in their checksum. A copy of the folder, taken while
nothing writes, is a backup; docs/reliability.md says how to take one at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from search.engines import belongings, lock, unusable
from search.engines.belongings import ABOUT, CURRENT, DRAFT, LOCK, STATE
from search.engines.disk import Disk
from search.engines.sealed import read_line, seal, unseal_or_bare
from search.errors import BadSetting, IndexUnusable, NoIndex

_DISK = Disk()
_REMEDIES = unusable.Remedies()


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index inside the folder.

    Its commits are numbered from ``base`` up, so that numbers grow across full builds.
    ``format`` names engine, format version and schema. ``number`` is that of the last
    commit that was pointed at, and ``built`` when that was.
    """

    path: Path
    base: int
    format: str
    built: datetime | None = None
    number: int = 0

    @property
    def state(self) -> Path:
        """Return the folder for the notes of the runs that make this generation."""
        return self.path / STATE

    @property
    def about(self) -> Path:
        """Return the file that says its format, and what its numbers start from."""
        return self.path / ABOUT


class Folder:
    """An index folder at ``path``, which need not exist yet.

    ``remedies`` say what helps where it cannot be used.
    """

    def __init__(
        self,
        path: Path,
        disk: Disk = _DISK,
        remedies: unusable.Remedies = _REMEDIES,
    ) -> None:
        self.path = path
        self.disk = disk
        self._remedies = remedies
        self.pointer = path / CURRENT

    def stamp(self) -> tuple[int, int]:
        """Return what changes with every commit and every swap; costs one stat.

        Raises:
            NoIndex: there is no index.
        """
        try:
            status = self.pointer.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise self._remedies.missing(self.path) from error
        except OSError as error:
            raise self.damaged(error) from error
        return status.st_mtime_ns, status.st_ino

    def current(self, format: str) -> Generation:
        """Return the generation that answers.

        Raises:
            NoIndex: there is no index.
            IndexUnusable: it is damaged, or its format is not ``format``.
        """
        line = self._pointer()
        try:
            path = self.path / line["folder"]
            data = (path / ABOUT).read_bytes()
            found = str(read_line(data)["format"])
            if found != format:
                raise self._remedies.outdated(self.path, found, format)
            base = int(unseal_or_bare(data)["base"])
            built = datetime.fromisoformat(line["built"])
            return Generation(path, base, format, built, int(line["generation"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            if self._pointer() != line:  # it was swapped out and removed meanwhile
                return self.current(format)
            raise self.damaged(error) from error

    def live_state(self) -> Path | None:
        """Return where the runs of the live generation keep notes, whatever its format.

        None where there is no index.

        Raises:
            IndexUnusable: nothing says which generation is live.
        """
        try:
            return Generation(self.path / self._pointer()["folder"], 0, "").state
        except NoIndex:
            return None

    def check_is_no_programs(self) -> None:
        """Raise BadSetting where it holds an index that a program made for itself.

        Even where nothing says which generation is the current one: a run can make
        anew what pages it is of, and nothing else.
        """
        if belongings.is_a_programs(self.path):
            raise unusable.of_a_program(self.path)

    def begin(self, format: str, base: int) -> Generation:
        """Return a new, empty generation beside the current one."""
        path = belongings.next_generation(self.path)
        made = Generation(path, base, format)
        self.disk.make_folder(path)
        self.disk.make_folder(made.state)
        self._replace(made.about, {"format": format, "base": base})
        self.disk.sync_folder(self.path)
        return made

    def point_at(self, generation: Generation, number: int) -> None:
        """Make ``generation`` the one that answers; ``number`` is its last commit's.

        Its files are on disk already; after this, so is the change.
        """
        built = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"folder": generation.path.name, "generation": number, "built": built}
        self._replace(self.pointer, line)

    def number(self) -> int:
        """Return the number of the last commit that was pointed at, 0 if there is none.

        It is read even where the index itself cannot be, and it may be one behind.
        """
        try:
            return int(self._pointer().get("generation", 0))
        except (IndexUnusable, ValueError, TypeError):
            return 0

    def writing(self) -> str | None:
        """Return what a run does now: ``update`` it, ``rebuild`` it beside, or None."""
        if not lock.is_held(self.path / LOCK):
            return None
        try:
            live = self._pointer()["folder"]
            others = [p.name for p in belongings.generations(self.path)]
        except (IndexUnusable, OSError):
            return "rebuild"
        return "rebuild" if any(name > live for name in others) else "update"

    def clear(self, needed: Callable[[Path], bool] = lambda _: False) -> None:
        """Remove every generation but the current one: half-built and swapped out.

        Those that are still ``needed`` stay; and where nothing says which is the
        current one, all of them. What is not the index's own stays in any case.
        """
        try:
            current = self._pointer()["folder"]
        except NoIndex:
            current = None
        except IndexUnusable:
            return
        for path in belongings.generations(self.path):
            if path.name != current and not needed(path):
                self.disk.remove_folder(path)
        self.disk.unlink(self.path / DRAFT)  # a run was killed before the rename

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the right to write; the folder is made if it is not there.

        Raises:
            IndexLocked: another process, or another writer of this one, holds it.
            BadSetting: the folder cannot be made, or holds something else.
            IndexUnusable: it may not be written to.
        """
        self._make()
        try:
            held = lock.take(self.path / LOCK)
        except PermissionError as error:
            raise self.damaged(error) from error
        if held is None:
            raise unusable.locked(self.path)
        try:
            yield
        finally:
            lock.let_go(held)

    def damaged(self, cause: object) -> IndexUnusable:
        """Return the error that says why this index cannot be used, and what helps."""
        if isinstance(cause, PermissionError):
            return unusable.denied(self.path, cause)
        try:
            state = self.live_state()
        except IndexUnusable:
            state = None
        knows_roots = state is not None and state.is_dir()
        return self._remedies.damaged(self.path, cause, knows_roots=knows_roots)

    def _pointer(self) -> dict[str, Any]:
        """Return the line that says which generation is the current one.

        Raises:
            NoIndex: there is none.
            IndexUnusable: it is damaged.
        """
        try:
            return belongings.read_pointer(self.pointer)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise self._remedies.missing(self.path) from error
        except PermissionError as error:
            raise self.damaged(error) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._astray(error) from error

    def _astray(self, cause: Exception) -> IndexUnusable:
        """Return the error that says why nothing tells which generation is current."""
        with suppress(OSError):
            if belongings.is_of_others(self.path):
                return self._remedies.missing(self.path)
        return self._remedies.damaged(self.path, cause, knows_roots=False)

    def _replace(self, path: Path, value: dict[str, Any]) -> None:
        """Write ``value``, sealed, to ``path``: whole or not at all, then on disk."""
        beside = path.with_name(path.name + ".new")
        self.disk.unlink(beside)
        self.disk.write_file(beside, seal(value))
        self.disk.rename(beside, path)
        self.disk.sync_folder(path.parent)

    def _make(self) -> None:
        try:
            if not self.path.is_dir():
                above = self.path.absolute().parent
                above.mkdir(parents=True, exist_ok=True)
                self.disk.make_folder(self.path)
                self.disk.sync_folder(above)
            is_of_others = belongings.is_of_others(self.path)
        except PermissionError as error:
            if self.path.exists():
                raise self.damaged(error) from error
            raise unusable.closed(self.path, error) from error
        except OSError as error:
            raise BadSetting(f"no index can be made in {self.path}: {error}") from error
        if is_of_others:
            raise BadSetting(
                f"{self.path} holds other files and no index;"
                " name a folder that is empty or not there yet"
            )

"""What runs did to the index, and what one does to it now, as far as people may know.

A page tells names of folders and of files below them, never where they are: whoever
runs the site has ``dateline status`` for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from time import monotonic

from search.engines import state_of, writing
from search.errors import DatelineError
from search.status import Notes, notes
from web.left_out import LeftOut, left_out

_EVERY = 1.0  # seconds between two looks at what runs do, and did
_REASONS = 50  # that are told apart; what a page says may be in one
_NAMED = 20  # files that failed for one reason and are named


@dataclass(frozen=True, slots=True)
class Failed:
    """Files that failed for one ``reason``: how many, and the first of them."""

    reason: str
    count: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What is known of the runs; ``tally`` counts pages by what became of them.

    ``now`` is ``update`` or ``rebuild`` while a run writes. ``ended`` is None where the
    last run did not come to its end; all is empty where nothing is known.
    """

    roots: tuple[str, ...] = ()
    started: datetime | None = None
    ended: datetime | None = None
    tally: Mapping[str, int] | None = None
    failed: tuple[Failed, ...] = ()
    now: str | None = None

    @property
    def failures(self) -> int:
        """Return how many files could not be read."""
        return sum(failed.count for failed in self.failed)


class Caretaker:
    """Tells of the index at ``locator``; None is one in memory, of which is no news.

    What cannot be read is not known: the index may answer all the same.
    """

    def __init__(self, locator: str | None) -> None:
        self._locator = locator
        self._looked = self._read = -_EVERY
        self._now: str | None = None
        self._noted = Upkeep()

    def upkeep(self) -> Upkeep:
        """Return what is known; notes are a second old: a run may leave many."""
        if self._locator is None:
            return Upkeep()
        try:
            if monotonic() - self._read > _EVERY:
                self._noted = _told(notes(state_of(self._locator)))
                self._read = monotonic()
            return replace(self._noted, now=writing(self._locator))
        except DatelineError:
            return Upkeep()

    def left_out(self, sources: Sequence[str]) -> Mapping[str, LeftOut]:
        """Return what cleaning left out of each source, as far as it is known."""
        if self._locator is None:
            return {}
        try:
            return left_out(state_of(self._locator), sources)
        except DatelineError:
            return {}

    def now(self) -> str | None:
        """Return what a run does now: ``update``, ``rebuild`` or None; a second old."""
        if self._locator is not None and monotonic() - self._looked > _EVERY:
            self._looked = monotonic()  # the kernel takes milliseconds to tell
            try:
                self._now = writing(self._locator)
            except DatelineError:
                self._now = None
        return self._now


def _told(found: Notes) -> Upkeep:
    run = found.last_run
    return Upkeep(
        roots=tuple(PurePath(root).name or "/" for root in found.roots),
        started=datetime.fromisoformat(run.started) if run else None,
        ended=datetime.fromisoformat(run.ended) if run and run.ended else None,
        tally=run.tally if run else None,
        failed=_by_reason(found),
    )


def _by_reason(found: Notes) -> tuple[Failed, ...]:
    """Return what failed, the commonest reason first, the rare ones as one."""
    files: dict[str, list[str]] = {}
    for failure in found.failures:
        files.setdefault(failure.reason, []).append(failure.path)
    ordered = sorted(files, key=lambda reason: -len(files[reason]))
    told = [
        _failed(_without_paths(reason, found.roots), files[reason], found.roots)
        for reason in ordered[:_REASONS]
    ]
    if rare := ordered[_REASONS:]:
        said = f"for one of {len(rare):,} other reasons"
        rest = [path for reason in rare for path in files[reason]]
        told.append(_failed(said, rest, found.roots))
    return tuple(told)


def _failed(reason: str, paths: Sequence[str], roots: tuple[str, ...]) -> Failed:
    named = tuple(_below(path, roots) for path in paths[:_NAMED])
    return Failed(reason, len(paths), named)


def _below(path: str, roots: tuple[str, ...]) -> str:
    """Return ``path`` from the name of its root on."""
    for root in roots:
        above = str(PurePath(root).parent).rstrip("/") + "/"
        if path == root or path.startswith(root.rstrip("/") + "/"):
            return path.removeprefix(above)
    return PurePath(path).name


def _without_paths(reason: str, roots: tuple[str, ...]) -> str:
    for root in sorted(roots, key=len, reverse=True):
        reason = reason.replace(root, PurePath(root).name)
    return reason

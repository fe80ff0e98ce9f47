"""What runs did to the index, and what one does to it now, as far as people may know.

A page tells names of folders and of files below them, never where they are: whoever
runs the site has ``dateline status`` for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from time import monotonic

from search.engines import state_of, writing
from search.errors import DatelineError
from search.status import Notes, notes

_EVERY = 1.0  # seconds between two looks at whether a run writes
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
        self._looked = -_EVERY
        self._now: str | None = None

    def upkeep(self) -> Upkeep:
        """Return what is known; it is read each time."""
        if self._locator is None:
            return Upkeep()
        try:
            return _told(notes(state_of(self._locator)), writing(self._locator))
        except DatelineError:
            return Upkeep()

    def now(self) -> str | None:
        """Return what a run does now: ``update``, ``rebuild`` or None; a second old."""
        if self._locator is not None and monotonic() - self._looked > _EVERY:
            self._looked = monotonic()  # the kernel takes milliseconds to tell
            try:
                self._now = writing(self._locator)
            except DatelineError:
                self._now = None
        return self._now


def _told(found: Notes, now: str | None) -> Upkeep:
    run = found.last_run
    return Upkeep(
        roots=tuple(PurePath(root).name or "/" for root in found.roots),
        started=datetime.fromisoformat(run.started) if run else None,
        ended=datetime.fromisoformat(run.ended) if run and run.ended else None,
        tally=run.tally if run else None,
        failed=_by_reason(found),
        now=now,
    )


def _by_reason(found: Notes) -> tuple[Failed, ...]:
    """Return what failed, the commonest reason first."""
    counts = Counter(failure.reason for failure in found.failures)
    return tuple(
        Failed(
            _without_paths(reason, found.roots),
            count,
            tuple(
                _below(failure.path, found.roots)
                for failure in found.failures
                if failure.reason == reason
            )[:_NAMED],
        )
        for reason, count in counts.most_common()
    )


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

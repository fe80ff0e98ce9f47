"""What a run says of itself: a summary, a line for every page, messages on the way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol, TextIO

from index.ledger import Ledger
from index.records import DUPLICATE, FAILED, UNCHANGED, Page


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pages of a run met which end.

    ``added + updated + unchanged`` pages are in the index; ``duplicate`` ones have the
    id of one of them that was saved later.
    """

    added: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    duplicate: int = 0

    def __str__(self) -> str:
        """Return it in words; duplicates only where there are some."""
        counts = asdict(self)
        if not self.duplicate:
            del counts["duplicate"]
        return ", ".join(f"{count} {status}" for status, count in counts.items())


class Watcher(Protocol):
    """Whoever wants to know how a run is getting on."""

    def failed(self, path: str, reason: str) -> None:
        """Hear that a page could not be read."""

    def committed(self, articles: int) -> None:
        """Hear how many changes of this run are durable by now."""

    def step(self) -> None:
        """Hear that another file is done with."""


class Muted:
    """Passes on what a watcher may hear while nothing is acknowledged.

    That is so before a new index is swapped in, and in a rehearsal. ``articles`` is
    how many would be durable by now.
    """

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self.articles = 0

    def failed(self, path: str, reason: str) -> None:
        """Pass on that a page could not be read."""
        self._watcher.failed(path, reason)

    def committed(self, articles: int) -> None:
        """Keep the number to oneself."""
        self.articles = articles

    def step(self) -> None:
        """Pass on that another file is done with."""
        self._watcher.step()


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one page: a line of the report."""

    path: str
    id: str | None
    status: str
    reason: str | None = None

    def __str__(self) -> str:
        """Return it as JSON on one line."""
        return json.dumps(
            {
                "path": self.path,
                "id": self.id,
                "status": self.status,
                "reason": self.reason,
            }
        )


def lines(ledger: Ledger, run: int) -> Iterator[Line]:
    """Yield a line for each page that ``run`` met, and for each file without one."""
    for path, page in ledger.seen_pages():
        reason = page.reason if _end(page, run) in (FAILED, DUPLICATE) else None
        yield Line(path + page.row, page.id, _end(page, run), reason)
    for path, id_, status, reason in ledger.run.notes():
        yield Line(path, id_, status, reason or None)


def write(ledger: Ledger, run: int, to: Path | None) -> tuple[Tally, list[Line]]:
    """Write the report of ``run``; return its summary and the lines that failed.

    Raises:
        OSError: the report cannot be written.
    """
    ends: Counter[str] = Counter()
    failures = []
    with _opened(to) as file:
        for line in lines(ledger, run):
            ends[line.status] += 1
            if line.status == FAILED:
                failures.append(line)
            if file is not None:
                file.write(f"{line}\n")
    counts = {name: ends[name] for name in Tally.__match_args__}
    return Tally(**counts), failures


def _opened(to: Path | None) -> AbstractContextManager[TextIO | None]:
    """Return the report's file, or nothing to write to."""
    if to is None:
        return nullcontext()
    to.parent.mkdir(parents=True, exist_ok=True)
    return to.open("w", encoding="utf-8")


def _end(page: Page, run: int) -> str:
    """Return what became of ``page``, which an earlier run may have seen last."""
    if page.run == run or page.status == FAILED:
        return page.status
    return UNCHANGED if page.current else DUPLICATE

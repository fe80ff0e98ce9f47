"""What a run says of itself: a summary, a line for every page, messages on the way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO

from index.ledger import Ledger
from index.records import DUPLICATE, FAILED, UNCHANGED, Page
from search.errors import BadSetting, DatelineError


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pages of a run met which end.

    ``added + updated + unchanged`` pages are in the index; ``duplicate`` ones have the
    id of one of them that was saved later. ``corrected`` counts articles that values
    set by hand were put into, or taken out of again, whatever became of their pages.
    """

    added: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    duplicate: int = 0
    corrected: int = 0

    def __str__(self) -> str:
        """Return it in words; duplicates and corrections only where there are some."""
        counts = asdict(self)
        for name in ("duplicate", "corrected"):
            if not counts[name]:
                del counts[name]
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


class Draft:
    """A report on its way to ``place``, or to ``otherwise`` if it cannot go there.

    A context manager. Entering it makes a file beside the place, so that a fault is
    known before the work; :meth:`keep` puts it there. Later faults lose the report and
    nothing else. ``fault`` says what went wrong, ``place`` where the report really is.

    Raises:
        BadSetting: it can go to neither.
    """

    def __init__(self, place: Path | None, otherwise: Path | None = None) -> None:
        self.place = place
        self._otherwise = otherwise
        self.fault: DatelineError | None = None
        self._file: TextIO | None = None

    def write(self, line: Line) -> None:
        """Add ``line``."""
        if self._file is not None:
            with self._losing():
                self._file.write(f"{line}\n")

    def keep(self) -> None:
        """Put the report in its place."""
        if self._file is not None and self.place is not None:
            with self._losing():
                self._file.close()
                if self._path != self.place:
                    self._path.replace(self.place.resolve())

    def __enter__(self) -> Self:
        while self.place is not None:
            try:
                self._path, self._file = _opened(self.place)
            except OSError as error:
                if self._otherwise is None:
                    raise BadSetting(
                        f"--report: {self.place}: {error.strerror}; name another place"
                    ) from error
                self.fault = DatelineError(
                    f"the report cannot go to {self.place} ({error.strerror}); it is in"
                    f" {self._otherwise}"
                )
                self.place, self._otherwise = self._otherwise, None
            else:
                break
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            if self._path != self.place:
                self._path.unlink(missing_ok=True)

    @contextmanager
    def _losing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.fault = DatelineError(
                f"the run is done, but its report at {self.place} could not be"
                f" written: {error.strerror}"
            )
            self.__exit__(None, None, None)
            self.place = self._file = None


def draft_of(place: Path) -> Path:
    """Return where the report that goes to ``place`` is while it is written."""
    return place.with_name(f".{place.name}.new")


def write(ledger: Ledger, run: int, draft: Draft) -> tuple[Tally, list[Line]]:
    """Write the report of ``run``; return its summary and the lines that failed."""
    ends: Counter[str] = Counter()
    failures = []
    for line in lines(ledger, run):
        ends[line.status] += 1
        if line.status == FAILED:
            failures.append(line)
        draft.write(line)
    draft.keep()
    counts = {name: ends[name] for name in Tally.__match_args__}
    return Tally(**counts), failures


def _opened(place: Path) -> tuple[Path, TextIO]:
    """Return the file to write to, and where it is."""
    if place.exists() and not place.is_file():
        return place, place.open("w", encoding="utf-8")  # a pipe cannot be renamed to
    real = place.resolve()
    real.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(real)
    return draft, draft.open("w", encoding="utf-8")


def _end(page: Page, run: int) -> str:
    """Return what became of ``page``, which an earlier run may have seen last."""
    if page.run == run or page.status == FAILED:
        return page.status
    return UNCHANGED if page.current else DUPLICATE

"""Kill the real command with SIGKILL at random instants of real runs."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Self

import dateline
from index import batches
from index.commands import reindex
from search.engines.columnar.build import ColumnarBuild
from search.engines.columnar.fingerprint import FORMAT
from search.engines.columnar.verify import verify
from search.engines.columnar.writer import ColumnarWriter
from search.engines.folder import Folder
from search.errors import DatelineError, NoIndex
from search.model import Article
from tests.columnar_index import articles
from tests.torture.checks import START, stale
from tests.torture.newsstand import Editions, Newsstand, edition_of

_PAGES = 40
_BATCH = 6  # articles, so that a run has several commits
_FULL = 0.3  # share of runs that are full ones


@dataclass(slots=True)
class Outcome:
    """What became of the kills; ``slowest_start`` is in seconds."""

    kills: int = 0
    full: int = 0
    ended: int = 0
    lost: int = 0
    unreadable: int = 0
    stale: int = 0
    slowest_start: float = 0.0
    said: list[str] = field(default_factory=list)


class _Entered(Exception):
    """Leaves a build without a trace."""


class Kills:
    """Runs below the folder ``work``, killed as ``seed`` says."""

    def __init__(self, work: Path, seed: int) -> None:
        self._random = Random(seed)
        self._folder = Folder(work / "index")
        self._stand = Newsstand(work / "pages", self._random, _PAGES)
        self._told = work / "told"
        self._log = work / "log"
        self._lasts = {False: 0.3, True: 0.3}  # seconds of an undisturbed run
        self.outcome = Outcome()

    def run(self, kills: int, seconds: float) -> Outcome:
        """Return what became of so many kills, or of as many as time was for."""
        until = time.monotonic() + seconds
        before: Editions = {}
        while self.outcome.kills < kills and time.monotonic() < until:
            full = self._random.random() < _FULL and bool(before)
            if before:
                self._stand.change()
            if self._killed(full=full):
                self.outcome.kills += 1
                self.outcome.full += full
            else:
                self.outcome.ended += 1
            self._look(before)
            self._next_run()
            before = dict(self._stand.editions)
        return self.outcome

    def _killed(self, *, full: bool) -> bool:
        """Start a run and kill it; return whether it was still there."""
        self._told.unlink(missing_ok=True)
        child = self._start(full=full)
        time.sleep(self._random.uniform(0, 1.1 * self._lasts[full]))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)

    def _start(self, *, full: bool) -> int:
        child = os.fork()
        if child:
            return child
        code = 70
        try:
            code = _command(
                self._folder, self._stand.path, self._told, self._log, full=full
            )
        finally:
            os._exit(code)

    def _look(self, before: Editions) -> None:
        """Compare what is left with what was acknowledged."""
        try:
            found = _editions(self._folder)
        except (AssertionError, DatelineError, ValueError) as error:
            self.outcome.unreadable += 1
            self.outcome.said.append(f"kill {self.outcome.kills}: {error!r}")
            return
        sure = {n: e for n, e in before.items() if n in self._stand.editions}
        if self._told.exists():
            for line in self._told.read_text().splitlines():
                sure |= json.loads(line)
        for name, edition in sure.items():
            if not edition <= found.get(name, 0) <= self._stand.editions[name]:
                self.outcome.lost += 1
                self.outcome.said.append(f"kill {self.outcome.kills}: {name}")

    def _next_run(self) -> None:
        """Time the next run's start, let it end, and see that all pages are there."""
        began = time.monotonic()
        with suppress(_Entered), ColumnarBuild(self._folder, full=False):
            raise _Entered
        took = time.monotonic() - began
        self.outcome.slowest_start = max(self.outcome.slowest_start, took)
        assert took < START, took
        began = time.monotonic()
        full = self._random.random() < _FULL
        _, status = os.waitpid(self._start(full=full), 0)
        assert status == 0, self._log.read_text()
        self._lasts[full] = 0.8 * self._lasts[full] + 0.2 * (time.monotonic() - began)
        if _editions(self._folder) != self._stand.editions:
            self.outcome.lost += 1
            self.outcome.said.append(f"after kill {self.outcome.kills}: not the pages")
        self.outcome.stale += len(stale(self._folder))


def _command(folder: Folder, pages: Path, told: Path, log: Path, *, full: bool) -> int:
    """Run ``dateline reindex`` in this process, telling a file what was committed."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    batches.ARTICLES = _BATCH
    setattr(reindex, "open_build", partial(_telling, told))  # noqa: B010 - not exported
    words = ["reindex", str(pages), "--index", str(folder.path), "--prune", "--jobs=1"]
    sys.argv = ["dateline", *words, *(["--full"] if full else [])]
    try:
        dateline.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


def _telling(told: Path, locator: str, *, full: bool = False, **_: object) -> Any:
    folder = Folder(Path(locator))
    if full:  # nothing of it is acknowledged before its end
        return ColumnarBuild(folder, full=True, memory=1)
    return _TellingBuild(folder, told)


class _TellingBuild(ColumnarBuild):
    """A build that writes to the file ``told`` what each of its batches committed."""

    def __init__(self, folder: Folder, told: Path) -> None:
        super().__init__(folder, full=False, memory=1)
        self._told = told

    def writer(self) -> Any:
        return _TellingWriter(super().writer(), self._told)


class _TellingWriter:
    def __init__(self, writer: ColumnarWriter, told: Path) -> None:
        self._writer = writer
        self._told = told
        self._added: Editions = {}
        self.delete = writer.delete

    def add(self, article: Article) -> None:
        self._writer.add(article)
        self._added[_name(article)] = edition_of(article.text)

    def __enter__(self) -> Self:
        self._writer.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        self._writer.__exit__(*raised)
        if raised[0] is None:
            with self._told.open("a") as file:
                file.write(json.dumps(self._added) + "\n")


def _editions(folder: Folder) -> Editions:
    """Return which edition of each page the index holds, all of it verified."""
    try:
        found = articles(folder)
    except NoIndex:
        return {}
    assert verify(folder, FORMAT).faults == []
    return {_name(article): edition_of(article.text) for article in found}


def _name(article: Article) -> str:
    assert article.path is not None
    return Path(article.path).name

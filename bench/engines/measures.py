"""What an engine costs beside its queries, each measured in a process of its own."""

from __future__ import annotations

import gc
import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

from bench.engines.asks import Ask
from bench.engines.corpus import Row, rows
from bench.engines.peer import peer

P = ParamSpec("P")
R = TypeVar("R")

_BATCH = 500  # rows read between two looks at the clock
COMMITS = 10
ADDED = 10  # articles in each of them
_MB = 1e6  # bytes


@dataclass(frozen=True, slots=True)
class Built:
    """What building cost; ``cpu_s`` is of all threads, without reading the rows.

    ``peak_mb`` is the greatest resident memory, the interpreter and the libraries
    included, ``base_mb`` what was resident before the first article.
    """

    cpu_s: float
    articles_per_cpu_s: float
    text_mb: float
    index_mb: float
    peak_mb: float
    base_mb: float


@dataclass(frozen=True, slots=True)
class Held:
    """What an open searcher holds after ``queries`` full requests.

    ``private_mb`` is memory no other process can share, what imports took included;
    ``file_mb`` is pages of files, which all searchers of a machine share.
    """

    open_ms: float
    open_cpu_ms: float
    queries: int
    private_mb: float
    private_before_mb: float
    file_mb: float


@dataclass(frozen=True, slots=True)
class Committed:
    """Medians of ten small commits, from opening the writer to the durable end."""

    wall_ms: float
    cpu_ms: float


def apart(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what ``work`` returns in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def built(name: str, corpus: Path, limit: int | None, folder: Path) -> Built:
    """Build an index of the first ``limit`` rows in the empty ``folder``."""
    engine = peer(name)
    reading = Reading(corpus, limit)
    base = _status("VmRSS")
    begun = time.process_time()
    engine.build(folder, map_in_batches(engine.prepared, reading))
    spent = time.process_time() - begun - reading.spent
    return Built(
        cpu_s=spent,
        articles_per_cpu_s=reading.articles / spent,
        text_mb=reading.bytes / _MB,
        index_mb=_size(folder) / _MB,
        peak_mb=_status("VmHWM"),
        base_mb=base,
    )


def held(name: str, folder: Path, asks: list[Ask]) -> Held:
    """Open the index three times, then ask the last searcher all of ``asks``."""
    engine = peer(name)
    walls, cpus = [], []
    before = _rollup("Private_Dirty")
    for turn in range(3):
        wall, cpu = time.perf_counter(), time.process_time()
        opened = engine.open(folder)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        if turn < 2:
            opened.close()
    for ask in asks:
        opened.full(ask)
    gc.collect()
    found = Held(
        open_ms=median(walls) * 1000,
        open_cpu_ms=median(cpus) * 1000,
        queries=len(asks),
        private_mb=_rollup("Private_Dirty"),
        private_before_mb=before,
        file_mb=_rollup("Private_Clean") + _rollup("Shared_Clean"),
    )
    opened.close()
    return found


def committed(name: str, corpus: Path, folder: Path) -> Committed:
    """Add ten articles ten times to a copy of the index."""
    engine = peer(name)
    copied = folder.with_name(folder.name + "-copy")
    shutil.copytree(folder, copied)
    walls, cpus = [], []
    more = cycle(rows(corpus, COMMITS * ADDED))
    try:
        for turn in range(COMMITS):
            batch = [_renamed(row, turn) for row in islice(more, ADDED)]
            items = [engine.prepared(row) for row in batch]
            wall, cpu = time.perf_counter(), time.process_time()
            engine.add(copied, items)
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
    finally:
        shutil.rmtree(copied)
    return Committed(wall_ms=median(walls) * 1000, cpu_ms=median(cpus) * 1000)


def map_in_batches(prepared: Callable[[Row], R], reading: Reading) -> Iterator[R]:
    """Yield prepared rows; what preparing them takes is counted as reading."""
    while True:
        begun = time.thread_time()
        batch = [prepared(row) for row in reading.some()]
        reading.spent += time.thread_time() - begun
        if not batch:
            return
        yield from batch


class Reading:
    """Rows read in batches, with what that took in CPU seconds of this thread."""

    def __init__(self, corpus: Path, limit: int | None) -> None:
        self._rows = rows(corpus, limit)
        self.spent = 0.0
        self.articles = 0
        self.bytes = 0

    def some(self) -> list[Row]:
        """Return the next rows, none at the end."""
        found = list(islice(self._rows, _BATCH))
        self.articles += len(found)
        self.bytes += sum(len(r.title.encode()) + len(r.body.encode()) for r in found)
        return found


def _renamed(row: Row, turn: int) -> Row:
    return replace(row, id=f"{row.id}-again-{turn}")


def _size(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


def _status(name: str) -> float:
    """Return a figure of this process in MB; VmHWM is its own, not its parent's."""
    return _kilobytes(Path("/proc/self/status"), name) / 1024


def _rollup(name: str) -> float:
    return _kilobytes(Path("/proc/self/smaps_rollup"), name) / 1024


def _kilobytes(path: Path, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", path.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0

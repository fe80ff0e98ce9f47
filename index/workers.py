"""Worker processes that may die or hang without costing more than what they held.

Each worker has a pipe of its own and holds at most two jobs, so that it is never idle
and it is always known which pages a dead worker took with it.

Workers are forked: a fresh interpreter would look for modules in the working folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

J = TypeVar("J")
R = TypeVar("R")

LIMIT = 30.0  # seconds a job may take; the worst hostile page known takes 2
AHEAD = 16  # jobs a worker may be ahead of the slowest one: bounds what waits in memory
SMALL = 16_384  # bytes; a pipe's buffer holds one such job beside the one in work
# Bytes a worker may allocate beyond what it was forked with, so that one page cannot
# take all there is; the worst hostile page known takes 160 MiB.
MEMORY = 640 << 20
_PR_SET_PDEATHSIG = 1

_FORK = get_context("fork")


@dataclass(frozen=True, slots=True)
class Lost:
    """What became of a job whose worker died twice, or took too long."""

    reason: str


class _Ticket(Generic[J]):
    """A job with its place in the order.

    ``alone`` says that a worker was lost with it and that it must not cost another
    one; ``suspect`` that it may itself be the cause.
    """

    def __init__(self, order: int, job: J) -> None:
        self.order = order
        self.job = job
        self.data = bytes(ForkingPickler.dumps(job))
        self.alone = len(self.data) > SMALL
        self.suspect = False


class Pool(Generic[J, R]):
    """Applies one function to many jobs in worker processes; a context manager.

    Workers start with the first job, each after a call of ``load``: they share what it
    left in memory. ``work`` should return what went wrong as a value: an exception it
    raises counts as its worker's death.
    """

    def __init__(
        self,
        work: Callable[[J], R],
        workers: int,
        *,
        limit: float = LIMIT,
        load: Callable[[], None] | None = None,
    ) -> None:
        self._workers = [_Worker[J, R](self) for _ in range(workers)]
        self._limit = limit
        self.work = work
        self.load = load

    def map(self, jobs: Iterable[J]) -> Iterator[tuple[J, R | Lost]]:
        """Yield each job with its result, in the order of ``jobs``.

        ``jobs`` is read lazily, at most ``AHEAD`` a worker before the result that is
        due. A job whose worker died is tried once more, alone in a worker.
        """
        source = enumerate(jobs)
        waiting: deque[_Ticket[J]] = deque()
        ready: dict[int, tuple[J, R | Lost]] = {}
        due, taken = 0, 0
        while True:
            while due in ready:
                yield ready.pop(due)
                due += 1
            if not waiting and taken - due < AHEAD * len(self._workers):
                waiting.extend(_Ticket(*item) for item in islice(source, 1))
                taken += len(waiting)
            if waiting and (worker := self._free(waiting[0])) is not None:
                worker.give(waiting.popleft())
            elif any(worker.held for worker in self._workers):
                for ticket, result in self._settled(waiting):
                    ready[ticket.order] = (ticket.job, result)
            elif due == taken:
                return

    def close(self) -> None:
        """Kill the workers; what they held is lost."""
        for worker in self._workers:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def connections(self) -> list[Connection]:
        """Return our ends of the pipes in use, for a new worker to close."""
        return [w.pipe for w in self._workers if w.pipe is not None]

    def _free(self, ticket: _Ticket[J]) -> _Worker[J, R] | None:
        """Return the worker with least to do, if it can take ``ticket``."""
        worker = min(self._workers, key=lambda w: len(w.held))
        full = len(worker.held) > 1 or any(held.alone for held in worker.held)
        return None if worker.held and (full or ticket.alone) else worker

    def _settled(
        self, waiting: deque[_Ticket[J]]
    ) -> Iterator[tuple[_Ticket[J], R | Lost]]:
        """Wait for something to happen; yield what is settled, queue what is not."""
        busy = {w.pipe: w for w in self._workers if w.held and w.pipe is not None}
        first = min(worker.since for worker in busy.values()) + self._limit
        patience = max(0.0, first - time.monotonic())
        readable = wait(list(busy), timeout=patience)
        for pipe, worker in busy.items():
            if pipe in readable:
                yield from self._received(worker, waiting)
            elif time.monotonic() > worker.since + self._limit:
                head, *others = worker.end()
                _put_back(others, waiting)
                yield head, Lost(f"took longer than {self._limit:g} s")

    def _received(
        self, worker: _Worker[J, R], waiting: deque[_Ticket[J]]
    ) -> Iterator[tuple[_Ticket[J], R | Lost]]:
        """Yield the next result of ``worker``, or settle what it held when it died."""
        try:
            result = worker.take()
        except (EOFError, OSError):
            held = worker.end()
            again = [ticket for ticket in held if not ticket.suspect]
            for ticket in set(held).difference(again):
                yield ticket, Lost("ended its process: killed, or out of memory")
            for ticket in again:
                ticket.suspect = True
            _put_back(again, waiting)
        else:
            yield result


class _Worker(Generic[J, R]):
    """One process and the jobs it holds; the first of them is the one in work."""

    def __init__(self, pool: Pool[J, R]) -> None:
        self._pool = pool
        self._process: ForkProcess | None = None
        self.held: deque[_Ticket[J]] = deque()
        self.pipe: Connection | None = None
        self.since = 0.0  # when the job in work began, by the monotonic clock

    def give(self, ticket: _Ticket[J]) -> None:
        """Hand over a job; a process that is dead already shows it when it is read."""
        pipe = self.pipe or self._start()
        if not self.held:
            self.since = time.monotonic()
        self.held.append(ticket)
        with contextlib.suppress(OSError):
            pipe.send_bytes(ticket.data)

    def take(self) -> tuple[_Ticket[J], R]:
        """Return the job that is done and its result.

        Raises:
            EOFError, OSError: the process is gone.
        """
        if self.pipe is None:
            raise EOFError
        result: R = self.pipe.recv()
        self.since = time.monotonic()
        return self.held.popleft(), result

    def end(self) -> list[_Ticket[J]]:
        """Kill the process and return what it held; the next job starts another."""
        if self.pipe is not None and self._process is not None:
            self.pipe.close()
            self._process.kill()
            self._process.join()
            self._process.close()
            self.pipe = None
        held = list(self.held)
        self.held.clear()
        return held

    def _start(self) -> Connection:
        """Fork the process and return our end of its pipe."""
        if self._pool.load is not None:
            self._pool.load()
        ours, theirs = _FORK.Pipe()
        inherited = [*self._pool.connections, ours]
        self._process = _FORK.Process(
            target=_serve,
            args=(self._pool.work, theirs, inherited, os.getpid()),
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self.pipe = ours
        return ours


def _put_back(tickets: list[_Ticket[J]], waiting: deque[_Ticket[J]]) -> None:
    """Queue ``tickets`` before all others, each for a worker of its own."""
    for ticket in reversed(tickets):
        ticket.alone = True
        waiting.appendleft(ticket)


def _serve(
    work: Callable[[J], R], pipe: Connection, inherited: list[Connection], parent: int
) -> None:
    """Answer jobs until the parent's end of the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides on Ctrl-C
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with(parent)
    _bound_memory()
    for other in inherited:
        other.close()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            pipe.send(work(pipe.recv()))


def _end_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies, where it can.

    A worker may hold a copy of the index lock, which must not outlive the run.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _bound_memory() -> None:
    """Lower this process's limit on data, unless it is lower already."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = _inherited() + MEMORY
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))


def _inherited() -> int:
    """Return the bytes of data this process has now; none where that is not told."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[5]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()

"""How gunicorn runs the site, by ``dateline serve`` and by ``gunicorn wsgi:app``.

A reload (HUP) starts new workers with the settings and the code of the start; files
that settings name are read again.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from ctypes import CDLL
from functools import cache
from pathlib import Path
from typing import Any

from search.settings import Settings
from web.watch.board import Board
from web.watch.logs import Journal
from web.worker import Worker

# Twenty half-open connections stall two synchronous workers; threads leave room.
_CHOICES = {
    "worker_class": Worker,
    "timeout": 30,  # seconds
    "graceful_timeout": 30,
    "keepalive": 5,
    # A worker is replaced after 2000 ± 200, so that no leak grows for ever.
    "max_requests": 1800,
    "max_requests_jitter": 400,
    "limit_request_line": 8190,  # bytes
    "limit_request_fields": 50,
    "control_socket_disable": True,
    "logger_class": Journal,
    "loglevel": "warning",  # and no access log: it would keep what people ask
    "proc_name": "dateline",
    # gunicorn believes these of whoever is on this machine; nothing here needs them.
    "forwarded_allow_ips": "",
    "forwarder_headers": "",
    "secure_scheme_headers": {},
}
_MEMORY = Path("/dev/shm")  # noqa: S108 - heartbeats on a disk may stall a worker
_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_SPARE = 8  # rows for workers that end while others have taken over


@cache
def board(workers: int) -> Board:
    """Return the board of this process and those it forks.

    A reload starts as many workers again before it ends the old ones.
    """
    return Board(2 * workers + _SPARE)


def choices(settings: Settings) -> dict[str, Any]:
    """Return gunicorn's settings by name; where to listen is not among them."""
    shared = board(settings.workers)

    def lend(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn's own
        worker.row = shared.lend()
        # The first ones end in turn: who ends waits two seconds for open connections.
        if worker.age < settings.workers:
            worker.max_requests = worker.max_requests * worker.age // settings.workers

    def begin(server: Any, worker: Any) -> None:  # noqa: ARG001
        # A worker that still starts has the parent's handlers: let it end when told.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        shared.take(worker.row)
        worker.board = shared
        _share_freed_memory()

    def end(server: Any, worker: Any) -> None:  # noqa: ARG001
        shared.give_back(worker.row)

    chosen = {
        **_CHOICES,
        "workers": settings.workers,
        "threads": settings.threads,
        "pre_fork": lend,
        "post_fork": begin,
        "child_exit": end,
    }
    if os.access(_MEMORY, os.W_OK | os.X_OK):
        chosen["worker_tmp_dir"] = str(_MEMORY)
    return chosen


def _share_freed_memory() -> None:
    """Let the threads of this process use the memory that others of them gave back.

    glibc keeps eight pools a processor, each with what its threads freed: a worker of
    sixteen threads held 90 MB over 100,000 articles, with two pools 70; bench.serving.
    Other C libraries do without.
    """
    with suppress(AttributeError, OSError):
        CDLL(None).mallopt(_ARENA_MAX, 2)

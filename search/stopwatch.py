"""Where the time of an answer goes: its stages, for whoever asked for a stopwatch.

A stage costs a microsecond, whether anybody reads it or not.
"""

from __future__ import annotations

from contextvars import ContextVar
from time import perf_counter
from types import TracebackType

Seconds = dict[str, float]

_running: ContextVar[Seconds | None] = ContextVar("stopwatch", default=None)


def start() -> Seconds:
    """Return a dict that fills with the seconds of each stage this thread enters.

    Until the next start in the same thread.
    """
    seconds: Seconds = {}
    _running.set(seconds)
    return seconds


class stage:  # noqa: N801 - it reads as a statement: with stage("facets")
    """Adds the time its block takes to what the running stopwatch has for ``name``."""

    __slots__ = ("_began", "_name")

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        seconds = _running.get()
        if seconds is not None:
            took = perf_counter() - self._began
            seconds[self._name] = seconds.get(self._name, 0.0) + took

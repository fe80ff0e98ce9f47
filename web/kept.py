"""What is counted once for each state of the index and kept until the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

from search.engine import Searcher

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Kept(Generic[K, T]):
    """What ``count`` makes of a key, kept while one state of the index answers.

    At most ``most`` are; then all of them go. What not ``lasts`` is made each time.
    Threads wait for each other.
    """

    def __init__(
        self,
        searcher: Searcher,
        count: Callable[[K], T],
        most: int = 100,
        lasts: Callable[[T], bool] = lambda _: True,
    ) -> None:
        self._searcher = searcher
        self._count = count
        self._most = most
        self._lasts = lasts
        self._lock = Lock()
        self._state: tuple[str, datetime | None] | None = None
        self._kept: dict[K, T] = {}

    def of(self, key: K) -> T:
        """Return what is made of ``key`` in the state that answers now."""
        info = self._searcher.info()
        with self._lock:
            if self._state != (info.generation, info.built):
                self._state, self._kept = (info.generation, info.built), {}
            if key in self._kept:
                return self._kept[key]
            made = self._count(key)
            if self._lasts(made):
                if len(self._kept) >= self._most:
                    self._kept.clear()
                self._kept[key] = made
            return made

"""How long an answer may take, all its parts together."""

from __future__ import annotations

import time

ANSWER = 1.0  # seconds for what an answer finds and counts, its reading included
HITS = 0.5  # seconds for looking in the hits of a page for what matches
TOTALS = 0.25  # seconds for all the totals that are told beside an empty answer


class Deadline:
    """The moment after which nothing more is looked for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def passed(self) -> bool:
        """Return whether the time is over."""
        return time.monotonic() > self._end

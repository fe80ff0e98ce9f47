"""How long an answer may take, all its parts together: a second.

What matches is found, looked for in the hits and cut into snippets within it; what is
left is for facets, milliseconds at 100,000 articles. An empty answer has no hits: the
totals beside it take their place. Each part may overrun by one step, the longest of
which are 20,000 documents of a phrase, the text of one hit, the snippets of ten.
"""

from __future__ import annotations

import time

ANSWER = 0.7  # seconds from its begin, within which an answer finds what matches
HITS = 0.95  # seconds from the same moment, within which hits are looked into
TOTALS = 0.25  # seconds for all the totals that are told beside an empty answer


class Deadline:
    """The moment after which nothing more is looked for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def passed(self) -> bool:
        """Return whether the time is over."""
        return time.monotonic() > self._end

"""Whoosh's postings, read step by step: none outlasts its deadline or blocks others."""

from __future__ import annotations

from threading import Lock
from types import TracebackType
from typing import Any

from whoosh.matching import WrappingMatcher
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from search.engines.deadline import Deadline

_LOOK = 256  # postings and positions between two looks at the clock, a millisecond


class OutOfTime(Exception):
    """The deadline has passed; what was found until then counts."""


class Turns:
    """A lock that goes to who waits for it before it comes back to who had it."""

    def __init__(self) -> None:
        self._next = Lock()
        self._turn = Lock()

    def __enter__(self) -> None:
        with self._next:
            self._turn.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._turn.release()

    @property
    def awaited(self) -> bool:
        """Return whether somebody waits for the lock."""
        return self._next.locked()

    def pass_on(self) -> None:
        """Let another have the lock, if one waits, and take it back after him."""
        if self.awaited:
            self._turn.release()
            with self._next:
                self._turn.acquire()


class Pace:
    """Counts the steps of one answer, all of them taken while it holds ``turns``."""

    def __init__(self, deadline: Deadline, turns: Turns) -> None:
        self._deadline = deadline
        self._turns = turns
        self._steps = 0

    def step(self, number: int = 1) -> None:
        """Count so many steps, and now and then look at the clock.

        Raises:
            OutOfTime: the deadline has passed.
        """
        self._steps += number
        if self._steps >= _LOOK:
            self._steps = 0
            self.look()

    def look(self) -> None:
        """Look at the clock, and let others have a turn.

        Raises:
            OutOfTime: the deadline has passed.
        """
        if self._deadline.passed:
            raise OutOfTime
        self._turns.pass_on()


class PacedSearcher(Searcher):  # type: ignore[misc]  # Whoosh is untyped
    """Whoosh's searcher for one answer; it shares the statistics of ``parent``.

    What Whoosh reads of a file it reads in one step, so that turns may change between.
    """

    def __init__(self, reader: IndexReader, pace: Pace, parent: Searcher) -> None:
        self.pace = pace
        super().__init__(reader, parent=parent)

    def postings(self, *args: Any, **kwargs: Any) -> Any:
        """Return the postings of a term, whose steps are counted."""
        return _Paced(super().postings(*args, **kwargs), self.pace)

    def _subsearcher(self, reader: IndexReader) -> PacedSearcher:
        return PacedSearcher(reader, self.pace, self)


class _Paced(WrappingMatcher):  # type: ignore[misc]  # Whoosh is untyped
    """One term's postings."""

    def __init__(self, child: Any, pace: Pace) -> None:
        super().__init__(child)
        self._pace = pace
        # Asked for at each step: the way around this object is worth having.
        self.id, self.is_active, self.score = child.id, child.is_active, child.score

    def next(self) -> Any:
        """Go to the next posting."""
        self._pace.step()
        return self.child.next()

    def skip_to(self, id: int) -> Any:
        """Go to the first posting at ``id`` or after it."""
        self._pace.step()
        return self.child.skip_to(id)

    def value_as(self, astype: str) -> Any:
        """Return what the posting holds; each position is a step."""
        found = self.child.value_as(astype)
        self._pace.step(len(found))
        return found

"""Whoosh's matcher over the postings of one term in one segment."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from whoosh.formats import Existence, Frequency, Positions
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span
from whoosh.system import pack_uint

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.engines.columnar.field import Field

Tick = Callable[[int], None]  # told of so many steps; it may raise to stop the search

_NONE = 1 << 62
_KEPT = {"frequency", "weight", "positions", "position_boosts"}


class TermPostings:
    """The living documents of a term, and what is known of it in each of them.

    Frequencies and positions are read when one is asked for first.
    """

    def __init__(self, field: Field, number: int, alive: NDArray[np.bool_]) -> None:
        docs = field.documents_of(number)
        self._field = field
        self._number = number
        self._at = np.flatnonzero(alive[docs])
        self.docs: list[int] = docs[self._at].tolist()

    @cached_property
    def frequencies(self) -> list[int]:
        """Return how often the term occurs in each document."""
        found: list[int] = self._field.frequencies(self._number, self._at).tolist()
        return found

    def positions(self, i: int) -> list[int]:
        """Return the positions of the term in the i-th document."""
        every, ends = self._positions
        return every[ends[i] : ends[i + 1]]

    @cached_property
    def _positions(self) -> tuple[list[int], list[int]]:
        every, counts = self._field.positions(self._number, self._at)
        return every.tolist(), [0, *accumulate(counts.tolist())]


class PostingMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh is untyped
    """Steps through the documents of a term; ``format`` is the field's.

    It offers no block quality: Whoosh then looks at every document, and finds the best.
    """

    def __init__(
        self,
        term: tuple[str, bytes],
        found: TermPostings,
        format: Any,
        scorer: Any,
        tick: Tick,
    ) -> None:
        self.format = format
        self.scorer = scorer
        self._term = term
        self._found = found
        self._docs = found.docs
        self._tick = tick
        self._at = 0

    def is_active(self) -> bool:
        """Return whether there is a current document."""
        return self._at < len(self._docs)

    def id(self) -> int:
        """Return the current document, at the end a number that none has.

        Some of Whoosh's matchers ask at the end.
        """
        return self._docs[self._at] if self._at < len(self._docs) else _NONE

    def all_ids(self) -> Iterator[int]:
        """Return the documents from the current one on."""
        return iter(self._docs[self._at :])

    def next(self) -> None:
        """Go to the next document."""
        if not self.is_active():
            raise ReadTooFar
        self._tick(1)
        self._at += 1

    def skip_to(self, id: int) -> None:
        """Go to the first document from ``id`` on."""
        if not self.is_active():
            raise ReadTooFar
        self._tick(1)
        if self._docs[self._at] < id:
            self._at = bisect_left(self._docs, id, self._at)

    def reset(self) -> None:
        """Go back to the first document."""
        self._at = 0

    def copy(self) -> Self:
        """Return a matcher at the same document that moves on its own."""
        other = type(self)(
            self._term, self._found, self.format, self.scorer, self._tick
        )
        other._at = self._at  # noqa: SLF001  # one of its own kind
        return other

    def score(self) -> float:
        """Return the score of the current document, its frequency without a scorer."""
        return self.scorer.score(self) if self.scorer else self.weight()

    def weight(self) -> float:
        """Return the frequency in the current document times the field's boost."""
        return self._found.frequencies[self._at] * float(self.format.field_boost)

    def supports(self, astype: str) -> bool:
        """Return whether postings tell this; characters are never kept."""
        return astype in _KEPT and bool(self.format.supports(astype))

    def value(self) -> bytes:
        """Return the current posting as a Whoosh format would have encoded it.

        Raises:
            ValueError: the format has more to encode than is kept.
        """
        if isinstance(self.format, Existence):
            return b""
        if isinstance(self.format, Frequency):
            return bytes(pack_uint(self._found.frequencies[self._at]))
        if type(self.format) is Positions:
            return bytes(self.format.encode(self._found.positions(self._at)))
        raise ValueError(f"the index keeps no {self.format} values")

    def value_as(self, astype: str) -> Any:
        """Return what the current posting tells.

        Raises:
            ValueError: postings do not tell this.
        """
        if not self.supports(astype):
            raise ValueError(f"the index keeps no {astype} of field {self._term[0]!r}")
        if astype == "positions":
            return self._found.positions(self._at)
        if astype == "position_boosts":
            return [(position, 1.0) for position in self._found.positions(self._at)]
        if astype == "weight":
            return self.weight()
        return self._found.frequencies[self._at]

    def items_as(self, astype: str) -> Iterator[tuple[int, Any]]:
        """Yield the documents from the current one on, and what each posting tells."""
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()

    def spans(self) -> list[Span]:
        """Return the positions of the term in the current document as spans."""
        return [Span(position) for position in self.value_as("positions")]

    def supports_block_quality(self) -> bool:
        """Return False: documents are not told apart by blocks."""
        return False

    def block_max_weight(self) -> float:
        """Return the highest weight; all documents are one block."""
        return max(self._found.frequencies) * float(self.format.field_boost)

"""Query trees of any kind, matched by Whoosh step by step over the segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.scoring import BaseScorer, WeightingModel, WeightScorer
from whoosh.searching import Searcher

from search.engines.columnar.whoosh.reader import SegmentsReader
from search.engines.columnar.whoosh.segment_reader import SegmentReader

if TYPE_CHECKING:
    from whoosh.fields import Schema
    from whoosh.query import Query as Tree

    from search.engines.columnar.scoring import Scores
    from search.engines.columnar.view import View
    from search.engines.deadline import Deadline
    from search.engines.docsets import Ids

_LOOK = 2_000  # steps between two looks at the clock


def match(
    tree: Tree, view: View, schema: Schema, deadline: Deadline
) -> tuple[Ids, Scores]:
    """Return the living documents that match, rising, and their scores.

    Each step costs some microseconds. At the deadline, what was found until then.

    Raises:
        Damaged: what was read is not what was written.
    """
    watch = _Watch(deadline)
    docs: list[int] = []
    scores: list[float] = []
    try:
        searcher = _searcher(view, schema, watch)
        for (leaf, _), base in zip(searcher.leaf_searchers(), view.bases, strict=True):
            matcher = tree.matcher(leaf, leaf.context())
            while matcher.is_active():
                score = matcher.score()
                docs.append(base + matcher.id())
                scores.append(score)
                watch.tick(1)
                matcher.next()
    except _TooLateError:
        pass
    return np.array(docs, np.int64), np.array(scores, np.float64)


class _TooLateError(Exception):
    """The deadline has passed."""


class _Watch:
    """Counts steps, and looks at the clock every so many."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._left = 0

    def tick(self, steps: int) -> None:
        """Take note of ``steps``.

        Raises:
            _TooLateError: the deadline has passed.
        """
        self._left -= steps
        if self._left <= 0:
            self._left = _LOOK
            if self._deadline.passed:
                raise _TooLateError


def _searcher(view: View, schema: Schema, watch: _Watch) -> Searcher:
    """Return Whoosh's searcher of all segments; each is one of its leaves."""
    live = view.live.bits
    readers = [
        SegmentReader(segment, live[at : at + segment.words], schema, tick=watch.tick)
        for segment, at in zip(view.segments, view.word_bases, strict=True)
    ]
    return Searcher(SegmentsReader(readers, schema), weighting=_Weighting(view))


class _Weighting(WeightingModel):  # type: ignore[misc]  # Whoosh is untyped
    """Scores terms as the vectorised plan does."""

    def __init__(self, view: View) -> None:
        self._view = view

    def scorer(
        self,
        searcher: Searcher,
        fieldname: str,
        text: bytes,
        qf: float = 1,  # noqa: ARG002  # Whoosh's interface
    ) -> BaseScorer:
        if not searcher.schema[fieldname].scorable:
            return WeightScorer(1.0)
        return _Scorer(self._view, searcher, fieldname, text)


class _Scorer(BaseScorer):  # type: ignore[misc]  # Whoosh is untyped
    def __init__(
        self, view: View, searcher: Searcher, fieldname: str, text: bytes
    ) -> None:
        field = view.field(fieldname)
        self._scorer = view.scorer
        self._weight = view.scorer.weight(field.stats(field.find(text)))
        self._average = field.average or 1.0
        self._length = searcher.doc_field_length
        self._field = fieldname

    def score(self, matcher: Any) -> float:
        frequency = np.array(matcher.weight(), np.float64)
        length = np.array(self._length(matcher.id(), self._field, 1), np.float64)
        impact = self._scorer.impact(frequency, length, self._average)
        return self._weight * float(impact)

    def max_quality(self) -> float:
        return self._weight * self._scorer.ceiling

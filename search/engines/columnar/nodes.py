"""What a compiled query is made of: each node has documents, and scores them.

Documents are found once, when a node is made; scores only for those that may be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Protocol

import numpy as np

from search.distinct import find
from search.engines.columnar.leaves import Bounds
from search.engines.columnar.scoring import Scores
from search.engines.docsets import WORD, DocSet, Ids, cost, union

_SHARE = 4  # of the children's documents asked for, from which all are scored


class Node(Protocol):
    """A part of a compiled query."""

    @property
    def docs(self) -> DocSet:
        """The documents it matches; some of them may be deleted."""

    @property
    def varies(self) -> bool:
        """Whether not all its documents score the same."""

    def add(self, ids: Ids, scores: Scores, *, inside: bool) -> None:
        """Add to ``scores`` what each of the rising ``ids`` scores, if it matches.

        With ``inside`` the caller knows that all of them match.
        """

    def bounds(self) -> Bounds | float:
        """Return what no score in each word of documents exceeds."""


class Constant:
    """Documents that all score the same."""

    varies = False

    def __init__(self, docs: DocSet, score: float) -> None:
        self.docs = docs
        self._score = score

    def add(self, ids: Ids, scores: Scores, *, inside: bool) -> None:
        """Add the one score."""
        if self._score:
            scores[slice(None) if inside else self.docs.has(ids)] += self._score

    def bounds(self) -> float:
        """Return the one score."""
        return self._score


class All:
    """Documents that match all of ``children`` and none of ``denied``.

    Their scores are added up; what is denied scores nothing.
    """

    def __init__(self, children: Sequence[Node], denied: Sequence[Node] = ()) -> None:
        self._children = children
        self.varies = any(child.varies for child in children)
        docs = reduce(DocSet.__and__, sorted((c.docs for c in children), key=cost))
        for node in denied:
            docs = docs - node.docs
        self.docs = docs

    def add(self, ids: Ids, scores: Scores, *, inside: bool) -> None:
        """Add the children's scores where all of them match."""
        if inside:
            for child in self._children:
                child.add(ids, scores, inside=True)
            return
        here = self.docs.has(ids)
        mine = np.zeros(int(here.sum()), np.float64)
        self.add(ids[here], mine, inside=True)
        scores[here] += mine

    def bounds(self) -> Bounds | float:
        """Return the sum of the children's bounds."""
        return _sum_of_bounds(self._children)


class Some:
    """Documents that match one of ``children``; the scores of all are added up."""

    def __init__(self, size: int, children: Sequence[Node]) -> None:
        self._size = size
        self._children = children
        self.varies = len(children) > 1 or any(child.varies for child in children)
        self.docs = union(size, [child.docs for child in children])

    def add(self, ids: Ids, scores: Scores, *, inside: bool) -> None:
        """Add the scores of the children that match."""
        if len(ids) * _SHARE < sum(child.docs.count for child in self._children):
            for child in self._children:
                child.add(ids, scores, inside=inside and child.docs is self.docs)
        else:
            scores += self._of_all()[ids]

    def _of_all(self) -> Scores:
        """Return the score of each document of the index, 0 for those that have none.

        Where many are asked for, that is less work than to look for each of them in
        each child.
        """
        found = np.zeros(self._size * WORD, np.float64)
        for child in self._children:
            ids = child.docs.ids
            mine = np.zeros(len(ids), np.float64)
            child.add(ids, mine, inside=True)
            found[ids] += mine
        return found

    def bounds(self) -> Bounds | float:
        """Return the sum of the children's bounds."""
        return _sum_of_bounds(self._children)


class Best:
    """Documents that match one of ``children``; the highest score counts.

    Each other score counts for ``tie_break`` of itself.
    """

    varies = True

    def __init__(
        self, size: int, children: Sequence[Node], tie_break: float = 0.0
    ) -> None:
        self._children = children
        self._tie_break = tie_break
        self.docs = union(size, [child.docs for child in children])

    def add(self, ids: Ids, scores: Scores, *, inside: bool) -> None:  # noqa: ARG002
        """Add the best of the children's scores."""
        each = np.zeros((len(self._children), len(ids)), np.float64)
        for child, row in zip(self._children, each, strict=True):
            child.add(ids, row, inside=False)
        best = each.max(axis=0)
        scores += best + self._tie_break * (each.sum(axis=0) - best)

    def bounds(self) -> Bounds | float:
        """Return the sum of the children's bounds, which the best does not exceed."""
        return _sum_of_bounds(self._children)


class Within:
    """The documents of ``docs``, in which all ``children`` match, scored by these."""

    def __init__(self, docs: DocSet, children: Sequence[Node], boost: float) -> None:
        self.docs = docs
        self._children = children
        self._boost = boost
        self.varies = any(child.varies for child in children)

    def add(self, ids: Ids, scores: Scores, *, inside: bool) -> None:
        """Add the children's scores, boosted, where the documents are ours."""
        here = slice(None) if inside else self.docs.has(ids)
        ids = ids[here]
        mine = np.zeros(len(ids), np.float64)
        for child in self._children:
            child.add(ids, mine, inside=True)
        scores[here] += mine * self._boost

    def bounds(self) -> Bounds | float:
        """Return the boosted sum of the children's bounds."""
        found: Bounds = np.multiply(_sum_of_bounds(self._children), self._boost)
        return found


class Scored:
    """Documents whose scores were worked out elsewhere."""

    varies = True

    def __init__(self, docs: DocSet, scores: Scores) -> None:
        self.docs = docs
        self._scores = scores

    def add(self, ids: Ids, scores: Scores, *, inside: bool) -> None:  # noqa: ARG002
        """Add the scores that are known."""
        here, places = find(self.docs.ids, ids)
        scores[here] += self._scores[places[here]]

    def bounds(self) -> float:
        """Return the highest score."""
        return float(self._scores.max(initial=0.0))


def _sum_of_bounds(nodes: Sequence[Node]) -> Bounds | float:
    total: Bounds | float = 0.0
    for node in nodes:
        total = total + node.bounds()
    return total

"""Whoosh's searcher of a columnar index."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import query as q
from whoosh.collectors import Collector
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from search.engines.columnar.best import best
from search.engines.columnar.plan import compile_tree
from search.engines.columnar.scoring import Bm25
from search.engines.columnar.view import View
from search.engines.deadline import Deadline

if TYPE_CHECKING:
    from whoosh.fields import Schema
    from whoosh.query import Query as Tree
    from whoosh.searching import Results

    from search.engines.docsets import Ids

_PLAIN = {"limit", "optimize", "scored"}  # what a search may ask for, to be planned
_NO_END = Deadline(math.inf)


class ColumnarSearcher(Searcher):  # type: ignore[misc]  # Whoosh is untyped
    """Searches one commit; :meth:`refresh` returns a searcher of the newest.

    The best hits of plain queries, scored by Whoosh's BM25F, are found by the
    vectorised plan; everything else by Whoosh's own matchers and collectors.
    """

    def search(self, q: Tree, **kwargs: Any) -> Results:
        """Return the hits of a query; see Whoosh's own for what may be asked."""
        limit = kwargs.get("limit", 10)
        asked = {name for name, value in kwargs.items() if value}
        plain = asked <= _PLAIN and kwargs.get("scored", True)
        none = limit is not None and limit < 1  # which Whoosh refuses
        if not plain or none or not self._is_bm25 or not is_plain(q, self.schema):
            return super().search(q, **kwargs)
        self.reader().doc_count()  # which raises where it is closed
        collector = _Planned()
        collector.prepare(self, q, self.context(limit=limit))
        collector.find(self._view, limit)
        return collector.results()

    @property
    def _is_bm25(self) -> bool:
        """Return whether each field is scored by the same BM25F."""
        weighting = self.weighting
        return type(weighting) is BM25F and not weighting._field_B  # noqa: SLF001

    @cached_property
    def _view(self) -> View:
        parts = [leaf.part for leaf, _ in self.reader().leaf_readers()]
        scorer = Bm25(self.weighting.K1, self.weighting.B)
        return View([part[0] for part in parts], [part[1] for part in parts], scorer)


class _Planned(Collector):  # type: ignore[misc]  # Whoosh is untyped
    """What the plan finds, as Whoosh's results have it."""

    def find(self, view: View, limit: int | None) -> None:
        """Find all documents, and the ``limit`` best of them, None for all."""
        node = compile_tree(self.q, view, self.top_searcher.schema, _NO_END)
        docs = node.docs & view.live
        ids, scores = best(node, docs, docs.count if limit is None else limit)
        order = np.lexsort((ids, -scores))[:limit]
        self._ids = _dense(view, docs.ids)
        numbers = _dense(view, ids[order]).tolist()
        self._items = list(zip(scores[order].tolist(), numbers, strict=True))
        self.finish()

    def results(self) -> Results:
        """Return the best hits."""
        return self._results(self._items)

    def count(self) -> int:
        """Return how many documents there are."""
        return len(self._ids)

    def all_ids(self) -> list[int]:
        """Return all documents."""
        found: list[int] = self._ids.tolist()
        return found


def is_plain(tree: Tree, schema: Schema) -> bool:
    """Return whether the plan scores a query as Whoosh does.

    It leaves out what cannot reach the best, which takes scores that are not negative.
    """
    if getattr(tree, "boost", 1.0) < 0:
        return False
    if type(tree) in {q.And, q.Or}:
        subs = tree.subqueries
        special = type(tree) is q.Or and (tree.minmatch or tree.scale)
        return len(subs) > 1 and not special and all(is_plain(s, schema) for s in subs)
    if type(tree) not in {q.Term, q.Phrase, q.NumericRange, q.DateRange}:
        return False
    if tree.fieldname not in schema:
        return False
    field = schema[tree.fieldname]
    if not field.indexed or field.format.field_boost != 1.0:
        return False
    if type(tree) is q.Phrase:
        return len(tree.words) > 1 and bool(field.format.supports("positions"))
    return type(tree) is q.Term or bool(tree.constantscore)


def _dense(view: View, ids: Ids) -> Ids:
    """Return documents as Whoosh numbers them: segments follow without gaps."""
    if not len(ids):
        return ids
    sizes = np.array([segment.size for segment in view.segments])
    at = np.searchsorted(view.bases, ids, side="right") - 1
    gaps = np.array(view.bases) - (np.cumsum(sizes) - sizes)
    dense: Ids = ids - gaps[at]
    return dense

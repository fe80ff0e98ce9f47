"""From Whoosh's query tree to nodes that have their documents and can score them.

Every query the language makes has its own node. What only Whoosh's own parsers make,
the span queries and their like, is matched by Whoosh over our reader of the segments.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from whoosh import query as q
from whoosh.query import Query as Tree
from whoosh.util.numeric import tiered_ranges

from search.engines.columnar import phrases
from search.engines.columnar.leaves import TermLeaf, frequencies, posting_list
from search.engines.columnar.nodes import (
    All,
    Best,
    Constant,
    Node,
    Scored,
    Some,
    Within,
)
from search.engines.columnar.patterns import Expanded, expand
from search.engines.columnar.view import FieldView, Numbers, View
from search.engines.columnar.weighing import Weighing
from search.engines.columnar.whoosh.fallback import match
from search.engines.deadline import Deadline
from search.engines.docsets import DocSet, Ids

_AFTER = b"\0"  # the least that follows a term is the term and a zero byte


def compile_tree(
    tree: Tree,
    view: View,
    schema: Any,
    deadline: Deadline,
    weighing: Weighing | None = None,
) -> Node:
    """Return the node of ``tree``; at the deadline, with the documents found so far.

    ``weighing`` says what terms count for; without it, what they do in ``view``.

    Raises:
        Damaged: what was read is not what was written.
    """
    return _Compiler(view, schema, deadline, weighing or Weighing()).node(tree, 1.0)


class _Compiler:
    def __init__(
        self, view: View, schema: Any, deadline: Deadline, weighing: Weighing
    ) -> None:
        self._view = view
        self._schema = schema
        self._deadline = deadline
        self._weighing = weighing

    def node(self, tree: Any, boost: float) -> Node:  # noqa: PLR0912  # a kind each
        """Return the node of ``tree``, whose scores count ``boost`` times."""
        match tree:
            case q.Term():
                return self._term(tree, boost * tree.boost)
            case Expanded():
                return Constant(self._having(tree), boost * tree.score)
            case q.Prefix() | q.Wildcard() | q.FuzzyTerm():
                expanded, _ = expand(tree, self._view, self._deadline)
                return self.node(expanded, boost)
            case q.Phrase():
                return self._phrase(tree, boost * tree.boost)
            case q.And():
                return self._all(tree.subqueries, boost * tree.boost)
            case q.DisjunctionMax():
                children = [self.node(sub, boost * tree.boost) for sub in tree]
                return Best(self._view.words, children, tree.tiebreak)
            case q.Or() if not tree.minmatch and not tree.scale:
                return self._any(tree.subqueries, boost * tree.boost)
            case q.Not():
                return Constant(
                    self._view.live - self.node(tree.query, 0.0).docs, boost
                )
            case q.AndNot():
                return All([self.node(tree.a, boost)], [self.node(tree.b, 0.0)])
            case q.Require():  # Whoosh's own takes all of a where b is nowhere
                needed = Constant(self.node(tree.b, 0.0).docs, 0.0)
                return All([self.node(tree.a, boost), needed])
            case q.ConstantScoreQuery():
                docs = self.node(tree.child, 0.0).docs
                return Constant(docs, boost * tree.score)
            case q.NumericRange():
                return Constant(self._numbers(tree), boost * tree.boost)
            case q.TermRange():
                return Constant(self._range(tree), boost * tree.boost)
            case q.Every() if tree.fieldname in (None, "", "*"):
                return Constant(self._view.live, boost * tree.boost)
            case q.Every():
                docs = self._between(self._field(tree), b"", None)
                return Constant(docs, boost * tree.boost)
        if tree is q.NullQuery:
            return Constant(self._view.none(), 0.0)
        return self._by_whoosh(tree, boost)

    def _term(self, tree: Any, boost: float) -> Node:
        field = self._field(tree)
        term = self._bytes(tree.fieldname, tree.text)
        if term is None:
            return Constant(self._view.none(), 0.0)
        numbers = field.find(term)
        if field.scorable or not field.weighed:
            return self._leaf(field, term, numbers, boost)
        # What is not scored counts as often as it occurs.
        docs = posting_list(field, numbers).docs
        found = frequencies(field, numbers, np.arange(len(docs)))
        return Scored(docs, found.astype(np.float64) * boost)

    def _leaf(
        self, field: FieldView, term: bytes, numbers: Numbers, boost: float
    ) -> TermLeaf:
        scored = field.scorable
        stats = self._weighing.stats(field, term, numbers) if scored else None
        return TermLeaf(field, numbers, stats, boost)

    def _all(self, subqueries: Sequence[Any], boost: float) -> Node:
        if not subqueries:
            return Constant(self._view.none(), 0.0)
        denied = [self.node(s.query, 0.0) for s in subqueries if isinstance(s, q.Not)]
        wanted = [self.node(s, boost) for s in subqueries if not isinstance(s, q.Not)]
        if not wanted:
            wanted = [Constant(self._view.live, 0.0)]
        return All(wanted, denied) if denied or len(wanted) > 1 else wanted[0]

    def _any(self, subqueries: Sequence[Any], boost: float) -> Node:
        children = [self.node(sub, boost) for sub in subqueries]
        return children[0] if len(children) == 1 else Some(self._view.words, children)

    def _phrase(self, tree: Any, boost: float) -> Node:
        field = self._field(tree)
        terms = [self._bytes(tree.fieldname, word) for word in tree.words]
        if None in terms or not terms:
            return Constant(self._view.none(), 0.0)
        known = [(term, field.find(term)) for term in terms if term is not None]
        if len(known) == 1:
            return self._leaf(field, *known[0], boost)
        leaves = [self._leaf(field, *one, 1.0) for one in known]
        lists: list[Ids] = []
        for i, part in enumerate(field.parts):
            row = [numbers[i] for _, numbers in known]
            if part is None or min(row) < 0:
                lists.append(np.zeros(0, np.int64))
            else:
                lists.append(
                    phrases.documents(part, row, int(tree.slop), self._deadline)
                )
        return Within(self._view.join(lists), leaves, boost)

    def _having(self, tree: Expanded) -> DocSet:
        """Return the documents that have one of a pattern's terms."""
        parts = self._view.field(tree.fieldname).parts
        return self._view.lay(
            part.union_of(numbers) if part is not None and len(numbers) else None
            for part, numbers in zip(parts, tree.numbers, strict=True)
        )

    def _numbers(self, tree: Any) -> DocSet:
        """Return the documents that have a number in a range of numbers."""
        kind = self._schema[tree.fieldname]
        # Whoosh keeps numbers as unsigned ones that sort alike; of full precision is 0.
        low, high, _ = tiered_ranges(
            kind.numtype,
            kind.bits,
            kind.signed,
            kind.prepare_number(tree.start),
            kind.prepare_number(tree.end),
            0,
            tree.startexcl,
            tree.endexcl,
        )[0]
        if low > high:
            return self._view.none()
        first, last = kind.sortable_to_bytes(low), kind.sortable_to_bytes(high)
        return self._between(self._field(tree), first, last + _AFTER)

    def _range(self, tree: Any) -> DocSet:
        """Return the documents that have a term in a range of terms."""
        field = self._field(tree)
        low = self._bytes(tree.fieldname, tree.start)
        high = self._bytes(tree.fieldname, tree.end)
        if low is not None and tree.startexcl:
            low += _AFTER
        if high is not None and not tree.endexcl:
            high += _AFTER
        return self._between(field, low or b"", high)

    def _between(self, field: FieldView, low: bytes, high: bytes | None) -> DocSet:
        """Return the documents that have a term from ``low`` to before ``high``."""
        return self._view.lay(
            part.union(i, j) if part is not None and i < j else None
            for part, (i, j) in zip(field.parts, field.ranges(low, high), strict=True)
        )

    def _by_whoosh(self, tree: Tree, boost: float) -> Node:
        ids, scores = match(tree, self._view, self._schema, self._deadline)
        return Scored(DocSet.of_ids(self._view.words, ids), scores * boost)

    def _field(self, tree: Any) -> FieldView:
        return self._view.field(tree.fieldname)

    def _bytes(self, field: str, value: Any) -> bytes | None:
        """Return the term of a value; None where the field can hold no such term."""
        if value is None or isinstance(value, bytes):
            return value
        if field not in self._schema:
            return None
        try:
            found: bytes = self._schema[field].to_bytes(value)
        except ValueError:
            return None
        return found

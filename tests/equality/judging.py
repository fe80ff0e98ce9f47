"""One corpus in four indexes, and what they say of a query.

==========  ===========================================================================
ours        the vectorised plan over columnar segments: all it scores, and its best
whoosh      Whoosh's own searcher over Whoosh's own index, everything collected
matchers    Whoosh's matchers over our reader of the columnar segments
memory      a loop over all documents: which match, without scores
==========  ===========================================================================

Where the engine means to score other than Whoosh does, :func:`as_scored` says in
Whoosh's words what it means:

- a pattern or a range of terms scores its boost, not the sum of its terms' scores;
- what an And denies adds nothing, where Whoosh adds 1.0 for each.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import query as q
from whoosh.fields import BOOLEAN, NUMERIC
from whoosh.query import Query as Tree
from whoosh.searching import Searcher

from search.engines.columnar import live
from search.engines.columnar.best import best, score
from search.engines.columnar.nodes import Node
from search.engines.columnar.patterns import expand
from search.engines.columnar.plan import compile_tree
from search.engines.columnar.segment_writer import DocumentWriter, SegmentWriter
from search.engines.columnar.view import View
from search.engines.columnar.whoosh.fallback import match
from search.engines.deadline import Deadline
from search.engines.docsets import DocSet
from tests.columnar_model import written
from tests.equality.comparing import Scores, apart, misranked, unlike
from tests.equality.corpora import Corpus
from tests.memory_engine import Doc, matches
from tests.ram import RamStorage

_PATTERNS = (q.Prefix, q.Wildcard, q.FuzzyTerm, q.TermRange)
_PLAIN = (q.And, q.Or, q.Not, q.Phrase, q.Prefix, q.Wildcard, q.FuzzyTerm)


class Judge:
    """The indexes of a corpus, each of ``parts`` segments; ours is below ``folder``."""

    def __init__(self, corpus: Corpus, parts: int, folder: Path) -> None:
        self.corpus = corpus
        self.view = _columnar(corpus, parts, folder)
        self.whoosh = _whoosh(corpus, parts)
        self._memory = _memory(corpus)
        self._spans = corpus.spans(parts)

    def words(self, most: int = 40) -> dict[str, list[str]]:
        """Return terms of each text or keyword field, spread over all there are."""
        found: dict[str, list[str]] = {}
        for name, field in self.corpus.schema.items():
            if not field.indexed or isinstance(field, NUMERIC):
                continue
            with suppress(UnicodeDecodeError):
                terms = [t.decode() for t in self.whoosh.reader().lexicon(name)]
                found[name] = [t for t in terms[:: 1 + len(terms) // most] if t]
        return found

    def ours(self, tree: Tree) -> Scores:
        """Return what the vectorised plan finds."""
        node, docs = self._compiled(tree)
        return self._numbered(docs.ids, score(node, docs.ids))

    def best(self, tree: Tree, number: int) -> Scores:
        """Return what the plan finds to be the best, and all that tie with them."""
        return self._numbered(*best(*self._compiled(tree), number))

    def by_matchers(self, tree: Tree) -> Scores:
        """Return what Whoosh's matchers find in our segments."""
        return self._numbered(*match(tree, self.view, self.corpus.schema, Deadline(60)))

    def by_whoosh(self, tree: Tree) -> Scores:
        """Return what Whoosh finds in its own."""
        results = self.whoosh.search(tree, limit=None)
        return {int(number): float(value) for number, value in results.items()}

    def by_memory(self, tree: Tree) -> set[int] | None:
        """Return what a loop finds, None where it does not know the query."""
        if not all(map(self._known_to_memory, _parts(tree))):
            return None
        return {number for number, doc in self._memory.items() if matches(tree, doc)}

    def is_cut(self, tree: Tree) -> bool:
        """Return whether a pattern stands for more terms than the budget allows."""
        return bool(expand(tree, self.view, Deadline(60))[1])

    def faults(self, tree: Tree) -> list[str]:
        """Return, a line each, what the indexes do not agree about."""
        ours, stock = self.ours(tree), self.by_whoosh(tree)
        found = [
            *unlike("whoosh", set(ours), set(stock)),
            *unlike("matchers", set(ours), set(self.by_matchers(tree))),
        ]
        memory = self.by_memory(tree)
        if memory is not None:
            found += unlike("memory", set(ours), memory)
        meant = as_scored(tree)
        if meant is not None and not found:
            stock = self.by_whoosh(meant)
            found += apart("whoosh", ours, stock)
            found += apart("matchers", ours, self.by_matchers(meant))
        if not found:
            known = ours if meant is None else stock
            found += misranked(lambda number: self.best(tree, number), known)
        return found

    def _compiled(self, tree: Tree) -> tuple[Node, DocSet]:
        node = compile_tree(tree, self.view, self.corpus.schema, Deadline(60))
        return node, node.docs & self.view.live

    def _numbered(
        self, ids: np.ndarray[Any, Any], scores: np.ndarray[Any, Any]
    ) -> Scores:
        bases = np.array(self.view.bases)
        at = np.searchsorted(bases, ids, side="right") - 1
        starts = np.array([span.start for span in self._spans])
        numbers = ids - bases[at] + starts[at] if len(ids) else ids
        return dict(zip(numbers.tolist(), scores.tolist(), strict=True))

    def _known_to_memory(self, tree: Tree) -> bool:
        if isinstance(tree, q.NumericRange):
            field = self.corpus.schema[tree.fieldname]
            return not isinstance(tree, q.DateRange) and field.numtype is int
        if isinstance(tree, q.Every):
            return tree.fieldname is None
        if isinstance(tree, q.Term):
            kind = self.corpus.schema[tree.fieldname]
            return not isinstance(kind, NUMERIC | BOOLEAN)
        name = getattr(tree, "fieldname", None)
        field = self.corpus.schema[name] if name else None
        return isinstance(tree, _PLAIN) and not isinstance(field, BOOLEAN)


def as_scored(tree: Any) -> Tree | None:
    """Return a query that Whoosh scores as the engine scores ``tree``.

    None where there is none: a query of nothing but what is denied.
    """
    if isinstance(tree, _PATTERNS):
        return q.ConstantScoreQuery(tree, tree.boost)
    if isinstance(tree, q.And):
        denied = [_silent(sub) for sub in tree if isinstance(sub, q.Not)]
        wanted = [as_scored(sub) for sub in tree if not isinstance(sub, q.Not)]
        if not wanted or None in wanted:
            return None
        if len(wanted) == 1 and tree.boost != 1.0:
            return None  # Whoosh forgets the boost of a compound of one
        return q.And([*wanted, *denied], boost=tree.boost)
    if isinstance(tree, q.Or):
        subs = [as_scored(sub) for sub in tree]
        if None in subs or tree.scale:
            return None  # what Whoosh's scale does depends on when terms run out
        return q.Or(subs, boost=tree.boost)
    if isinstance(tree, q.DisjunctionMax):
        return None  # Whoosh compares scores of different documents
    return tree


def _silent(denied: Tree) -> Tree:
    """Return a query that matches alike and adds nothing; Whoosh takes 0 for 1."""
    return q.ConstantScoreQuery(denied, 1e-300)


def _parts(tree: Any) -> list[Any]:
    """Return a query and all the queries in it."""
    inner = [tree.query] if isinstance(tree, q.Not) else list(tree.children())
    return [tree, *(part for sub in inner for part in _parts(sub))]


def _columnar(corpus: Corpus, parts: int, folder: Path) -> View:
    segments, bitmaps = [], []
    for number, span in enumerate(corpus.spans(parts)):
        segment = written(_writer(corpus, span), folder, f"{number}.seg")
        segments.append(segment)
        dead = [doc - span.start for doc in sorted(corpus.deleted) if doc in span]
        bitmaps.append(
            live.without(live.all_of(segment.size), np.array(dead, np.int64))
        )
    return View(segments, bitmaps)


def _writer(corpus: Corpus, span: range) -> SegmentWriter | DocumentWriter:
    if corpus.articles:
        articles = SegmentWriter()
        for doc in span:
            articles.add(corpus.articles[doc])
        return articles
    documents = DocumentWriter(corpus.schema)
    for doc in span:
        documents.add(corpus.documents[doc], b"")
    return documents


def _whoosh(corpus: Corpus, parts: int) -> Searcher:
    index = RamStorage().create_index(corpus.schema)
    for span in corpus.spans(parts):
        writer = index.writer()
        for doc in span:
            writer.add_document(**corpus.documents[doc])
        writer.commit(merge=False)
    writer = index.writer()
    for doc in corpus.deleted:
        writer.delete_document(doc)
    writer.commit(merge=False)
    return index.searcher()


def _memory(corpus: Corpus) -> dict[int, Doc]:
    found = {}
    for number, document in enumerate(corpus.documents):
        if number not in corpus.deleted:
            found[number] = {
                name: _tokens(corpus.schema[name], value)
                for name, value in document.items()
            }
    return found


def _tokens(field: Any, value: Any) -> list[tuple[str, int]]:
    if isinstance(value, list):
        return [(text, 0) for text in value]
    if not isinstance(value, str) or field.analyzer is None:
        return [(str(value), 0)]
    analyzed = field.analyzer(value, positions=True, mode="index")
    return [(token.text, token.pos) for token in analyzed]

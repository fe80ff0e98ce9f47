"""The oracle: an index of Whoosh's own, in memory, with its own matchers and scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Every, FuzzyTerm, NullQuery, Or, Phrase, Prefix, Term, Wildcard
from whoosh.query import Query as Tree

from search.distinct import find
from search.engines import answering
from search.engines.columns import Columns
from search.engines.deadline import Deadline
from search.engines.docsets import DocSet, Ids
from search.engines.rows import Row
from search.engines.state import Shown
from search.engines.statistics import Statistics
from search.engines.tables import TableCorpus, Tables
from search.errors import NotFound
from search.language.budget import MAX_EXPANSIONS
from search.language.names import Names
from search.language.schema import SCHEMA, fields_of
from search.mentions import PlaceCounts, PlaceReport
from search.model import Article, Export, Group, IndexInfo, Marks, Query, SearchResult
from tests.near_copies import labels_of
from tests.ram import RamStorage

Scores = NDArray[np.float64]

_MARKS = {Prefix: "*", FuzzyTerm: "~", Wildcard: ""}  # as the asker wrote them


class StockSearcher:
    """Answers from one state, which has no deadline."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._state = StockState(articles)
        self._names = Names.load(None)

    def search(self, query: Query) -> SearchResult:
        return answering.answer(query, self._state, self._names)

    def totals(self, queries: Sequence[Query]) -> tuple[int | None, ...]:
        return answering.totals(queries, self._state, self._names)

    def export(self, query: Query) -> Export:
        return answering.export(query, self._state, self._names)

    def info(self) -> IndexInfo:
        return self._state.info

    def words(self, start: str, number: int) -> tuple[str, ...]:
        return answering.words(start, number, self._state)

    def places(self, query: Query) -> PlaceCounts:
        return answering.places(query, self._state, self._names)

    def place(self, id: str) -> PlaceReport:
        return answering.place(id, self._state, self._names)

    def get(self, id: str) -> Article:
        doc = self._state.find(id)
        if doc is None:
            raise NotFound(f"no article has the id {id!r}")
        return self._state.article(doc)

    def marks(self, id: str, query: Query) -> Marks:
        return answering.marks(query, self._state, self._names, self.get(id))

    def copies(self, id: str) -> Group | None:
        self.get(id)
        return answering.copies(self._state, self._state.find(id) or 0)

    def close(self) -> None:
        pass


class Matches:
    """Documents, rising, and the scores of each."""

    varies = True
    complete = True
    statistics = None

    def __init__(self, size: int, found: Mapping[int, float]) -> None:
        self.docs = DocSet.of_ids(size, np.array(list(found), np.int64))
        self._scores = np.array(list(found.values()), np.float64)

    def scores(self, ids: Ids) -> Scores:
        return self._scores[find(self.docs.ids, ids)[1]]

    def best(self, among: DocSet, number: int) -> tuple[Ids, Scores]:
        return among.ids, self.scores(among.ids)


class StockState(TableCorpus):
    """Articles, the later of two with one id, by document number."""

    def __init__(self, articles: Iterable[Article]) -> None:
        by_id = {article.id: article for article in articles}
        self._articles = list(by_id.values())
        index = RamStorage().create_index(SCHEMA)
        with index.writer() as writer:
            for article in self._articles:
                writer.add_document(**fields_of(article))
        self._searcher = index.searcher()
        self.columns = Columns.of(
            map(Row.of, self._articles), *labels_of(self._articles)
        )
        every = np.arange(len(self._articles))
        self.live = DocSet.of_ids(self.columns.words, every)
        self.tables = Tables(self.columns, self.live)

    def until(self, deadline: Deadline) -> Self:
        return self

    @property
    def is_cut(self) -> bool:
        return False

    @cached_property
    def info(self) -> IndexInfo:
        return IndexInfo(generation="1", documents=len(self._articles), segments=1)

    def articles_with(self, words: str) -> int:
        tokens = [t.text for t in SCHEMA["text"].analyzer(words, mode="query")]
        return self.match(Phrase("text", tokens).normalize()).docs.count

    def expand(self, tree: Tree) -> tuple[Tree, tuple[str, ...]]:
        """Return ``tree`` with each pattern as its commonest terms, and warnings."""
        warnings: list[str] = []

        def terms(node: Any) -> Tree:
            if type(node) not in _MARKS:
                return node
            return self._terms(node, warnings)

        return tree.accept(terms), tuple(dict.fromkeys(warnings))

    def match(self, tree: Tree, began: Statistics | None = None) -> Matches:
        """Return every match: Whoosh's own collectors may lose some to their limit."""
        found: dict[int, float] = {}
        if isinstance(tree, Every) and tree.fieldname in (None, "*"):
            found = dict.fromkeys(range(len(self._articles)), 0.0)
        elif self._articles and tree is not NullQuery:
            matcher = tree.matcher(self._searcher, self._searcher.context())
            while matcher.is_active():
                found[matcher.id()] = matcher.score()
                matcher.next()
        return Matches(self.columns.words, found)

    def find(self, id: str) -> int | None:
        ids = [article.id for article in self._articles]
        return ids.index(id) if id in ids else None

    def article(self, doc: int) -> Article:
        return self._articles[doc]

    def shown(self, doc: int, *, removed: bool) -> Shown:
        return Shown.of(self.article(doc))

    def rarity(self, field: str, term: str) -> float:
        if field not in SCHEMA:
            return 0.0
        return float(self._searcher.idf(field, SCHEMA[field].to_bytes(term)))

    def _terms(self, node: Any, warnings: list[str]) -> Tree:
        field, reader = node.field(), self._searcher.reader()
        found = {
            word: reader.doc_frequency(field, word)
            for _, word in node.expanded_terms(reader)
        }
        kept = sorted(found, key=lambda word: (-found[word], word))[:MAX_EXPANSIONS]
        if len(kept) < len(found):
            warnings.append(
                f"“{node.text}{_MARKS[type(node)]}” stands for more than"
                f" {MAX_EXPANSIONS} words; the commonest were searched"
            )
        return Or([Term(field, word, node.boost) for word in kept]).normalize()

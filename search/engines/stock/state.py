"""One commit of a stock index, open for reading."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Every, NullQuery, Phrase, Term
from whoosh.query import Query as Tree
from whoosh.searching import Searcher

from search.engines.answering import Shown
from search.engines.columns import Columns, encoded
from search.engines.deadline import ANSWER, Deadline
from search.engines.docsets import DocSet, Ids, find
from search.engines.folder import Folder
from search.engines.record import unpack
from search.engines.stock.expansion import expand
from search.engines.stock.pace import OutOfTime, Pace, PacedSearcher, Turns
from search.engines.stock.phrases import LinearPhrase
from search.engines.stock.segments import Segments, damage
from search.engines.tables import Tables
from search.language.schema import SCHEMA
from search.model import Article, IndexInfo

_MEMO = 10_000  # phrases whose counts are kept

Scores = NDArray[np.float64]


class Matches:
    """Documents, rising, and their scores."""

    varies = True

    def __init__(
        self, size: int, ids: Ids, scores: Scores, *, complete: bool = True
    ) -> None:
        self.docs = DocSet.of_ids(size, ids)
        self.complete = complete
        self._scores = scores

    def scores(self, ids: Ids) -> Scores:
        """Return the scores of ``ids``."""
        return self._scores[find(self.docs.ids, ids)[1]]

    def best(self, among: DocSet, number: int) -> tuple[Ids, Scores]:  # noqa: ARG002
        """Return all of ``among``, whose scores are known."""
        return among.ids, self.scores(among.ids)


class StockState:
    """One commit, shared by threads.

    Whoosh's readers share a position in their file, hence they take turns.
    """

    def __init__(self, folder: Folder, segments: Segments) -> None:
        self._folder = folder
        self.segments = segments
        self._turns = Turns()
        self._pace = Pace(Deadline(ANSWER), self._turns)
        self._searcher = Searcher(segments.reader)
        self._phrases: dict[str, int] = {}
        rows = [row for opened in segments.opened for row in opened.rows]
        masks = [np.zeros(0, np.bool_), *(s.live for s in segments.opened)]
        self.columns = Columns.of(rows)
        self.live = DocSet.of_ids(
            self.columns.words, np.flatnonzero(np.concatenate(masks))
        )
        self.tables = Tables(self.columns, self.live)

    def until(self, deadline: Deadline) -> Self:
        """Return this commit for one answer, which ends at ``deadline``."""
        asked = copy(self)
        asked._pace = Pace(deadline, self._turns)  # noqa: SLF001  # its own class
        return asked

    @cached_property
    def info(self) -> IndexInfo:
        """Return which state this is."""
        generation = self.segments.generation
        return IndexInfo(
            generation=str(generation.base + self.segments.number),
            documents=self.live.count,
            built=generation.built,
            segments=len(self.segments.opened),
            bytes=self.segments.size,
        )

    def places_written(self, spelling: str) -> Mapping[str, int]:
        """Return, by place id, how many articles write that place this way."""
        return self.tables.places_written(spelling)

    def spellings_of(self, place: str) -> Mapping[str, int]:
        """Return, by spelling as written, how many articles write this place so."""
        return self.tables.spellings_of(place)

    def articles_of(self, place: str) -> int:
        """Return how many articles name this place or one inside it."""
        return self.tables.articles_of(place)

    def values_by_name(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        """Return the values of a facet by what they are called: value or label."""
        return self.tables.values_by_name(facet)

    def articles_with(self, words: str) -> int:
        """Return how many articles have these words in a row, analysed as text.

        At the deadline, how many were found until then.
        """
        known = self._phrases.get(words)
        if known is not None:
            return known
        tokens = [t.text for t in SCHEMA["text"].analyzer(words, mode="query")]
        one = len(tokens) == 1
        tree = Term("text", tokens[0]) if one else Phrase("text", tokens)
        found = self.match(tree)
        if found.complete:
            if len(self._phrases) >= _MEMO:
                self._phrases.clear()
            self._phrases[words] = found.docs.count
        return found.docs.count

    def expand(self, tree: Tree) -> tuple[Tree, tuple[str, ...]]:
        """Return ``tree`` without patterns, and warnings where some had to be cut."""
        with self._turns, damage(self._folder):
            return expand(tree, self.segments.reader, self._pace)

    def match(self, tree: Tree) -> Matches:
        """Return what ``tree`` matches until the deadline, with scores."""
        if tree is NullQuery or not self.segments.opened:
            return self._matches(np.zeros(0, np.int64), np.zeros(0))
        if isinstance(tree, Every) and tree.fieldname in (None, "*"):
            return self._matches(self.live.ids, np.zeros(self.live.count))
        with self._turns, damage(self._folder):
            return self._collect(tree)

    def find(self, id: str) -> int | None:
        """Return the document with this id, if there is one."""
        found = np.flatnonzero(self.columns.ids == encoded(id))
        return next((doc for doc in found.tolist() if doc in self.live.ids), None)

    def shown(self, doc: int, *, removed: bool) -> Shown:  # noqa: ARG002
        """Return what a hit shows of this document."""
        return Shown.of(self.article(doc))

    def article(self, doc: int) -> Article:
        """Return the article of this document."""
        with self._turns, damage(self._folder):
            return unpack(self.segments.stored(doc))

    def rarity(self, field: str, term: str) -> float:
        """Return the term's inverse document frequency, as Whoosh's BM25F has it."""
        if field not in SCHEMA:
            return 0.0
        with self._turns, damage(self._folder):
            return float(self._searcher.idf(field, SCHEMA[field].to_bytes(term)))

    def _collect(self, tree: Tree) -> Matches:
        """Return every match: Whoosh's own collectors may lose some to their limit."""
        docs: list[int] = []
        scores: list[float] = []
        complete = True
        try:
            self._pace.look()
            searcher = PacedSearcher(
                self.segments.reader, self._pace, parent=self._searcher
            )
            tree = tree.accept(LinearPhrase.of)
            context = searcher.context(needs_current=True)
            for leaf, base in searcher.leaf_searchers():
                matcher = tree.matcher(leaf, context)
                while matcher.is_active():
                    docs.append(base + matcher.id())
                    scores.append(matcher.score())
                    matcher.next()
        except OutOfTime:
            complete = False
        # Out of time between the two, a match may be without its score.
        del docs[len(scores) :]
        return self._matches(
            np.array(docs, np.int64), np.array(scores), complete=complete
        )

    def _matches(self, ids: Ids, scores: Scores, *, complete: bool = True) -> Matches:
        return Matches(self.columns.words, ids, scores, complete=complete)


def open_state(folder: Folder, last: StockState | None) -> StockState:
    """Return the newest state, with what is unchanged taken over from ``last``.

    Raises:
        NoIndex: there is no index.
        IndexUnusable: it is damaged or of another version.
    """
    return StockState(folder, Segments.open(folder, last.segments if last else None))

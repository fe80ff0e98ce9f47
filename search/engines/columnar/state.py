"""One commit of a columnar index, open for reading."""

from __future__ import annotations

from copy import copy
from typing import Self

from whoosh.query import Every, Phrase, Term
from whoosh.query import Query as Tree

from search.engines.columnar import best
from search.engines.columnar.commits import Snapshot, damage, open_current
from search.engines.columnar.container import Container
from search.engines.columnar.fingerprint import FORMAT
from search.engines.columnar.nodes import Constant, Node
from search.engines.columnar.patterns import expand
from search.engines.columnar.plan import compile_tree
from search.engines.columnar.record import Record
from search.engines.columnar.scoring import Scores
from search.engines.columnar.segment import Segment
from search.engines.columnar.view import View
from search.engines.columnar.view_columns import columns_of
from search.engines.columnar.weighing import Weighing
from search.engines.deadline import ANSWER, Deadline
from search.engines.docsets import DocSet, Ids
from search.engines.folder import Folder
from search.engines.known_places import kept
from search.engines.state import Shown
from search.engines.statistics import Statistics
from search.engines.tables import TableCorpus, Tables
from search.language.schema import SCHEMA
from search.model import Article, IndexInfo

_MEMO = 10_000  # phrases whose counts are kept


class Matches:
    """The live documents of a node; scores are worked out for those asked for."""

    def __init__(
        self, node: Node, live: DocSet, weighing: Weighing, *, complete: bool
    ) -> None:
        self._node = node
        self._weighing = weighing
        self.docs = node.docs & live
        self.varies = node.varies
        self.complete = complete

    @property
    def statistics(self) -> Statistics | None:
        """Return what the scores hang on beside the articles, if it can be carried."""
        return self._weighing.statistics

    def scores(self, ids: Ids) -> Scores:
        """Return the scores of ``ids``, which rise and match."""
        return best.score(self._node, ids)

    def best(self, among: DocSet, number: int) -> tuple[Ids, Scores]:
        """Return the ``number`` best of ``among``, all that tie, and their scores."""
        return best.best(self._node, among, number)


class ColumnarState(TableCorpus):
    """One commit, shared by threads: what is mapped is never changed."""

    def __init__(self, snapshot: Snapshot, last: ColumnarState | None) -> None:
        self.snapshot = snapshot
        self._segments = _segments(snapshot, last)
        live = [part.live for part in snapshot.parts]
        self.view = View(tuple(self._segments.values()), live)
        self.live = self.view.live
        self.columns = columns_of(
            self.view, [part.labels for part in snapshot.parts], snapshot.table
        )
        known = last.gazetteer if last else None
        source = kept(snapshot.generation.state, known)
        self.tables = Tables(self.columns, self.live, source)
        self.info = IndexInfo(
            generation=str(snapshot.commit.number),
            documents=self.live.count,
            built=snapshot.generation.built,
            segments=len(self.view.segments),
            bytes=snapshot.bytes,
        )
        self._deadline = Deadline(ANSWER)
        self._counts: dict[str, int] = {}

    @property
    def is_cut(self) -> bool:
        """Return whether a segment's file is shorter than it was; one fstat each."""
        return any(part.container.is_cut for part in self.snapshot.parts)

    def until(self, deadline: Deadline) -> Self:
        """Return this commit for one answer, which ends at ``deadline``."""
        asked = copy(self)
        asked._deadline = deadline  # noqa: SLF001  # its own class
        return asked

    def articles_with(self, words: str) -> int:
        """Return how many articles have these words in a row, analysed as text.

        At the deadline, how many were found until then.
        """
        known = self._counts.get(words)
        if known is not None:
            return known
        tokens = [t.text for t in SCHEMA["text"].analyzer(words, mode="query")]
        one = len(tokens) == 1
        found = self.match(Term("text", tokens[0]) if one else Phrase("text", tokens))
        if found.complete:
            if len(self._counts) >= _MEMO:
                self._counts.clear()
            self._counts[words] = found.docs.count
        return found.docs.count

    def expand(self, tree: Tree) -> tuple[Tree, tuple[str, ...]]:
        """Return ``tree`` without patterns, and warnings where some had to be cut."""
        return expand(tree, self.view, self._deadline)

    def match(self, tree: Tree, began: Statistics | None = None) -> Matches:
        """Return what ``tree`` matches until the deadline, scored as it ``began``."""
        weighing = Weighing(began)
        if isinstance(tree, Every) and tree.fieldname in (None, "*"):
            node: Node = Constant(self.live, 0.0)
        else:
            node = compile_tree(tree, self.view, SCHEMA, self._deadline, weighing)
        complete = not self._deadline.passed
        return Matches(node, self.live, weighing, complete=complete)

    def find(self, id: str) -> int | None:
        """Return the document with this id, if there is one."""
        for segment, base in zip(self.view.segments, self.view.bases, strict=True):
            number = segment.number(id)
            if number >= 0 and (self.live.mask[base + number]):
                return base + number
        return None

    def article(self, doc: int) -> Article:
        """Return the article of this document."""
        return self._record(doc).article()

    def shown(self, doc: int, *, removed: bool) -> Shown:
        """Return what a hit shows of this document, ``removed`` blocks if asked."""
        record = self._record(doc)
        return Shown(
            record.article(removed=removed),
            record.head.removed_blocks,
            record.head.removed_characters,
            record.head.lead,
        )

    def rarity(self, field: str, term: str) -> float:
        """Return what the term's occurrences count for: how rare it is."""
        if field not in SCHEMA:
            return 0.0
        found = self.view.field(field)
        numbers = found.find(SCHEMA[field].to_bytes(term))
        return self.view.scorer.weight(found.stats(numbers))

    def _record(self, doc: int) -> Record:
        segment, number = self.view.locate(doc)
        return Record(segment.stored(number))


def open_state(folder: Folder, last: ColumnarState | None) -> ColumnarState:
    """Return the newest state, with what is unchanged taken over from ``last``.

    Raises:
        NoIndex: there is no index.
        IndexUnusable: it is damaged or of another version.
    """
    snapshot = open_current(folder, FORMAT, last.snapshot if last else None)
    with damage(folder):
        return ColumnarState(snapshot, last)


def _segments(
    snapshot: Snapshot, last: ColumnarState | None
) -> dict[Container, Segment]:
    """Return the segments by their files, in order; those open already as they are."""
    known = last._segments if last else {}  # noqa: SLF001  # its own class
    return {
        part.container: known.get(part.container) or Segment(part.container)
        for part in snapshot.parts
    }

"""From a query to its answer, over one state of any engine's index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import inf
from typing import Protocol, Self

from whoosh.query import Prefix, Term
from whoosh.query import Query as Tree

from search import matching, snippets
from search.engines import copies, facets, order
from search.engines.columns import Columns
from search.engines.deadline import ANSWER, HITS, TOTALS, Deadline
from search.engines.docsets import DocSet
from search.engines.filters import Filters
from search.engines.order import Scored
from search.engines.statistics import Statistics
from search.engines.tables import Tables
from search.folding import whole
from search.language.names import Names
from search.language.parser import read
from search.language.reading import Corpus, Reading
from search.language.values import values_of
from search.matching import Wanted
from search.model import (
    Article,
    Export,
    Facet,
    Group,
    Hit,
    IndexInfo,
    Marks,
    Query,
    Scope,
    SearchResult,
    Snippet,
)
from search.stopwatch import stage

_NOTHING = Wanted({}, {}, {})
_TOGETHER = 10  # hits whose snippets are cut in a row
_EXPORTED = 100  # hits of an export that are made at once
_UNREAD = "this took too long: what matches is not shown in the last {} hits"


class Found(Scored, Protocol):
    """What a tree matches in a state."""

    @property
    def docs(self) -> DocSet:
        """The documents that match; deleted ones are left out."""

    @property
    def complete(self) -> bool:
        """Whether these are all, and no deadline cut them short."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as a hit shows it, how much was removed from its page, its lead.

    ``article`` may be without the removed blocks, where nobody asks for them.
    """

    article: Article
    removed_blocks: int
    removed_characters: int
    lead: str

    @classmethod
    def of(cls, article: Article) -> Shown:
        """Return it from an article with its removed blocks."""
        characters = sum(len(block.text) for block in article.removed)
        lead = snippets.lead(article.text)
        return cls(article, len(article.removed), characters, lead)


class State(Corpus, Protocol):
    """One committed state of an index, as an engine shows it to this module."""

    @property
    def columns(self) -> Columns:
        """The columns, by document number."""

    @property
    def live(self) -> DocSet:
        """The documents that are not deleted."""

    @property
    def tables(self) -> Tables:
        """Spellings and labels."""

    @property
    def info(self) -> IndexInfo:
        """Which state this is."""

    def until(self, deadline: Deadline) -> Self:
        """Return this state for one answer: what it looks for, it does until then."""

    def expand(self, tree: Tree) -> tuple[Tree, tuple[str, ...]]:
        """Return ``tree`` with prefixes, wildcards and fuzzy words as terms.

        With it come warnings where one stands for too many.
        """

    def match(self, tree: Tree, began: Statistics | None = None) -> Found:
        """Return what an expanded tree matches until the deadline.

        It is scored by what its words counted for when a list of hits ``began``.
        """

    def find(self, id: str) -> int | None:
        """Return the document with this id, if there is one."""

    def article(self, doc: int) -> Article:
        """Return the article of this document."""

    def shown(self, doc: int, *, removed: bool) -> Shown:
        """Return what a hit shows of this document, ``removed`` blocks if asked."""

    def rarity(self, field: str, term: str) -> float:
        """Return the term's inverse document frequency."""


def answer(query: Query, state: State, names: Names) -> SearchResult:
    """Return the answer to ``query``.

    Raises:
        BadQuery: a parameter other than the text is wrong.
    """
    facets.check(query)
    order.check(query)
    state, end = state.until(Deadline(ANSWER)), Deadline(HITS)
    with stage("parse"):
        reading = read(query.text, query.scope, state, names)
        query = reading.applied(query)
    with stage("search"):
        filters = _filters(query, state, names)
        tree, cuts = state.expand(reading.tree)
        found = state.match(tree, order.began(query))
        docs = found.docs & filters.passing()
        page = order.page(query, state.columns, found, docs)
        groups = _groups(query, state, found, docs, page)
        in_chrome = None if docs.count else _in_chrome(query, state, filters, names)
    with stage("snippets"):
        wanted = Wanted.of(tree)
        hits, unread = _hits(query, state, wanted, page, groups, end=end)
    with stage("facets"):
        counted = _facets(query, state, filters, found, docs)
    return SearchResult(
        total=docs.count,
        hits=hits,
        facets=counted,
        index=state.info,
        read_as=reading.read_as,
        warnings=(*reading.warnings, *cuts, *_late(found), *unread),
        expansions=reading.expansions,
        total_relation="eq" if found.complete else "gte",
        in_chrome=in_chrome,
        cursor=page.cursor,
        groups=page.groups,
    )


def totals(
    queries: Sequence[Query], state: State, names: Names
) -> tuple[int | None, ...]:
    """Return how many articles each query finds; None where the time was too short.

    Queries of one text are matched once.

    Raises:
        BadQuery: a parameter other than the text is wrong.
    """
    state = state.until(Deadline(TOTALS))
    known: dict[tuple[str, Scope], tuple[Reading, Found]] = {}
    found: list[int | None] = []
    for query in queries:
        asked = (query.text, query.scope)
        if asked not in known:
            known[asked] = _matches(query.text, query.scope, state, names)
        reading, matches = known[asked]
        filters = _filters(reading.applied(query), state, names)
        found.append(_total(matches, filters))
    return tuple(found)


def export(query: Query, state: State, names: Names) -> Export:
    """Return every hit of ``query``, each when it is asked for.

    Raises:
        BadQuery: a parameter other than the text is wrong.
    """
    query = replace(query, facets=(), page=1, cursor=None)
    order.check(query)
    state = state.until(Deadline(ANSWER))
    reading = read(query.text, query.scope, state, names)
    query = reading.applied(query)
    filters = _filters(query, state, names)
    tree, _ = state.expand(reading.tree)
    found = state.match(tree)
    docs = found.docs & filters.passing()
    return Export(
        total=docs.count,
        hits=_exported(query, state, Wanted.of(tree), found, docs),
        index=state.info,
        complete=found.complete,
    )


def _exported(
    query: Query, state: State, wanted: Wanted, found: Found, docs: DocSet
) -> Iterator[Hit]:
    ids, scores = order.every(query, state.columns, found, docs)
    for start in range(0, len(ids), _EXPORTED):
        some = slice(start, start + _EXPORTED)
        page = order.Page(ids[some], scores[some], None)
        groups = _groups(query, state, found, docs, page)
        hits, _ = _hits(query, state, wanted, page, groups, end=Deadline(inf))
        yield from hits


def words(start: str, number: int, state: State) -> tuple[str, ...]:
    """Return the commonest words of the index that begin with ``start``."""
    state = state.until(Deadline(TOTALS))
    tree, _ = state.expand(Prefix("exact", whole(start).lower()))
    found = (_text(leaf.text) for leaf in tree.leaves() if isinstance(leaf, Term))
    return tuple(islice(found, number))


def _text(term: str | bytes) -> str:
    return term.decode() if isinstance(term, bytes) else term


def marks(query: Query, state: State, names: Names, article: Article) -> Marks:
    """Return what the text of ``query`` matches in ``article``."""
    state = state.until(Deadline(ANSWER))
    reading = read(query.text, query.scope, state, names)
    tree, _ = state.expand(reading.tree)
    return Wanted.of(tree).found_in(article).marks


def _facets(
    query: Query, state: State, filters: Filters, found: Found, hits: DocSet
) -> tuple[Facet, ...]:
    if not query.facets:
        return ()
    return facets.Counter(
        query, state.columns, filters, found.docs, hits, state.tables
    ).facets()


def _in_chrome(
    query: Query, state: State, filters: Filters, names: Names
) -> int | None:
    if not query.text.strip() or query.scope is Scope.CHROME:
        return None
    _, matches = _matches(query.text, Scope.CHROME, state, names)
    return _total(matches, filters)


def _matches(
    text: str, scope: Scope, state: State, names: Names
) -> tuple[Reading, Found]:
    reading = read(text, scope, state, names)
    tree, _ = state.expand(reading.tree)
    return reading, state.match(tree)


def _total(matches: Found, filters: Filters) -> int | None:
    """Return how many matches pass, None where not all of them are known."""
    if not matches.complete:
        return None
    return (filters.passing() & matches.docs).count


def _filters(query: Query, state: State, names: Names) -> Filters:
    return Filters(
        query,
        state.columns,
        state.live,
        lambda facet, value: values_of(facet, value, state, names),
    )


def _late(matches: Found) -> tuple[str, ...]:
    late = "this took too long: only a part of the index was searched"
    return () if matches.complete else (late,)


def _groups(
    query: Query, state: State, found: Found, docs: DocSet, page: order.Page
) -> tuple[Group | None, ...]:
    """Return the group of each hit of a page; None for all where none were asked."""
    if query.group is None:
        return (None,) * len(page.ids)
    return copies.of_hits(query, state.columns, found, docs, page.ids)


def _hits(
    query: Query,
    state: State,
    wanted: Wanted,
    page: order.Page,
    groups: tuple[Group | None, ...],
    *,
    end: Deadline,
) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """Return the hits of a page; each step for some of them, which is less work.

    After ``end``, no more is looked for what matches; a warning says so.
    """
    chrome, weights = wanted.asks_for_chrome, snippets.Weights(state.rarity)
    listed = [state.shown(doc, removed=chrome) for doc in page.ids.tolist()]
    found: list[matching.Found] = []
    pieces: list[tuple[Snippet, ...]] = []
    unread = 0
    for number, shown in enumerate(listed, 1):
        late = end.passed
        unread += late
        found.append((_NOTHING if late else wanted).found_in(shown.article))
        if number % _TOGETHER == 0 or number == len(listed):
            some = found[len(pieces) :]
            pieces += [snippets.snippets(f, query.snippets, weights) for f in some]
    hits = tuple(map(_hit, listed, found, pieces, page.scores.tolist(), groups))
    return hits, (_UNREAD.format(unread),) * bool(unread)


def _hit(
    shown: Shown,
    found: matching.Found,
    pieces: tuple[Snippet, ...],
    score: float,
    group: Group | None,
) -> Hit:
    article, removed = shown.article, shown.removed_characters
    marks = found.marks
    return Hit(
        id=article.id,
        score=score,
        title=article.title,
        lead=shown.lead,
        kind=article.kind,
        url=article.url,
        source=article.source,
        agency=article.agency,
        published=article.published,
        authors=article.authors,
        lang=article.lang,
        places=article.places,
        snippets=pieces,
        title_ranges=marks.title,
        matches=len(marks.title) + len(marks.text),
        removed_blocks=shown.removed_blocks,
        removed_share=removed / max(1, removed + len(article.text)),
        group=group,
    )

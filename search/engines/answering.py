"""From a query to its answer, over one state of any engine's index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from whoosh.query import Prefix, Term

from search.engines import copies as grouped
from search.engines import facets, hits, order
from search.engines.deadline import ANSWER, HITS, TOTALS, Deadline
from search.engines.docsets import DocSet
from search.engines.filters import Filters
from search.engines.mentions import Mentions
from search.engines.state import Found, State
from search.folding import whole
from search.language.names import Names
from search.language.parser import read
from search.language.reading import Reading
from search.language.values import values_of
from search.matching import Wanted
from search.mentions import PlaceCounts, PlaceReport
from search.model import (
    Article,
    Export,
    Facet,
    Group,
    Marks,
    Query,
    Scope,
    SearchResult,
)
from search.stopwatch import stage


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
        groups = hits.groups_of(query, state, found, docs, page)
        in_chrome = None if docs.count else _in_chrome(query, state, filters, names)
    with stage("snippets"):
        wanted = Wanted.of(tree)
        shown, unread = hits.of_page(query, state, wanted, page, groups, end=end)
    with stage("facets"):
        counted = _facets(query, state, filters, found, docs)
    return SearchResult(
        total=docs.count,
        hits=shown,
        facets=counted,
        index=state.info,
        read_as=reading.read_as,
        warnings=(*reading.warnings, *cuts, *_late(found), *unread),
        expansions=reading.expansions,
        offers=reading.offers,
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
        hits=hits.every(query, state, Wanted.of(tree), found, docs),
        index=state.info,
        complete=found.complete,
    )


def words(start: str, number: int, state: State) -> tuple[str, ...]:
    """Return the commonest words of the index that begin with ``start``."""
    state = state.until(Deadline(TOTALS))
    tree, _ = state.expand(Prefix("exact", whole(start).lower()))
    found = (_text(leaf.text) for leaf in tree.leaves() if isinstance(leaf, Term))
    return tuple(islice(found, number))


def places(query: Query, state: State, names: Names) -> PlaceCounts:
    """Return the places that the articles ``query`` finds name.

    Raises:
        BadQuery: a filter that cannot be.
    """
    state = state.until(Deadline(ANSWER))
    with stage("search"):
        reading, found = _matches(query.text, query.scope, state, names)
        filters = _filters(reading.applied(query), state, names)
        docs = found.docs & filters.passing()
    with stage("facets"):
        mentions = Mentions(state.columns, state.tables, docs)
        listed = mentions.listed(query.facet_prefix)
    return PlaceCounts(
        places=listed,
        articles=docs.count,
        unplaced=(docs & state.columns["place"].missing).count,
        parents=state.columns.parents,
        index=state.info,
        complete=found.complete,
    )


def place(id: str, state: State, names: Names) -> PlaceReport:
    """Return what all articles say of the place with this id."""
    columns, tables = state.columns, state.tables
    opening = state.match(Term("dateline", whole(id))).docs
    usual = _filters(Query(), state, names).passing()
    docs = usual & columns["place"].having([id])
    mentions = Mentions(columns, tables, docs)
    known = tables.known(id)
    path = mentions.path(id)
    return PlaceReport(
        place=mentions.of(id),
        people=known.population if known else 0,
        names=() if docs.count else tables.gazetteer.spellings(id),
        path=tuple([(above, tables.label("place", above)) for above in path]),
        articles=usual.count,
        datelined=(docs & opening).count,
        written=mentions.written(id),
        companions=mentions.companions(id, usual) if docs.count else (),
        inside=mentions.inside(id),
        index=state.info,
    )


def _text(term: str | bytes) -> str:
    return term.decode() if isinstance(term, bytes) else term


def marks(query: Query, state: State, names: Names, article: Article) -> Marks:
    """Return what the text of ``query`` matches in ``article``."""
    state = state.until(Deadline(ANSWER))
    reading = read(query.text, query.scope, state, names)
    tree, _ = state.expand(reading.tree)
    return Wanted.of(tree).found_in(article).marks


def copies(state: State, doc: int) -> Group | None:
    """Return the group of a document among all that live, None where it has none."""
    return grouped.of_article(state.columns, doc, lambda at: state.article(at).text)


def _facets(
    query: Query, state: State, filters: Filters, found: Found, docs: DocSet
) -> tuple[Facet, ...]:
    if not query.facets:
        return ()
    return facets.Counter(
        query, state.columns, filters, found.docs, docs, state.tables
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

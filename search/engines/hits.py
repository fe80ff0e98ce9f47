"""From documents to hits: what each shows, what matches in it, which are its copies."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from search import matching, snippets
from search.engines import copies, order
from search.engines.deadline import Deadline
from search.engines.docsets import DocSet
from search.engines.state import Found, Shown, State
from search.matching import Wanted
from search.model import Group, Hit, Query, Snippet

NOTHING = Wanted({}, {}, {})

_TOGETHER = 10  # hits whose snippets are cut in a row
_EXPORTED = 100  # hits of an export that are made at once
_UNREAD = "this took too long: what matches is not shown in the last {} hits"


def of_page(
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
        found.append((NOTHING if late else wanted).found_in(shown.article))
        if number % _TOGETHER == 0 or number == len(listed):
            some = found[len(pieces) :]
            pieces += [snippets.snippets(f, query.snippets, weights) for f in some]
    hits = tuple(map(_hit, listed, found, pieces, page.scores.tolist(), groups))
    return hits, (_UNREAD.format(unread),) * bool(unread)


def every(
    query: Query, state: State, wanted: Wanted, found: Found, docs: DocSet
) -> Iterator[Hit]:
    """Yield a hit of each of ``docs`` in the order asked for, made when it is due."""
    ids, scores = order.every(query, state.columns, found, docs)
    for start in range(0, len(ids), _EXPORTED):
        some = slice(start, start + _EXPORTED)
        page = order.Page(ids[some], scores[some], None)
        groups = groups_of(query, state, found, docs, page)
        hits, _ = of_page(query, state, wanted, page, groups, end=Deadline(inf))
        yield from hits


def groups_of(
    query: Query, state: State, found: Found, docs: DocSet, page: order.Page
) -> tuple[Group | None, ...]:
    """Return the group of each hit of a page; None for all where none were asked."""
    if query.group is None:
        return (None,) * len(page.ids)
    return copies.of_hits(
        state.columns,
        docs,
        page.ids,
        lambda ids: order.ordered(query, state.columns, found, ids),
        lambda doc: state.article(doc).text,
    )


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

"""The hits before and after an article in the search it was found by."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.address import following
from search.engine import Searcher
from search.errors import BadQuery
from search.model import Hit, Query
from web.results import document_url
from web.wording import heading


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A hit beside the one that is read: its headline, and where it is read."""

    title: str
    lang: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around a hit; ``rank`` counts from 1, None where pages have none."""

    previous: Neighbour | None
    following: Neighbour | None
    rank: int | None
    listed: int


def neighbours(query: Query, id: str, searcher: Searcher) -> Neighbours | None:
    """Return the hits around the article ``id``; None where it is none of the page.

    It costs a search for the page, and a second one where the article is at its edge.
    """
    asked = replace(query, facets=(), snippets=0)
    try:
        result = searcher.search(asked)
    except BadQuery:
        return None  # a cursor that cannot be hides no article
    hits = result.hits
    at = next((n for n, hit in enumerate(hits) if hit.id == id), None)
    if at is None:
        return None
    above = query.page > 1 and query.cursor is None
    page_above = replace(asked, page=query.page - 1) if above else None
    page_below = following(asked, result)
    return Neighbours(
        previous=_of(hits[at - 1], query) if at else _edge(page_above, -1, searcher),
        following=_of(hits[at + 1], query)
        if at + 1 < len(hits)
        else _edge(page_below, 0, searcher),
        rank=None if query.cursor else (query.page - 1) * query.per_page + at + 1,
        listed=result.listed,
    )


def _edge(asked: Query | None, nth: int, searcher: Searcher) -> Neighbour | None:
    hits = searcher.search(asked).hits if asked else ()
    return _of(hits[nth], asked) if asked and hits else None


def _of(hit: Hit, query: Query) -> Neighbour:
    return Neighbour(heading(hit), hit.lang, document_url(query, hit))

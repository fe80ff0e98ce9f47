"""What the page of results shows, in the order it shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.address import DEEPEST, following, pairs, url
from search.engine import Searcher
from search.fields import FACETS
from search.model import (
    Copy,
    Expansion,
    Hit,
    Place,
    Query,
    Scope,
    SearchResult,
    Snippet,
    Sort,
)
from web import facets, wording
from web.chips import Chip, bare, chips, choosing, from_start
from web.histogram import Histogram, histogram

_MOST_TRIED = 6  # filters dropped one by one when nothing is found
_FACET_SIZE = 12  # values a facet shows before "all"


@dataclass(frozen=True, slots=True)
class Link:
    """A link; ``current`` says that it leads to where one is."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A filter to drop, and how many hits there are without it."""

    chip: Chip
    total: int

    @property
    def noun(self) -> str:
        """Return what those hits are called, one of them."""
        return wording.what(self.chip.without)


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """A query, its answer, and every way on from there."""

    query: Query
    result: SearchResult
    summary: str
    chips: tuple[Chip, ...]
    panel: facets.Panel
    histogram: Histogram | None
    sorts: tuple[Link, ...]
    pages: tuple[Link, ...]
    previous: str | None
    following: str | None
    cleared: str
    json: str
    in_chrome: str | None
    dropped: tuple[Dropped, ...]

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """Return what the search box carries along: the filters, and the order."""
        first = from_start(self.query, text="", scope=Scope.ALL)
        return pairs(first)

    @property
    def first(self) -> str:
        """Return where the results begin."""
        return url("/search", from_start(self.query))

    def link(self, query: Query) -> str:
        """Return where ``query`` is answered."""
        return url("/search", query)

    def alone(self, expansion: Expansion) -> str:
        """Return where only the words as written are searched."""
        return url("/search", from_start(self.query, text=expansion.alone))

    def at_place(self, place: Place) -> str:
        """Return where only articles that name ``place`` are found."""
        return url("/search", choosing(self.query, "place", (place.id,)))


def results(query: Query, searcher: Searcher) -> ResultsPage:
    """Return the page for ``query``, its facets counted."""
    asked = with_facets(query)
    result = searcher.search(asked)
    after = following(query, result)
    made = chips(query, facets.labels(result))
    dates = next((facet for facet in result.facets if facet.name == "date"), None)
    return ResultsPage(
        query=query,
        result=result,
        summary=summary(query, result),
        chips=made,
        panel=facets.panel(query, result),
        histogram=histogram(query, dates) if dates else None,
        sorts=_sorts(query),
        pages=_pages(query, result),
        previous=_previous(query),
        following=url("/search", after) if after else None,
        cleared=url("/search", bare(query)),
        json=url("/api/search", asked),
        in_chrome=_in_chrome(query, result),
        dropped=_dropped(query, result, made, searcher),
    )


def with_facets(query: Query) -> Query:
    """Return ``query`` asking for the facets the page shows, unless it names some."""
    size = _FACET_SIZE if query.facet_size == Query().facet_size else query.facet_size
    return replace(query, facets=query.facets or tuple(FACETS), facet_size=size)


def summary(query: Query, result: SearchResult) -> str:
    """Return how many there are of what: 5 articles in 3 groups for “flood”."""
    found = wording.counted(result.total, wording.what(query))
    if not result.total:
        found = f"No {wording.what(query)}s"
    elif result.groups is not None:
        found = f"{found} in {wording.counted(result.groups, 'group')}"
    if result.total_relation == "gte":
        found = f"At least {found}"
    text = " ".join(query.text.split())
    return f"{found} for “{text}”" if text else found


def document_url(query: Query, hit: Hit | Copy, snippet: Snippet | None = None) -> str:
    """Return where ``hit`` is read, with what was asked, at ``snippet``."""
    target = url(f"/doc/{hit.id}", query)
    at = snippet.paragraph if snippet else None
    return f"{target}#p{at}" if at else target


def _sorts(query: Query) -> tuple[Link, ...]:
    return tuple(
        Link(
            wording.SORTS[sort],
            url("/search", from_start(query, sort=sort)),
            current=sort is query.order,
        )
        for sort in Sort
        if sort is not Sort.RELEVANCE or query.text.strip()
    )


def _pages(query: Query, result: SearchResult) -> tuple[Link, ...]:
    last = min(-(-result.listed // query.per_page), DEEPEST // query.per_page)
    if last < 2 or query.cursor:
        return ()
    near = {1, last, *range(query.page - 2, query.page + 3)}
    return tuple(
        Link(f"{page:,}", url("/search", replace(query, page=page)), page == query.page)
        for page in sorted(near)
        if 1 <= page <= last
    )


def _previous(query: Query) -> str | None:
    if query.cursor:
        return url("/search", from_start(query))
    if query.page > 1:
        return url("/search", replace(query, page=query.page - 1))
    return None


def _in_chrome(query: Query, result: SearchResult) -> str | None:
    if result.total or not result.in_chrome:
        return None
    return url("/search", from_start(query, scope=Scope.CHROME))


def _dropped(
    query: Query, result: SearchResult, made: tuple[Chip, ...], searcher: Searcher
) -> tuple[Dropped, ...]:
    """Return the filters without which something is found, most hits first.

    An answer that took too long for its own question is asked no more.
    """
    if result.total or result.total_relation == "gte":
        return ()
    limits = [*made[:_MOST_TRIED]]
    if query.kinds == Query().kinds:
        limits.append(Chip("limit to", "articles", from_start(query, kinds=())))
    totals = searcher.totals([chip.without for chip in limits])
    found = [
        Dropped(chip, total)
        for chip, total in zip(limits, totals, strict=True)
        if total
    ]
    return tuple(sorted(found, key=lambda dropped: -dropped.total))

"""What the page of results shows, in the order it shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from search.address import DEEPEST, document, following, pairs, url, whole
from search.engine import Searcher
from search.fields import FACETS
from search.model import Expansion, Hit, Offer, Query, Scope, SearchResult, Sort
from web import facets, ladder, wording
from web.chips import Chip, bare, chips, from_start
from web.entries import Entry, entry
from web.histogram import Histogram, histogram
from web.links import Links

_FACET_SIZE = 12  # values a facet shows before "all"


@dataclass(frozen=True, slots=True)
class Link:
    """A link; ``current`` says that it leads to where one is."""

    label: str
    url: Markup
    current: bool = False


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """A query, its answer, and every way on from there."""

    query: Query
    result: SearchResult
    summary: str
    entries: tuple[Entry, ...]
    chips: tuple[Chip, ...]
    panel: facets.Panel
    histogram: Histogram | None
    sorts: tuple[Link, ...]
    pages: tuple[Link | None, ...]
    previous: Markup | None
    following: str | None
    takes: tuple[Link, ...]
    ladder: ladder.Ladder | None

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """Return what the search box carries along: the filters, and the order."""
        first = from_start(self.query, text="", scope=Scope.ALL)
        return pairs(first)

    @property
    def cleared(self) -> str:
        """Return where nothing narrows the text down."""
        return url("/search", bare(self.query))

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

    def instead(self, offer: Offer) -> str:
        """Return where the place offered is searched in its words' stead."""
        return url("/search", from_start(self.query, text=offer.instead))


def results(query: Query, searcher: Searcher) -> ResultsPage:
    """Return the page for ``query``, its facets counted."""
    asked = with_facets(query)
    result = searcher.search(asked)
    after = following(query, result)
    names, links = facets.labels(result), Links(query)
    made = chips(query, names)
    return ResultsPage(
        query=query,
        result=result,
        summary=summary(query, result),
        entries=tuple([entry(hit, links, names) for hit in result.hits]),
        chips=made,
        panel=facets.panel(query, result, links, names),
        histogram=histogram(query, result, links, searcher),
        sorts=_sorts(query, links),
        pages=tuple(_pages(query, result, links)),
        previous=_previous(query, links),
        following=url("/search", after) if after else None,
        takes=_takes(query, asked),
        ladder=ladder.ladder(query, result, made, searcher),
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


def document_url(query: Query, hit: Hit) -> str:
    """Return where ``hit`` is read, with what was asked."""
    return url(document(hit.id), query)


def _sorts(query: Query, links: Links) -> tuple[Link, ...]:
    return tuple(
        Link(
            wording.SORTS[sort],
            links.changed(sort=(str(sort),)),
            current=sort is query.order,
        )
        for sort in Sort
        if sort is not Sort.RELEVANCE or query.text.strip()
    )


def _takes(query: Query, asked: Query) -> tuple[Link, ...]:
    """Return the same answer in other forms: what to work with, what to follow."""
    every = whole(query)
    return (
        Link("JSON", Markup.escape(url("/api/search", asked))),
        Link("CSV", Markup.escape(url("/search.csv", every))),
        Link("Atom feed", Markup.escape(url("/search.atom", every))),
    )


def _pages(query: Query, result: SearchResult, links: Links) -> Iterator[Link | None]:
    """Yield links to the first page, the last and those near; None for a gap."""
    last = min(-(-result.listed // query.per_page), DEEPEST // query.per_page)
    if last < 2 or query.cursor:
        return
    near = {1, last, *range(query.page - 2, query.page + 3)}
    before = 0
    for page in sorted(near):
        if 1 <= page <= last:
            if page > before + 1:
                yield None
            at = links.changed(page=(str(page),) if page > 1 else ())
            yield Link(f"{page:,}", at, page == query.page)
            before = page


def _previous(query: Query, links: Links) -> Markup | None:
    if query.cursor:
        return links.changed()
    if query.page > 1:
        before = query.page - 1
        return links.changed(page=(str(before),) if before > 1 else ())
    return None

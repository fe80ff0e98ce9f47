"""A query as URL parameters: the names the API, the site and the command share.

``web/params.py`` reads what this writes, and nothing is lost on the way but
``Query.snippets``, which is the caller's own business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import quote, urlencode

from search.fields import FACETS
from search.model import Query, Scope, SearchResult

EVERY_KIND = "all"
MOST_COMPARED = 4  # articles side by side
DEEPEST = 10_000  # hits that pages reach; a cursor goes beyond

_ASKED = Query()


def pairs(query: Query) -> tuple[tuple[str, str], ...]:
    """Return the parameters that say ``query``, without those that say a default."""
    return (*_asked(query), *filters(query), *_shape(query))


def filters(query: Query) -> tuple[tuple[str, str], ...]:
    """Return the parameters that narrow ``query`` down, its text left out."""
    return tuple(_filters(query))


def url(path: str, query: Query) -> str:
    """Return ``path`` with ``query`` in it, relative to the site.

    >>> url("/search", Query(text="flood", sources=("example.org",)))
    '/search?q=flood&source=example.org'
    """
    # Bytes of a command line that are no text come as lone surrogates.
    said = urlencode(pairs(query), safe=",:", errors="replace")
    return f"{path}?{said}" if said else path


def selections(query: Query, facet: str) -> tuple[str, ...]:
    """Return the values of ``facet`` that ``query`` asks for."""
    chosen: tuple[str, ...] = getattr(query, FACETS[facet].selection)
    return chosen


def following(query: Query, result: SearchResult) -> Query | None:
    """Return the query for the hits after those of ``result``; None at the end.

    A page number as far as those reach, a cursor beyond.
    """
    beyond = (query.page + 1) * query.per_page > DEEPEST
    if query.cursor is not None or beyond:
        if result.cursor is None:
            return None
        return replace(query, page=1, cursor=result.cursor)
    if query.page * query.per_page >= result.listed:
        return None
    return replace(query, page=query.page + 1)


def preceding(query: Query) -> Query | None:
    """Return the query for the hits before those of ``query``; None where it begins.

    A cursor only leads on.
    """
    if query.cursor is not None or query.page == 1:
        return None
    return replace(query, page=query.page - 1)


def whole(query: Query) -> Query:
    """Return ``query`` for all its hits: without a page, and without facets."""
    plain = Query()
    return replace(
        query,
        page=1,
        per_page=plain.per_page,
        cursor=None,
        facets=(),
        facet_size=plain.facet_size,
        interval=None,
    )


def _asked(query: Query) -> Iterator[tuple[str, str]]:
    if query.text:
        yield "q", query.text
    if query.scope is not Scope.ALL:
        yield "in", str(query.scope)


def _filters(query: Query) -> Iterator[tuple[str, str]]:
    for name in FACETS:
        if name == "kind":
            yield from _kinds(query)
        else:
            yield from ((name, value) for value in selections(query, name))
        for value in query.exclude.get(name, ()):
            yield f"exclude_{name}", value
    if query.since is not None:
        yield "from", query.since.isoformat()
    if query.until is not None:
        yield "to", query.until.isoformat()


def _kinds(query: Query) -> Iterator[tuple[str, str]]:
    if query.kinds == _ASKED.kinds:
        return
    for kind in query.kinds or (EVERY_KIND,):
        yield "kind", str(kind)


def _shape(query: Query) -> Iterator[tuple[str, str]]:
    if query.facets:
        yield "facet", ",".join(query.facets)
    if query.facet_size != _ASKED.facet_size:
        yield "facet_size", str(query.facet_size)
    if query.interval is not None:
        yield "interval", str(query.interval)
    if query.sort is not None:
        yield "sort", str(query.sort)
    if query.group is not None:
        yield "group", query.group
    if query.per_page != _ASKED.per_page:
        yield "per_page", str(query.per_page)
    if query.cursor is not None:
        yield "cursor", query.cursor
    elif query.page != 1:
        yield "page", str(query.page)


def document(id: str) -> str:
    """Return where an article, or a version of it, is read, relative to the site.

    Of an id with a slash it leads to no article: what follows one names a part.

    >>> document("a b@1"), document("50%")
    ('/doc/a%20b@1', '/doc/50%25')
    """
    return f"/doc/{quote(id, safe='@', errors='replace')}"


def comparison(ids: Iterable[str]) -> str:
    """Return where the first articles of ``ids`` are compared, at most as many as may.

    >>> comparison(["a", "b"])
    '/compare?ids=a,b'
    """
    return comparison_of("/compare", islice(ids, MOST_COMPARED))


def comparison_of(path: str, ids: Iterable[str]) -> str:
    """Return ``path`` with the articles that are compared there.

    An id that a list would not keep as it is comes in a parameter of its own, and so do
    the others then.

    >>> comparison_of("/compare", ["a", "b,c"])
    '/compare?ids=a&ids=b%2Cc'
    """
    some = list(ids)
    between = "&ids=" if any("," in one or one != one.strip() for one in some) else ","
    return f"{path}?ids={between.join(map(_quoted, some))}"


def compared_in(values: Sequence[str]) -> tuple[str, ...]:
    """Return the different ids that the parameters ``ids`` name, in order.

    One has a list with commas; of several, each is an id as it stands.

    >>> compared_in(["a, b"]), compared_in(["a", "b,c"])
    (('a', 'b'), ('a', 'b,c'))
    """
    some = [one for one in values if one.strip()]
    if len(some) == 1:
        some = [one.strip() for one in some[0].split(",")]
    return tuple(dict.fromkeys(filter(None, some)))


def _quoted(id: str) -> str:
    return quote(id, safe="", errors="replace")

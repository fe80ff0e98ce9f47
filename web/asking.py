"""What a request asks, and of whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from flask import current_app, g, request

from search.engine import Searcher
from search.errors import NotFound
from search.histories import Histories
from search.model import Article, Group, Query
from search.versions import Version, parted
from web import params


def searcher() -> Searcher:
    """Return the process's searcher."""
    return cast("Searcher", current_app.extensions["searcher"])


def versions(id: str) -> tuple[Version, ...]:
    """Return the versions of an article, which is named as :func:`article` has it.

    The latest comes first; there are none of a page that was saved but once. It is
    looked up once a request: .4 ms.
    """
    known: dict[str, tuple[Version, ...]] = g.setdefault("versions", {})
    latest = page_of(id)
    if latest not in known:
        known[latest] = _histories().of(latest)
    return known[latest]


def page_of(id: str) -> str:
    """Return the id of the article of which ``id`` names a version, or is the id."""
    latest, name = parted(id)
    # An article's id may look like a version.
    return latest if name is not None and not _is_article(id) else id


def version_of(article: Article) -> Version | None:
    """Return which version of its page an article is; None where it was saved once."""
    found = versions(article.id)
    named = (one for one in found if one.full_id == article.id)
    return next(named, found[0] if found else None)


def article(id: str) -> Article:
    """Return the article with this id, or the version that ``ID@NAME`` names.

    Raises:
        NotFound: there is none.
    """
    try:
        return searcher().get(id)
    except NotFound:
        latest, name = parted(id)
        if name is None:
            raise
        found = _histories().get(searcher().get(latest), name)
        if found is None:
            raise
        return found


def titles(versions: Iterable[Version]) -> Mapping[str, str | None]:
    """Return the headlines of earlier versions, by their names."""
    return _histories().titles(versions)


def copies(article: Article) -> Group | None:
    """Return an article with its copies; None where it has none, or is no latest."""
    shown = version_of(article)
    if shown is not None and not shown.latest:
        return None
    return searcher().copies(page_of(article.id))


def given(names: Collection[str]) -> Mapping[str, Sequence[str]]:
    """Return the parameters of the request, each with its values in order.

    Every address but those for machines that watch asks this, also one that takes no
    parameters: what is not understood is said, and not passed over.

    Raises:
        BadQuery: one is none of ``names``.
    """
    return params.known(request.args.to_dict(flat=False), names)


def query(names: Collection[str] = params.NAMES) -> Query:
    """Return the query that the request asks.

    Raises:
        BadQuery: a parameter is none of ``names``, or its value cannot be.
    """
    return params.to_query(given(names), names)


def _is_article(id: str) -> bool:
    try:
        searcher().get(id)
    except NotFound:
        return False
    return True


def _histories() -> Histories:
    return cast("Histories", current_app.extensions["histories"])

"""The addresses of the feeds and of the browser's search box."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from search.address import url
from search.errors import NotFound
from search.model import SearchResult, Sort
from web import asking, freshness, params
from web.feeds import atom, opensearch
from web.feeds.origin import origin

blueprint = Blueprint("feeds", __name__)

_ENTRIES = 20


@blueprint.get(atom.PATH)
def feed() -> ResponseReturnValue:
    """Hits of a query, those published last; what stands for facets does not matter."""
    query = asking.query()
    query = replace(query, facets=(), sort=query.sort or Sort.NEWEST)
    if "per_page" not in asking.given(params.NAMES):
        query = replace(query, per_page=_ENTRIES)
    here, site = url(atom.PATH, query), origin()
    etag = freshness.tag(asking.searcher().info(), f"{site}{here}")
    if same := freshness.unchanged(etag):
        return same
    result = asking.searcher().search(query)
    said = atom.feed(query, result, site, _saved(result))
    response = Response(said, mimetype=atom.MIMETYPE)
    if result.total_relation == "eq":
        response.headers["ETag"] = freshness.tag(result.index, f"{site}{here}")
    return response


@blueprint.get(opensearch.PATH)
def description() -> ResponseReturnValue:
    """How browsers search here."""
    asking.given(())
    return Response(opensearch.description(origin()), mimetype=opensearch.MIMETYPE)


def _saved(result: SearchResult) -> dict[str, datetime]:
    """Return when the undated hits were saved, as far as known; reads each of them."""
    found = {}
    for hit in result.hits:
        if hit.published is None:
            with suppress(NotFound):  # a newer state may lack it
                saved = asking.searcher().get(hit.id).saved
                if saved is not None:
                    found[hit.id] = saved
    return found

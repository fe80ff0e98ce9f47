"""The API's addresses of places: each reads, asks and answers."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from search.address import url, whole
from search.wire import places as wire
from search.wire.encoding import encoded
from web import asking, freshness, params
from web.api import operations
from web.api.operations import JSON
from web.places.addresses import of_place
from web.places.listing import Asked
from web.places.portrait import reported
from web.places.views import desk

blueprint = Blueprint("api_places", __name__)


@blueprint.get("/api/places")
def places() -> ResponseReturnValue:
    """A page of the places of all articles, or of those a search finds."""
    given = asking.given(operations.PLACES.names)
    within = params.short(given, operations.WITHIN).strip()
    prefix = params.short(given, operations.PREFIX).strip()
    asked = params.to_query(given, operations.PLACES.names)
    query = replace(whole(asked), page=asked.page, per_page=asked.per_page)
    here = f"{within}\0{prefix}\0{url('/api/places', query)}"
    etag = freshness.tag(asking.searcher().info(), here)
    if same := freshness.unchanged(etag):
        return same
    named = desk().named(Asked(whole(asked), within, prefix))
    query = replace(query, facet_prefix=prefix)
    said = wire.places(query, named.counts, named.all(within), within)
    response = Response(encoded(said), mimetype=JSON)
    if named.counts.complete:
        response.headers["ETag"] = etag
    return response


@blueprint.get("/api/places/<path:id>")
def place(id: str) -> ResponseReturnValue:
    """What all articles say of one place."""
    asking.given(operations.PLACE.names)
    etag = freshness.tag(asking.searcher().info(), request.path)
    if same := freshness.unchanged(etag):
        return same
    report = reported(id, asking.searcher())
    html = of_place(id)
    said = wire.place(report, f"/api/places/{html.removeprefix('/place/')}", str(html))
    return Response(encoded(said), mimetype=JSON, headers={"ETag": etag})

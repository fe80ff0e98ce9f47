"""The addresses of places: the map and table of many, and the page of one."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from flask import Blueprint, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from search.address import url, whole
from web import asking, freshness, params
from web.api.operations import WITHIN
from web.parameters import Parameter
from web.places.desk import PlacesDesk
from web.places.listing import Asked, listing
from web.places.portrait import portrait

blueprint = Blueprint("places", __name__)

_PREFIX = Parameter(
    "prefix", "How a name begins.", {"type": "string", "maxLength": 100}, "har"
)
_LIST = Parameter(
    "list",
    "Whether to list places one by one, or by what they lie in.",
    {"type": "string", "enum": ["all", "tree"], "default": "tree"},
    "all",
)


@blueprint.get("/places")
def places() -> ResponseReturnValue:
    """The places of all articles, or of those a search finds, page by page."""
    asked = _asked()
    here = (
        f"{asked.within}\0{asked.prefix}\0{asked.flat}\0{url('/places', asked.query)}"
    )
    etag = freshness.tag(asking.searcher().info(), here)
    if same := freshness.unchanged(etag):
        return same
    named = desk().named(asked)
    page = listing(asked, named, desk().drawn(asked, named))
    answer = make_response(
        render_template(
            "places.html", page=page, text=asked.query.text, scope=asked.query.scope
        )
    )
    if named.counts.complete:
        answer.headers["ETag"] = etag
    return answer


@blueprint.get("/place/<path:id>")
def place(id: str) -> ResponseReturnValue:
    """One place."""
    asking.given(())
    etag = freshness.tag(asking.searcher().info(), request.path)
    if same := freshness.unchanged(etag):
        return same
    page = portrait(id, asking.searcher())
    answer = make_response(render_template("place.html", page=page))
    answer.headers["ETag"] = etag
    return answer


def desk() -> PlacesDesk:
    """Return what keeps the places of this process."""
    return cast("PlacesDesk", current_app.extensions["places"])


def _asked() -> Asked:
    own = (WITHIN.name, _PREFIX.name, _LIST.name)
    given = asking.given((*params.NAMES, *own))
    query = params.to_query({k: v for k, v in given.items() if k not in own})
    return Asked(
        replace(whole(query), page=query.page, sort=None, group=None),
        within=params.short(given, WITHIN).strip(),
        prefix=params.short(given, _PREFIX).strip(),
        flat=params.chosen(given, _LIST) == "all",
    )

"""What people see: each view reads, asks and answers."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search.address import pairs, url
from search.engine import Searcher
from search.model import Scope
from web import params
from web.corpus import CorpusPage
from web.results import document_url, results
from web.wording import SCOPES

blueprint = Blueprint("pages", __name__)

_ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\n"


@blueprint.app_context_processor
def _shared() -> dict[str, object]:
    return {"scopes": SCOPES, "text": "", "scope": Scope.ALL}


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The collection as a whole."""
    return render_template("home.html", corpus=_corpus().facts())


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """One page of hits; forms send more fields than the plain address needs."""
    query = params.to_query(request.args.to_dict(flat=False))
    given = [pair for pair in request.args.items(multi=True) if pair != ("q", "")]
    if len(given) > len(pairs(query)):
        return redirect(url("/search", query))
    return render_template(
        "search.html",
        page=results(query, _searcher()),
        text=query.text,
        scope=query.scope,
        document_url=document_url,
    )


@blueprint.get("/sources")
def sources() -> ResponseReturnValue:
    """The outlets."""
    return render_template("sources.html", corpus=_corpus().facts())


@blueprint.get("/help")
def guide() -> ResponseReturnValue:
    """How to ask; it needs no index."""
    return render_template("help.html")


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """What crawlers shall leave alone."""
    return _ROBOTS, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """The icon, where browsers look for it."""
    return current_app.send_static_file("favicon.svg")


def _searcher() -> Searcher:
    return cast("Searcher", current_app.extensions["searcher"])


def _corpus() -> CorpusPage:
    return cast("CorpusPage", current_app.extensions["corpus"])

"""What people see: each view reads, asks and answers."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search.address import pairs, url
from search.engine import Searcher
from search.model import Query, Scope
from search.wire.answers import removed_share
from web import params
from web.corpus import CorpusPage
from web.reading import reading
from web.results import document_url, results
from web.wording import SCOPES, heading

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


@blueprint.get("/doc/<id>")
def document(id: str) -> ResponseReturnValue:
    """One article; with a query its matches are marked."""
    given = request.args.to_dict(flat=False)
    opened = given.pop("removed", [""]) == ["show"]
    query = params.to_query(given)
    article = _searcher().get(id)
    marks = _searcher().marks(id, query)
    in_text = bool(marks.title or marks.text or not query.text.strip())
    here = url(f"/doc/{article.id}", query)
    return render_template(
        "doc.html",
        article=article,
        reading=reading(article, heading(article), marks),
        removed_share=removed_share(article),
        in_text=in_text,
        opened=opened or not in_text,
        show=f"{here}{'&' if '?' in here else '?'}removed=show",
        here=here,
        back=url("/search", query) if query != Query() else None,
        text=query.text,
        scope=query.scope,
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

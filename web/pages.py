"""What people see: each view reads, asks and answers."""

from __future__ import annotations

from typing import cast

from flask import (
    Blueprint,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue

from search import status as of
from search.address import pairs, url
from search.engine import Searcher
from search.errors import IndexUnusable
from search.model import Scope
from web import asking, freshness, params
from web.corpus import CorpusPage
from web.parameters import Parameter
from web.results import results
from web.upkeep import Caretaker
from web.values import values
from web.wording import SCOPES

blueprint = Blueprint("pages", __name__)

_PREFIX = Parameter(
    "prefix", "How values begin.", {"type": "string", "maxLength": 100}, "har"
)
_BOUNDS = {"type": "integer", "minimum": 1, "maximum": 99_999, "default": 1}
_MORE = Parameter("more", "Which page of values.", _BOUNDS, 2)
_PAGE = Parameter("page", "Which page of outlets.", _BOUNDS, 2)
_APPLY = "apply"  # the button that leads back to the results
_ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\n"


@blueprint.app_context_processor
def _shared() -> dict[str, object]:
    return {"scopes": SCOPES, "text": "", "scope": Scope.ALL}


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The collection as a whole."""
    asking.given(())
    return render_template(
        "home.html", corpus=_corpus().facts(), upkeep=_caretaker().upkeep()
    )


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """One page of hits; forms send more fields than the plain address needs."""
    query = asking.query()
    given = [pair for pair in request.args.items(multi=True) if pair != ("q", "")]
    if len(given) > len(pairs(query)):
        return redirect(url("/search", query))
    now = _caretaker().now()
    asked = f"{url('/search', query)}\0{now}"
    if same := freshness.unchanged(freshness.tag(_searcher().info(), asked)):
        return same
    page = results(query, _searcher())
    answer = make_response(
        render_template(
            "search.html", page=page, text=query.text, scope=query.scope, now=now
        )
    )
    # What is offered instead of nothing is counted for as long as there is time.
    if page.result.total and page.result.total_relation == "eq":
        answer.headers["ETag"] = freshness.tag(page.result.index, asked)
    return answer


@blueprint.get("/search/facet/<name>")
def facet(name: str) -> ResponseReturnValue:
    """All values of one facet to choose from; what is ticked goes along."""
    own = (_PREFIX.name, _MORE.name, _APPLY)
    given = asking.given((*params.NAMES, *own))
    # A letter's button is sent after the field it stands beside, and wins.
    last = {_PREFIX.name: given.get(_PREFIX.name, ())[-1:]}
    prefix = params.short(last, _PREFIX).strip()
    number = params.number(given, _MORE)
    applied = _APPLY in given
    query = params.to_query({k: v for k, v in given.items() if k not in own})
    if applied:
        return redirect(url("/search", query))
    found = values(query, name, _searcher(), prefix, number)
    return render_template("facet.html", page=found, text=query.text, scope=query.scope)


@blueprint.get("/sources")
def sources() -> ResponseReturnValue:
    """The outlets, page by page."""
    number = params.number(asking.given((_PAGE.name,)), _PAGE)
    found = _corpus().outlets(number)
    removed = _caretaker().left_out([outlet.source for outlet in found.outlets])
    return render_template("sources.html", page=found, removed=removed)


@blueprint.get("/help")
def guide() -> ResponseReturnValue:
    """How to ask, by example where there is an index; it needs none."""
    asking.given(())
    try:
        corpus = _corpus().facts()
    except IndexUnusable:
        corpus = None
    return render_template("help.html", corpus=corpus)


@blueprint.get("/status")
def status() -> ResponseReturnValue:
    """What the index holds and how it came about."""
    asking.given(())
    return render_template(
        "status.html", found=of.status(_searcher(), None), upkeep=_caretaker().upkeep()
    )


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


def _caretaker() -> Caretaker:
    return cast("Caretaker", current_app.extensions["caretaker"])


def _corpus() -> CorpusPage:
    return cast("CorpusPage", current_app.extensions["corpus"])

"""What programs ask: the same answers as the pages, as JSON."""

from __future__ import annotations

from time import perf_counter
from typing import cast

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from search.engine import Searcher
from search.model import Query
from search.wire import answers
from search.wire.encoding import encoded
from search.wire.shapes import Shape
from web import params

blueprint = Blueprint("api", __name__)


@blueprint.get("/api/search")
@blueprint.get("/search.json")
def search() -> ResponseReturnValue:
    """One page of hits."""
    query = params.to_query(request.args.to_dict(flat=False))
    begun = perf_counter()
    result = _searcher().search(query)
    return _json(answers.answer(query, result, (perf_counter() - begun) * 1000))


@blueprint.get("/api/doc/<id>")
def document(id: str) -> ResponseReturnValue:
    """One article, whole."""
    return _json(answers.document(_searcher().get(id)))


@blueprint.get("/api/doc/<id>/removed")
def removed(id: str) -> ResponseReturnValue:
    """What the cleaner took out of one page."""
    return _json(answers.removed(_searcher().get(id)))


@blueprint.get("/healthz")
def healthy() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say which state of the index answers; 503 while there is none."""
    index = _searcher().search(Query(per_page=1, snippets=0)).index
    return jsonify(status="ok", generation=index.generation, documents=index.documents)


def _json(said: Shape) -> Response:
    return Response(encoded(said), mimetype="application/json")


def _searcher() -> Searcher:
    return cast("Searcher", current_app.extensions["searcher"])

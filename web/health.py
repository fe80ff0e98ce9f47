"""What a supervisor asks: whether the process answers, and whether the index does."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from web import asking

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthy() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say which state of the index answers; 503 while there is none."""
    index = asking.searcher().info()
    return jsonify(status="ok", generation=index.generation, documents=index.documents)

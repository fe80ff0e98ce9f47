"""What a request asks, and of whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import cast

from flask import current_app, request

from search.engine import Searcher
from search.model import Query
from web import params


def searcher() -> Searcher:
    """Return the process's searcher."""
    return cast("Searcher", current_app.extensions["searcher"])


def given() -> Mapping[str, Sequence[str]]:
    """Return the parameters of the request, each with its values in order."""
    return request.args.to_dict(flat=False)


def query(names: Collection[str] = params.NAMES) -> Query:
    """Return the query that the request asks.

    Raises:
        BadQuery: a parameter is none of ``names``, or its value cannot be.
    """
    return params.to_query(given(), names)

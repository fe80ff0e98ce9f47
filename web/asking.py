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

"""The API's addresses: each reads, asks and answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from urllib.parse import parse_qs, urlsplit

import msgspec
from flask import Blueprint, Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from search.address import following, preceding, url
from search.errors import BadQuery, IndexUnusable
from search.fields import FACETS
from search.model import Query, SearchResult
from search.wire import answers, collection, documents
from search.wire.answers import API
from search.wire.encoding import encoded
from search.wire.parts import Shape
from web import asking, freshness, params
from web.api import openapi, operations, reference
from web.api.exporting import export
from web.api.operations import JSON
from web.api.suggesting import suggestions
from web.feeds.origin import origin

blueprint = Blueprint("api", __name__)

_SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Content-Disposition, Retry-After, X-Request-ID"
    ),
}
_ASKED_FIRST = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@blueprint.after_app_request
def _share(response: Response) -> Response:
    """Let pages of other sites read the API, and nothing else here."""
    shared: bool = current_app.extensions["settings"].cors
    if shared and request.path.startswith("/api/"):
        response.headers.update(_SHARED)
        if request.method == "OPTIONS":
            response.headers.update(_ASKED_FIRST)
    return response


@blueprint.get("/api/search")
@blueprint.get("/search.json")
def search() -> ResponseReturnValue:
    """One page of hits."""
    query = asking.query(operations.SEARCH.names)
    etag = freshness.tag(asking.searcher().info(), url(API, query))
    if same := freshness.unchanged(etag):
        return same
    begun = perf_counter()
    result = asking.searcher().search(query)
    took = (perf_counter() - begun) * 1000
    response = _answer(answers.answer(query, result, took), url(API, query), result)
    links = ", ".join(_links(query, result))
    if links:
        response.headers["Link"] = links
    return response


@blueprint.get("/api/facets/<name>")
def facet(name: str) -> ResponseReturnValue:
    """The values of one facet that begin as asked."""
    if name not in FACETS:
        raise BadQuery(
            f"there is no facet {name[:80]}; there are {', '.join(FACETS)}",
            parameter="name",
            value=name,
            reason="not-one-of",
        )
    values = asking.given(operations.FACET.names)
    prefix = params.short(values, operations.PREFIX).strip()
    asked = params.to_query(values, operations.FACET.names)
    query = replace(asked, facets=(name,), facet_prefix=prefix, per_page=0, snippets=0)
    here = f"{request.path}\0{prefix}\0{url('', query)}"
    etag = freshness.tag(asking.searcher().info(), here)
    if same := freshness.unchanged(etag):
        return same
    result = asking.searcher().search(query)
    return _answer(answers.facet_answer(query, name, result), here, result)


@blueprint.get("/api/suggest")
def suggest() -> ResponseReturnValue:
    """What is typed, completed."""
    asked = asking.query(operations.SUGGEST.names)
    here = url("/api/suggest", asked)
    etag = freshness.tag(asking.searcher().info(), here)
    if same := freshness.unchanged(etag):
        return same
    found = suggestions(asked.text, asking.searcher())
    response = Response(found.body, mimetype=operations.SUGGESTIONS)
    if found.complete:
        response.headers["ETag"] = etag
    return response


@blueprint.get("/api/doc/<id>")
def document(id: str) -> ResponseReturnValue:
    """One article, whole."""
    etag = _of_article(operations.DOCUMENT.names, id)
    if same := freshness.unchanged(etag):
        return same
    article = asking.article(id)
    said = documents.document(article, asking.versions(id), asking.copies(article))
    return _answered(said, etag)


@blueprint.get("/api/doc/<id>/removed")
def removed(id: str) -> ResponseReturnValue:
    """What the cleaner took out of one page."""
    etag = _of_article(operations.REMOVED.names, id)
    if same := freshness.unchanged(etag):
        return same
    return _answered(documents.removed(asking.article(id)), etag)


@blueprint.get("/api/status")
def status() -> ResponseReturnValue:
    """What the collection holds."""
    etag = _of_state(operations.STATUS.names)
    if same := freshness.unchanged(etag):
        return same
    everything = Query(facets=tuple(FACETS), per_page=0, snippets=0)
    whole = asking.searcher().search(everything)
    return _answer(collection.status(whole), request.path, whole)


@blueprint.get("/api/export")
def exported() -> ResponseReturnValue:
    """All hits, streamed."""
    values = asking.given(operations.EXPORT.names)
    form = params.chosen(values, operations.FORMAT)
    return export(params.to_query(values, operations.EXPORT.names), form)


@blueprint.get("/search.csv")
def table() -> ResponseReturnValue:
    """All hits as a table: what stands for pages and facets does not matter."""
    return export(asking.query(), "csv")


@blueprint.get(openapi.PATH)
def description() -> ResponseReturnValue:
    """The API, described for programs."""
    asking.given(())
    etag = freshness.of_program()
    if same := freshness.unchanged(etag):
        return same
    return Response(openapi.encoded(), mimetype=JSON, headers={"ETag": etag})


@blueprint.get("/api")
@blueprint.get("/api/docs")
def documentation() -> ResponseReturnValue:
    """The API, described for people."""
    asking.given(())
    sample, known = _sample()
    return render_template(
        "api.html",
        page=reference.reference(openapi.document(), known),
        sample=sample,
        sample_url=reference.SAMPLE,
        origin=origin() or "https://news.example.org",
        page_style=freshness.of_program()[3:15],
    )


@blueprint.app_template_filter("coded")
def _coded(text: str) -> Markup:
    """Return plain text with what stands between backticks as code."""
    parts = str(escape(text.replace("'", "’"))).split("`")
    for at in range(1, len(parts), 2):
        parts[at] = f"<code>{parts[at]}</code>"
    return Markup("".join(parts))  # noqa: S704  # escaped above


def _sample() -> tuple[str | None, str | None]:
    """Return an answer from this collection and the id of its hit; None: no index."""
    query = params.to_query(parse_qs(urlsplit(reference.SAMPLE).query))
    try:
        result = asking.searcher().search(query)
    except IndexUnusable:  # the page needs no index
        return None, None
    answer = encoded(answers.answer(query, result, 0.0))
    known = result.hits[0].id if result.hits else None
    return msgspec.json.format(answer, indent=2).decode(), known


@blueprint.get("/api/")
def misspelt() -> ResponseReturnValue:
    """The same, with a slash too many."""
    asking.given(())
    return redirect("/api")


def _of_state(names: tuple[str, ...]) -> str:
    """Return the ETag of what its address alone decides; it takes no parameters.

    Raises:
        BadQuery: there are parameters.
    """
    asking.given(names)
    return freshness.tag(asking.searcher().info(), request.path)


def _of_article(names: tuple[str, ...], id: str) -> str:
    """Return the ETag of what is said of one article and its versions."""
    asking.given(names)
    versions = asking.versions(id)  # of which a run may find more and change no article
    asked = f"{request.path}\0{versions}"
    return freshness.tag(asking.searcher().info(), asked)


def _answer(said: Shape, asked: str, result: SearchResult) -> Response:
    """Return ``said``, which has an ETag unless the deadline cut it short."""
    if result.total_relation != "eq":
        return _answered(said, None)
    return _answered(said, freshness.tag(result.index, asked))


def _answered(said: Shape, etag: str | None) -> Response:
    response = Response(encoded(said), mimetype=JSON)
    if etag:
        response.headers["ETag"] = etag
    return response


def _links(query: Query, result: SearchResult) -> Iterator[str]:
    for name, there in (
        ("next", following(query, result)),
        ("prev", preceding(query)),
    ):
        if there is not None:
            yield f'<{url(API, there)}>; rel="{name}"'

"""Everything a query finds, as a stream of lines that says whether it is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, count, islice

from flask import Response, request

from search import printed
from search.address import url, whole
from search.model import Export, Hit, Query
from search.wire import answers
from search.wire.encoding import encoded
from search.wire.shapes import Completeness
from web import asking, freshness
from web.api.operations import CSV, LINES

_AT_ONCE = 100  # lines of one write
_TYPES = {"csv": f"{CSV}; charset=utf-8; header=present", "jsonl": LINES}


def export(query: Query, form: str) -> Response:
    """Return all hits of ``query`` as ``csv`` or ``jsonl``, made while they are sent.

    A HEAD finds no hits: it gets the headers of a whole answer.

    Raises:
        BadQuery: a filter that cannot be.
        IndexUnusable: the index is gone or damaged. A fault after the first hit breaks
            the stream off, without its last line.
    """
    query = whole(query)
    here = url(f"/api/export/{form}", query)
    etag = freshness.tag(asking.searcher().info(), here)
    if same := freshness.unchanged(etag):
        return same
    if request.method == "HEAD":
        return _response((), form, etag)
    found = asking.searcher().export(query)
    first = list(islice(found.hits, 1))  # what fails, fails before a status is sent
    hits = chain(first, found.hits)
    lines = table(found, hits) if form == "csv" else rows(found, hits)
    of_it = freshness.tag(found.index, here) if found.complete else None
    return _response(_written(lines), form, of_it)


def rows(found: Export, hits: Iterable[Hit]) -> Iterator[str]:
    """Yield ``hits`` as lines of JSON, and the line that says whether they are all."""
    counter = count()
    for hit, _ in zip(hits, counter, strict=False):
        yield encoded(answers.hit(hit)).decode()
    yield _end(found, next(counter))


def table(found: Export, hits: Iterable[Hit]) -> Iterator[str]:
    """Yield a header, ``hits`` as lines of cells, and the same last line."""
    counter = count()
    yield from printed.table(hit for hit, _ in zip(hits, counter, strict=False))
    yield _end(found, next(counter))


def _response(said: Iterable[bytes], form: str, etag: str | None) -> Response:
    # As an iterator: of what is streamed no length is known, of a HEAD neither.
    response = Response(iter(said), content_type=_TYPES[form])
    name = f'attachment; filename="dateline.{form}"'
    response.headers["Content-Disposition"] = name
    if etag:
        response.headers["ETag"] = etag
    return response


def _end(found: Export, number: int) -> str:
    said = Completeness(complete=found.complete, count=number)
    return encoded(said).decode()


def _written(lines: Iterator[str]) -> Iterator[bytes]:
    while some := list(islice(lines, _AT_ONCE)):
        yield "".join([f"{line}\n" for line in some]).encode("utf-8", "replace")

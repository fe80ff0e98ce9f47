"""Faults as answers: a problem document (RFC 9457) for programs, a page for people."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from secrets import token_hex

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError

from search.errors import (
    BadQuery,
    BadSetting,
    DatelineError,
    IndexUnusable,
    NoIndex,
    NotFound,
)

_log = logging.getLogger("dateline.web")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a class of errors answers: its status, a stable slug, a title, what to do.

    ``detail`` None shows the error's own text, which then must name no path.
    """

    status: int
    slug: str
    title: str
    detail: str | None = None


# The first class that fits decides.
_FAULTS: tuple[tuple[type[Exception], Fault], ...] = (
    (BadQuery, Fault(400, "bad-parameter", "A parameter is not valid")),
    (NotFound, Fault(404, "no-article", "There is no such article", "No article has "
     "this id. It may have been removed from the collection.")),
    (NoIndex, Fault(503, "no-index", "There is no index yet", "Run `dateline reindex "
     "FOLDER` with the folder that holds the saved pages; this page works then.")),
    (IndexUnusable, Fault(503, "index-unusable", "The index cannot be read", "Run "
     "`dateline reindex --full` to build it anew from the saved pages.")),
    (BadSetting, Fault(503, "bad-setting", "The site is not set up", "A setting is "
     "wrong; the log says which and how.")),
    (SecurityError, Fault(400, "unknown-host", "This host name is not known", "The "
     "site answers to the names in DATELINE_TRUSTED_HOSTS only.")),
)  # fmt: skip

_OWN = Fault(500, "fault", "Something went wrong", "It is our fault, and it is logged.")
_TITLES = {404: "There is no such page", 405: "This method is not allowed"}


def handle(app: Flask) -> None:
    """Make ``app`` answer every error, and show nothing of its inside."""
    app.register_error_handler(Exception, _answer)


def _answer(error: Exception) -> Response:
    fault = _fault(error)
    number = token_hex(8)
    if fault.status >= 500:
        known = isinstance(error, DatelineError)
        _log.error("request %s: %s", number, error, exc_info=None if known else error)
    if _wants_html():
        response = Response(_page(fault, error, number), mimetype="text/html")
    else:
        response = jsonify(_problem(fault, error, number))
        response.mimetype = "application/problem+json"
    response.status_code = fault.status
    if isinstance(error, HTTPException) and error.code == 405:
        response.headers.extend(error.get_headers())
        response.headers["Content-Type"] = response.content_type
    return response


def _fault(error: Exception) -> Fault:
    for kind, fault in _FAULTS:
        if isinstance(error, kind):
            return fault
    if isinstance(error, HTTPException) and error.code and error.code < 500:
        title = _TITLES.get(error.code, error.name)
        slug = error.name.lower().replace(" ", "-")
        return Fault(error.code, slug, title, error.description)
    return _OWN


def _wants_html() -> bool:
    path = request.path
    return not path.startswith(("/api/", "/healthz", "/readyz", "/search.json"))


def _detail(fault: Fault, error: Exception) -> str:
    if fault.detail is not None:
        return fault.detail
    return str(error) if isinstance(error, DatelineError) else fault.title


def _problem(fault: Fault, error: Exception, number: str) -> dict[str, object]:
    said: dict[str, object] = {
        "type": f"/problems/{fault.slug}",
        "title": fault.title,
        "status": fault.status,
        "detail": _detail(fault, error),
        "instance": request.full_path.rstrip("?")[:1000],
        "request_id": number,
    }
    if isinstance(error, BadQuery):
        said["errors"] = [
            {
                "parameter": error.parameter,
                "value": error.value[:200],
                "reason": error.reason,
            }
        ]
    return said


def _page(fault: Fault, error: Exception, number: str) -> str:
    bad = error.parameter if isinstance(error, BadQuery) else None
    text = " ".join(request.args.getlist("q"))
    return render_template(
        "fault.html",
        fault=fault,
        detail=_detail(fault, error),
        number=number,
        text=text,
        bad=bad,
    )

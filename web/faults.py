"""Faults as answers: a problem document (RFC 9457) for programs, a page for people."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError

from search.errors import (
    BadQuery,
    BadSetting,
    DatelineError,
    DeniedIndex,
    ForeignIndex,
    IndexUnusable,
    NoFacet,
    NoIndex,
    NoPlace,
    NotAmong,
    NotFound,
    OtherLedger,
)
from web.watch.requests import request_id

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
    (NotAmong, Fault(404, "no-article", "There is no such article")),
    (NotFound, Fault(404, "no-article", "There is no such article", "No article has "
     "this id. It may have been removed from the collection.")),
    (NoPlace, Fault(404, "no-place", "There is no such place", "No article here names "
     "a place with this id, and the gazetteer has none. Ids are numbers of GeoNames, "
     "or x: and a name.")),
    (NoFacet, Fault(404, "no-list", "There is no such list")),
    (NoIndex, Fault(503, "no-index", "There is no index yet", "Run `dateline reindex "
     "FOLDER` with the folder that holds the saved pages; this page works then.")),
    (OtherLedger, Fault(503, "other-version", "Earlier versions cannot be looked up",
     "The index was made by another version of Dateline. Run `dateline reindex --full` "
     "with every root.")),
    (ForeignIndex, Fault(503, "foreign-index", "This index is not the site’s to read",
     "Another program made it, and only that can mend it. Give the site the index of "
     "`dateline reindex`, or make one in another folder.")),
    (DeniedIndex, Fault(503, "index-denied", "The index may not be read", "It may be "
     "sound: its files are closed to the user who runs the site. The log says which, "
     "and who owns them.")),
    (IndexUnusable, Fault(503, "index-unusable", "The index cannot be read", "Run "
     "`dateline reindex --full` to build it anew from the saved pages.")),
    (BadSetting, Fault(503, "bad-setting", "The site is not set up", "A setting is "
     "wrong; the log says which and how.")),
    (SecurityError, Fault(400, "unknown-host", "This host name is not known", "The "
     "site answers to the names in DATELINE_TRUSTED_HOSTS only.")),
)  # fmt: skip

_OWN = Fault(500, "fault", "Something went wrong", "It is our fault, and it is logged.")
OURS = (*(fault for _, fault in _FAULTS), _OWN)
_TITLES = {
    401: "Please sign in",
    404: "There is no such page",
    405: "This method is not allowed",
}
_WITH_HEADERS = (401, 405)  # which say how to ask, or what is allowed
_PROGRAMS = (".json", ".csv", ".atom", "/healthz", "/readyz", "/metrics")


def handle(app: Flask) -> None:
    """Make ``app`` answer every error, and show nothing of its inside."""
    app.register_error_handler(Exception, _answer)


def of(error: Exception) -> Fault:
    """Return what ``error`` answers; one that nobody foresaw is a fault of ours."""
    for kind, fault in _FAULTS:
        if isinstance(error, kind):
            return fault
    if isinstance(error, HTTPException) and error.code and error.code < 500:
        title = _TITLES.get(error.code, error.name)
        slug = error.name.lower().replace(" ", "-")
        return Fault(error.code, slug, title, error.description)
    return _OWN


def _answer(error: Exception) -> Response:
    fault = of(error)
    number = request_id()
    if fault.status >= 500:
        _tell(error, number)
    if _wants_html():
        response = Response(_page(fault, error, number), mimetype="text/html")
    else:
        response = jsonify(_problem(fault, error, number))
        response.mimetype = "application/problem+json"
    response.status_code = fault.status
    if isinstance(error, HTTPException) and error.code in _WITH_HEADERS:
        response.headers.extend(error.get_headers())
        response.headers["Content-Type"] = response.content_type
    return response


def _tell(error: Exception, number: str) -> None:
    """Log a fault of ours; the text of an unknown one may hold a query."""
    if isinstance(error, DatelineError):
        _log.error({"message": str(error), "request": number})
    else:
        _log.error({"message": "a fault", "request": number}, exc_info=error)


def _wants_html() -> bool:
    """Return whether a person asked: ``/api/docs`` is a page, what is below it too."""
    path = request.path
    if path.startswith("/api/"):
        return path.startswith("/api/docs")
    return not path.endswith(_PROGRAMS)


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
        "locked.html" if fault.status == 401 else "fault.html",
        fault=fault,
        detail=_detail(fault, error),
        number=number,
        text=text,
        without=_without(bad) if bad and bad != "q" else None,
    )


def _without(bad: str) -> str:
    """Return where the request would have gone without its bad parameter."""
    rest = [pair for pair in request.args.items(multi=True) if pair[0] != bad]
    path = quote(request.path).lstrip("/")
    return f"/{path}?{urlencode(rest)}" if rest else f"/{path}"

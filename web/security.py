"""What every answer forbids a browser, and which host names the site answers to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response

from search.settings import Settings

if TYPE_CHECKING:  # this module exists for type checkers only
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NOTHING = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_OWN_STYLE = f"{_NOTHING}; style-src 'self'; img-src 'self'"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}

_LOOPBACK = ("localhost", "127.0.0.1")


def guard(app: Flask, settings: Settings) -> None:
    """Make every answer of ``app`` carry the headers, and refuse other hosts."""
    app.config["TRUSTED_HOSTS"] = _trusted(settings)
    app.after_request(_forbid)
    app.wsgi_app = _rooted(app.wsgi_app)  # type: ignore[method-assign, assignment]


def _trusted(settings: Settings) -> list[str] | None:
    """Return the host names that are answered; None is any.

    On the loopback address only its own names are, unless others are given: else a
    page elsewhere could point its own name here and read the index.
    """
    if settings.trusted_hosts:
        return list(settings.trusted_hosts)
    host = settings.bind.rpartition(":")[0]
    return list(_LOOPBACK) if host in _LOOPBACK else None


def _rooted(site: WSGIApplication) -> WSGIApplication:
    """Return ``site`` never asked for an empty path, which it would answer with a
    redirect that names the host of the request.
    """

    def rooted(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ.get("PATH_INFO") or "/"
        return site(environ, start)

    return rooted


def _forbid(response: Response) -> Response:
    html = response.mimetype == "text/html"
    response.headers["Content-Security-Policy"] = _OWN_STYLE if html else _NOTHING
    for name, value in HEADERS.items():
        response.headers[name] = value
    if response.cache_control.max_age is None:
        response.headers["Cache-Control"] = "private, no-cache"
    return response

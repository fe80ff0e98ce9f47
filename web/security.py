"""What every answer forbids a browser, and which host names the site answers to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError
from werkzeug.sansio.utils import host_is_trusted

from search.settings import Settings
from web.hosts import is_loopback

if TYPE_CHECKING:  # this module exists for type checkers only
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NOTHING = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_PAGE = (
    f"{NOTHING}; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'"
)

# By kind of answer. What is not listed is neither ours to style nor to run, such as
# the text of a saved page, and gets an origin of its own.
_POLICIES = {
    "text/html": _PAGE,
    "application/json": NOTHING,
    "application/problem+json": NOTHING,
}
_OTHER = f"{NOTHING}; sandbox"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_IPV6 = re.compile(r"(\[[0-9A-Fa-f:.]+\])(?::\d+)?")


def guard(app: Flask, settings: Settings) -> None:
    """Make every answer of ``app`` carry the headers, and refuse other hosts."""
    app.before_request(partial(_refuse, _trusted(settings)))
    app.after_request(_forbid)
    app.wsgi_app = _rooted(app.wsgi_app)  # type: ignore[method-assign, assignment]


def _refuse(trusted: tuple[str, ...]) -> None:
    """Refuse a request whose Host is none of ``trusted``; every one where () is."""
    host = request.headers.get("Host", "")
    # Werkzeug compares no address in brackets.
    bracketed = _IPV6.fullmatch(host)
    if bracketed and bracketed[1] in trusted:
        return
    if not host_is_trusted(host, trusted):
        raise SecurityError


def _trusted(settings: Settings) -> tuple[str, ...]:
    """Return the host names that are answered; () is any.

    On a loopback address only its own names are, unless others are given: else a
    page elsewhere could point its own name here and read the index. Its own always
    are: no page elsewhere can have them, and health checks on the machine use them.
    """
    host = settings.bind.rpartition(":")[0]
    if settings.trusted_hosts or is_loopback(host):
        return (*settings.trusted_hosts, *_LOOPBACK, host)
    return ()


def _rooted(site: WSGIApplication) -> WSGIApplication:
    """Return ``site`` never asked for an empty path, which it would answer with a
    redirect that names the host of the request.
    """

    def rooted(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ.get("PATH_INFO") or "/"
        return site(environ, start)

    return rooted


def _forbid(response: Response) -> Response:
    policy = _POLICIES.get(response.mimetype or "", _OTHER)
    response.headers["Content-Security-Policy"] = policy
    for name, value in HEADERS.items():
        response.headers[name] = value
    if response.cache_control.max_age is None:
        response.headers["Cache-Control"] = "private, no-cache"
    return response

"""What every answer forbids a browser, and which host names the site answers to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from ipaddress import ip_address
from socket import inet_aton, inet_ntoa
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError
from werkzeug.sansio.utils import host_is_trusted

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
    page elsewhere could point its own name here and read the index.
    """
    host = settings.bind.rpartition(":")[0]
    if settings.trusted_hosts or not _is_loopback(host):
        return settings.trusted_hosts
    return (*_LOOPBACK, host)


def _is_loopback(host: str) -> bool:
    """Return whether ``host`` is a name or an address of this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        try:
            address = ip_address(inet_ntoa(inet_aton(host)))  # 127.1
        except OSError:
            return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


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

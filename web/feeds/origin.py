"""Where this site is, for those who need addresses with a host."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request

from web.hosts import is_loopback


def origin() -> str:
    """Return the site's scheme and host, as in ``https://news.example.org``.

    The setting of that name, else the loopback name of the request. "" otherwise: no
    other name that a request gives is repeated.
    """
    known: str = current_app.extensions["settings"].origin
    if known:
        return known
    here = request.host_url.rstrip("/")
    return here if is_loopback(urlsplit(here).hostname or "") else ""

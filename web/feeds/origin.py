"""Where this site is, for those who need addresses with a host."""

from __future__ import annotations

from flask import current_app, request

from search.settings import Settings
from web.hosts import is_loopback


def origin() -> str:
    """Return the site's scheme and host, as in ``https://news.example.org``.

    "" where any host name is answered to, since then a request may name any.
    """
    settings = current_app.extensions["settings"]
    return request.host_url.rstrip("/") if knows_its_names(settings) else ""


def knows_its_names(settings: Settings) -> bool:
    """Return whether requests for other host names are refused."""
    return bool(settings.trusted_hosts) or is_loopback(settings.bind.rpartition(":")[0])

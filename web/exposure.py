"""Who can read a site that listens beyond this machine, said where it starts."""

from __future__ import annotations

from search.settings import Settings
from web.hosts import is_loopback

_KEYLESS = (
    "everybody who can reach {} can read the whole collection: `access`"
    " (DATELINE_ACCESS) names a file of keys"
)
_NAMELESS = (
    "it answers to any host name, so a page elsewhere can point a name of its own here"
    " and read it through the browser of whoever can reach it: `trusted_hosts`"
    " (DATELINE_TRUSTED_HOSTS) lists the names it has"
)


def exposure(settings: Settings) -> str | None:
    """Return one line on who can read the site and what closes it; None: nothing open.

    Listening to this machine alone is not open.
    """
    if is_loopback(settings.bind.rpartition(":")[0]):
        return None
    said = []
    if settings.access is None:
        said.append(_KEYLESS.format(settings.bind))
    if not settings.trusted_hosts:
        said.append(_NAMELESS)
    return "; ".join((*said, "see docs/security.md")) if said else None

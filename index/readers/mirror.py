"""The address of a page in a mirror, where folders are named as hosts and paths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from publicsuffixlist import PublicSuffixList

from index.readers import wayback

# Top-level domains that a folder's name rather ends in as a file type does.
_FILE_TYPES = frozenset({"zip", "mov", "md", "py", "sh", "rs"})
# RFC 2606 keeps this one for invented sites, so no list of suffixes has it.
_INVENTED = ".example"
# Hosts of blogs and newsletters, each below it somebody else's, that the list of public
# suffixes does not have.
_PLATFORMS_LIST = (
    "wordpress.com substack.com tumblr.com typepad.com livejournal.com medium.com"
    " ghost.io over-blog.com squarespace.com blogs.com beehiiv.com hypotheses.org"
)
_PLATFORMS = frozenset(_PLATFORMS_LIST.split())
_BLOGS = "blogspot."  # and a country's suffix, most of which the list has dropped
_HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


@dataclass(frozen=True, slots=True)
class Address:
    """The address a page's place on disk tells, and how; ``saved`` is UTC."""

    url: str
    method: str
    saved: datetime | None = None


def address(root: str, name: str) -> Address | None:
    """Return the address of the page ``name`` below ``root``, or None if it tells none.

    The last folder named like a host begins it, or the root itself. wget writes the
    query after ``?`` or, for file systems that have none, after ``@``; whether it
    added ``.html`` cannot be known, and so is not undone.

    >>> address("pages", "news.example.com/2017/storm/index.html").url
    'https://news.example.com/2017/storm/'
    """
    parts = [*root.rstrip("/").rsplit("/", 1)[-1:], *name.split("/")]
    # The first host is the mirror's; hosts further down belong to its paths.
    for start, part in enumerate(parts[:-1]):
        if host := host_of(part):
            return _address(host, parts[start + 1 :])
    return None


def host_of(folder: str) -> str | None:
    """Return the host a mirror's ``folder`` is named for, or None if it is not.

    >>> host_of("www.example.co.uk"), host_of("v1.2"), host_of("pages")
    ('www.example.co.uk', None, None)
    """
    host = folder.lower().partition(":")[0].partition("+")[0]
    if "." not in host or not set(host) <= _HOST or len(host) > 253:
        return None
    labels = host.split(".")
    if labels[-1] in _FILE_TYPES or not all(
        label and len(label) < 64 and label.strip("-") == label for label in labels
    ):
        return None
    return host if registrable(host) else None


def registrable(host: str) -> str | None:
    """Return the domain somebody registered that ``host`` belongs to, or None.

    On a platform that gives everybody a name below its own, it is that name.

    >>> registrable("edition.news.example.co.uk"), registrable("quay.wordpress.com")
    ('example.co.uk', 'quay.wordpress.com')
    >>> registrable("edition.harbour-post.example")
    'harbour-post.example'
    """
    name = host.lower().rstrip(".")
    if name.endswith(_INVENTED):
        return ".".join(name.split(".")[-2:])
    domain = _suffixes().privatesuffix(name)
    if domain is None or domain == name:
        return domain
    is_platform = domain in _PLATFORMS or domain.startswith(_BLOGS)
    guest = name.removesuffix(f".{domain}").rpartition(".")[2]
    return f"{guest}.{domain}" if is_platform and guest != "www" else domain


def _address(host: str, path: list[str]) -> Address:
    *folders, last = path
    file, query = _query(last)
    if file.lower() in {"index.html", "index.htm", "index.html.gz", "index.htm.gz"}:
        file = ""
    place = quote(
        "/".join((*folders, file.removesuffix(".gz"))), safe="/%:@!$&'()*+,;=~"
    )
    url = f"https://{host}/{place}" + (
        f"?{quote(query, safe='/%:@!$()*,;=~&+?')}" if query else ""
    )
    capture = wayback.unwrap(url)
    if capture:
        return Address(capture.url, "wayback", capture.taken)
    return Address(url, "mirror-path")


def _query(file: str) -> tuple[str, str]:
    for mark in "?@":
        before, _, query = file.partition(mark)
        if "=" in query:
            return before, query.removesuffix(".html")
    return file, ""


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)

"""Which page a page is: its own address, and the id that follows from it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from index.page import Head, RawPage
from index.readers import wayback
from index.readers.mirror import registrable
from index.records import STDIN

_MAX_URL = 2000  # characters; what is longer carries state, not an address
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")

# Parameters that say where a reader came from, not what is read.
_TRACKING = re.compile(
    r"(?:utm_|mtm_|pk_|at_|hsa_|vero_)\w*|(?:fb|g|dc|ms|tw|yc|wbra|gbra)clid|gclsrc|igshid"
    r"|mc_[ce]id|cmpid?|ncid|ocid|icid|smid|smtyp|ref_?src|referrer"
    r"|spm|_ga|_gl|xtor|wt\.mc_id|s_cid|emc|taid|feed(?:type|name)"
    r"|intcmp|sr_share|__twitter_impression",
    re.IGNORECASE,
)
# Words that mostly say so too, or ask for a view; but an old script may number its
# stories by one of them. 0 and 1 are no and yes.
_WEAK = re.compile(
    r"partner|ref|source|shared?|output(?:type)?|amp|print", re.IGNORECASE
)
_NUMBER = re.compile(r"[2-9]|[1-9]\d{1,17}")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?]{0,200}", re.IGNORECASE)

# Last parts of a path that name another view of the page above them.
_VIEW = re.compile(
    r"(?:amp|print|printable|mobile|full|all|single|comments|photos?|\d{1,2}|page-?\d{0,3}"
    r"|(?:index|amp|print)\.(?:html?|php|aspx?|jsp))",
    re.IGNORECASE,
)
_NAMES_A_PAGE = re.compile(r"\d|\.\w|[-_].*[-_]|.{25}")
_SCRIPT = re.compile(r"\.(?:php\d?|aspx?|jsp|cgi|cfm|do|pl)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A page's own address, always http or https, and how it is known."""

    url: str
    method: str


def identify(raw: RawPage, head: Head) -> str:
    """Return the page's id: 16 hex digits, the same wherever it is read again.

    Two files with one address have one id. Without an address it is that of the row's
    own id, else of the root and the path below it, or of the content where the row
    came through standard input: its number says nothing in the next stream.
    """
    return id_at(raw, address(raw, head))


def id_at(raw: RawPage, own: Address | None) -> str:
    """Return the id of the page whose own address is known to be ``own``."""
    if own:
        key = "url:" + normal(own.url)
    elif row_id := next((g.id for g in raw.given if g.method == "row" and g.id), None):
        key = "row:" + row_id
    elif raw.path == STDIN:
        key = "content:" + raw.digest
    else:
        key = f"path:{raw.root}\n{raw.name}"
    # Lone surrogates, which a file name may bring, must not stop the run.
    return hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def address(raw: RawPage, head: Head) -> Address | None:
    """Return the page's own address, or None if nothing trustworthy tells it.

    The canonical link comes first, for it names one address where a page has several;
    but where it names another site, the front of the site or of a section, or a bare
    script, the address the page was saved from is the better witness. A copy that
    names its original stays a page of its own: it is what this outlet published.
    """
    saved = _checked(raw.url, raw.url_method or "row")
    claims = [
        claim
        for claim in (
            *_claims(head, saved),
            *([saved] if saved else []),
        )
        if not _is_front(claim, saved)
    ]
    return next(
        (
            claim
            for claim in claims
            if not any(_is_section_of(claim.url, other.url) for other in claims)
        ),
        None,
    )


@lru_cache(maxsize=256)  # a page names its address in several places
def normal(url: str) -> str:
    """Return ``url`` without what does not tell one page from another.

    Scheme, ``www.``, default port, fragment, tracking parameters, order of
    parameters, index file and trailing slash go; the host is in lower case. A fragment
    in ``!`` stays, for that is how pages made by scripts are told apart.

    >>> normal("HTTP://www.Example.com:80/a/?utm_source=x&b=2#top")
    'example.com/a?b=2'
    """
    parts = urlsplit(_SESSION.sub("", url))
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    if port := _port(parts.netloc, parts.scheme):
        host += f":{port}"
    path = _INDEX.sub("/", quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._"))
    query = urlencode(sorted(_significant(parts.query)))
    story = _story(parts.fragment)
    return "".join(
        (
            host,
            path.rstrip("/"),
            f"?{query}" if query else "",
            f"#{story}" if story else "",
        )
    )


def _claims(head: Head, saved: Address | None) -> Iterator[Address]:
    base = saved.url if saved else None
    for url, method in (
        (head.canonical, "canonical"),
        (head.meta.get("og:url"), "og:url"),
        *((url, "jsonld") for url in _jsonld(head)),
    ):
        claim = _checked(_absolute(url, base), method)
        if claim and (saved is None or _site(claim.url) == _site(saved.url)):
            yield claim


def _jsonld(head: Head) -> Iterator[str]:
    for thing in head.jsonld:
        if "Article" in str(thing.get("@type")):
            for value in (thing.get("mainEntityOfPage"), thing.get("url")):
                url = value.get("@id") if isinstance(value, Mapping) else value
                if isinstance(url, str):
                    yield url


def _absolute(url: str | None, base: str | None) -> str | None:
    if not url:
        return None
    try:
        url = urljoin(base or "", url.strip())
    except ValueError:
        return None
    capture = wayback.unwrap(url)
    return capture.url if capture else url


def _checked(url: str | None, method: str) -> Address | None:
    """Return ``url`` as an address if it can be one and is no bare host."""
    if not url or len(url) > _MAX_URL or _FORBIDDEN.search(url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
        _port(parts.netloc, parts.scheme)
        bare = not re.search(r"[/?#]", normal(url))
    except ValueError:
        return None
    if bare:
        return None
    netloc = parts.netloc.rpartition("@")[2]  # a password is nobody's address
    story = _story(parts.fragment)
    return Address(parts._replace(netloc=netloc, fragment=story).geturl(), method)


def _is_front(claim: Address, saved: Address | None) -> bool:
    """Whether ``claim`` is the script behind ``saved`` rather than the page it made."""
    if saved is None or claim == saved:
        return False
    ours, theirs = urlsplit(claim.url), urlsplit(saved.url)
    if ours.path != theirs.path:
        return False
    if theirs.fragment and not ours.fragment:
        return True
    return bool(
        _SCRIPT.search(ours.path)
        and not _significant(ours.query)
        and _significant(theirs.query)
    )


def _is_section_of(url: str, deeper: str) -> bool:
    """Whether ``url`` is a folder of the site in which ``deeper`` lies.

    ``…/story/amp`` and ``…/story?page=2`` are views of a story, not deeper pages.
    """
    above, _, query = normal(url).partition("?")
    below = normal(deeper).partition("?")[0]
    if query or above.count("/") >= below.count("/"):
        return False
    if below.startswith(above + "/"):
        return not _VIEW.fullmatch(below[len(above) + 1 :])
    # Elsewhere in the site a section is told by its plain name: /world, not /a-b-c.
    return not any(_NAMES_A_PAGE.search(part) for part in above.split("/")[1:])


def _significant(query: str) -> list[tuple[str, str]]:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    telling = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    if len(telling) == 1 and _NUMBER.fullmatch(telling[0][1]):
        return telling
    return [pair for pair in telling if not _WEAK.fullmatch(pair[0])]


def _story(fragment: str) -> str:
    return fragment if fragment.startswith("!") else ""


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return registrable(host) or host


def _port(netloc: str, scheme: str) -> int | None:
    port = urlsplit(f"//{netloc}").port
    return None if port == {"http": 80, "https": 443}.get(scheme.lower()) else port

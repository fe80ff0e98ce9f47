"""Values in words, for people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from search.address import document, url
from search.model import Article, Group, Hit, Kind, Published, Query
from search.periods import period
from search.wire.parts import web_address
from web.languages import NAMES
from web.marking import marked

KINDS = {
    "article": "Articles",
    "listing": "Section and listing pages",
    "error": "Error pages",
    "wall": "Consent, login and bot walls",
}

BADGES = {
    "listing": "Listing page",
    "error": "Error page",
    "wall": "Wall, no story",
}

SCOPES = {
    "all": "Everything",
    "title": "Headlines",
    "body": "Article text",
    "byline": "Bylines",
    "chrome": "Removed parts",
}

SORTS = {
    "relevance": "Relevance",
    "newest": "Newest",
    "oldest": "Oldest",
    "source": "Source",
}

PLURALS = {
    "source": "Sources",
    "place": "Places",
    "agency": "Agencies",
    "lang": "Languages",
    "author": "Authors",
}

_METHODS = {
    "jsonld": "structured data",
    "meta": "page metadata",
    "og:site_name": "page metadata",
    "url": "address",
    "url-host": "address",
    "time": "page’s time stamp",
    "text-stamp": "stamp in the text",
    "section-stamp": "stamp of a printed edition",
    "modified": "day of its last change",
    "h1": "page’s own heading",
    "title": "page’s title element",
    "heading": "heading above the text",
    "signature": "name that it is signed with",
    "html-lang": "page’s markup",
    "text": "text itself",
    "sidecar": "file beside the page",
    "dateline": "dateline",
    "byline": "byline",
    "credit": "end credit",
    "folder": "folder name",
    "row": "data row",
    "self-naming": "page’s own text",
}

_IN_WHOLE = {
    "manual": "set by hand in corrections.csv",
    "outlet": "of its namesakes, the one where its outlet’s other articles play",
}
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "ug", "ur", "yi"})


def number(value: int) -> str:
    """Return ``value`` with its thousands apart: 12,045."""
    return f"{value:,}"


def counted(value: int, one: str, many: str | None = None) -> str:
    """Return ``value`` with its noun: 1 article, 2 articles."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def listed(said: Sequence[str]) -> str:
    """Return what is said as one list: a, b and c; nothing as ""."""
    if len(said) < 2:
        return "".join(said)
    *before, last = said
    return f"{', '.join(before)} and {last}"


def size(value: int) -> str:
    """Return a number of bytes in the unit that suits it: 0.7 MB, 312 kB."""
    for unit, bytes_ in (("GB", 1e9), ("MB", 1e6)):
        if value >= bytes_ / 10:
            return f"{value / bytes_:,.1f} {unit}"
    return f"{value / 1000:,.0f} kB"


def share(value: float) -> str:
    """Return a share of one in per cent; what is not nothing is at least 1%."""
    return f"{max(1, round(value * 100)) if value else 0}%"


def copies(group: Group) -> str:
    """Return what an article stands for: 2 more outlets, 87% to 100% shared.

    Copies of its own outlet, more than one of another and those of which the outlet is
    not known are no outlets more: they are counted beside them.
    """
    more = group.size - 1 - group.outlets - group.unsourced
    ours = (
        ("more copy", "more copies")
        if group.outlets
        else ("copy of its own outlet", "copies of its own outlet")
    )
    unknown = ("copy of unknown source", "copies of unknown source")
    many = (
        (group.outlets, "more outlet", "more outlets"),
        (more, *ours),
        (group.unsourced, *unknown),
    )
    said = listed([counted(*one) for one in many if one[0]])
    if group.shared is None:
        return said
    least, most = map(share, group.shared)
    return f"{said}, {least if least == most else f'{least} to {most}'} shared"


def day(published: Published) -> str:
    """Return as much of the date as is known: 19 November 2017, May 2017, 2017."""
    return date(published.value)


def date(value: str) -> str:
    """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` in words.

    >>> date("2017-05"), date("2017-11-19")
    ('May 2017', '19 November 2017')
    """
    first, _ = period(value)
    return {
        4: f"{first.year}",
        7: f"{first:%B} {first.year}",
        10: f"{first.day} {first:%B} {first.year}",
    }[len(value)]


def moment(value: datetime) -> str:
    """Return a time to the minute, in UTC."""
    utc = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    return f"{utc.day} {utc:%B} {utc.year}, {utc:%H:%M} UTC"


def known(name: str) -> str:
    """Return how a value is known, in whole."""
    return _IN_WHOLE.get(name) or f"from the {method(name)}"


def method(name: str) -> str:
    """Return how a value is known, as in *from the* dateline."""
    return _METHODS.get(name, name.replace("-", " ").replace("_", " "))


def language(code: str) -> str:
    """Return the language's English name, its code where we know none."""
    return NAMES.get(code.partition("-")[0].lower(), code)


def direction(lang: str | None) -> str:
    """Return what ``dir`` says of text in this language."""
    return "rtl" if (lang or "").partition("-")[0] in _RIGHT_TO_LEFT else "auto"


def tag(lang: str | None) -> str:
    """Return what ``lang`` says of text in this language; blank is not known."""
    return lang if lang and _TAG.fullmatch(lang) else ""


def heading(page: Article | Hit) -> str:
    """Return the headline, else the first sentence."""
    lead = page.lead if isinstance(page, Hit) else page.text.partition("\n")[0]
    return page.title or _short(lead) or "Untitled page"


def what(query: Query) -> str:
    """Return what the hits of ``query`` are called, one of them."""
    return "article" if query.kinds == (Kind.ARTICLE,) else "page"


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:160].rsplit(" ", 1)[0] + " …"


def in_address(text: str) -> str:
    """Return ``text`` as a part of an address; halves of characters are replaced."""
    return quote(text, errors="replace")


FILTERS = {
    "number": number,
    "counted": counted,
    "share": share,
    "day": day,
    "moment": moment,
    "known": known,
    "method": method,
    "language": language,
    "direction": direction,
    "tag": tag,
    "heading": heading,
    "web_address": web_address,
    "marked": marked,
    "size": size,
    "search_url": partial(url, "/search"),
    "urlencode": in_address,
    "document": document,
    "kind_name": lambda kind: KINDS.get(kind, kind),
}

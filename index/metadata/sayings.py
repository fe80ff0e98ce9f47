"""The dates a page's markup, its address, and others say it was published on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from index.metadata.written_dates import Order, clock_of, dates_in, exact, valid
from index.page import RawPage

# The keys that hold the day of publication, the most specific first.
_META = (
    *("article:published_time", "article:published", "og:published_time"),
    *("og:article:published_time", "datepublished", "date.published", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "publicationdate", "pubdate"),
    *("parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued"),
    *("article_date_original", "originalpublicationdate", "article.published"),
    *("bt:pubdate", "cxenseparse:recs:publishtime", "rnews:datepublished"),
    *("citation_publication_date", "citation_date", "citation_online_date"),
    *("dcterms.created", "dc.date.created", "date.created", "date_published"),
    *("displaydate", "ptime", "dc.date", "dcterms.date", "date", "datecreated"),
)
# Keys that other systems make up: ``published``, ``w-published-date``.
_META_LIKE = re.compile(
    r"(?:[a-z]{1,8}[-_.:])?publish(?:ed)?(?:[-_.]?(?:date|time|on|at))?"
)
_CHANGED = (
    *("article:modified_time", "article:modified", "datemodified", "date.modified"),
    *("dcterms.modified", "dc.date.modified", "og:updated_time", "last-modified"),
    *("modified-date", "modified_time", "lastmod", "updated"),
)
_URL_DAY = re.compile(
    r"[/_.=-]((?:19|20)\d\d)(?:([/_.-])(0?[1-9]|1[0-2])\2([0-3]?\d)|(\d\d)(\d\d))"
    r"(?=[/_.?&-]|$)"
)
_URL_WORD = re.compile(r"/((?:19|20)\d\d)/?([a-z]{3,9})/?([0-3]?\d)(?=[/_.-]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])/")
_CLOCK = 16  # characters of an ISO time up to its minute


@dataclass(frozen=True, slots=True)
class Saying:
    """A date given for a page; ``method`` as in ``Published``.

    ``utc_hour`` is set where it was written in UTC, ``clock`` to what was written up
    to the minute.
    """

    value: str
    method: str
    utc_hour: int | None = None
    clock: str = ""


def in_jsonld(things: Iterable[Mapping[str, object]]) -> Iterator[Saying]:
    """Yield the days of publication in JSON-LD, of the likeliest object first."""
    things = list(things)
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield from _exact("jsonld", (thing.get(key) for thing in things))


def in_meta(meta: Mapping[str, str]) -> Iterator[Saying]:
    """Yield the days of publication in meta elements."""
    yield from _exact("meta", (meta.get(key) for key in _META))
    # In the order of the alphabet ``published-date`` comes before ``published-time``,
    # which systems also set when they publish a page again.
    like = sorted(key for key in meta if _META_LIKE.fullmatch(key))
    yield from _exact("meta", (meta[key] for key in like))


def in_times(times: Iterable[str]) -> Iterator[Saying]:
    """Yield the days of time elements."""
    yield from _exact("time", times)


def changed(
    things: Iterable[Mapping[str, object]], meta: Mapping[str, str]
) -> Iterator[Saying]:
    """Yield the days on which markup says that the page was changed."""
    yield from _exact("modified", (thing.get("dateModified") for thing in things))
    yield from _exact("modified", (meta.get(key) for key in _CHANGED))


def outside(raw: RawPage, order: Order | None) -> Iterator[Saying]:
    """Yield the days that were given for the page from outside."""
    for given in raw.given:
        if given.date and (value := _given(given.date, order)):
            yield Saying(value, given.method)


def in_url(url: str | None) -> Iterator[Saying]:
    """Yield the days and months a page's address holds."""
    path = (url or "").partition("://")[2].partition("/")[2].lower()
    path = "/" + path.partition("#")[0]
    for found in _URL_DAY.finditer(path):
        month, day = int(found[3] or found[5]), int(found[4] or found[6])
        value = f"{found[1]}-{month:02}-{day:02}"
        if valid(value):
            yield Saying(value, "url")
    for found in _URL_WORD.finditer(path):
        words = f"{found[3]} {found[2]} {found[1]}"
        yield from (Saying(day.value, "url") for day in dates_in(words))
    for found in _URL_MONTH.finditer(path):
        yield Saying(f"{found[1]}-{found[2]}", "url")


def _exact(method: str, values: Iterable[object]) -> Iterator[Saying]:
    for value in values:
        if isinstance(value, str | int) and (day := exact(str(value))):
            written = str(value).strip()
            clock = written[:_CLOCK].replace(" ", "T") if ":" in written else ""
            yield Saying(day, method, clock_of(written), clock)


def _given(text: str, order: Order | None) -> str | None:
    text = text.strip()
    if valid(text):
        return text
    if any(c in text for c in "/.") and not text[:4].isdecimal():
        return next((found.value for found in dates_in(text, order)), None)
    return exact(text)

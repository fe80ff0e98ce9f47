"""When a page was published: where it says so, and which saying to believe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from index.metadata.layout import (
    PARAGRAPH,
    first_paragraph,
    headline,
    last_paragraph,
)
from index.metadata.written_dates import (
    Order,
    WrittenDate,
    clock_of,
    dates_in,
    exact,
    order_in,
    valid,
)
from index.page import CleanPage, Head, RawPage
from search.folding import fold
from search.model import Published
from search.periods import period

# The keys that hold the day of publication, the most specific first.
_META = (
    *("article:published_time", "article:published", "og:published_time"),
    *("og:article:published_time", "datepublished", "date.published", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "publicationdate", "pubdate"),
    *("parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued"),
    *("article_date_original", "originalpublicationdate", "article.published"),
    *("bt:pubdate", "cxenseparse:recs:publishtime", "rnews:datepublished"),
    *("dcterms.created", "dc.date.created", "date.created", "date_published"),
    *("displaydate", "ptime", "dc.date", "dcterms.date", "date", "datecreated"),
)
_STORY_TYPES = ("Article", "BlogPosting", "Posting", "Report", "Review")
_URL_DAY = re.compile(
    r"[/_.=-]((?:19|20)\d\d)(?:([/_.-])(0?[1-9]|1[0-2])\2([0-3]?\d)|(\d\d)(\d\d))"
    r"(?=[/_.?&-]|$)"
)
_URL_WORD = re.compile(r"/((?:19|20)\d\d)/?([a-z]{3,9})/?([0-3]?\d)(?=[/_.-]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])/")

_PUBLISHED = re.compile(
    r"(?:first |originally |article |story |date |was )?"
    r"(?:published|posted|publication date|issued|filed|date|veroffentlicht|erschienen"
    r"|publie|publicado|pubblicato|gepubliceerd|опубликовано"
    r"|дата публикации)\b"
)
_PRINTED = re.compile(
    r"\b(?:[a-z]\d? section|section [a-z]\b|print edition|printed? (?:edition )?on"
    r"|page [a-z]?\d"
    r"|appear(?:s|ed) (?:on|in))"
)
_CHANGED = re.compile(r"\b(?:updated?|modified|aktualisiert|mis a jour|actualizado)\b")
_BESIDE_A_DATE = re.compile(
    r"\b(?:(?:mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?|at|on|by|am|pm"
    r"|a m|p m"
    r"|[ap]\.m|gmt|utc|[ecmp][sd]?t|bst|ist|cest|uhr|et|published|posted|date)\b"
)
_MARK = r"(?:[|•·●⋅・,]|\s[-–—])"
# A name set off by a mark, or after By, in front of the date; a mark behind it.
_SET_OFF = re.compile(rf"\s*(?:[^.!?]{{2,60}}{_MARK}\s*)?")
_BYLINE = re.compile(
    r"\s*(?:by|von|par|por|di|door)\s(?:\S{1,20}\s){1,4}(?:on|posted|published)?\s*"
)
_BEHIND = re.compile(rf"\s*(?:$|{_MARK}|at\s|\d|[ap]\.?m\b)")
_ABOVE = 4  # blocks; higher up stands the day on which the page was looked at
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d", re.ASCII)
_DAY_FIRST_DOMAINS_LIST = "uk ie au nz in za de fr es it nl be pk ng ke sg my"
_DAY_FIRST_DOMAINS = frozenset(_DAY_FIRST_DOMAINS_LIST.split())


@dataclass(frozen=True, slots=True)
class _Saying:
    """A date a page gives; ``utc_hour`` is set where it was written in UTC."""

    value: str
    method: str
    utc_hour: int | None = None


def published(
    raw: RawPage, page: CleanPage, url: str | None, today: date
) -> Published | None:
    """Return when the page was published, or None if nothing says so.

    JSON-LD is asked first, then meta elements, time elements, what was said of the
    page from outside, its address, and stamps in its text; a day in the prose is
    never one. Where the first to answer is in UTC and another gives the day before
    or after by the outlet's own clock, that is the day of publication. A date after
    tomorrow, or after the page was saved, is no date.
    """
    latest = (raw.saved.date() if raw.saved else today) + timedelta(days=1)
    sayings = (s for s in _sayings(raw, page, url) if period(s.value)[0] <= latest)
    first = next(sayings, None)
    if first is None:
        return None
    # Most pages need no more: reading stamps is dear.
    sure = len(first.value) == 10 and first.utc_hour is None
    rest = [] if sure else list(sayings)
    best = _local(first, rest) or _finer(first, rest)
    return Published(best.value, best.method)


def _sayings(raw: RawPage, page: CleanPage, url: str | None) -> Iterator[_Saying]:
    yield from _exact("jsonld", _jsonld(page.head))
    yield from _exact("meta", (page.head.meta.get(key) for key in _META))
    yield from _exact("time", page.head.times[:1])
    order = _order(page, url)
    for given in raw.given:
        if given.date and (value := _given(given.date, order)):
            yield _Saying(value, given.method)
    yield from _in_url(url)
    yield from _stamps(page, order)


def _exact(method: str, values: Iterable[object]) -> Iterator[_Saying]:
    for value in values:
        if isinstance(value, str | int) and (day := exact(str(value))):
            yield _Saying(day, method, clock_of(str(value)))


def _jsonld(head: Head) -> Iterator[object]:
    ranked = sorted(head.jsonld, key=_rank)
    for key in ("datePublished", "dateCreated", "uploadDate"):
        for thing in ranked:
            yield thing.get(key)


def _rank(thing: Mapping[str, object]) -> int:
    kind = str(thing.get("@type"))
    return 0 if any(story in kind for story in _STORY_TYPES) else 1


def _given(text: str, order: Order | None) -> str | None:
    text = text.strip()
    if valid(text):
        return text
    if any(c in text for c in "/.") and not text[:4].isdecimal():
        return next((found.value for found in dates_in(text, order)), None)
    return exact(text)


def _in_url(url: str | None) -> Iterator[_Saying]:
    path = (url or "").partition("://")[2].partition("/")[2].lower()
    path = "/" + path.partition("#")[0]
    for found in _URL_DAY.finditer(path):
        month, day = int(found[3] or found[5]), int(found[4] or found[6])
        value = f"{found[1]}-{month:02}-{day:02}"
        if valid(value):
            yield _Saying(value, "url")
    for found in _URL_WORD.finditer(path):
        words = f"{found[3]} {found[2]} {found[1]}"
        yield from (_Saying(day.value, "url") for day in dates_in(words))
    for found in _URL_MONTH.finditer(path):
        yield _Saying(f"{found[1]}-{found[2]}", "url")


def _stamps(page: CleanPage, order: Order | None) -> Iterator[_Saying]:
    last = last_paragraph(page) + 8
    first = first_paragraph(page)
    title = headline(page)
    top = range(title if title is not None and title <= first else 0, first + 1)
    above: list[_Saying] = []
    for number, block in enumerate(page.blocks):
        for line in block.text.split("\n"):
            if len(line) > PARAGRAPH or not _YEAR.search(line):
                continue
            for found in dates_in(line, order):
                if _says_so(found, line, near=number <= last):
                    yield _Saying(found.value, _method(line))
                elif number in top and _stands_alone(found):
                    yield _Saying(found.value, "text-stamp")
                elif 0 < top.start - number <= _ABOVE and _is_bare(found):
                    above.append(_Saying(found.value, "text-stamp"))
    yield from above


def _says_so(found: WrittenDate, line: str, *, near: bool) -> bool:
    if _CHANGED.search(found.before):
        return False
    published = near and _PUBLISHED.match(found.before.lstrip())
    return bool(published or _PRINTED.search(fold(line)))


def _method(line: str) -> str:
    return "section-stamp" if _PRINTED.search(fold(line)) else "text-stamp"


def _stands_alone(found: WrittenDate) -> bool:
    """Whether the line is the date, or a byline, with what sites put behind it."""
    if _CHANGED.search(found.before):
        return False
    if _is_bare(found):
        return True
    set_off = _SET_OFF.fullmatch(found.before) or _BYLINE.fullmatch(found.before)
    return bool(set_off and _BEHIND.match(found.after))


def _is_bare(found: WrittenDate) -> bool:
    if _CHANGED.search(found.before):
        return False
    rest = _BESIDE_A_DATE.sub(" ", f"{found.before} {found.after}")
    return sum(c.isalpha() for c in rest) <= 3


def _order(page: CleanPage, url: str | None) -> Order | None:
    """Return which number is the day on this page, from what it gives away itself."""
    short = (block.text for block in page.blocks if len(block.text) <= PARAGRAPH)
    orders = {order for text in short if (order := order_in(text))}
    if len(orders) == 1:
        return orders.pop()
    lang = (page.head.lang or "").lower().replace("_", "-")
    host = (url or "").partition("://")[2].partition("/")[0]
    if lang.startswith("en-us"):
        return Order.MONTH_FIRST
    if (lang and not lang.startswith("en")) or host.rpartition(".")[
        2
    ] in _DAY_FIRST_DOMAINS:
        return Order.DAY_FIRST
    return Order.DAY_FIRST if lang.startswith("en-") and lang != "en-ca" else None


def _local(first: _Saying, said: list[_Saying]) -> _Saying | None:
    """Return what gives the day of ``first`` by the outlet's own clock, if any does."""
    if first.utc_hour is None or len(first.value) < 10:
        return None
    day = date.fromisoformat(first.value)
    # No clock is more than 12 hours behind UTC or 14 ahead of it.
    near = {day - timedelta(days=1)} if first.utc_hour < 12 else set()
    if first.utc_hour >= 10:
        near.add(day + timedelta(days=1))
    near.add(day)
    local = (s for s in said if s.utc_hour is None and len(s.value) == 10)
    return next((s for s in local if date.fromisoformat(s.value) in near), None)


def _finer(first: _Saying, said: list[_Saying]) -> _Saying:
    finer = (s for s in said if len(s.value) == 10 and s.value.startswith(first.value))
    return next(finer, first)

"""When a page was published: where it says so, and which saying to believe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from index.metadata.written_dates import Order, dates_in, exact, order_in, valid
from index.page import Block, CleanPage, Head, RawPage
from search.folding import fold
from search.model import Published, period

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
    r"[/_.-]((?:19|20)\d\d)[/_.-]?(0?[1-9]|1[0-2])[/_.-]?([0-3]?\d)(?=[/_.?-]|$)"
)
_URL_WORD = re.compile(r"/((?:19|20)\d\d)/?([a-z]{3,9})/?([0-3]?\d)(?=[/_.-]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])/")

_PUBLISHED = re.compile(
    r"(?:first |originally |article |story |date |was )?"
    r"(?:published|posted|publication date|issued|filed|date|veroffentlicht|erschienen"
    r"|publie|publicado|pubblicato|gepubliceerd|опубликовано|дата публикации)\b"
)
_PRINTED = re.compile(
    r"\b(?:[a-z]\d? section|section [a-z]\b|print edition|printed? (?:edition )?on|page [a-z]?\d"
    r"|appear(?:s|ed) (?:on|in))"
)
_CHANGED = re.compile(r"\b(?:updated?|modified|aktualisiert|mis a jour|actualizado)\b")
_BESIDE_A_DATE = re.compile(
    r"\b(?:(?:mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?|at|on|by|am|pm|a m|p m"
    r"|[ap]\.m|gmt|utc|[ecmp][sd]?t|bst|ist|cest|uhr|et|published|posted|date)\b"
)
_LONG = 200  # characters; a paragraph rather than a line of furniture
_DAY_FIRST_DOMAINS = frozenset(
    ["uk", "ie", "au", "nz", "in", "za", "de", "fr", "es", "it", "nl", "be", "pk", "ng", "ke", "sg", "my"]
)


def published(
    raw: RawPage, page: CleanPage, url: str | None, today: date
) -> Published | None:
    """Return when the page was published, or None if nothing says so.

    JSON-LD is asked first, then meta elements, time elements, what was said of the
    page from outside, its address, and stamps in its text; a day in the prose is
    never one. A date after ``today`` (or after the page was saved) is no date.
    """
    latest = (raw.saved.date() if raw.saved else today) + timedelta(days=1)
    said = [
        found for found in _sayings(raw, page, url) if period(found.value)[0] <= latest
    ]
    if not said:
        return None
    return _local(said)


def _sayings(raw: RawPage, page: CleanPage, url: str | None) -> Iterator[Published]:
    yield from _read("jsonld", _jsonld(page.head))
    yield from _read("meta", (page.head.meta.get(key) for key in _META))
    yield from _read("time", page.head.times[:1])
    order = _order(page, url)
    for given in raw.given:
        if given.date and (value := _given(given.date, order)):
            yield Published(value, given.method)
    yield from _in_url(url)
    yield from _stamps(page.blocks, order)


def _read(method: str, values: object) -> Iterator[Published]:
    for value in values:  # type: ignore[attr-defined]
        if isinstance(value, str | int) and (day := exact(str(value))):
            yield Published(day, method)


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


def _in_url(url: str | None) -> Iterator[Published]:
    path = (url or "").partition("://")[2].partition("/")[2].lower()
    path = "/" + path.partition("#")[0]
    for found in _URL_DAY.finditer(path):
        value = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
        if valid(value):
            yield Published(value, "url")
    for found in _URL_WORD.finditer(path):
        words = f"{found[3]} {found[2]} {found[1]}"
        yield from (Published(day.value, "url") for day in dates_in(words))
    for found in _URL_MONTH.finditer(path):
        yield Published(f"{found[1]}-{found[2]}", "url")


def _stamps(blocks: tuple[Block, ...], order: Order | None) -> Iterator[Published]:
    kept = [n for n, block in enumerate(blocks) if block.kept]
    first_long = next((n for n in kept if len(blocks[n].text) > _LONG), len(blocks))
    last = kept[-1] + 8 if kept else len(blocks)
    for number, block in enumerate(blocks):
        for line in block.text.split("\n"):
            if len(line) > _LONG:
                continue
            for found in dates_in(line, order):
                text = fold(line)
                near = number <= last
                if _CHANGED.search(found.before):
                    continue
                if _PRINTED.search(text):
                    yield Published(found.value, "section-stamp")
                elif (near and _PUBLISHED.match(found.before.lstrip())) or (
                    number <= first_long and _is_bare(found.before, found.after)
                ):
                    yield Published(found.value, "text-stamp")


def _is_bare(before: str, after: str) -> bool:
    rest = _BESIDE_A_DATE.sub(" ", f"{before} {after}")
    return sum(c.isalpha() for c in rest) <= 3


def _order(page: CleanPage, url: str | None) -> Order | None:
    """Return which number is the day on this page, from what it gives away itself."""
    orders = {
        order
        for block in page.blocks
        if len(block.text) <= _LONG and (order := order_in(block.text))
    }
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


def _local(said: list[Published]) -> Published:
    """Return the first saying, or one that is only more precise or a local day."""
    first = said[0]
    if len(first.value) == 10:
        return first
    finer = (s for s in said if len(s.value) == 10 and s.value.startswith(first.value))
    return next(finer, first)

"""When a page was published: where it says so, and which saying to believe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations
from typing import Any

from index.metadata import sayings, story
from index.metadata.layout import PARAGRAPH
from index.metadata.sayings import Saying
from index.metadata.stamps import Says, Stamp, stamps
from index.metadata.written_dates import Order, dates_in, order_in
from index.page import CleanPage, RawPage
from search.model import Published
from search.periods import period

_MARKUP = frozenset(("jsonld", "meta", "time"))
_BELIEVED = (Says.ORIGINAL, Says.PUBLISHED, Says.ALONE)
_LABELLED = (Says.ORIGINAL, Says.PUBLISHED, Says.CHANGED)
_NEAR = 12  # blocks below the headline in which a stamp is the article's own
_A_DAY = timedelta(days=1)
_SOON = timedelta(days=7)  # in which an article is corrected, not written anew
_DAY = 10  # characters of a date that names a day
_MIDDAY = 12  # hours; no clock is more than that behind UTC, or 14 ahead of it
_DAY_FIRST_DOMAINS_LIST = "uk ie au nz in za de fr es it nl be pk ng ke sg my"
_DAY_FIRST_DOMAINS = frozenset(_DAY_FIRST_DOMAINS_LIST.split())


def published(
    raw: RawPage,
    page: CleanPage,
    url: str | None,
    today: date,
    things: Sequence[Mapping[str, Any]] | None = None,
) -> Published | None:
    """Return when the page was published, or None if nothing says so.

    JSON-LD is asked first (``things`` are its objects, the likeliest first), then meta
    elements, time elements, what was said of the page from outside, its address, and
    stamps in its text; a day in the prose is never one. Where the first to answer is
    in UTC and another gives the day before or after by the outlet's own clock, that is
    the day of publication; so is an earlier day shown below the headline, for systems
    note when they published a page again. JSON-LD that nothing in meta elements bears
    out gives way to them, and to a later day shown. Where only a change is dated, that
    day is taken, as ``modified``. A date after tomorrow, or after the page was saved,
    is none.
    """
    latest = (raw.saved.date() if raw.saved else today) + timedelta(days=1)
    things = story.told(page.head, page.title, url) if things is None else things
    order = _order(page, url)
    shown = [s for s in stamps(page, order) if period(s.value)[0] <= latest]
    in_meta = [*sayings.in_meta(page.head.meta)]
    said = [
        *_in_markup([*sayings.in_jsonld(things)], in_meta),
        *sayings.in_times(page.head.times[:1]),
        *sayings.outside(raw, order),
        *sayings.in_url(url),
        *(Saying(s.value, s.method) for s in _by_belief(shown)),
        *(Saying(s.value, "modified") for s in shown if s.says is Says.CHANGED),
        *sayings.changed(things, page.head.meta),
    ]
    said = [saying for saying in said if period(saying.value)[0] <= latest]
    if not said:
        return None
    first = said[0]
    own = [Saying(s.value, s.method) for s in shown if _is_own(s)]
    believed = [saying for saying in said if saying.method != "modified"]
    best = _local(first, [*own, *believed]) or _earlier(first, own)
    best = best or (None if in_meta else _later(first, shown))
    best = best or _finer(first, believed)
    return Published(best.value, best.method)


def _by_belief(shown: Sequence[Stamp]) -> list[Stamp]:
    ranks = [*_BELIEVED, Says.LOOSE]
    published = [stamp for stamp in shown if stamp.says in ranks]
    return sorted(published, key=lambda stamp: ranks.index(stamp.says))


def _in_markup(linked: list[Saying], in_meta: list[Saying]) -> list[Saying]:
    """Return what JSON-LD and meta elements say, the first to be believed first."""
    if linked and in_meta and _is_apart(linked[0].value, in_meta[0].value):
        return [*in_meta, *linked]
    return [*linked, *in_meta]


def _is_apart(one: str, other: str) -> bool:
    """Whether two days differ by more than clocks do."""
    if len(one) != _DAY or len(other) != _DAY:
        return False
    return abs(date.fromisoformat(one) - date.fromisoformat(other)) > _A_DAY


def _is_own(stamp: Stamp) -> bool:
    """Whether a stamp is so near the headline that it dates the article."""
    return _is_near(stamp) and stamp.says in _BELIEVED


def _is_near(stamp: Stamp) -> bool:
    is_near = stamp.below is not None and stamp.below <= _NEAR
    return is_near and stamp.method == "text-stamp"


def _order(page: CleanPage, url: str | None) -> Order | None:
    """Return which number is the day on this page, from what it gives away itself."""
    short = (block.text for block in page.blocks if len(block.text) <= PARAGRAPH)
    numbers = [text for text in short if text.count("/") > 1 or text.count("-") > 1]
    orders = {order for text in numbers if (order := order_in(text))}
    orders = orders or set(_borne_out(numbers, page.head.times))
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


def _borne_out(numbers: Sequence[str], times: Sequence[str]) -> Iterator[Order]:
    """Yield the orders that make of a line's date one of the page's ``times``."""
    days = {time[:_DAY] for time in times}
    for order, other in permutations(Order) if days else ():
        if days & (_days_in(numbers, order) - _days_in(numbers, other)):
            yield order


def _days_in(lines: Sequence[str], order: Order) -> set[str]:
    return {found.value for line in lines for found in dates_in(line, order)}


def _local(first: Saying, said: Sequence[Saying]) -> Saying | None:
    """Return what gives the day of ``first`` by the outlet's own clock, if any does."""
    if first.utc_hour is None or len(first.value) < _DAY:
        return None
    day = date.fromisoformat(first.value)
    near = {day - timedelta(days=1)} if first.utc_hour < _MIDDAY else set()
    if first.utc_hour >= 24 - 14:
        near.add(day + timedelta(days=1))
    near.add(day)
    for saying in said:
        # The same reading of the clock is the same time with its zone left out.
        is_same = saying.clock and saying.clock == first.clock
        is_local = saying.utc_hour is None and len(saying.value) == _DAY and not is_same
        if is_local and date.fromisoformat(saying.value) in near:
            return saying
    return None


def _earlier(first: Saying, own: Sequence[Saying]) -> Saying | None:
    """Return the day shown below the headline, if markup has a later one."""
    if first.method not in _MARKUP or len(first.value) < _DAY or not own:
        return None
    shown = own[0]
    is_earlier = len(shown.value) == _DAY and shown.value < first.value
    return shown if is_earlier else None


def _later(first: Saying, shown: Sequence[Stamp]) -> Saying | None:
    """Return the day shown below the headline or under its label, if JSON-LD has an
    earlier one that the page does not show: the text is of that day. A correction soon
    after, or the day of print, is none.
    """
    whole = [s for s in shown if s.method == "text-stamp" and len(s.value) == _DAY]
    days = [s for s in whole if _is_near(s) or s.says in _LABELLED]
    if first.method != "jsonld" or not days:
        return None
    if not all(_is_apart(first.value, stamp.value) for stamp in days):
        return None
    last = days[0]
    if last.says is Says.CHANGED:
        is_later = (
            date.fromisoformat(last.value) > date.fromisoformat(first.value) + _SOON
        )
        return Saying(last.value, "modified") if is_later else None
    return Saying(last.value, last.method) if last.value > first.value else None


def _finer(first: Saying, said: Sequence[Saying]) -> Saying:
    finer = (
        s for s in said if len(s.value) == _DAY and s.value.startswith(first.value)
    )
    return next(finer, first)

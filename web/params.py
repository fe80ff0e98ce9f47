"""URL parameters to a query: the site, the API and the command all read them here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from search.address import DEEPEST, EVERY_KIND
from search.errors import BadQuery
from search.fields import FACETS
from search.folding import whole
from search.model import Interval, Query, Scope, Sort, period, span

LONGEST_TEXT = 512  # characters
MOST_VALUES = 50  # of one parameter
MOST_PER_PAGE = 100
MOST_FACET_VALUES = 200
GROUPS = ("copy", "none")

Values = Mapping[str, Sequence[str]]
Choice = TypeVar("Choice", bound=StrEnum)

NAMES = (
    *("q", "in", *FACETS, *(f"exclude_{name}" for name in FACETS)),
    *("from", "to", "facet", "facet_size", "interval", "sort", "group"),
    *("page", "per_page", "cursor"),
)


def to_query(values: Values) -> Query:
    """Return the query that request parameters ask for.

    Blank values count as not given, as forms send them. A repeated ``q`` is one text.
    Halves of characters, which bytes that are no text become, are replaced.

    Raises:
        BadQuery: a parameter is unknown, or its value cannot be; never for the words
            of ``q``, only for its length.
    """
    for name in values:
        if name not in NAMES:
            raise _unknown(name, values[name])
    values = {name: [*map(whole, given)] for name, given in values.items()}
    query = Query(
        text=_text(values),
        scope=_choice(values, "in", Scope) or Scope.ALL,
        sources=_many(values, "source"),
        agencies=_many(values, "agency"),
        places=_many(values, "place"),
        languages=_many(values, "lang"),
        authors=_many(values, "author"),
        dates=_dates(values, "date"),
        exclude=_excluded(values),
        kinds=_kinds(values),
        since=_day(values, "from", end=0),
        until=_day(values, "to", end=1),
        facets=_facets(values),
        facet_size=_number(values, "facet_size", Query().facet_size, MOST_FACET_VALUES),
        interval=_choice(values, "interval", Interval),
        sort=_choice(values, "sort", Sort),
        group=_group(values),
        per_page=_number(values, "per_page", Query().per_page, MOST_PER_PAGE),
        cursor=_one(values, "cursor") or None,
    )
    _check_period(values, query)
    return _paged(values, query)


def _text(values: Values) -> str:
    text = " ".join(values.get("q", ()))
    if len(text) > LONGEST_TEXT:
        raise BadQuery(
            f"q must not be longer than {LONGEST_TEXT} characters; it has {len(text)}",
            parameter="q",
            value=text[:80] + "…",
            reason="too-long",
        )
    return text


def _many(values: Values, name: str) -> tuple[str, ...]:
    """Return the values of one parameter, each once, in order.

    Every link of a page repeats them all, so their number bounds the page's size.
    """
    stripped = (value.strip() for value in values.get(name, ()))
    given = tuple(dict.fromkeys(value for value in stripped if value))
    if len(given) > MOST_VALUES:
        raise BadQuery(
            f"{name} must not be given more than {MOST_VALUES} times",
            parameter=name,
            value=str(len(given)),
            reason="too-many",
        )
    return given


def _one(values: Values, name: str) -> str:
    given = _many(values, name)
    if len(given) > 1:
        raise _refused(values, name, "repeated", "must be given once")
    return given[0] if given else ""


def _choice(values: Values, name: str, choices: type[Choice]) -> Choice | None:
    given = _one(values, name)
    if not given:
        return None
    try:
        return choices(given)
    except ValueError:
        allowed = ", ".join(choices)
        raise _refused(
            values, name, "not-one-of", f"must be one of {allowed}"
        ) from None


def _group(values: Values) -> str | None:
    given = _one(values, "group") or "none"
    if given not in GROUPS:
        allowed = " or ".join(GROUPS)
        raise _refused(values, "group", "not-one-of", f"must be {allowed}")
    return None if given == "none" else given


def _number(values: Values, name: str, default: int, most: int) -> int:
    given = _one(values, name)
    if not given:
        return default
    # Longer digit strings than this are out of bounds anyway, and slow to read.
    if not (given.isascii() and given.isdigit() and len(given) < 9):
        raise _refused(values, name, "not-a-number", "must be a whole number")
    if not 1 <= int(given) <= most:
        raise _refused(values, name, "out-of-range", f"must be from 1 to {most:,}")
    return int(given)


def _dates(values: Values, name: str) -> tuple[str, ...]:
    given = _many(values, name)
    for value in given:
        if value != FACETS["date"].unknown:
            _checked(name, value, span, "2017-11-19, 2017-11, 2017 or 2017-11..2018")
    return given


def _day(values: Values, name: str, *, end: int) -> date | None:
    given = _one(values, name)
    if not given:
        return None
    return _checked(name, given, period, "2017-11-19, 2017-11 or 2017")[end]


def _checked(
    name: str, value: str, read: Callable[[str], tuple[date, date]], forms: str
) -> tuple[date, date]:
    try:
        return read(value)
    except ValueError:
        raise BadQuery(
            f"{name} must be a date like {forms}",
            parameter=name,
            value=value,
            reason="not-a-date",
        ) from None


def _excluded(values: Values) -> Mapping[str, tuple[str, ...]]:
    named = {name: _many(values, f"exclude_{name}") for name in FACETS}
    named["date"] = _dates(values, "exclude_date")
    return MappingProxyType({name: left for name, left in named.items() if left})


def _kinds(values: Values) -> tuple[str, ...]:
    given = _many(values, "kind")
    if EVERY_KIND in given:
        return ()
    return given or Query().kinds


def _facets(values: Values) -> tuple[str, ...]:
    parts = ",".join(_many(values, "facet")).split(",")
    asked = tuple(dict.fromkeys(name.strip() for name in parts if name.strip()))
    for name in asked:
        if name not in FACETS:
            known = ", ".join(FACETS)
            raise BadQuery(
                f"facet must be one of {known}",
                parameter="facet",
                value=name,
                reason="not-one-of",
            )
    return asked


def _check_period(values: Values, query: Query) -> None:
    if query.since and query.until and query.since > query.until:
        raise _refused(values, "from", "after-to", "must not be later than to")


def _paged(values: Values, query: Query) -> Query:
    page = _number(values, "page", 1, DEEPEST)
    if page * query.per_page > DEEPEST:
        raise _refused(
            values,
            "page",
            "too-deep",
            f"reaches {DEEPEST:,} hits at the most; go on with the cursor",
        )
    return replace(query, page=1 if query.cursor else page)


def _refused(values: Values, name: str, reason: str, message: str) -> BadQuery:
    value = ", ".join(_many(values, name))
    return BadQuery(f"{name} {message}", parameter=name, value=value, reason=reason)


def _unknown(name: str, given: Sequence[str]) -> BadQuery:
    near = get_close_matches(name[:80], NAMES, n=1, cutoff=0)
    return BadQuery(
        f"there is no parameter {name[:80]}; the nearest is {near[0]}",
        parameter=name,
        value=", ".join(given),
        reason="unknown-parameter",
    )

"""URL parameters to a query: the site, the API and the command all read them here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
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
from search.model import Interval, Query, Scope, Sort
from search.periods import period, span
from web.parameters import DAY, MOST_VALUES, PARAMETERS, PERIOD, Parameter

Values = Mapping[str, Sequence[str]]
Choice = TypeVar("Choice", bound=StrEnum)

NAMES = tuple(PARAMETERS)


def to_query(values: Values, names: Collection[str] = NAMES) -> Query:
    """Return the query that request parameters ask for.

    Blank values count as not given, as forms send them. A repeated ``q`` is one text.
    Halves of characters, which bytes that are no text become, are replaced.

    Raises:
        BadQuery: a parameter is none of ``names``, or its value cannot be; never for
            the words of ``q``, only for its length.
    """
    known(values, names)
    values = {name: [*map(whole, given)] for name, given in values.items()}
    grouped = chosen(values, PARAMETERS["group"])
    query = Query(
        text=short(values, PARAMETERS["q"]),
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
        facet_size=_number(values, "facet_size"),
        interval=_choice(values, "interval", Interval),
        sort=_choice(values, "sort", Sort),
        group=None if grouped == "none" else grouped,
        per_page=_number(values, "per_page"),
        cursor=_one(values, "cursor") or None,
    )
    _check_period(values, query)
    return _paged(values, query)


def known(values: Values, names: Collection[str]) -> Values:
    """Return ``values``, all of them of parameters that there are.

    Raises:
        BadQuery: one is none of ``names``.
    """
    for name, given in values.items():
        if name not in names:
            raise _unknown(name, given, names)
    return values


def chosen(values: Values, parameter: Parameter) -> str:
    """Return which of a parameter's values was given, its default if none was.

    Raises:
        BadQuery: it is none of them.
    """
    name, allowed = parameter.name, parameter.schema["enum"]
    given = _one(values, name) or parameter.schema["default"]
    if given not in allowed:
        expected = f"must be one of {', '.join(allowed)}"
        raise _refused(values, name, "not-one-of", expected)
    return str(given)


def short(values: Values, parameter: Parameter) -> str:
    """Return the text that a parameter gives; repeated, it is one text.

    Raises:
        BadQuery: it is too long.
    """
    name, longest = parameter.name, parameter.schema["maxLength"]
    text = " ".join(map(whole, values.get(name, ())))
    if len(text) > longest:
        raise BadQuery(
            f"{name} must not be longer than {longest} characters; it has {len(text)}",
            parameter=name,
            value=text[:80] + "…",
            reason="too-long",
        )
    return text


def number(values: Values, parameter: Parameter) -> int:
    """Return the number that a parameter gives, its default if it gives none.

    Raises:
        BadQuery: it is none, or out of bounds.
    """
    name, schema = parameter.name, parameter.schema
    given = _one(values, name)
    if not given:
        return int(schema["default"])
    # Longer digit strings than this are out of bounds anyway, and slow to read.
    if not (given.isascii() and given.isdigit() and len(given) < 9):
        raise _refused(values, name, "not-a-number", "must be a whole number")
    least, most = schema["minimum"], schema["maximum"]
    if not least <= int(given) <= most:
        allowed = f"must be from {least} to {most:,}"
        raise _refused(values, name, "out-of-range", allowed)
    return int(given)


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


def _number(values: Values, name: str) -> int:
    return number(values, PARAMETERS[name])


def _dates(values: Values, name: str) -> tuple[str, ...]:
    given = _many(values, name)
    for value in given:
        if value != FACETS["date"].unknown:
            _checked(name, value, span, PERIOD)
    return given


def _day(values: Values, name: str, *, end: int) -> date | None:
    given = _one(values, name)
    if not given:
        return None
    return _checked(name, given, period, DAY)[end]


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
    page = _number(values, "page")
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


def _unknown(name: str, given: Sequence[str], names: Collection[str]) -> BadQuery:
    near = get_close_matches(name[:80], [*names], n=1, cutoff=0)
    known = f"the nearest is {near[0]}" if near else "this address takes none"
    return BadQuery(
        f"there is no parameter {name[:80]}; {known}",
        parameter=name,
        value=", ".join(given),
        reason="unknown-parameter",
    )

"""The parameters of a search, each with its bounds: one table for all who need it.

``web/params.py`` reads requests by it, the command makes its options of it, and the
API's description says it. A ``schema`` is JSON Schema, and what it says is enforced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from search.address import DEEPEST, EVERY_KIND
from search.fields import FACETS
from search.model import Interval, Kind, Query, Scope, Sort

MOST_VALUES = 50  # of one parameter
DAY = "2017-11-19, 2017-11 or 2017"
PERIOD = "2017-11-19, 2017-11, 2017 or 2017-11..2018"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: what it does, what it takes, an example of a value.

    ``many`` ones may be repeated, and any of the values will do. No example is ""
    where one would mean nothing to another collection. Without a ``needed`` one nothing
    is answered.
    """

    name: str
    about: str
    schema: Mapping[str, Any]
    example: str | int
    many: bool = False
    needed: bool = False


def _text(**more: Any) -> dict[str, Any]:
    return {"type": "string", **more}


def _one_of(*values: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [*map(str, values)], **more}


def _number(least: int, most: int, default: int) -> dict[str, Any]:
    bounds = {"minimum": least, "maximum": most, "default": default}
    return {"type": "integer", **bounds}


# Blank counts as not given. That a day exists, no pattern can say.
_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_DAYS = _text(pattern=f"^({_DATE})?$")
_PERIODS = _text(pattern=rf"^(undated|{_DATE}|{_DATE}\.\.({_DATE})?|\.\.{_DATE})?$")

_ANY = rf"\s*({'|'.join(FACETS)})?\s*"
_FACETS = rf"^{_ANY}(,{_ANY})*$"

_EXAMPLES = {
    "source": "example.org",
    "date": "2017-11",
    "place": "Hamburg",
    "agency": "AP",
    "lang": "en",
    "author": "Mira Okonkwo",
    "kind": EVERY_KIND,
}
_ABOUT = {
    "source": "Only articles of this outlet, by domain or name.",
    "date": f"Only articles of this period: {PERIOD}.",
    "place": "Only articles that name this place or one inside it, by GeoNames id or "
    "name.",
    "agency": "Only copy of this news agency, by short or long name.",
    "lang": "Only articles in this language, by its code.",
    "author": "Only articles by this author.",
    "kind": f"Only pages of this kind: {', '.join(Kind)}, or {EVERY_KIND}. Only "
    "articles, if not given.",
}


def _filter(name: str) -> Parameter:
    unknown = FACETS[name].unknown
    about = _ABOUT[name] + (f" `{unknown}` finds those without." if unknown else "")
    schema = _PERIODS if name == "date" else _text()
    return Parameter(name, about, schema, _EXAMPLES[name], many=True)


def _excluding(name: str) -> Parameter:
    about = (
        f"Leave these out by {FACETS[name].label.lower()}; takes what `{name}` does."
    )
    schema = _PERIODS if name == "date" else _text()
    example = Kind.WALL if name == "kind" else _EXAMPLES[name]
    return Parameter(f"exclude_{name}", about, schema, str(example), many=True)


_ASKED = Query()

PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {
        parameter.name: parameter
        for parameter in (
            Parameter(
                "q",
                "The words to search for, in the query language; nothing finds all.",
                _text(maxLength=512),
                "storm",
            ),
            Parameter(
                "in",
                "The part of an article to look for plain words in.",
                _one_of(*Scope, default=str(Scope.ALL)),
                str(Scope.TITLE),
            ),
            *map(_filter, FACETS),
            *map(_excluding, FACETS),
            Parameter("from", f"First day: {DAY}.", _DAYS, "2017-11"),
            Parameter("to", f"Last day: {DAY}.", _DAYS, "2018"),
            Parameter(
                "facet",
                "Count the values of these fields; repeat it, or put commas between.",
                _text(pattern=_FACETS),
                "source,date",
                many=True,
            ),
            Parameter(
                "facet_size",
                "How many values of a facet to list.",
                _number(1, 200, _ASKED.facet_size),
                20,
            ),
            Parameter(
                "interval",
                "The width of a date's bucket; one that is readable, if not given.",
                _one_of(*Interval),
                str(Interval.MONTH),
            ),
            Parameter(
                "sort",
                "The order of hits: by relevance if there are words, else newest.",
                _one_of(*Sort),
                str(Sort.NEWEST),
            ),
            Parameter(
                "group",
                "`copy` makes one hit of articles that share their text.",
                _one_of("copy", "none", default="none"),
                "copy",
            ),
            Parameter(
                "page",
                f"Which page of hits. Pages reach {DEEPEST:,} hits, a cursor all.",
                _number(1, DEEPEST, 1),
                2,
            ),
            Parameter("per_page", "Hits a page.", _number(1, 100, _ASKED.per_page), 20),
            Parameter(
                "cursor",
                "Go on after the last hit of an answer to the same query, "
                "whose `cursor` this is.",
                _text(),
                "",
            ),
        )
    }
)

# What narrows a search down; the others say what to return of it, and in which shape.
FILTERS = (
    *("q", "in", *FACETS, *(f"exclude_{name}" for name in FACETS), "from", "to"),
)

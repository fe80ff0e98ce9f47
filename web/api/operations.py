"""What programs can ask: each address with its parameters and what it answers.

The views take the names of their parameters from here, and so does the description.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from search.fields import FACETS
from search.wire import collection, comparison, documents, places, shapes
from search.wire.parts import Shape
from web.parameters import FILTERS, PARAMETERS, Parameter

JSON = "application/json"
PROBLEM = "application/problem+json"
SUGGESTIONS = "application/x-suggestions+json"
LINES = "application/jsonl"
CSV = "text/csv"
ATOM = "application/atom+xml"

_TEXT: Mapping[str, Any] = {"type": "string"}
_SUGGESTIONS = {
    "description": "What was typed, the queries it may become, how many articles each "
    "finds, and where.",
    "type": "array",
    "items": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
    "minItems": 4,
    "maxItems": 4,
    "examples": [["har", ["harbour"], ["12 articles"], ["/search?q=harbour"]]],
}


@dataclass(frozen=True, slots=True)
class Operation:
    """An address: ``path`` has ``{name}`` where a part varies.

    ``answers`` maps a media type to a shape or a JSON Schema; ``refuses`` are the
    statuses of problems it may answer with beside those every address may.
    """

    name: str
    path: str
    summary: str
    about: str
    answers: Mapping[str, type[Shape] | Mapping[str, Any]]
    parameters: tuple[Parameter, ...] = ()
    parts: tuple[Parameter, ...] = ()
    refuses: tuple[int, ...] = ()
    examples: tuple[str, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its query parameters."""
        return tuple(parameter.name for parameter in self.parameters)


def _some(*names: str) -> tuple[Parameter, ...]:
    return tuple(PARAMETERS[name] for name in names)


_ID = Parameter(
    "id",
    "The article's id, from a hit; or one of its `versions`, `ID@NAME`.",
    {"type": "string", "minLength": 1, "pattern": "^[^/]+$"},
    "0123456789abcdef",
)
_PLACE_ID = Parameter(
    "id",
    "The place's GeoNames id, or `x:` and its name.",
    {"type": "string", "minLength": 1, "pattern": "^[^/]+$"},
    "2911298",
)
# No example: which articles there are to compare, only the collection knows.
_IDS = Parameter(
    "ids",
    "The ids of two to four articles or versions, with commas between. The first is "
    "compared with each of the others. Where an id has a comma itself, or a space "
    "at an end, each has a parameter of its own: `ids=ID&ids=ID`.",
    {"type": "string", "minLength": 3, "pattern": "^[^,]+(,[^,]+){1,3}$"},
    "",
    needed=True,
)
_FACET = Parameter(
    "name", "The facet.", {"type": "string", "enum": [*FACETS]}, "source"
)
PREFIX = Parameter(
    "prefix",
    "Only values of which a word begins so: of the value, its label or, for a place, "
    "any spelling in this collection. Capitals and accents do not matter. Dates must "
    "begin so as they are written.",
    {"type": "string", "maxLength": 512},
    "har",
)
_TYPED = Parameter(
    "q",
    "What was typed so far; its last word may be unfinished.",
    {"type": "string", "maxLength": 512},
    "har",
)
WITHIN = Parameter(
    "within",
    "Only places in this one, by its id: a continent, a country or a part of it.",
    {"type": "string", "maxLength": 512},
    "2921044",
)
FORMAT = Parameter(
    "format",
    "`jsonl`: a line of JSON for each hit. `csv`: a table.",
    {"type": "string", "enum": ["jsonl", "csv"], "default": "jsonl"},
    "csv",
)

SEARCH = Operation(
    "search",
    "/api/search",
    "Search",
    "One page of hits with snippets, and the facets asked for. Values of one parameter "
    "are alternatives, different parameters all hold; the counts of a facet ignore its "
    "own selection. No words at all find everything, the newest first.",
    {JSON: shapes.Answer},
    tuple(PARAMETERS.values()),
    refuses=(400,),
    examples=(
        "/api/search?q=harbour&facet=source,date&per_page=2",
        "/api/search?q=strike&from=2017&exclude_lang=fr&sort=oldest",
    ),
)
FACET = Operation(
    "facet",
    "/api/facets/{name}",
    "Search inside a facet",
    "The values of one facet among what a query finds, the commonest first: those "
    "that begin as asked. For a list that is too long to show whole.",
    {JSON: shapes.FacetAnswer},
    (*_some(*FILTERS, "facet_size", "interval"), PREFIX),
    parts=(_FACET,),
    refuses=(400,),
    examples=("/api/facets/source?prefix=h&q=harbour",),
)
SUGGEST = Operation(
    "suggest",
    "/api/suggest",
    "Complete what is typed",
    "Words, outlets and places that find something here, in the form browsers know "
    "from OpenSearch.",
    {SUGGESTIONS: _SUGGESTIONS},
    (_TYPED,),
    refuses=(400,),
    examples=("/api/suggest?q=har",),
)
DOCUMENT = Operation(
    "document",
    "/api/doc/{id}",
    "One article",
    "The whole text with everything that is known of the page, and how. A page that "
    "was saved more than once has `versions`, each with an id of its own; `copies` are "
    "other articles with its text, or with much of it.",
    {JSON: documents.Document},
    parts=(_ID,),
    refuses=(400, 404),
    examples=("/api/doc/0123456789abcdef",),
)
REMOVED = Operation(
    "removed",
    "/api/doc/{id}/removed",
    "What was removed from its page",
    "Every block of page chrome the cleaner took out, and the name of the rule.",
    {JSON: documents.RemovedBlocks},
    parts=(_ID,),
    refuses=(400, 404),
    examples=("/api/doc/0123456789abcdef/removed",),
)
EXPORT = Operation(
    "export",
    "/api/export",
    "Export everything a query finds",
    "All hits of one state of the index, streamed, in the order asked for. The last "
    'line is `{"complete":true,"count":N}`, in a table too: without it, or where it '
    "says `false`, hits are missing. Table cells that a spreadsheet would take for a "
    "formula begin with an apostrophe.",
    {LINES: _TEXT, CSV: _TEXT},
    (FORMAT, *_some(*FILTERS, "sort", "group")),
    refuses=(400,),
    examples=(
        "/api/export?q=harbour",
        "/api/export?q=harbour&format=csv&sort=oldest",
    ),
)
PLACES = Operation(
    "places",
    "/api/places",
    "Places",
    "The places that all articles name, or those that a search finds: with how many "
    "articles name each and where it lies, most articles first. A place counts every "
    "article that names it or one in it, so numbers do not add up.",
    {JSON: places.Places},
    (*_some(*FILTERS, "page", "per_page"), WITHIN, PREFIX),
    refuses=(400,),
    examples=("/api/places?per_page=5", "/api/places?q=harbour&prefix=h"),
)
PLACE = Operation(
    "place",
    "/api/places/{id}",
    "One place",
    "Who writes it how, what is named beside it more often than by chance, what lies "
    "in it. A place of the gazetteer that no article names has a count of 0. Its "
    "articles by date and outlet are a search with `place` and `facet`.",
    {JSON: places.PlaceDetails},
    parts=(_PLACE_ID,),
    refuses=(400, 404),
    examples=("/api/places/2911298",),
)
COMPARE = Operation(
    "compare",
    "/api/compare",
    "Compare articles",
    "Two to four articles side by side: their paragraphs beside what became of them, "
    "word by word, the figures, names and speakers that differ, who was first, and how "
    "much of each text the others have.",
    {JSON: comparison.Comparison},
    (_IDS,),
    refuses=(400, 404),
)
STATUS = Operation(
    "status",
    "/api/status",
    "What the collection holds",
    "Which state of the index answers, and how much of what is in it.",
    {JSON: collection.Status},
    refuses=(400,),
    examples=("/api/status",),
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        operation.name: operation
        for operation in (
            *(SEARCH, FACET, SUGGEST, DOCUMENT, REMOVED, COMPARE),
            *(PLACES, PLACE, EXPORT, STATUS),
        )
    }
)

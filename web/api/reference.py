"""The API's description as a page for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from web.api.operations import DOCUMENT, OPERATIONS, SEARCH, Operation
from web.parameters import FILTERS, PARAMETERS, Parameter

SAMPLE = "/api/search?per_page=1&facet=source&facet_size=2"

_EXCLUDE = "exclude_"
_PATTERNS = {
    PARAMETERS["from"].schema["pattern"]: "day, month or year",
    PARAMETERS["date"].schema["pattern"]: "period",
    PARAMETERS["facet"].schema["pattern"]: "names of facets",
}
(_ID,) = DOCUMENT.parts


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a type's description; ``shape`` is the one it names, if any."""

    text: str
    shape: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter, or a field of a shape: what it is and what it takes."""

    name: str
    about: str
    takes: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation; ``filtered`` says that it takes the filters of a search too."""

    name: str
    path: str
    summary: str
    about: str
    rows: tuple[Row, ...]
    filtered: bool
    examples: tuple[str, ...]
    answers: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object of the answers."""

    name: str
    about: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """All of it, in the order it is shown."""

    about: str
    operations: tuple[Asked, ...]
    shapes: tuple[Shape, ...]


def reference(description: Mapping[str, Any], known: str | None) -> Reference:
    """Return what the page shows of an OpenAPI ``description``.

    ``known`` is the id of an article that examples can be tried with, if there is one.
    """
    schemas = description["components"]["schemas"]
    return Reference(
        about=description["info"]["description"],
        operations=tuple(_asked(one, known) for one in OPERATIONS.values()),
        shapes=tuple(
            Shape(name, schema["description"], tuple(_fields(schema, schemas)))
            for name, schema in schemas.items()
            if schema.get("type") == "object"
        ),
    )


def _asked(operation: Operation, known: str | None) -> Asked:
    filtered = operation is not SEARCH and set(FILTERS) <= {*operation.names}
    listed = (
        parameter
        for parameter in (*operation.parts, *operation.parameters)
        if not parameter.name.startswith(_EXCLUDE)
        and not (filtered and parameter.name in FILTERS)
    )
    examples = operation.examples
    if _ID in operation.parts:
        of_one = [path.replace(str(_ID.example), known or "") for path in examples]
        examples = tuple(of_one) if known else ()
    return Asked(
        name=operation.name,
        path=operation.path,
        summary=operation.summary,
        about=operation.about,
        rows=tuple(map(_row, listed)),
        filtered=filtered,
        examples=tuple(map(unquote, examples)),
        answers=tuple(
            (media, said.__name__ if isinstance(said, type) else None)
            for media, said in operation.answers.items()
        ),
    )


def _row(parameter: Parameter) -> Row:
    schema = parameter.schema
    takes = " · ".join(_bounds(schema)) or "text"
    if parameter.many:
        takes += ", repeatable"
    return Row(parameter.name, parameter.about, (Word(takes),))


def _bounds(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a parameter's value may be, for people."""
    if "enum" in schema:
        yield ", ".join(schema["enum"])
    if "minimum" in schema:
        yield f"{schema['minimum']:,} to {schema['maximum']:,}"
    pattern = schema.get("pattern")
    if pattern in _PATTERNS:
        yield _PATTERNS[pattern]
    if "maxLength" in schema:
        yield f"text, up to {schema['maxLength']} characters"
    if "default" in schema:
        yield f"else {schema['default']}"


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Row]:
    required = schema.get("required", ())
    for name, held in schema["properties"].items():
        words = tuple(_words(held, schemas))
        if name not in required:
            words = (*words, Word(", not always there"))
        yield Row(name, _about(held), words)


def _about(schema: Mapping[str, Any]) -> str:
    said = schema.get("description", "")
    items = schema.get("items")
    return str(said or (_about(items) if isinstance(items, dict) else ""))


def _words(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Word]:
    """Yield what a value of ``schema`` is, for people."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if "enum" in schemas[name]:
            yield from _words(schemas[name], schemas)
        else:
            yield Word(name, name)
    elif "anyOf" in schema:
        yield from _joined([[*_words(one, schemas)] for one in schema["anyOf"]])
    elif "enum" in schema:
        yield Word(" or ".join(f"“{value}”" for value in schema["enum"]))
    elif "prefixItems" in schema:  # a range; we have no other pairs
        yield Word("[start, end]")
    elif schema.get("type") == "array":
        yield Word("list of ")
        yield from _words(schema["items"], schemas)
    elif "additionalProperties" in schema:
        yield Word("by name: ")
        yield from _words(schema["additionalProperties"], schemas)
    else:
        yield Word(_PLAIN.get(schema.get("type", ""), "anything"))


_PLAIN = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
    "object": "object",
}


def _joined(parts: Sequence[Sequence[Word]]) -> Iterator[Word]:
    for number, words in enumerate(parts):
        if number:
            yield Word(" or ")
        yield from words

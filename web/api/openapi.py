"""The API's description, OpenAPI 3.1, made of the shapes and tables it runs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from inspect import cleandoc
from typing import Any

import msgspec

from search.wire import problems, shapes
from search.wire.parts import Shape
from web.api.operations import JSON, OPERATIONS, PROBLEM, Operation
from web.parameters import MOST_VALUES, Parameter

PATH = "/api/openapi.json"

_REFERENCE = "#/components/schemas/{name}"
_ABOUT = """\
Everything the site shows, for programs: full-text search over a collection of saved
news pages. Only GET, no key unless the site asks for one. Errors are problem documents
(RFC 9457). Every answer is of one state of the index, and its `ETag` holds until the
next: send it as `If-None-Match`, and what has not changed costs next to nothing.
"""
_PROBLEMS = {
    400: "A parameter is unknown or its value cannot be; `errors` says which and why.",
    404: "Nothing has this id.",
    503: "There is no index yet, or it cannot be read; `detail` says what mends it.",
}
_ALWAYS = (503,)
_UNCHANGED = {
    "description": "What `If-None-Match` names has not changed.",
    "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
}


@cache
def document() -> dict[str, Any]:
    """Return the description; it is the same for every collection."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dateline",
            "summary": "Search over saved news pages.",
            "description": _ABOUT,
            "version": "1",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "This site."}],
        "paths": {
            operation.path: {"get": _operation(operation)}
            for operation in OPERATIONS.values()
        },
        "components": {"schemas": _schemas(), "headers": _HEADERS},
    }


@cache
def encoded() -> bytes:
    """Return the description as JSON."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=1)


_HEADERS = {
    "ETag": {
        "description": "Changes with the state of the index that answers.",
        "schema": {"type": "string"},
    },
    "Link": {
        "description": "The next and previous page, as in `links` (RFC 8288).",
        "schema": {"type": "string"},
    },
}


def _operation(operation: Operation) -> dict[str, Any]:
    parts = [_parameter(part, place="path") for part in operation.parts]
    asked = [_parameter(one, place="query") for one in operation.parameters]
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.about,
        "parameters": [*parts, *asked],
        "responses": {
            "200": _answer(operation),
            "304": _UNCHANGED,
            **dict(_refusals(operation)),
        },
    }


def _parameter(parameter: Parameter, *, place: str) -> dict[str, Any]:
    schema: dict[str, Any] = dict(parameter.schema)
    if parameter.many:
        schema = {"type": "array", "items": schema, "maxItems": MOST_VALUES}
    said: dict[str, Any] = {
        "name": parameter.name,
        "in": place,
        "description": parameter.about,
        "required": parameter.needed or place == "path",
        "schema": schema,
    }
    if parameter.example != "":
        said["example"] = [parameter.example] if parameter.many else parameter.example
    if parameter.many:
        said |= {"style": "form", "explode": True}
    return said


def _answer(operation: Operation) -> dict[str, Any]:
    headers = {"ETag": {"$ref": "#/components/headers/ETag"}}
    if operation.name == "search":
        headers["Link"] = {"$ref": "#/components/headers/Link"}
    return {
        "description": operation.summary,
        "headers": headers,
        "content": {
            media: {"schema": _schema(said)}
            for media, said in operation.answers.items()
        },
    }


def _refusals(operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    for status in (*operation.refuses, *_ALWAYS):
        content = {PROBLEM: {"schema": _schema(problems.Problem)}}
        yield str(status), {"description": _PROBLEMS[status], "content": content}


def _schema(said: type[Shape] | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(said, Mapping):
        return dict(said)
    return {"$ref": _REFERENCE.format(name=said.__name__)}


def _schemas() -> dict[str, Any]:
    answered = [
        said
        for operation in OPERATIONS.values()
        for media, said in operation.answers.items()
        if media == JSON
    ]
    types = [*answered, shapes.Hit, shapes.Completeness, problems.Problem]
    _, found = msgspec.json.schema_components(types, ref_template=_REFERENCE)
    return {name: _flowing(schema) for name, schema in found.items()}


def _flowing(schema: dict[str, Any]) -> dict[str, Any]:
    """Return ``schema`` with its docstring as paragraphs."""
    parts = cleandoc(schema.get("description", "")).split("\n\n")
    return {**schema, "description": "\n\n".join(" ".join(p.split()) for p in parts)}

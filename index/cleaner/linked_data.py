"""The objects of a page's JSON-LD, also where the script is a little broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from types import MappingProxyType
from typing import Any

_DEEPEST = 6  # levels of lists and graphs looked into for objects of their own
_CONTROL = re.compile(r"[\x00-\x1f]")
_TRAILING_COMMA = re.compile(r",\s{0,80}(?=[}\]])")


def objects(script: str) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON-LD objects of a script, those of its graphs and lists included.

    >>> [thing["@type"] for thing in objects('{"@graph": [{"@type": "WebPage"},]}')]
    ['WebPage']
    """
    level = _load(script)
    for _ in range(_DEEPEST):
        following: list[Any] = []
        for item in level:
            if isinstance(item, list):
                following.extend(item)
            elif isinstance(item, dict):
                graph = item.get("@graph")
                if isinstance(graph, list | dict):
                    following.append(graph)
                if graph is None or "@type" in item:
                    yield MappingProxyType(item)
        level = following


def _load(script: str) -> list[Any]:
    """Return a script's JSON, mending what editors commonly break."""
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    for attempt in _attempts(text):
        try:
            return [json.loads(attempt, strict=False)]
        except (ValueError, RecursionError):
            continue
    return []


def _attempts(text: str) -> Iterator[str]:
    yield text
    yield _TRAILING_COMMA.sub("", _CONTROL.sub(" ", text))
    if "&quot;" in text:  # escaped as if it were an attribute
        yield unescape(text)

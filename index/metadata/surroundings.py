"""The section an article stands in, and who publishes the site it is on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.metadata import story
from search.model import Said

_SECTION_META = (
    *("article:section", "parsely-section", "og:article:section", "section"),
    *("cxenseparse:section", "rnews:section", "dc.subject.section", "category"),
)
_PUBLISHER_META = ("dc.publisher", "dcterms.publisher", "citation_publisher")
_LONGEST = 80  # characters of a name


def section_of(
    things: Sequence[Mapping[str, Any]], meta: Mapping[str, str]
) -> Said | None:
    """Return the section an article stands in, by JSON-LD or meta elements, or None.

    Of several the first is taken.
    """
    return _first(things, "articleSection", meta, _SECTION_META)


def publisher_of(
    things: Sequence[Mapping[str, Any]], meta: Mapping[str, str]
) -> Said | None:
    """Return who publishes the article, often the owner of the outlet, or None."""
    return _first(things, "publisher", meta, _PUBLISHER_META)


def _first(
    things: Sequence[Mapping[str, Any]],
    key: str,
    meta: Mapping[str, str],
    keys: Sequence[str],
) -> Said | None:
    said = (name for thing in things for name in story.names(thing.get(key)))
    for name in _plain(said):
        return Said(name, "jsonld")
    for name in _plain(meta[key] for key in keys if key in meta):
        return Said(name, "meta")
    return None


def _plain(names: Iterator[str]) -> Iterator[str]:
    for name in names:
        plain = " ".join(name.split())
        is_address = plain.startswith(("http:", "https:", "@", "/"))
        if 1 < len(plain) <= _LONGEST and not is_address and not plain.isdecimal():
            yield plain

"""Addresses near one query, made from parameters that are encoded once.

A page of results has about a hundred, which differ in a parameter or two.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote_plus

from markupsafe import Markup

from search.address import document, pairs
from search.fields import FACETS
from search.model import Query

# Every parameter of an address, in the order of ``pairs``.
_SLOTS = (
    *("q", "in"),
    *(slot for name in FACETS for slot in (name, f"exclude_{name}")),
    *("from", "to", "facet", "facet_size", "interval", "sort", "group"),
    *("per_page", "cursor", "page"),
)


class Links:
    """Links to what is near ``query``; as ``search.address.url`` says them, escaped.

    What changes a query leads to the first page of the changed one.
    """

    def __init__(self, query: Query) -> None:
        self._whole = dict.fromkeys(_SLOTS, "")
        for name, value in pairs(query):
            said = _said(name, (value,))
            before = self._whole[name]
            self._whole[name] = f"{before}&amp;{said}" if before else said
        self._first = {**self._whole, "page": "", "cursor": ""}
        asked = _joined(self._whole)
        self._asked = f"?{asked}" if asked else ""

    def changed(self, **parameters: Sequence[str]) -> Markup:
        """Return where the query with these parameters instead is answered."""
        parts = self._first.copy()
        for name, values in parameters.items():
            parts[name] = _said(name, values)
        said = _joined(parts)
        return Markup(f"/search?{said}" if said else "/search")  # noqa: S704 - quoted

    def document(self, id: str, paragraph: int | None = None) -> Markup:
        """Return where an article is read, with what was asked, at a paragraph."""
        at = f"#p{paragraph}" if paragraph else ""
        return Markup(f"{document(id)}{self._asked}{at}")  # noqa: S704 - quoted


def _said(name: str, values: Sequence[str]) -> str:
    return "&amp;".join(
        [f"{name}={quote_plus(v, safe=',:', errors='replace')}" for v in values]
    )


def _joined(parts: dict[str, str]) -> str:
    return "&amp;".join(filter(None, parts.values()))

"""The facets: their names, their words for unknown, where a query selects them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field whose values are counted.

    ``unknown`` is the value that stands for articles without one (None: every article
    has one); ``selection`` the attribute of ``Query`` that holds the chosen values.
    """

    name: str
    label: str
    selection: str
    unknown: str | None = "unknown"


FACETS = MappingProxyType(
    {
        facet.name: facet
        for facet in (
            FacetField("source", "Source", "sources"),
            FacetField("date", "Date", "dates", "undated"),
            FacetField("place", "Place", "places"),
            FacetField("agency", "Agency", "agencies", "none"),
            FacetField("lang", "Language", "languages"),
            FacetField("author", "Author", "authors"),
            FacetField("kind", "Kind of page", "kinds", None),
        )
    }
)

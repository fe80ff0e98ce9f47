"""Where places are shown: the map and table of many, and the page of one."""

from __future__ import annotations

from urllib.parse import quote, quote_plus, urlencode

from markupsafe import Markup

from search.address import pairs
from search.folding import whole
from search.model import Query

PLACES = "/places"


def of_place(id: str) -> Markup:
    """Return the page of a place."""
    return Markup(f"/place/{quote(whole(id), safe=':')}")  # noqa: S704  # quoted


class PlacesLinks:
    """Links to the places of what ``query`` finds, encoded once for a hundred links.

    ``own`` are parameters of the page that stay.
    """

    def __init__(self, query: Query, **own: str) -> None:
        asked = [*pairs(query), *((k, v) for k, v in own.items() if v)]
        self._said = _said(asked)

    def within(self, id: str = "") -> Markup:
        """Return where those in a place are shown, "" for all of them."""
        more = f"within={quote_plus(whole(id), safe=',:')}" if id else ""
        asked = "&amp;".join(filter(None, (self._said, more)))
        return Markup(f"{PLACES}?{asked}" if asked else PLACES)  # noqa: S704  # quoted


def together(place: str, other: str) -> Query:
    """Return the query for what names both places."""
    return Query(text=f'place:"{_bare(other)}"', places=(place,))


def written(place: str, spelling: str, source: str | None = None) -> Query:
    """Return the query for what writes a place so, all of it or one outlet's."""
    sources = () if source is None else (source,)
    return Query(text=f'"={_bare(spelling)}"', places=(place,), sources=sources)


def _bare(text: str) -> str:
    """Return ``text`` as it can stand between quotation marks."""
    return " ".join(text.replace('"', " ").split())


def _said(asked: list[tuple[str, str]]) -> str:
    return urlencode([(k, whole(v)) for k, v in asked], safe=",:").replace("&", "&amp;")

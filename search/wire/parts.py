"""What hits and articles have in common, in the shapes of the API.

Identifiers of places are numbers where they are GeoNames ids, text elsewhere. Nothing
that is not http or https is given as an address. A docstring of a shape is what users
of the API read about the object.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from search import model
from search.model import Precision

PlaceId = Annotated[
    int | str,
    Meta(
        description="A GeoNames id as a number; text (`x:name`) for a place that only "
        "this collection knows."
    ),
]
Id = Annotated[
    str, Meta(description="The article's id, as a link to it has it.", min_length=1)
]
Span = Annotated[
    tuple[int, int],
    Meta(description="Start and end in characters; the end is not included."),
]
Moment = Annotated[
    str, Meta(description="A moment in UTC.", examples=["2026-11-21T01:40:00Z"])
]
Address = Annotated[str, Meta(description="An address below this site.", pattern="^/")]
WebAddress = Annotated[str, Meta(description="An http or https address.")]
Count = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0, le=1)]


class Shape(Struct, frozen=True, gc=False):
    """Any of the objects; ``gc=False``: none of them holds itself."""


class Source(Shape, frozen=True):
    """The outlet and how it is known. `value` is its domain or a slug of its name."""

    value: str
    label: str
    method: str


class Agency(Shape, frozen=True):
    """The news agency a text is from, and where the text says so."""

    value: str
    method: str


class Said(Shape, frozen=True):
    """A name the page gives the article's section or its publisher, and where."""

    value: str
    method: str


class Methods(Shape, frozen=True):
    """How title, authors and language are known: from where on the page, or outside.

    Null where there is none, or the article was added by a program.
    """

    title: str | None
    authors: str | None
    lang: str | None


class Published(Shape, frozen=True):
    """When it was published, as far as known, and how that is known."""

    value: Annotated[
        str,
        Meta(
            pattern=r"^\d{4}(-\d\d(-\d\d)?)?$",
            examples=["2017-11-19"],
            description="YYYY, YYYY-MM or YYYY-MM-DD.",
        ),
    ]
    precision: Precision
    method: str


class Place(Shape, frozen=True):
    """A place an article names. `path` leads from the country down to it.

    `weight` is how much of what the article says of places is about this one.
    `dateline` marks the place the text opens with; `method` is `text` where it was
    found there, else how it was given.
    """

    id: PlaceId
    label: str
    path: tuple[PlaceId, ...]
    as_written: tuple[str, ...]
    lat: float | None
    lon: float | None
    weight: Share
    dateline: bool
    method: str


class RemovedShare(Shape, frozen=True):
    """How much page chrome was removed: blocks, and their share of all characters."""

    blocks: Count
    share: Share


def source(known: model.Source | None) -> Source | None:
    """Return the outlet, None where it is not known."""
    if known is None:
        return None
    return Source(value=known.value, label=known.label, method=known.method)


def said(known: model.Said | None) -> Said | None:
    """Return what the page says, None where it says nothing."""
    return None if known is None else Said(value=known.value, method=known.method)


def methods(known: model.Methods) -> Methods:
    """Return how title, authors and language are known."""
    return Methods(title=known.title, authors=known.authors, lang=known.lang)


def agency(known: model.Agency | None) -> Agency | None:
    """Return the agency, None where none is named."""
    if known is None:
        return None
    return Agency(value=known.value, method=known.method)


def published(known: model.Published | None) -> Published | None:
    """Return the date of publication, None where there is none."""
    if known is None:
        return None
    return Published(value=known.value, precision=known.precision, method=known.method)


def place(named: model.Place) -> Place:
    """Return a place an article names."""
    return Place(
        id=place_id(named.id),
        label=named.label,
        path=tuple([place_id(above) for above in named.path]),
        as_written=named.as_written,
        lat=named.lat,
        lon=named.lon,
        weight=named.weight,
        dateline=named.dateline,
        method=named.method,
    )


def place_id(id: str) -> int | str:
    """Return a GeoNames id as a number, any other as it is."""
    # A filter's value may be any text; no id of GeoNames has over ten digits.
    return int(id) if id.isascii() and id.isdigit() and len(id) < 19 else id


def web_address(address: str | None) -> str | None:
    """Return ``address`` if it is http or https and names a host, else None."""
    if address is None:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def moment(at: datetime | None) -> str | None:
    """Return a moment in UTC; one without a zone is UTC already."""
    if at is None:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

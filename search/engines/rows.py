"""What of one article is counted, filtered and sorted by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from search.copies.identical import fingerprint
from search.engines import ids
from search.errors import BadArticle
from search.model import Article

# The columns whose values are facets of the same name.
_FACETS = ("source", "agency", "lang", "author", "kind", "place")
# Pairs of a source and its label, and of a place and its label, a spelling, what it
# lies in or "", its latitude and longitude in degrees with a space between.
PAIRS = ("source_label", "place_label", "spelling", "parent", "point")
COLUMNS = _FACETS + PAIRS


@dataclass(frozen=True, slots=True)
class Row:
    """What of one article goes into the columns.

    ``first`` and ``last`` are the proleptic ordinals of the period it was published
    in, 0 where that is unknown. ``group`` is the same 64 bits for all articles of a
    group of copies, 0 for one in none. ``values`` has one entry a column.
    """

    id: str
    first: int
    last: int
    group: int
    values: tuple[tuple[Any, ...], ...]

    @classmethod
    def of(cls, article: Article) -> Row:
        """Return the row of ``article``; a place brings all it lies in.

        Raises:
            BadArticle: its id cannot be one, or a place of it is nowhere, or its weight
                no share.
        """
        check(article)
        source, published, places = article.source, article.published, article.places
        return cls(
            article.id,
            published.first.toordinal() if published else 0,
            published.last.toordinal() if published else 0,
            fingerprint(article.text, article.title),
            (
                (source.value,) if source else (),
                (article.agency.value,) if article.agency else (),
                (article.lang,) if article.lang else (),
                tuple(dict.fromkeys(article.authors)),
                (article.kind.value,),
                _distinct(step for place in places for step in place.path),
                ((source.value, source.label),) if source else (),
                _distinct((place.id, place.label) for place in places),
                _distinct(
                    (place.id, written)
                    for place in places
                    for written in place.as_written
                ),
                _distinct(
                    pair
                    for place in places
                    for pair in zip(place.path, ("", *place.path), strict=False)
                ),
                _distinct(
                    (place.id, f"{place.lat:.5f} {place.lon:.5f}")
                    for place in places
                    if place.lat is not None and place.lon is not None
                ),
            ),
        )


def _distinct(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def check(article: Article) -> None:
    """Raise BadArticle unless an index can hold ``article``."""
    ids.check(article.id)
    for place in article.places:
        if not all(isfinite(degrees or 0) for degrees in (place.lat, place.lon)):
            raise BadArticle(
                f"article {article.id}: {place.label} lies at {place.lat},"
                f" {place.lon}, which is no point; leave out what is not known"
            )
        if not 0 <= place.weight <= 1:
            raise BadArticle(
                f"article {article.id}: {place.label} has the weight {place.weight},"
                " which is no share from 0 to 1"
            )

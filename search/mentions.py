"""What articles say of places: how many name each, how they spell it, what beside it.

Counted by a ``Searcher``; like the values of :mod:`search.model`, all are frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from search.model import IndexInfo


class PlaceCount(NamedTuple):
    """A place and how many of the articles name it or one inside it.

    ``own`` of them name the place itself. ``parent`` is what it lies in, None for
    nothing; ``level`` 0 for what lies in nothing. ``lat`` and ``lon`` are in degrees,
    None where nobody knows. ``kind`` is one of the gazetteer's, None where that lacks
    the place. A tuple, since a collection names thousands.
    """

    id: str
    label: str
    count: int  # type: ignore[assignment]  # instead of the method of tuples
    own: int
    parent: str | None = None
    level: int = 0
    lat: float | None = None
    lon: float | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCounts:
    """The places that the ``articles`` a query finds name, or that those lie in.

    Most articles first, a place before what is in it, ties by id. ``unplaced``
    articles name none. ``parents`` is what each place of the collection lies in, "" for
    nothing. ``complete`` is False where the deadline cut the search short.
    """

    places: tuple[PlaceCount, ...]
    articles: int
    unplaced: int
    parents: Mapping[str, str]
    index: IndexInfo
    complete: bool = True


class Written(NamedTuple):
    """One spelling of a place: ``count`` articles of one outlet write it so.

    Those that differ in capitals only are one, called as most articles write it.
    ``source`` is the outlet's value, ``label`` its name, both None where unknown.
    """

    spelling: str
    source: str | None
    label: str | None
    count: int  # type: ignore[assignment]  # instead of the method of tuples


class Companion(NamedTuple):
    """A place that is named beside another.

    ``count`` of that one's articles name this place itself. ``times`` is how many
    times as often that is as in all articles. ``strength`` is how surely it is no
    accident: Dunning's log-likelihood ratio (Computational Linguistics 19, 1993),
    negative where it is named less often than elsewhere.
    """

    id: str
    label: str
    count: int  # type: ignore[assignment]  # instead of the method of tuples
    times: float
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReport:
    """What all articles of a collection say of one place.

    ``place`` counts them; its ``count`` is 0 where none names it, and ``names`` are
    then those that the gazetteer has for it. ``people`` is how many live there as far
    as that knows. ``path`` is what it lies in and itself, country first, as ids with
    labels. ``datelined`` articles open with it or a place inside it. ``written`` are
    spellings of the place itself, by outlet; ``companions`` the places that belong to
    it most, strongest first, of which none lies in it nor it in them; ``inside`` what
    lies directly in it.
    """

    place: PlaceCount
    people: int
    names: tuple[str, ...]
    path: tuple[tuple[str, str], ...]
    articles: int
    datelined: int
    written: tuple[Written, ...]
    companions: tuple[Companion, ...]
    inside: tuple[PlaceCount, ...]
    index: IndexInfo

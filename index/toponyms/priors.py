"""Where an outlet's articles play: learned from the places its others name for sure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self

from search.gazetteer import GazetteerPlace

LEAST = 5  # articles of an outlet from which they tell anything
SAMPLE = 40  # articles of an outlet: more of them tell the same
HOME = 0.15  # of an outlet's articles name a region that it is at home in
_AROUND = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Testimony:
    """What an article tells of its outlet: the regions, countries and squares of the
    places it names for sure. ``namesakes`` are the regions, or countries, in which its
    names may mean another place than they do, as far as the outlet has a say in that.
    """

    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    squares: tuple[tuple[int, int], ...] = ()
    namesakes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, sure: Iterable[GazetteerPlace], namesakes: Iterable[GazetteerPlace] = ()
    ) -> Self:
        """Return the testimony of an article by its places."""
        listed = list(sure)
        return cls(
            tuple(sorted({p.path[1] for p in listed if len(p.path) > 1})),
            tuple(sorted({p.country for p in listed if p.country})),
            tuple(sorted({square_of(p) for p in listed if p.kind in _SMALL})),
            tuple(sorted({region_of(p) for p in namesakes} - {""})),
        )


@dataclass(slots=True)
class Prior:
    """How many of an outlet's articles name each region, country and square of a
    degree. ``own`` is what the article in question itself has in them.
    """

    articles: int = 0
    regions: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    squares: Counter[tuple[int, int]] = field(default_factory=Counter)
    own: Prior | None = None

    def count(self, testimony: Testimony) -> None:
        """Count an article by what it tells."""
        self.articles += 1
        self.regions.update(testimony.regions)
        self.countries.update(testimony.countries)
        self.squares.update(testimony.squares)

    def without(self, testimony: Testimony) -> Prior | None:
        """Return what the other articles tell of one that was counted by ``testimony``;
        None where they are too few.
        """
        if self.articles < LEAST:
            return None
        own = Prior()
        own.count(testimony)
        return replace(self, own=own)

    def is_at_home_in(self, regions: Iterable[str]) -> bool:
        """Return whether the outlet writes much about one of ``regions``, or of the
        countries among them.
        """
        own = self.own or Prior()
        return any(
            self._share(found[code] - mine[code]) >= HOME
            for found, mine in (
                (self.regions, own.regions),
                (self.countries, own.countries),
            )
            for code in regions
        )

    def region(self, place: GazetteerPlace) -> float:
        """Return the share of articles that name the region of ``place``, or where it
        lies in none, its country.
        """
        if len(place.path) < 2:
            return self.country(place)
        own = self.own.regions[place.path[1]] if self.own else 0
        return self._share(self.regions[place.path[1]] - own)

    def country(self, place: GazetteerPlace) -> float:
        """Return the share of articles that name the country of ``place``."""
        own = self.own.countries[place.country] if self.own else 0
        return self._share(self.countries[place.country] - own)

    def around(self, place: GazetteerPlace) -> float:
        """Return the share of articles that name a town about a degree from it, 1 at
        the most.
        """
        squares = around(place)
        own = sum(self.own.squares[s] for s in squares) if self.own else 0
        return min(1.0, self._share(sum(self.squares[s] for s in squares) - own))

    def _share(self, number: int) -> float:
        return number / max(1, self.articles - (self.own is not None))


_SMALL = ("city", "county")


def region_of(place: GazetteerPlace) -> str:
    """Return the region of a place, or where it lies in none, its country."""
    return place.path[1] if len(place.path) > 1 else place.country


def square_of(place: GazetteerPlace) -> tuple[int, int]:
    """Return the square of one degree that a place lies in."""
    return math.floor(place.lat), math.floor(place.lon)


def around(place: GazetteerPlace) -> list[tuple[int, int]]:
    """Return the square of one degree that a place lies in, and its neighbours."""
    lat, lon = square_of(place)
    return [(lat + up, lon + right) for up in _AROUND for right in _AROUND]

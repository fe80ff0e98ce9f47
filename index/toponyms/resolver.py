"""Which of the places of one name is meant, by what else the article names."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.gazetteer import GazetteerPlace, Sense

_CHOICES = 40  # senses of a name that are looked at; Springfield has some 60
_KIND = {"country": 2.5, "continent": 2.0, "region": -1.0, "county": -2.0}
_NEAR = 150.0  # km
# Orders of magnitude of population that coherence outweighs; a flat optimum of
# bench/places.py.
_COUNTRY, _REGION = 1.2, 2.0
_SMALL = 50_000  # people of a town that is called by its region when far from home
_ASTRAY = 1.0  # taken off where the article names other regions of its country only


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an article with its senses and how often it stands there.

    ``within`` are the ids of places that the text itself puts it in, as in
    "Paris, Texas"; ``described`` a kind the text calls it, as in "Idlib province".
    """

    name: str
    senses: tuple[Sense, ...]
    count: int
    within: frozenset[str] = frozenset()
    described: str | None = None


def resolve(
    names: Iterable[Named], demonyms: Mapping[str, int]
) -> dict[str, GazetteerPlace]:
    """Return the place of each name; ``demonyms`` counts ISO codes as weak support.

    Two rounds: the second knows what the first made of the other names.
    """
    listed = list(names)
    chosen: dict[str, GazetteerPlace] = {}
    for _ in range(2):
        context = _Context.of(listed, chosen, demonyms)
        chosen = {named.name: _best(named, context) for named in listed}
    return chosen


@dataclass(frozen=True, slots=True)
class _Context:
    countries: Mapping[str, float]
    regions: Mapping[str, float]
    places: Mapping[str, GazetteerPlace]

    @classmethod
    def of(
        cls,
        names: list[Named],
        chosen: Mapping[str, GazetteerPlace],
        demonyms: Mapping[str, int],
    ) -> _Context:
        countries: defaultdict[str, float] = defaultdict(float)
        regions: defaultdict[str, float] = defaultdict(float)
        places: dict[str, GazetteerPlace] = {}
        for code, count in demonyms.items():
            countries[code] += min(count, 2) * 0.5
        for named in names:
            place = chosen.get(named.name) or _certain(named)
            if place is None:
                continue
            places[named.name] = place
            weight = _say(place, named)
            countries[place.country] += weight
            if len(place.path) > 1:
                regions[place.path[1]] += weight
        return cls(countries, regions, places)


def _say(place: GazetteerPlace, named: Named) -> float:
    """Return how much a name counts for its country and region."""
    return math.sqrt(named.count) * (1.5 if place.kind == "country" else 1.0)


def _certain(named: Named) -> GazetteerPlace | None:
    """Return what a name stands for before anything is known of the article."""
    first = named.senses[0]
    if named.within or len(named.senses) == 1 or first.place.kind == "country":
        return None if first.weak else first.place
    margin = _weight(first) - _weight(named.senses[1])
    return first.place if margin > 1.5 and not first.weak else None


def _best(named: Named, context: _Context) -> GazetteerPlace:
    choices = named.senses[:_CHOICES]
    best = max(
        enumerate(choices),
        key=lambda choice: (_fit(choice[1], named, context), -choice[0]),
    )
    return best[1].place


def _weight(sense: Sense) -> float:
    people = math.log10(sense.place.population + 10)
    return people + _KIND.get(sense.place.kind, 0.0) - (1.5 if sense.weak else 0.0)


def _fit(sense: Sense, named: Named, context: _Context) -> float:
    place = sense.place
    total = _weight(sense)
    if named.within & set(place.path[:-1]):
        total += 8.0
    if named.described == place.kind:
        total += 3.0
    # A name must not be its own witness.
    own = context.places.get(named.name)
    same_country = own is not None and own.country == place.country
    said = _say(own, named) if own else 0.0
    total += _COUNTRY * _support(context.countries, place.country, said * same_country)
    if len(place.path) > 1:
        same_region = own is not None and own.path[1:2] == place.path[1:2]
        total += _REGION * _support(context.regions, place.path[1], said * same_region)
    if place.kind in ("city", "county"):
        total += _company(place, named.name, context)
    if _is_astray(place, named, context):
        total -= _ASTRAY
    return total


def _is_astray(place: GazetteerPlace, named: Named, context: _Context) -> bool:
    """Return whether a small town lies in a region of which the article names nothing,
    though it does name another of that country, as a Maine story hardly means Illinois.
    """
    if place.kind != "city" or place.population >= _SMALL or len(place.path) < 2:
        return False
    if named.within & set(place.path):
        return False
    others = [o for name, o in context.places.items() if name != named.name]
    return any(
        o.kind == "region" and o.country == place.country for o in others
    ) and all(o.path[1:2] != place.path[1:2] for o in others)


def _support(counts: Mapping[str, float], key: str, own: float) -> float:
    return math.log1p(max(0.0, counts.get(key, 0.0) - own))


def _company(place: GazetteerPlace, name: str, context: _Context) -> float:
    """Return what other towns of the article nearby are worth, 1.5 at the most."""
    near = sum(
        other != name and town.kind == "city" and _km(place, town) < _NEAR
        for other, town in context.places.items()
    )
    return min(1.5, 0.5 * near)


def _km(a: GazetteerPlace, b: GazetteerPlace) -> float:
    """Return the distance on a plane that is true enough for a few hundred km."""
    x = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return 111.2 * math.hypot(x, a.lat - b.lat)

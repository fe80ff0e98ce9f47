"""What speaks for each of the places a name may stand for: named features."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.toponyms.priors import Prior, around, square_of
from search.gazetteer import GazetteerPlace, Sense, key

_SIZES = (100_000, 1_000_000)  # people from which a town is known abroad
_SMALL = 50_000  # people of a town that is called by its region when far from home


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


def alone(
    sense: Sense,
    nth: int,
    named: Named,
    demonyms: Mapping[str, int],
    prior: Prior | None,
) -> dict[str, float]:
    """Return what speaks for the ``nth`` sense of a name before the others are known.

    ``demonyms`` counts ISO codes of peoples the article names.
    """
    place = sense.place
    found = {
        f"kind:{place.kind}": 1.0,
        f"people:{place.kind}": math.log10(place.population + 10) - 4,
    }
    if place.kind == "city":
        found |= {f"city:{size}": 1.0 for size in _SIZES if place.population >= size}
    if nth == 0:
        found["foremost"] = 1.0
    if sense.weak:
        found["weak"] = 1.0
    if key(place.label) == named.name:
        found["label"] = 1.0
    if named.within:
        inside = not named.within.isdisjoint(place.path[:-1])
        found["within" if inside else "without"] = 1.0
    if named.described:
        found[f"called:{named.described == place.kind}"] = 1.0
    if place.country in demonyms:
        found["demonym"] = math.log1p(demonyms[place.country])
    if prior is not None:
        found["outlet-region"] = prior.region(place)
        found["outlet-country"] = prior.country(place)
        if place.kind in ("city", "county"):
            found["outlet-near"] = prior.around(place)
    return found


class Context:
    """The places chosen for the names of an article, to be asked about one name."""

    def __init__(
        self, names: Iterable[Named], chosen: Mapping[str, GazetteerPlace]
    ) -> None:
        self._chosen = chosen
        self._says: dict[str, float] = {}
        self._countries: defaultdict[str, float] = defaultdict(float)
        self._regions: defaultdict[str, float] = defaultdict(float)
        self._about: Counter[tuple[int, int]] = Counter()  # towns about a degree away
        self._named: Counter[str] = Counter()  # regions named outright, by country
        for named in names:
            place = chosen[named.name]
            says = math.sqrt(named.count) * (1.5 if place.kind == "country" else 1.0)
            self._says[named.name] = says
            self._countries[place.country] += says
            if len(place.path) > 1:
                self._regions[place.path[1]] += says
            if place.kind in ("city", "county"):
                self._about.update(around(place))
            if place.kind == "region":
                self._named[place.country] += 1

        self._total = sum(self._says.values())

    def of(self, sense: Sense, named: Named) -> dict[str, float]:
        """Return what the article's other names say for ``sense``; a name is never
        its own witness.
        """
        place, own = sense.place, self._chosen[named.name]
        says = self._says[named.name]
        country = self._countries.get(place.country, 0.0)
        country -= says if own.country == place.country else 0.0
        found = {"country": math.log1p(max(0.0, country))}
        others = self._total - says
        if others > 0:
            found["country-share"] = max(0.0, country) / others
        if len(place.path) > 1:
            region = self._regions.get(place.path[1], 0.0)
            region -= says if own.path[1:2] == place.path[1:2] else 0.0
            found["region"] = math.log1p(max(0.0, region))
            if self._is_astray(place, own, region, named):
                found["astray"] = 1.0
        if place.kind in ("city", "county"):
            found["near"] = math.log1p(self._near(place, own))
        return found

    def _near(self, place: GazetteerPlace, own: GazetteerPlace) -> int:
        """Return how many other towns of the article lie about a degree away."""
        lat, lon = square_of(place)
        number = self._about[lat, lon]
        if own.kind in ("city", "county"):
            at = square_of(own)
            number -= abs(at[0] - lat) < 2 and abs(at[1] - lon) < 2
        return number

    def _is_astray(
        self, place: GazetteerPlace, own: GazetteerPlace, region: float, named: Named
    ) -> bool:
        """Return whether a small town lies in a region of which the article names
        nothing, though it does name another of that country, as a Maine story hardly
        means Illinois.
        """
        if place.kind != "city" or place.population >= _SMALL or region > 0:
            return False
        if not named.within.isdisjoint(place.path):
            return False
        number = self._named.get(place.country, 0)
        number -= own.kind == "region" and own.country == place.country
        return number > 0

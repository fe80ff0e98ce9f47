"""What the other names of an article say of a name, once each was looked at alone."""

from __future__ import annotations

import math
from bisect import bisect
from collections import defaultdict
from collections.abc import Mapping

from index.toponyms.mentions import Mention
from index.toponyms.priors import Prior

_SURE = 1.0  # log odds from which a name speaks for the region it lies in
_SENSES = 8  # that are looked at: the others are hardly ever meant
_BOUNDS = (-3.0, -1.0, 0.0, 1.0, 3.0)
_SHARES = (0.02, 0.2)  # of an outlet's articles


class Company:
    """The names of one article with their scores of the first round.

    ``prior`` is what the outlet's other articles tell, None where that is unknown.
    """

    def __init__(self, scores: Mapping[Mention, float], prior: Prior | None) -> None:
        scores_of: defaultdict[str, list[float]] = defaultdict(list)
        self._regions: defaultdict[str, set[str]] = defaultdict(set)
        self._prior = prior
        for mention, value in scores.items():
            scores_of[_place(mention)].append(value)
            if value > _SURE:
                best = mention.senses[0].place
                self._regions[_region(best.path, best.country)].add(mention.name)
        self._bounds = {
            place: (f"worst:{_bucket(min(own))}", f"best:{_bucket(max(own))}")
            for place, own in scores_of.items()
            if len(own) > 1
        }

    def features_of(self, mention: Mention, own: float) -> list[str]:
        """Return what the other mentions of the place and the other names say;
        ``own`` is this mention's score.
        """
        found = [f"own:{_bucket(own)}"]
        found += self._bounds.get(_place(mention), ("once",))
        senses = mention.senses[:_SENSES]
        regions = {_region(s.place.path, s.place.country) for s in senses}
        if any(self._speaks(region, mention.name) for region in regions):
            found.append("company")
        if self._prior is not None:
            shares = [self._prior.region(s.place) for s in senses]
            found.append(f"outlet:{bisect(_SHARES, max(shares))}")
        return found

    def _speaks(self, region: str, name: str) -> bool:
        """Return whether a name other than ``name`` speaks for a region."""
        names = self._regions.get(region, ())
        return len(names) > (name in names)


def _region(path: tuple[str, ...], country: str) -> str:
    return path[1] if len(path) > 1 else country


def _place(mention: Mention) -> str:
    """Return what tells that two names, as *U.S.* and *America*, are one place's."""
    return mention.senses[0].place.id


def _bucket(value: float) -> str:
    if value == -math.inf:
        return "never"
    return str(bisect(_BOUNDS, value))

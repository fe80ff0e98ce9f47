"""Which of the places of one name is meant: a linear ranker in two rounds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.toponyms.priors import Prior
from index.toponyms.ranking import Context, Named, alone
from index.toponyms.weights import Rounds
from search.gazetteer import GazetteerPlace

CHOICES = 40  # senses of a name that are looked at; Springfield has some 60
REACH = 4.0  # log odds by which what an outlet tells may lift one place over another
_ROUNDS = 2  # with context: the second knows what the first made of the other names


@dataclass(frozen=True, slots=True)
class Choice:
    """A place chosen for a name; ``odds`` is how probable it is among the namesakes,
    from 0 to 1. ``rivals`` are those that an outlet might prefer.
    """

    place: GazetteerPlace
    odds: float
    rivals: tuple[GazetteerPlace, ...] = ()


def resolve(
    names: Iterable[Named],
    demonyms: Mapping[str, int],
    weights: Rounds,
    prior: Prior | None = None,
) -> dict[str, Choice]:
    """Return what each name stands for.

    ``demonyms`` counts ISO codes as weak support, ``prior`` is the outlet's.
    """
    listed = list(names)
    features = {
        named.name: candidates(named, demonyms, prior)
        for named in listed
        if len(named.senses) > 1
    }
    first = {
        name: [_worth(found, weights.first) for found in rows]
        for name, rows in features.items()
    }
    chosen = {named.name: _best(named, first.get(named.name)) for named in listed}
    base = {
        name: [_worth(found, weights.second) for found in rows]
        for name, rows in features.items()
    }
    for _ in range(_ROUNDS if features else 0):
        context = Context(listed, {name: c.place for name, c in chosen.items()})
        chosen = {
            named.name: _best(
                named,
                [
                    worth + _worth(context.of(sense, named), weights.second)
                    for worth, sense in zip(
                        base[named.name], named.senses[:CHOICES], strict=True
                    )
                ]
                if named.name in base
                else None,
            )
            for named in listed
        }
    return chosen


def candidates(
    named: Named, demonyms: Mapping[str, int], prior: Prior | None
) -> list[dict[str, float]]:
    """Return the features of each sense without its context."""
    return [
        alone(sense, nth, named, demonyms, prior)
        for nth, sense in enumerate(named.senses[:CHOICES])
    ]


def _worth(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    total = 0.0
    for name, value in features.items():
        total += weights.get(name, 0.0) * value
    return total


def _best(named: Named, worth: list[float] | None) -> Choice:
    if worth is None:
        return Choice(named.senses[0].place, 1.0)
    top = max(worth)
    total = sum(math.exp(value - top) for value in worth)
    best = named.senses[worth.index(top)].place
    rivals = tuple(
        sense.place
        for value, sense in zip(worth, named.senses, strict=False)
        if value > top - REACH and sense.place is not best
    )
    return Choice(best, 1 / total, rivals)

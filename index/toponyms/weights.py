"""The weights of recogniser and resolver: numbers on named features, kept as JSON.

Fitted by ``tools/train_places.py`` to gold toponyms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rounds:
    """Weights by feature: ``first`` where a name is looked at alone, ``second`` where
    the article's other names are known too.
    """

    first: Mapping[str, float]
    second: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """What tells whether a name is a place, and which place it is."""

    recogniser: Rounds
    resolver: Rounds


def load(text: str) -> Model:
    """Return the model that ``text`` holds as JSON."""
    kept = json.loads(text)
    return Model(Rounds(**kept["recogniser"]), Rounds(**kept["resolver"]))


@cache
def shipped() -> Model:
    """Return the model that comes with the program."""
    return load((files("index.toponyms") / "weights.json").read_text("utf-8"))

"""The figures that may only rise: ``bench/floors.json``, a floor for each name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

_FLOORS = Path(__file__).with_name("floors.json")


def missed(figures: Mapping[str, float]) -> list[str]:
    """Return a line for each of ``figures`` that is below its floor.

    What has no floor is not held to one.
    """
    floors: dict[str, float] = json.loads(_FLOORS.read_text(encoding="utf-8"))
    return [
        f"{name} is {value}, below its floor of {floors[name]}"
        for name, value in figures.items()
        if value < floors.get(name, value)
    ]

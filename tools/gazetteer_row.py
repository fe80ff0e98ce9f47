"""A place while the gazetteer is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Row:
    """A place while it is being put together; ``above`` is a GeoNames admin code."""

    id: int
    kind: str
    country: str
    main: str
    label: str
    lat: float = 0.0
    lon: float = 0.0
    population: int = 0
    above: str = ""
    strong: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    capital: bool = False

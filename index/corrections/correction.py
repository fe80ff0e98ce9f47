"""What a person says of articles in place of what their pages say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import IntEnum

MANUAL = "manual"  # the method of every value set by hand
NOTHING = ""  # instead of a value: it is not known
UNKNOWN = "unknown"  # names the articles whose source is not


class Key(IntEnum):
    """What a row names articles by; the more it says, the greater it is."""

    SOURCE = 0
    PATH = 1
    ID = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """The values to set. None leaves what the page says; an empty one makes it unknown.

    ``places`` are GeoNames ids, ISO 3166 codes or names.
    """

    source: str | None = None
    date: str | None = None
    agency: str | None = None
    places: tuple[str, ...] | None = None

    def __bool__(self) -> bool:
        """Return whether it sets anything."""
        return any(True for _ in self.set)

    @property
    def set(self) -> Iterator[str]:
        """Yield the names of what it sets."""
        for field in fields(self):
            if getattr(self, field.name) is not None:
                yield field.name

    def packed(self) -> str:
        """Return it as text, "" where it sets nothing; equal ones are written alike."""
        said = {name: getattr(self, name) for name in self.set}
        return json.dumps(said) if said else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it says of the articles that ``name`` names; ``line`` is its first.

    A path has ``/`` and starts at the folder of its file.
    """

    key: Key
    name: str
    line: int
    said: Correction


def unpacked(text: str) -> Correction:
    """Return the correction that was packed."""
    said = json.loads(text) if text else {}
    if said.get("places") is not None:
        said["places"] = tuple(said["places"])
    return Correction(**said)


def merged(said: Iterable[Correction]) -> Correction:
    """Return one correction for several: of each value, the last that is set."""
    values: dict[str, object] = {}
    for each in said:
        values.update((name, getattr(each, name)) for name in each.set)
    return Correction(**values)  # type: ignore[arg-type]  # names and values go together

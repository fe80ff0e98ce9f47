"""How well toponyms were found and placed: the measures of geoparsing.

Gold toponyms may be ``optional`` (demonyms, parts of names, languages): then neither
missing nor finding them counts. A place is right within 161 km, a hundred miles, or
where its GeoNames id is gold's, as Leidner (2007) and Gritta, Pilehvar and Collier
(2020) have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from tools.distances import km

NEAR = 161.0  # km
# Countries that are no more, by the codes gold has for them, and what they became.
_SUCCESSORS = {
    "SU": "RU UA BY UZ KZ GE AZ LT MD LV KG TJ AM TM EE",
    "CS": "CZ SK",
    "YU": "RS HR SI BA MK ME XK",
    "AN": "CW SX BQ",
}


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name at ``start`` to ``end`` and what it stands for, as far as is known."""

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    id: int | None = None
    country: str | None = None
    optional: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Return where it stands."""
        return self.start, self.end

    def overlaps(self, other: Toponym) -> bool:
        """Return whether both have a character in common."""
        return self.start < other.end and other.start < self.end

    def is_at(self, gold: Toponym) -> bool:
        """Return whether this is the place of ``gold``, which has coordinates."""
        if self.id and self.id == gold.id:
            return True
        places = (self.lat, self.lon, gold.lat, gold.lon)
        if None in places:
            return False
        return km(*(float(value or 0) for value in places)) <= NEAR


@dataclass(slots=True)
class Tally:
    """Counts of what was found rightly, found wrongly and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of what is right that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 0.0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count what one document adds."""
        self.right += right
        self.wrong += wrong
        self.missed += missed


@dataclass(slots=True)
class Placed:
    """Spans exactly as gold has them; names found that have coordinates in gold, and
    how many of them are ``near``; precision and recall of names found and placed, whose
    counts differ on both sides (a name may overlap two of gold's); countries.
    """

    spans: Tally = field(default_factory=Tally)
    located: int = 0
    near: int = 0
    wanted: int = 0
    offered: int = 0
    offered_right: int = 0
    countries: Tally = field(default_factory=Tally)

    @property
    def within(self) -> float:
        """Return the share of names found that are placed within 161 km."""
        return self.near / max(1, self.located)

    @property
    def end_to_end(self) -> float:
        """Return F1 of names that were both found and placed within 161 km."""
        recall = self.near / max(1, self.wanted)
        precision = self.offered_right / max(1, self.offered)
        both = precision + recall
        return 2 * precision * recall / both if both else 0.0

    def add(
        self,
        gold: Sequence[Toponym],
        found: Sequence[Toponym],
        countries: AbstractSet[str],
    ) -> None:
        """Count a document: its toponyms, what was found, and the countries told."""
        required = [g for g in gold if not g.optional]
        optional = [g for g in gold if g.optional]
        _count_spans(self.spans, required, optional, found)
        for one in (g for g in required if g.lat is not None):
            self.wanted += 1
            exact = [f for f in found if f.span == one.span]
            hits = exact or [f for f in found if f.overlaps(one)]
            hits = [f for f in hits if f.lat is not None]
            self.located += bool(hits)
            self.near += bool(hits) and hits[0].is_at(one)
        for one in found:
            if any(one.overlaps(g) for g in optional):
                continue
            over = [g for g in required if one.overlaps(g)]
            placed = [g for g in over if g.lat is not None]
            if placed or not over:
                self.offered += 1
                self.offered_right += any(one.is_at(g) for g in placed)
        count_countries(
            self.countries,
            {g.country for g in required if g.country},
            countries,
            {g.country for g in optional if g.country},
        )


def count_countries(
    tally: Tally,
    gold: AbstractSet[str],
    told: AbstractSet[str],
    open_: Iterable[str] = (),
) -> None:
    """Count the countries of a document; ``open_`` are no error, nor missed."""
    right = missed = 0
    used: set[str] = set()
    for code in gold:
        met = told & {code, *_SUCCESSORS.get(code, "").split()}
        used |= met
        right += bool(met)
        missed += not met
    tally.add(right, len(told - used - set(open_)), missed)


def _count_spans(
    tally: Tally,
    required: Sequence[Toponym],
    optional: Sequence[Toponym],
    found: Sequence[Toponym],
) -> None:
    spans = {g.span for g in required}
    mine = {f.span: f for f in found}
    right = spans & mine.keys()
    wrong = [
        f
        for span, f in mine.items()
        if span not in spans and not any(f.overlaps(g) for g in optional)
    ]
    tally.add(len(right), len(wrong), len(spans - right))

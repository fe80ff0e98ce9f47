"""What articles say of places, counted by a loop over them: plainly right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import log

from search.gazetteer import gazetteer
from search.mentions import Companion, PlaceCount, Written
from search.model import Article

Label = Callable[[str, str], str]


class PlaceLoop:
    """Counts over ``articles``; ``every`` article says what lies in what, and where."""

    def __init__(
        self,
        articles: Sequence[Article],
        every: Sequence[Article],
        parents: dict[str, str],
        label: Label,
    ) -> None:
        self.articles = articles
        self.every = every
        self.parents = parents
        self.label = label

    def count(self, place: str) -> PlaceCount:
        path, known = self.path(place), gazetteer().place(place)
        return PlaceCount(
            place,
            self.label("place", place),
            sum(any(place in p.path for p in a.places) for a in self.articles),
            self.own(place, self.articles),
            path[-2] if len(path) > 1 else None,
            len(path) - 1,
            *self.point(place),
            known.kind if known else None,
        )

    def listed(self) -> list[PlaceCount]:
        named = {step for a in self.articles for p in a.places for step in p.path}
        found = [self.count(place) for place in named]
        return sorted(found, key=lambda one: (-one.count, one.level, one.id))

    def own(self, place: str, articles: Sequence[Article]) -> int:
        return sum(any(p.id == place for p in a.places) for a in articles)

    def path(self, place: str) -> tuple[str, ...]:
        if place not in self.parents:
            known = gazetteer().place(place)
            return known.path if known else (place,)
        path = [place]
        while above := self.parents.get(path[0], ""):
            path.insert(0, above)
        return tuple(path)

    def point(self, place: str) -> tuple[float | None, float | None]:
        known = gazetteer().place(place)
        if known:
            return known.lat, known.lon
        said = Counter(
            (p.lat, p.lon)
            for a in self.every
            for p in a.places
            if p.id == place and p.lat is not None and p.lon is not None
        )
        return max(said, key=lambda point: said[point], default=(None, None))

    def written(self, place: str) -> list[Written]:
        texts = Counter(
            text
            for article in self.articles
            for text in {
                w for p in article.places if p.id == place for w in p.as_written
            }
        )
        called = {
            text.casefold(): text
            for text in sorted(texts, key=lambda text: (texts[text], _last(text)))
        }
        found = Counter(
            (called[text], article.source.value if article.source else None)
            for article in self.articles
            for text in {
                w.casefold()
                for p in article.places
                if p.id == place
                for w in p.as_written
            }
        )
        rows = [
            Written(text, outlet, outlet and self.label("source", outlet), count)
            for (text, outlet), count in found.items()
        ]
        return sorted(
            rows, key=lambda one: (-one.count, one.spelling, one.source or "")
        )

    def companions(self, place: str, usual: Sequence[Article]) -> list[Companion]:
        named = {p.id for article in self.articles for p in article.places}
        found = []
        for other in named:
            if other in self.path(place) or place in self.path(other):
                continue
            count, everywhere = self.own(other, self.articles), self.own(other, usual)
            times = count / len(self.articles) / (everywhere / len(usual))
            strength = _ratio(count, len(self.articles), everywhere, len(usual))
            label = self.label("place", other)
            if times >= 1:
                found.append(Companion(other, label, count, times, strength))
        order = sorted(found, key=lambda one: (-one.strength, -one.count, one.id))
        return order[:24]


def _last(text: str) -> list[int]:
    """Return what sorts texts the other way round."""
    return [-ord(letter) for letter in text]


def _ratio(there: int, size: int, everywhere: int, whole: int) -> float:
    cells = [
        (there, size, everywhere),
        (size - there, size, whole - everywhere),
        (everywhere - there, whole - size, everywhere),
        (whole - size - everywhere + there, whole - size, whole - everywhere),
    ]
    return 2 * sum(
        seen * log(seen * whole / row / column) for seen, row, column in cells if seen
    )

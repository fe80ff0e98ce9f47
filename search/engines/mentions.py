"""Places counted from columns: how many articles name each, how, and beside what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.tables import Tables
from search.mentions import Companion, PlaceCount, Written

_COMPANIONS = 24
_DEEPEST = 16  # levels; places that lie in each other are no reason to hang

Floats = NDArray[np.float64]


class Mentions:
    """What ``docs``, articles of one state, say of places.

    ``everywhere`` are all articles, which is what is usual.
    """

    def __init__(self, columns: Columns, tables: Tables, docs: DocSet) -> None:
        self._columns = columns
        self._tables = tables
        self._docs = docs
        self._counts = columns["place"].counts(docs)
        self._own = own_counts(columns, docs)

    def listed(self, prefix: str = "") -> tuple[PlaceCount, ...]:
        """Return every place that is named, those first that most articles name.

        With a ``prefix``, those of which a name has a word that begins so.
        """
        codes = np.flatnonzero(self._counts)
        if prefix:
            codes = codes[self._tables.beginning("place", prefix)[codes]]
        order = np.lexsort((codes, self._columns.levels[codes], -self._counts[codes]))
        return tuple([self._counted(code) for code in codes[order].tolist()])

    def of(self, place: str) -> PlaceCount:
        """Return how many name ``place``, which may be none."""
        code = self._columns["place"].code_of.get(place)
        if code is not None and self._counts[code]:
            return self._counted(code)
        path = self.path(place)
        parent = path[-2] if len(path) > 1 else None
        return self._placed(place, 0, 0, parent, len(path) - 1)

    def inside(self, place: str) -> tuple[PlaceCount, ...]:
        """Return what lies directly in ``place``, most articles first."""
        code = self._columns["place"].code_of.get(place, -1)
        inside = (self._columns.above == code) & (self._counts > 0)
        found = [self._counted(one) for one in np.flatnonzero(inside).tolist()]
        return tuple(sorted(found, key=lambda one: (-one.count, one.id)))

    def written(self, place: str) -> tuple[Written, ...]:
        """Return each spelling of ``place`` by outlet, the commonest first.

        What differs in capitals only, as in headlines, is one spelling.
        """
        spelling, source = self._columns["spelling"], self._columns["source"]
        first = bisect_left(spelling.values, place, key=itemgetter(0))
        last = bisect_right(spelling.values, place, key=itemgetter(0))
        docs, codes = spelling.held(self._docs)
        so = (codes >= first) & (codes < last)
        ways, of_way = _ways(
            [text for _, text in spelling.values[first:last]],
            np.bincount(codes[so] - first, minlength=last - first),
        )
        each = np.unique(np.stack((docs[so], of_way[codes[so] - first])), axis=1)
        rows, counts = np.unique(
            np.stack((each[1], source.first(each[0]))), axis=1, return_counts=True
        )
        found = []
        for (way, outlet), count in zip(rows.T.tolist(), counts.tolist(), strict=True):
            value = source.values[outlet] if outlet < len(source.values) else None
            label = None if value is None else self._tables.label("source", value)
            found.append(Written(ways[way], value, label, count))
        return tuple(sorted(found, key=_by_count))

    def companions(self, place: str, usual: DocSet) -> tuple[Companion, ...]:
        """Return what is named beside ``place``, which all of ``docs`` name.

        It is no rarer there than in the ``usual`` articles. The strongest come first,
        then those that more articles name.
        """
        everywhere = own_counts(self._columns, usual)
        strength, times = association(
            self._own, self._docs.count, everywhere, usual.count
        )
        company = (self._own > 0) & (strength >= 0) & ~self._related(place)
        there = np.flatnonzero(company)
        order = np.lexsort((there, -self._own[there], -strength[there]))
        values = self._columns["place"].values
        return tuple(
            Companion(
                values[code],
                self._tables.label("place", values[code]),
                int(self._own[code]),
                float(times[code]),
                float(strength[code]),
            )
            for code in there[order][:_COMPANIONS].tolist()
        )

    def _related(self, place: str) -> NDArray[np.bool_]:
        """Return, by code, whether one of two places lies in the other."""
        above, code_of = self._columns.above, self._columns["place"].code_of
        related = np.zeros(len(above) + 1, np.bool_)  # the last is nothing
        related[code_of[place]] = True
        for _ in range(_DEEPEST):
            inside = related[above]
            if not (inside & ~related[:-1]).any():
                break
            related[:-1] |= inside
        related[[code_of[step] for step in self.path(place) if step in code_of]] = True
        return related[:-1]

    def path(self, place: str) -> tuple[str, ...]:
        """Return what ``place`` lies in and itself, country first.

        As articles have it, else as the gazetteer does.
        """
        parents = self._columns.parents
        if place not in parents:
            known = self._tables.known(place)
            return known.path if known else (place,)
        path = [place]
        while (above := parents.get(path[-1], "")) and len(path) < _DEEPEST:
            path.append(above)
        return tuple(reversed(path))

    def _counted(self, code: int) -> PlaceCount:
        place = self._columns["place"].values[code]
        return self._placed(
            place,
            int(self._counts[code]),
            int(self._own[code]),
            self._columns.parents.get(place) or None,
            int(self._columns.levels[code]),
        )

    def _placed(
        self, place: str, count: int, own: int, parent: str | None, level: int
    ) -> PlaceCount:
        """Return a count with what the gazetteer says of the place, else articles."""
        label, known = self._tables.label("place", place), self._tables.known(place)
        if known is not None:
            lat, lon, kind = known.lat, known.lon, known.kind
            return PlaceCount(place, label, count, own, parent, level, lat, lon, kind)
        north, _, east = self._columns.points.get(place, "").partition(" ")
        point = (float(north), float(east)) if east else (None, None)
        return PlaceCount(place, label, count, own, parent, level, *point)


def own_counts(columns: Columns, docs: DocSet) -> Ids:
    """Return, by code of the column of places, how many ``docs`` name the very place.

    A place that is only what a named one lies in is not named itself.
    """
    counts = columns["place_label"].counts(docs)
    size = len(columns["place"].values)
    return np.bincount(columns.named, counts, size + 1)[:size].astype(np.int64)


def association(
    there: Ids, size: int, everywhere: Ids, whole: int
) -> tuple[Floats, Floats]:
    """Return how strongly each of some things belongs to ``size`` of all articles.

    ``there`` of the ``size`` have it, ``everywhere`` of the ``whole``. First Dunning's
    log-likelihood ratio, 2 Σ O ln(O / E) over the four cells of the table, negative
    where it is rarer than elsewhere; then how many times as often as in all articles.
    """
    rest, beyond = size - there, everywhere - there
    cells = (there, rest, beyond, whole - size - beyond)
    rows = (size, size, whole - size, whole - size)
    columns = (everywhere, whole - everywhere, everywhere, whole - everywhere)
    total = np.zeros(len(there))
    for seen, row, column in zip(cells, rows, columns, strict=True):
        expected = row * column / max(1, whole)
        ratio = np.divide(seen, expected, out=np.ones(len(there)), where=expected > 0)
        total += seen * np.log(ratio, out=np.zeros(len(there)), where=seen > 0)
    usual = np.maximum(everywhere, 1) / max(1, whole)
    times = there / max(1, size) / usual
    return np.where(times < 1, -2, 2) * np.maximum(total, 0), times


def _ways(texts: Sequence[str], counts: Ids) -> tuple[list[str], Ids]:
    """Return spellings, capitals aside, and which of them each of ``texts`` is.

    One is called as ``counts`` says that most write it, the first of those that tie.
    """
    numbers: dict[str, int] = {}
    of_way = [numbers.setdefault(text.casefold(), len(numbers)) for text in texts]
    called: dict[int, tuple[int, str]] = {}
    for text, way, count in zip(texts, of_way, counts.tolist(), strict=True):
        called[way] = min(called.get(way, (1, "")), (-count, text))
    return [text for _, text in called.values()], np.array(of_way, np.int64)


def _by_count(one: Written) -> tuple[int, str, str]:
    return -one.count, one.spelling, one.source or ""

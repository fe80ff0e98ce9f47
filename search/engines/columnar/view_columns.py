"""The columns of all segments as those of one index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.column import Column
from search.engines.columnar.view import View
from search.engines.columns import Columns
from search.engines.docsets import WORD
from search.engines.groups import Groups
from search.engines.labels import Labels, Table


def columns_of(view: View, labels: Sequence[Labels], table: Table) -> Columns:
    """Return the columns of ``view``; of one segment, without a copy.

    ``labels`` are of each segment's documents.
    """
    return Columns(
        _joined(view, "c/id", np.zeros(0, "S1")),
        _joined(view, "c/first", np.zeros(0, np.int32)),
        _joined(view, "c/last", np.zeros(0, np.int32)),
        lambda name: _column(view, name),
        lambda: _groups(view, labels, table),
        live=view.live,
    )


def _groups(view: View, labels: Sequence[Labels], table: Table) -> Groups:
    moved = [
        one.moved(np.arange(segment.size) + base)
        for one, segment, base in zip(labels, view.segments, view.bases, strict=True)
    ]
    return Groups(len(view.live.mask), Labels.joined(moved), table)


def _column(view: View, name: str) -> Column[Any]:
    found = [segment.column(name) for segment in view.segments]
    parts = [Column(part.values, part.codes, part.off) for part in found]
    if len(parts) == 1:
        return parts[0]
    return Column.join(parts, _rooms(view))


def _joined(view: View, name: str, none: NDArray[Any]) -> NDArray[Any]:
    """Return an array with a number of each document; between segments, zeros."""
    arrays = [segment.container.array(name) for segment in view.segments]
    if len(arrays) == 1:
        return arrays[0]
    filled: list[NDArray[Any]] = [none]
    for array, room in zip(arrays, _rooms(view), strict=True):
        filled += [array, np.zeros(room - len(array), array.dtype)]
    return np.concatenate(filled)


def _rooms(view: View) -> Sequence[int]:
    """Return how many document numbers each segment takes."""
    return [segment.words * WORD for segment in view.segments]

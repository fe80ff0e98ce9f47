"""Segments merged inside a commit, as the tiers have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from search.engines.columnar import tiers
from search.engines.columnar.commits import Part, new_part
from search.engines.columnar.merger import merge
from search.engines.columnar.segment import Segment
from search.engines.columnar.store import Store
from search.engines.docsets import ids_of
from search.engines.labels import Labels


def compacted(store: Store, parts: Sequence[Part]) -> list[Part]:
    """Return ``parts`` with some of them merged into new segments, synced.

    Raises:
        Damaged: a segment is not what was written; it is not made sound by copying it.
        OSError: the disk is full or fails.
    """
    sizes = [part.entry.documents for part in parts]
    deleted = [part.entry.documents - part.alive for part in parts]
    left: dict[int, Part] = dict(enumerate(parts))
    for group in tiers.choose(sizes, deleted):
        left[group[0]] = merged(store, [left.pop(i) for i in group])
    return [left[i] for i in sorted(left)]


def merged(store: Store, parts: Sequence[Part]) -> Part:
    """Return the living documents of ``parts`` as one new segment, synced.

    Raises:
        Damaged: a segment is not what was written.
        OSError: the disk is full or fails.
    """
    segments = [Segment(part.container) for part in parts]
    path = store.new_segment()
    root = merge(segments, [part.live for part in parts], path, store.folder.disk)
    return replace(new_part(path, root), labels=_labels(parts))


def _labels(parts: Sequence[Part]) -> Labels:
    """Return the labels of the living documents of ``parts`` in a row."""
    found, base = [], 0
    for part in parts:
        alive = ids_of(part.live)
        numbers = np.full(part.entry.documents, -1, np.int64)
        numbers[alive] = np.arange(base, base + len(alive))
        found.append(part.labels.moved(numbers))
        base += len(alive)
    return Labels.joined(found)

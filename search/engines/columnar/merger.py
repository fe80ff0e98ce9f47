"""Several segments, without their deleted documents, made one.

Documents keep their order. Stored frames are copied as they are wherever they were
compressed with the dictionary of the biggest segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from search.distinct import distinct
from search.engines.columnar import sketches
from search.engines.columnar.column_writer import (
    write_column,
    write_days,
    write_groups,
)
from search.engines.columnar.container import ContainerWriter
from search.engines.columnar.field_merger import Source, merged_field
from search.engines.columnar.segment import Segment
from search.engines.columnar.stored import FrameWriter
from search.engines.disk import Disk
from search.engines.docsets import Bits, ids_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def merge(
    segments: Sequence[Segment],
    live: Sequence[Bits],
    path: Path,
    disk: Disk,
) -> str:
    """Write the living documents of ``segments`` to the new file ``path``.

    ``live`` has the bitmap of each segment. Return the root of the new segment, which
    may be an empty one.

    Raises:
        Damaged: a segment is not what was written.
        OSError: the disk is full or fails; nothing is left of the file then.
    """
    sources = _sources(segments, live)
    names = dict.fromkeys(name for segment in segments for name in segment.fields)
    with ContainerWriter(path, disk) as container:
        fields = {
            name: merged_field(name, sources, path.parent).write(container)
            for name in names
        }
        _merge_sketches(sources, container)
        meta = {
            "documents": sum(len(source.alive) for source in sources),
            "fields": fields,
            "columns": _merge_columns(sources, container),
            "stored": _merge_frames(sources, container, path.parent),
        }
        return container.finish(meta)


def _sources(segments: Sequence[Segment], live: Sequence[Bits]) -> list[Source]:
    found = []
    base = 0
    for segment, bits in zip(segments, live, strict=True):
        alive = ids_of(bits)
        numbers = np.full(segment.size, -1, np.int64)
        numbers[alive] = np.arange(base, base + len(alive))
        found.append(Source(segment, alive, numbers))
        base += len(alive)
    return found


def _merge_columns(sources: list[Source], container: ContainerWriter) -> dict[str, Any]:
    """Write the columns all sources have; return what ``meta`` says of them."""
    described = [source.segment.meta["columns"] for source in sources]
    if not all(described):
        return {}
    known = [source.segment.container for source in sources]
    numbers = [
        np.concatenate(
            [c.array(f"c/{name}")[s.alive] for c, s in zip(known, sources, strict=True)]
        )
        for name in ("id", "first", "last", "group")
    ]
    write_days(container, *numbers[:3])
    write_groups(container, numbers[3])
    for name in described[0]["names"]:
        _merge_column(name, sources, container)
    return dict(described[0])


def _merge_sketches(sources: list[Source], container: ContainerWriter) -> None:
    """Write the sketches, where all sources have them."""
    known = [(source.segment.container, source.numbers) for source in sources]
    if all(sketches.has_sketches(found) for found, _ in known):
        sketches.merge(known, sum(len(source.alive) for source in sources), container)


def _merge_column(name: str, sources: list[Source], container: ContainerWriter) -> None:
    """Write one column; values that only deleted documents had are left out."""
    columns = [source.segment.column(name) for source in sources]
    found: list[tuple[list[bytes], Ints]] = []
    counts = []
    for column, source in zip(columns, sources, strict=True):
        codes, numbers = column.of(source.alive)
        used = distinct(codes)
        values = column.encoded
        found.append(([values[i] for i in used.tolist()], np.searchsorted(used, codes)))
        counts.append(numbers)
    merged = sorted(set().union(*(values for values, _ in found)))
    rank = {value: i for i, value in enumerate(merged)}
    renamed = [
        np.array([rank[value] for value in values], np.int64)[codes]
        for values, codes in found
    ]
    write_column(
        container, name, merged, np.concatenate(renamed), np.concatenate(counts)
    )


def _merge_frames(
    sources: list[Source], container: ContainerWriter, folder: Path
) -> dict[str, Any]:
    """Write what is stored of the living documents, as the biggest segment does."""
    biggest = max(sources, key=lambda source: source.segment.size)
    dictionary = biggest.segment.frames.dictionary
    writer = FrameWriter(folder, dictionary)
    for source in sources:
        frames = source.segment.frames
        if dictionary and frames.dictionary == dictionary:
            for sizes, data in frames.copies(source.alive):
                writer.add_frames(sizes, data)
        else:
            for doc in source.alive.tolist():
                writer.add(frames.frame(doc))
    return writer.write(container)

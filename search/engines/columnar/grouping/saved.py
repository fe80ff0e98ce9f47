"""The groups of a commit as a file beside its segments.

``counts`` is how many documents in groups each segment has; ``docs``, ``groups``,
``texts``, ``words`` and ``named`` have one number for each of those, ``family`` and
``kept`` one for each group: how many texts' shares are in ``shares``, row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from search.engines.columnar.container import Container, ContainerWriter
from search.engines.disk import Disk
from search.engines.labels import Labels, SharesByGroup, Table
from search.engines.sealed import Damaged


class Saved(NamedTuple):
    """The labels of each segment's documents, and the groups they name."""

    labels: tuple[Labels, ...]
    table: Table


def write(path: Path, labels: Sequence[Labels], table: Table, disk: Disk) -> str:
    """Write the groups to the new file ``path``; return its root.

    Raises:
        OSError: the disk is full or fails.
    """
    with ContainerWriter(path, disk) as writer:
        writer.put("counts", np.array([len(one.docs) for one in labels], np.uint32))
        for name, type_ in _TYPES.items():
            found = [np.zeros(0, np.int64), *(getattr(one, name) for one in labels)]
            writer.put(name, np.concatenate(found).astype(type_))
        writer.put("family", table.families.astype(np.uint32))
        writer.put("kept", table.shares.kept.astype(np.uint8))
        writer.put("shares", table.shares.flat)
        return writer.finish({})


_TYPES = {
    "docs": np.uint32,
    "groups": np.uint32,
    "texts": np.uint32,
    "words": np.uint32,
    "named": np.uint8,
}


def read(path: Path, root: str | None, sizes: Sequence[int]) -> Saved:
    """Return the groups in the file at ``path``, of segments of so many documents.

    Raises:
        Damaged: it is not what was written.
        OSError: it cannot be opened.
    """
    container = Container.open(path, root)
    try:
        return _read(container, sizes)
    except (KeyError, ValueError, IndexError) as error:
        raise Damaged(f"{path.name} holds no groups: {error}") from error
    finally:
        container.close()


def _read(container: Container, sizes: Sequence[int]) -> Saved:
    ends = np.cumsum(container.array("counts").astype(np.int64))
    if len(ends) != len(sizes):
        raise ValueError("it is of other segments")
    columns = [container.array(name).astype(np.int64) for name in _TYPES]
    parts = [
        Labels(*some)
        for some in zip(*(np.split(c, ends[:-1]) for c in columns), strict=True)
    ]
    kept = container.array("kept").astype(np.int64)
    for part, size in zip(parts, sizes, strict=True):
        if len(part.docs) and (part.docs[-1] >= size or part.groups.max() >= len(kept)):
            raise ValueError("it names what is not there")
    if int((kept * kept).sum()) != container.array("shares").size:
        raise ValueError("it has the shares of other groups")
    shares = SharesByGroup(kept, container.array("shares").copy())
    return Saved(
        tuple(parts), Table(container.array("family").astype(np.int64), shares)
    )

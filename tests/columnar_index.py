"""A columnar index as tests make one and look into it, below the searcher."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from search.engines.columnar import live
from search.engines.columnar.build import ColumnarBuild
from search.engines.columnar.commits import Part, damage, open_current
from search.engines.columnar.disk import Disk
from search.engines.columnar.fingerprint import FORMAT
from search.engines.columnar.record import Record
from search.engines.columnar.segment import Segment
from search.engines.folder import Folder
from search.engines.lone import LoneWriter
from search.model import Article

DISK = Disk()


def writer(folder: Folder, memory: int = 1) -> LoneWriter:
    return LoneWriter(ColumnarBuild(folder, full=False, memory=memory))


def put(folder: Folder, *articles: Article, delete: Iterable[str] = ()) -> None:
    """Commit one batch."""
    with writer(folder) as batch:
        for one in articles:
            batch.add(one)
        for name in delete:
            batch.delete(name)


def contents(folder: Folder) -> dict[str, str]:
    """Return id and text of every live article; an id twice is an error."""
    found: dict[str, str] = {}
    snapshot = open_current(folder, FORMAT)
    with damage(folder):
        for part in snapshot.parts:
            for name, text in _articles(part):
                assert name not in found
                found[name] = text
    snapshot.close()
    return found


def _articles(part: Part) -> Iterable[tuple[str, str]]:
    segment = Segment.open(part.container)
    for doc in docs(part.live):
        article = Record(segment.stored(doc)).article()
        yield article.id, article.text


def docs(bits: live.Bits) -> list[int]:
    """Return the documents of a bitmap."""
    return [
        int(d)
        for d in np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little"))
    ]


def files(path: Path) -> list[str]:
    """Return the names of all files and folders of an index, its notes aside."""
    names = (str(p.relative_to(path)) for p in path.rglob("*"))
    return sorted(name for name in names if "/state/" not in name)

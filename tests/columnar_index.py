"""A columnar index as tests make one and look into it, below the searcher."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from search.engines.columnar.build import ColumnarBuild
from search.engines.columnar.commits import Part, damage, open_current
from search.engines.columnar.fingerprint import FORMAT
from search.engines.columnar.record import Record
from search.engines.columnar.segment import Segment
from search.engines.disk import Disk
from search.engines.docsets import Bits, ids_of
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


def articles(folder: Folder) -> list[Article]:
    """Return every live article; an id twice is an error."""
    snapshot = open_current(folder, FORMAT)
    with damage(folder):
        found = [article for part in snapshot.parts for article in _articles(part)]
    snapshot.close()
    assert len({article.id for article in found}) == len(found)
    return found


def contents(folder: Folder) -> dict[str, str]:
    """Return id and text of every live article."""
    return {article.id: article.text for article in articles(folder)}


def _articles(part: Part) -> list[Article]:
    segment = Segment(part.container)
    return [Record(segment.stored(doc)).article() for doc in docs(part.live)]


def docs(bits: Bits) -> list[int]:
    """Return the documents of a bitmap."""
    return [int(doc) for doc in ids_of(bits)]


def files(path: Path) -> list[str]:
    """Return the names of all files and folders of an index, its notes aside."""
    names = (str(p.relative_to(path)) for p in path.rglob("*"))
    return sorted(name for name in names if "/state/" not in name)

"""Whoosh's index on columnar commits, for any Whoosh schema.

    index = create_in(Path("books"), Schema(title=TEXT(stored=True)))
    with index.writer() as writer:
        writer.add_document(title="The Harbour")
    with index.searcher() as searcher:
        searcher.search(Term("title", "harbour"))

The schema is the program's: the index keeps its fingerprint only, and opens with no
other. Weights and fields that change are refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from whoosh.index import EmptyIndexError, Index, LockError
from whoosh.reading import IndexReader

from search.engines.columnar.commits import open_current
from search.engines.columnar.fingerprint import format_of
from search.engines.columnar.segment import Segment
from search.engines.columnar.store import Store, faults
from search.engines.columnar.whoosh.documents import fixed
from search.engines.columnar.whoosh.reader import reader_of
from search.engines.columnar.whoosh.remedies import REMEDIES
from search.engines.columnar.whoosh.searcher import ColumnarSearcher
from search.engines.columnar.whoosh.writer import ColumnarIndexWriter
from search.engines.folder import Folder
from search.engines.unusable import PROGRAMS
from search.errors import BadSetting, IndexLocked, NoIndex

if TYPE_CHECKING:
    from whoosh.fields import FieldType, Schema


def create_in(path: Path, schema: Schema) -> ColumnarIndex:
    """Return a new, empty index in the folder at ``path``, made if need be.

    Raises:
        BadSetting: there is an index already, or other files.
        LockError: another writer holds the folder.
    """
    folder = _folder(path)
    try:
        with folder.locked(), faults(folder):
            if folder.pointer.exists():
                raise BadSetting(f"there is an index in {path}; name another folder")
            store = Store(folder, folder.begin(_format(schema), 0), visible=True)
            store.finish()
    except IndexLocked as error:
        raise LockError(str(error)) from error
    return ColumnarIndex(folder, schema)


def open_dir(path: Path, schema: Schema) -> ColumnarIndex:
    """Return the index in the folder at ``path``.

    Raises:
        EmptyIndexError: there is none.
        IndexUnusable: it is damaged, or of another schema.
    """
    index = ColumnarIndex(_folder(path), schema)
    try:
        index.folder.current(index.format)
    except NoIndex as error:
        raise EmptyIndexError(f"there is no index in {path}") from error
    return index


class ColumnarIndex(Index):  # type: ignore[misc]  # Whoosh is untyped
    """The index in ``folder``; it may change between two calls."""

    def __init__(self, folder: Folder, schema: Schema) -> None:
        self.folder = folder
        self.schema = schema
        self.format = _format(schema)

    def latest_generation(self) -> int:
        """Return the number of the last commit."""
        return self.folder.number()

    def last_modified(self) -> float:
        """Return when the last commit was made, in seconds since 1970."""
        nanoseconds, _ = self.folder.stamp()
        return nanoseconds / 1e9

    def is_empty(self) -> bool:
        """Return whether there are no documents, not even deleted ones."""
        count: int = self.doc_count_all()
        return count == 0

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:
        """Return a reader of the current commit; ``reuse`` is closed.

        Raises:
            NoIndex: the index is gone.
            IndexUnusable: it is damaged.
        """
        snapshot = open_current(self.folder, self.format)
        parts = [(Segment(part.container), part.live) for part in snapshot.parts]
        if reuse is not None:
            reuse.close()
        number = snapshot.commit.number
        return reader_of(parts, self.schema, number, snapshot.close)

    def searcher(self, **kwargs: Any) -> ColumnarSearcher:
        """Return a searcher of the current commit."""
        return ColumnarSearcher(self.reader(), fromindex=self, **kwargs)

    def writer(self, **kwargs: Any) -> ColumnarIndexWriter:
        """Return the index's one writer.

        Raises:
            LockError: there is another.
        """
        return ColumnarIndexWriter(self.folder, self.schema, self.format, **kwargs)

    def optimize(self) -> None:
        """Merge all segments into one, without what is deleted."""
        self.writer().commit(optimize=True)

    def add_field(self, fieldname: str, fieldspec: FieldType) -> NoReturn:
        """Refuse: the fields of an index are fixed."""
        raise fixed(fieldname, fieldspec)

    def remove_field(self, fieldname: str) -> NoReturn:
        """Refuse: the fields of an index are fixed."""
        raise fixed(fieldname)


def _folder(path: Path) -> Folder:
    return Folder(path, remedies=REMEDIES)


def _format(schema: Schema) -> str:
    """Return a format that no run of ``dateline`` takes for its own."""
    return PROGRAMS + format_of(schema)

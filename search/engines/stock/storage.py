"""Whoosh's files on disk: its schema plus ours, and commits that survive power loss."""

from __future__ import annotations

import zlib
from hashlib import blake2b
from pathlib import Path
from typing import Any

from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.engines.folder import Generation, sync
from search.language.schema import SCHEMA

NAME = "MAIN"
TABLE = f"_{NAME}_{{}}.toc"  # of a commit's number
ARTICLE = "stored_article"  # search/engines/record.py
ROW = "stored_row"  # search/engines/rows.py

_SEAL = ".sum"

# Shows in its tokens most of what an analyzer may change.
_PROBE = "The U.S. minister’s 1,200.5 re-opened ships, Łódź’s; don't — 東京 Sana'a"


def _schema() -> Schema:
    schema = SCHEMA.copy()
    schema.add(ARTICLE, COLUMN(VarBytesColumn()))
    schema.add(ROW, COLUMN(VarBytesColumn()))
    return schema


def _format() -> str:
    """Return engine, format version and a fingerprint of fields and analyzers."""
    fields = [(name, repr(field), _tokens(field)) for name, field in SCHEMA.items()]
    print_ = blake2b(repr(fields).encode(), digest_size=8).hexdigest()
    return f"stock-1-{print_}"


def _tokens(field: Any) -> list[tuple[str, int]]:
    if field.analyzer is None or not field.format.supports("positions"):
        return []
    return [(t.text, t.pos) for t in field.analyzer(_PROBE, positions=True)]


SCHEMA_ON_DISK = _schema()
FORMAT = _format()


class Storage(FileStorage):  # type: ignore[misc]  # Whoosh is untyped
    """A generation's Whoosh files; a rename waits until all that was written is safe.

    Whoosh renames one file a commit, its table of contents, and calls no fsync.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._unsafe: set[str] = set()

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Return a new file of this name, open for writing."""
        self._unsafe.add(name)
        return super().create_file(name, *args, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002
        """Seal and sync every new file, then rename one, then sync the folder."""
        folder = Path(self.folder)
        for name in self._unsafe:
            if (folder / name).exists():  # parts of a compound file are gone by now
                self._seal(name, newname if name == oldname else name)
        self._unsafe.clear()
        super().rename_file(oldname, newname, safe)
        sync(folder)

    def verify(self, name: str) -> None:
        """Raise ValueError unless the file is what was sealed under this name."""
        path = Path(self.folder) / name
        if _sum(path) != path.with_name(name + _SEAL).read_text("ascii"):
            raise ValueError(f"{name} is not what was written")

    def _seal(self, name: str, as_name: str) -> None:
        path = Path(self.folder) / name
        seal = path.with_name(as_name + _SEAL)
        seal.write_text(_sum(path), "ascii")
        sync(path)
        sync(seal)


def _sum(path: Path) -> str:
    """Return the size and CRC-32 of a file; about a gigabyte a second."""
    size = crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            size, crc = size + len(block), zlib.crc32(block, crc)
    return f"{size} {crc:08x}"


def storage_of(generation: Generation) -> Storage:
    """Return the storage of ``generation``."""
    return Storage(generation.path / "whoosh")


def contents(storage: Storage) -> TOC:
    """Return the table of contents: the segments of the last commit and its number.

    Raises:
        OSError: a commit took it away.
        ValueError: it is damaged.
    """
    names = (path.name for path in Path(storage.folder).glob(f"_{NAME}_*.toc"))
    number = max((int(name[len(NAME) + 2 : -4]) for name in names), default=0)
    storage.verify(TABLE.format(number))
    # With the schema given, Whoosh does not unpickle the one in the file.
    return TOC.read(storage, NAME, number, SCHEMA_ON_DISK)

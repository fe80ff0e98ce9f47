"""Whoosh's storage in memory, for several processes at once."""

from __future__ import annotations

import shutil
import tempfile
import weakref

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filestore import RamStorage as SharedStorage


class RamStorage(SharedStorage):  # type: ignore[misc]  # Whoosh is untyped
    """Keeps what is temporary in folders of its own, and removes them in the end.

    Whoosh's has one such folder, which processes take from under each other.
    """

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """Return a new folder, whatever name is asked for."""
        folder = tempfile.mkdtemp()
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return FileStorage(folder)

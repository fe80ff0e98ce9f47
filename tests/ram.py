"""Whoosh's storage in memory, for several processes at once."""

from __future__ import annotations

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filestore import RamStorage as SharedStorage


class RamStorage(SharedStorage):  # type: ignore[misc]  # Whoosh is untyped
    """Keeps what is temporary in a folder of its own.

    Whoosh's has one such folder, which processes take from under each other.
    """

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """Return a new folder, whatever name is asked for."""
        return super().temp_storage()

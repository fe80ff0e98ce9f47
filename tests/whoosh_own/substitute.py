"""A pytest plugin: where Whoosh's tests make an index, they get a columnar one.

What is put in place of Whoosh's storage are names in the tests' own modules; Whoosh
itself is as it was installed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from whoosh.fields import Schema, ensure_schema

from search.engines.columnar.commits import open_current
from search.engines.columnar.whoosh.index import ColumnarIndex, create_in, open_dir
from search.engines.columnar.whoosh.writer import ColumnarIndexWriter

# What Whoosh's writers are told of its files.
_OF_FILES = ("codec", "procs", "compound", "multisegment", "merge")


class SubstituteIndex(ColumnarIndex):
    """An index that takes what is said of Whoosh's files for said of its own."""

    def writer(self, **kwargs: Any) -> ColumnarIndexWriter:
        for name in _OF_FILES:
            kwargs.pop(name, None)
        return super().writer(**kwargs)

    def _segments(self) -> tuple[object, ...]:
        return open_current(self.folder, self.format).commit.segments


class Storage:
    """Stands for ``RamStorage``: has one index, in a temporary folder."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        del args, kwargs
        self._folder = tempfile.TemporaryDirectory()
        self._schema: Schema | None = None

    def create_index(self, schema: Any, indexname: str = "index") -> SubstituteIndex:
        """Return a new index."""
        self._schema = ensure_schema(schema)
        made = create_in(Path(self._folder.name) / indexname, self._schema)
        index = SubstituteIndex(made.folder, self._schema)
        index.storage = self  # keeps the folder as long as the index
        return index

    def open_index(
        self, indexname: str = "index", schema: Schema | None = None
    ) -> SubstituteIndex:
        """Return the index that was made."""
        path = Path(self._folder.name) / indexname
        opened = open_dir(path, schema or self._schema)
        return SubstituteIndex(opened.folder, opened.schema)

    def close(self) -> None:
        """Do nothing; the folder goes with the storage."""


class TemporaryIndex:
    """Stands for ``TempIndex``: an index inside a with block."""

    def __init__(self, schema: Any, *args: Any, **kwargs: Any) -> None:
        del args, kwargs
        self._schema = schema

    def __enter__(self) -> SubstituteIndex:
        return Storage().create_index(self._schema)

    def __exit__(self, *fault: object) -> None:
        """Do nothing; the folder goes with the storage."""


_IN_PLACE_OF = {"RamStorage": Storage, "TempIndex": TemporaryIndex}


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Give the tests' modules our index."""
    for module in {item.module for item in items if isinstance(item, pytest.Function)}:
        for name, ours in _IN_PLACE_OF.items():
            if hasattr(module, name):
                setattr(module, name, ours)

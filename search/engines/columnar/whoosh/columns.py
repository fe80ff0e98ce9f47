"""Whoosh's columns over values in memory: what it sorts and groups by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from whoosh.columns import EmptyColumnReader, TranslatingColumnReader
from whoosh.filedb.filestore import RamStorage

if TYPE_CHECKING:
    from whoosh.columns import Column, ColumnReader
    from whoosh.fields import FieldType


def column_of(
    column: Column,
    values: Sequence[Any],
    type: FieldType,
    *,
    reverse: bool,
    translate: bool,
) -> ColumnReader:
    """Return a reader of ``values``, None where a document has none.

    They are laid out as Whoosh does it, so that they sort and reverse as it does;
    with ``translate`` the reader answers in values as documents have them.
    """
    storage = RamStorage()
    with storage.create_file("column") as file:
        writer = column.writer(file)
        for doc, value in enumerate(values):
            if value is not None:
                writer.add(doc, value)
        writer.finish(len(values))
    length = storage.file_length("column")
    reader = column.reader(storage.open_file("column"), 0, length, len(values))
    if reverse:
        reader.set_reverse()
    return _translated(reader, type) if translate else reader


def empty_column(
    column: Column, size: int, type: FieldType, *, reverse: bool, translate: bool
) -> ColumnReader:
    """Return a reader of ``size`` default values."""
    reader = EmptyColumnReader(column.default_value(reverse), size)
    return _translated(reader, type) if translate else reader


def _translated(reader: ColumnReader, type: FieldType) -> ColumnReader:
    return TranslatingColumnReader(reader, type.from_column_value)

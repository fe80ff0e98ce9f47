"""Whoosh's reader of a columnar index: of all its segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from whoosh.columns import MultiColumnReader
from whoosh.reading import IndexReader, MultiReader

from search.engines.columnar.whoosh.segment_reader import SegmentReader, nothing

if TYPE_CHECKING:
    from whoosh.fields import Schema

    from search.engines.columnar.segment import Segment
    from search.engines.docsets import Bits

Parts = Sequence[tuple["Segment", "Bits"]]  # with the bitmap of its living documents


def reader_of(
    parts: Parts, schema: Schema, generation: int, release: Callable[[], None]
) -> IndexReader:
    """Return a reader of all segments; ``release`` is called when it is closed."""
    if len(parts) == 1:
        ((segment, live),) = parts
        return SegmentReader(
            segment, live, schema, generation=generation, release=release
        )
    readers = [
        SegmentReader(segment, live, schema, generation=generation)
        for segment, live in parts
    ]
    return SegmentsReader(readers, schema, generation, release)


class SegmentsReader(MultiReader):  # type: ignore[misc]  # Whoosh is untyped
    """Reads several segments, or none; documents are numbered on from one to the next.

    ``release`` is called when it is closed.
    """

    def __init__(
        self,
        readers: Sequence[SegmentReader],
        schema: Schema,
        generation: int = -1,
        release: Callable[[], None] = nothing,
    ) -> None:
        super().__init__(list(readers), generation)
        self.schema = schema
        self._release = release

    def leaf_readers(self) -> list[tuple[SegmentReader, int]]:
        """Return the reader of each segment, and the number of its first document."""
        return list(zip(self.readers, self.doc_offsets, strict=True))

    def close(self) -> None:
        """Refuse what is asked from now on, and let the commit go."""
        super().close()
        self._release()

    def cursor(self, fieldname: str) -> Any:
        """Refuse: Whoosh's cursor over several segments does not work.

        Raises:
            NotImplementedError: always; the leaf readers have cursors.
        """
        raise NotImplementedError(
            f"there is no cursor over {fieldname!r} in several segments;"
            " go through leaf_readers()"
        )

    def column_reader(self, fieldname: str, *args: Any, **kwargs: Any) -> Any:
        """Return Whoosh's reader of a field's values in all segments."""
        found = [
            reader.column_reader(fieldname, *args, **kwargs) for reader in self.readers
        ]
        return MultiColumnReader(found, self.doc_offsets)

    def min_field_length(self, fieldname: str) -> int:
        """Return the length of the shortest document, as far as lengths are kept."""
        return min((r.min_field_length(fieldname) for r in self.readers), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """Return the length of the longest document, as far as lengths are kept."""
        return max((r.max_field_length(fieldname) for r in self.readers), default=0)

"""Whoosh's reader of one segment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from whoosh.codec.base import Automata
from whoosh.reading import (
    IndexReader,
    ReaderClosed,
    TermInfo,
    TermNotFound,
)
from whoosh.util.numeric import byte_to_length

from search.engines.columnar.whoosh.columns import column_of, empty_column
from search.engines.columnar.whoosh.matcher import PostingMatcher, TermPostings, Tick
from search.engines.columnar.whoosh.statistics import TermCursor, term_info
from search.engines.columnar.whoosh.values import Kept, unpack
from search.engines.docsets import Bits, mask_of

if TYPE_CHECKING:
    from whoosh.columns import Column
    from whoosh.fields import FieldType, Schema

    from search.engines.columnar.field import Field
    from search.engines.columnar.segment import Segment

Term = tuple[str, bytes]


def nothing(steps: int = 0) -> None:
    """Take note of nothing."""


class SegmentReader(IndexReader):  # type: ignore[misc]  # Whoosh is untyped
    """Reads a segment; its documents are numbered from 0.

    ``live`` is the bitmap of its documents; ``generation`` is the number of the commit.
    ``tick`` is called, with a number of steps, where much is gone through; ``release``
    when the reader is closed.
    """

    def __init__(
        self,
        segment: Segment,
        live: Bits,
        schema: Schema,
        *,
        generation: int = -1,
        tick: Tick = nothing,
        release: Callable[[], None] = nothing,
    ) -> None:
        self.schema = schema
        self.is_closed = False
        self.part = (segment, live)
        self._segment = segment
        self._alive = mask_of(live)
        self._left = int(self._alive.sum())
        self._generation = generation
        self._tick = tick
        self._release = release
        self._columns: dict[str, list[Any]] = {}

    def close(self) -> None:
        """Refuse what is asked from now on, and let the commit go."""
        self.is_closed = True
        self._release()

    def generation(self) -> int:
        """Return the number of the commit."""
        return self._generation

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        self._check()
        name, text = term
        field = self._field(name)
        return field is not None and field.find(self._encoded(name, text)) >= 0

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields that have terms, in order."""
        return [name for name in self._names() if self._segment.fields[name].size]

    def all_terms(self) -> Iterator[Term]:
        """Yield field and term of all terms, in order."""
        self._check()
        for name in self._names():
            yield from self._terms(name, b"")

    def terms_from(self, fieldname: str, prefix: str | bytes) -> Iterator[Term]:
        """Yield the terms from ``prefix`` on, those of later fields as well."""
        self._check_field(fieldname)
        yield from self._terms(fieldname, self._encoded(fieldname, prefix))
        for name in self._names():
            if name > fieldname:
                yield from self._terms(name, b"")

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """Return the statistics of a term.

        Raises:
            TermNotFound: there is no such term.
        """
        field, number = self._found(fieldname, text)
        return term_info(field, number, self.schema[fieldname].format.field_boost)

    def cursor(self, fieldname: str) -> TermCursor:
        """Return a cursor over the terms of a field."""
        self._check()
        return TermCursor(self._field(fieldname), self.schema[fieldname])

    def terms_within(
        self, fieldname: str, text: str, maxdist: int, prefix: int = 0
    ) -> Iterator[str]:
        """Yield the terms at most ``maxdist`` edits from ``text``, as Whoosh's do."""
        spelled = self.schema[fieldname].spelling_fieldname(fieldname)
        found = TermCursor(self._field(spelled), self.schema[fieldname])
        for word in Automata().terms_within(found, text, maxdist, prefix):
            self._tick(1)
            yield word

    def frequency(self, fieldname: str, text: str | bytes) -> float:
        """Return how often a term occurs, 0 where there is none."""
        try:
            field, number = self._found(fieldname, text)
        except TermNotFound:
            return 0.0
        return float(field.ctf(number))

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """Return how many documents have a term, deleted ones included."""
        try:
            field, number = self._found(fieldname, text)
        except TermNotFound:
            return 0
        return field.df(number)

    def postings(
        self, fieldname: str, text: str | bytes, scorer: Any = None
    ) -> PostingMatcher:
        """Return a matcher of the living documents that have a term.

        Raises:
            TermNotFound: there is no such term.
        """
        field, number = self._found(fieldname, text)
        found = TermPostings(field, number, self._alive)
        self._tick(len(found.docs))
        term = (fieldname, field.term(number))
        kind = self.schema[fieldname].format
        return PostingMatcher(term, found, kind, scorer, self._tick)

    def has_deletions(self) -> bool:
        """Return whether a document is deleted."""
        self._check()
        return self._left < self._segment.size

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document is deleted."""
        self._check()
        return not self._alive[docnum]

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        self._check()
        return self._segment.size

    def doc_count(self) -> int:
        """Return the number of living documents."""
        self._check()
        return self._left

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored fields of a document by name."""
        stored = self._kept(docnum).stored
        return {name: value for name, value in stored.items() if name in self.schema}

    def field_length(self, fieldname: str) -> int:
        """Return the number of tokens in a field, 0 where it is not scorable."""
        field = self._scorable(fieldname)
        return field.total if field else 0

    def min_field_length(self, fieldname: str) -> int:
        """Return the length of the shortest document, as far as lengths are kept."""
        field = self._scorable(fieldname)
        return byte_to_length(int(field.lengths.min(initial=255))) if field else 0

    def max_field_length(self, fieldname: str) -> int:
        """Return the length of the longest document, as far as lengths are kept."""
        field = self._scorable(fieldname)
        return byte_to_length(int(field.lengths.max(initial=0))) if field else 0

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the number of tokens a document has in a field, as its byte says.

        ``default`` is the length where none are kept.
        """
        field = self._scorable(fieldname)
        return byte_to_length(int(field.lengths[docnum])) if field else default

    def has_vector(self, docnum: int, fieldname: str) -> bool:  # noqa: ARG002
        """Return False: term vectors are not kept."""
        return False

    def vector(
        self,
        docnum: int,
        fieldname: str,
        format_: Any = None,  # noqa: ARG002
    ) -> Any:
        """Refuse.

        Raises:
            KeyError: always.
        """
        raise KeyError(
            f"document {docnum} has no vector of {fieldname!r}: this index keeps none"
        )

    def has_column(self, fieldname: str) -> bool:
        """Return whether the field's values are kept for sorting."""
        self._check()
        return fieldname in self.schema and bool(self.schema[fieldname].column_type)

    def column_reader(
        self,
        fieldname: str,
        column: Column | None = None,
        reverse: bool = False,  # noqa: FBT001, FBT002  # Whoosh's interface
        translate: bool = True,  # noqa: FBT001, FBT002
    ) -> Any:
        """Return Whoosh's reader of a field's values.

        The first one a field costs a look at each document; then they are in memory.
        """
        self._check_field(fieldname, indexed=False)
        kind: FieldType = self.schema[fieldname]
        column = column or kind.column_type
        if not column:
            raise ValueError(f"field {fieldname!r} keeps no values to sort by")
        values = self._values(fieldname)
        if any(value is not None for value in values):
            return column_of(column, values, kind, reverse=reverse, translate=translate)
        return empty_column(
            column, len(values), kind, reverse=reverse, translate=translate
        )

    def _values(self, name: str) -> list[Any]:
        if name not in self._columns:
            docs = range(self._segment.size)
            self._columns[name] = [self._kept(d).columns.get(name) for d in docs]
        return self._columns[name]

    def _kept(self, doc: int) -> Kept:
        self._check()
        return unpack(self._segment.stored(doc))

    def _terms(self, name: str, start: bytes) -> Iterator[Term]:
        field = self._segment.fields.get(name)
        if field is None:
            return
        for number in range(field.lower(start), field.size):
            self._tick(1)
            yield name, field.term(number)

    def _names(self) -> list[str]:
        return sorted(name for name in self._segment.fields if name in self.schema)

    def _field(self, name: str) -> Field | None:
        return self._segment.fields.get(name)

    def _scorable(self, name: str) -> Field | None:
        self._check()
        field = self._field(name)
        return field if field is not None and field.scorable else None

    def _found(self, name: str, text: str | bytes) -> tuple[Field, int]:
        self._check_field(name)
        field = self._field(name)
        number = field.find(self._encoded(name, text)) if field else -1
        if field is None or number < 0:
            raise TermNotFound(f"{name}:{text!r}")
        return field, number

    def _encoded(self, name: str, text: str | bytes) -> bytes:
        if isinstance(text, bytes):
            return text
        encoded: bytes = self._text_to_bytes(name, text)
        return encoded

    def _check(self) -> None:
        if self.is_closed:
            raise ReaderClosed(ReaderClosed.message)

    def _check_field(self, name: str, *, indexed: bool = True) -> None:
        self._check()
        if name not in self.schema:
            raise TermNotFound(f"No field {name!r}")
        if indexed and not self.schema[name].indexed:
            raise TermNotFound(f"Field {name!r} is not indexed")

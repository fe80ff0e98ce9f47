"""Documents in memory that become a segment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from search.engines.columnar.article_fields import TEXTS, ArticleTexts, texts_of
from search.engines.columnar.column_writer import ColumnWriter
from search.engines.columnar.container import ContainerWriter
from search.engines.columnar.field_writer import Documents, FieldWriter, Traits
from search.engines.columnar.inverter import TermStream
from search.engines.columnar.record import pack
from search.engines.columnar.sketches import SketchWriter, sketch_of
from search.engines.columnar.stored import FrameWriter
from search.engines.columnar.tokens import Tokens
from search.engines.disk import Disk
from search.engines.rows import Row
from search.language.schema import SCHEMA, facts_of

if TYPE_CHECKING:
    from whoosh.fields import FieldType, Schema

    from search.model import Article

_KNOWN = 20_000  # values of a field whose terms are remembered
_KNOWN_BYTES = 250  # about, of one of them

_Item = tuple[bytes, int, bytes]  # term, frequency, and what its format encodes
_Terms = Collection[int] | list[_Item]  # numbers of terms; items with frequencies


class DocumentWriter:
    """Collects documents of any Whoosh schema, and writes them as a segment.

    What is stored waits in a nameless file in ``folder``.
    """

    def __init__(self, schema: Schema, folder: Path | None = None) -> None:
        self.size = 0
        self._schema = schema
        self._fields = {
            name: _Field(field) for name, field in schema.items() if field.indexed
        }
        self._frames = FrameWriter(folder)

    @property
    def buffered(self) -> int:
        """Return about how much memory is held, in bytes."""
        fields = sum(field.stream.held for field in self._fields.values())
        return fields + self._frames.held

    def add(self, values: Mapping[str, Any], stored: bytes) -> int:
        """Append a document and return its number.

        ``values`` are the fields' values, as Whoosh's ``add_document`` takes them;
        ``stored`` comes back from the segment as it is. A document that raises leaves
        nothing behind.

        Raises:
            ValueError: a value is none of its field, or is weighted, which is not kept.
        """
        found = [
            (field, field.items(value))
            for name, value in values.items()
            if (field := self._field(name)) is not None
        ]
        for field, items in found:
            field.add_items(self.size, items)
        self._frames.add(stored)
        self.size += 1
        return self.size - 1

    def write(self, path: Path, disk: Disk) -> str:
        """Write the segment to the new file ``path``; return its root.

        Raises:
            OSError: the disk is full or fails; nothing is left of the file then.
        """
        with ContainerWriter(path, disk) as container:
            fields = [
                (name, field.writer(name, self.size, path.parent))
                for name, field in self._fields.items()
            ]
            meta = {
                "documents": self.size,
                "fields": {name: writer.write(container) for name, writer in fields},
                "columns": {},
                "stored": self._frames.write(container),
            }
            return container.finish(meta)

    def _field(self, name: str) -> _Field | None:
        """Return the field of this name, None where it is not indexed."""
        if name not in self._fields and name in self._schema:  # one of a pattern
            field = self._schema[name]
            if field.indexed:
                self._fields[name] = _Field(field)
        return self._fields.get(name)


class SegmentWriter:
    """Collects articles, and writes them as a segment.

    ``tokens`` may be shared between segments that are written one after another;
    what they know by then is forgotten when it is much. What is stored waits in a
    nameless file in ``folder``. ``taken`` is how many bytes the articles have that
    were added.
    """

    def __init__(
        self, tokens: Tokens | None = None, folder: Path | None = None
    ) -> None:
        self.size = self.taken = 0
        self._tokens = Tokens() if tokens is None else tokens
        self._tokens.trim()
        self._texts = ArticleTexts(self._tokens)
        self._fields = {
            name: _Field(field) for name, field in SCHEMA.items() if name not in TEXTS
        }
        self._columns = ColumnWriter()
        self._sketches = SketchWriter()
        self._frames = FrameWriter(folder)

    @property
    def buffered(self) -> int:
        """Return about how much memory is held, in bytes; costs 10 µs."""
        fields = sum(field.held for field in self._fields.values())
        texts = self._texts.held + self._tokens.held
        rest = self._columns.held + self._sketches.held + self._frames.held
        return texts + fields + rest

    def add(self, article: Article) -> int:
        """Append an article and return its number.

        One that raises leaves nothing behind.
        """
        doc, known = self.size, self._fields
        row, stored, texts = Row.of(article), pack(article), texts_of(article)
        facts = [(known[n], known[n].terms(v)) for n, v in facts_of(article).items()]
        sketch = sketch_of(article)
        self._columns.add(row)
        self._sketches.add(sketch, row.group)
        self._texts.add(doc, texts)
        for field, terms in facts:
            field.add(doc, terms)
        self._frames.add(stored)
        self.taken += len(stored)
        self.size += 1
        return doc

    def write(self, path: Path, disk: Disk) -> str:
        """Write the segment to the new file ``path``; return its root.

        Raises:
            OSError: the disk is full or fails; nothing is left of the file then.
        """
        with ContainerWriter(path, disk) as container:
            fields = {
                name: writer.write(container)
                for name, writer in self._texts.writers(self.size, path.parent)
            }
            for name, field in self._fields.items():
                fields[name] = field.writer(name, self.size, path.parent).write(
                    container
                )
            self._sketches.write(container)
            meta = {
                "documents": self.size,
                "fields": fields,
                "columns": self._columns.write(container),
                "stored": self._frames.write(container),
            }
            return container.finish(meta)


class _Field:
    """Collects the postings of a field as Whoosh works them out."""

    def __init__(self, field: FieldType) -> None:
        self.stream = TermStream()
        self._field = field
        self._traits = Traits.of(field)
        self._known: dict[Any, list[int]] = {}

    @property
    def held(self) -> int:
        return self.stream.held + _KNOWN_BYTES * len(self._known)

    def terms(self, value: Any) -> _Terms:
        """Return what a document with this value has in this field.

        Raises:
            ValueError: it is none of the field's.
        """
        if self._traits.frequencies:
            return self.items(value)
        if isinstance(value, list | tuple) and len(value) != 1:
            return {number for one in value for number in self._numbers(one)}
        return self._numbers(value[0] if isinstance(value, list | tuple) else value)

    def add(self, doc: int, terms: _Terms) -> None:
        """Add what :meth:`terms` returned."""
        if self._traits.frequencies:
            self.add_items(doc, cast("list[_Item]", terms))
        else:
            self.stream.add_terms(doc, cast("Collection[int]", terms))

    def items(self, value: Any) -> list[_Item]:
        """Return what Whoosh would post of a value, but for the field's own boost.

        Raises:
            ValueError: it is none of the field's, or is weighted.
        """
        found, boost = [], self._field.format.field_boost
        for term, frequency, weight, data in self._field.index(value):
            if weight not in (frequency, frequency * boost):
                raise ValueError(
                    f"{term!r} occurs {frequency} times and weighs {weight}:"
                    " an index keeps no weights but frequencies"
                )
            found.append((term, frequency, data))
        return found

    def add_items(self, doc: int, items: Sequence[_Item]) -> None:
        """Add what :meth:`items` returned."""
        if self._traits.frequencies:
            decoded = self._decoder()
            for term, frequency, data in items:
                positions = decoded(data) if decoded else range(frequency)
                self.stream.add(doc, self.stream.number(term), positions)
        else:
            terms = dict.fromkeys(term for term, _, _ in items)
            self.stream.add_terms(doc, [self.stream.number(term) for term in terms])

    def writer(self, name: str, size: int, folder: Path) -> FieldWriter:
        """Return the field with all its postings, of ``size`` documents."""
        documents = Documents.of(self.stream.lengths(size))
        writer = FieldWriter(name, self._traits, documents, folder)
        writer.add(self.stream.batch(size))
        return writer

    def _decoder(self) -> Callable[[bytes], list[int]] | None:
        """Return what reads positions; None where there are none."""
        if not self._traits.positions:
            return None
        found: Callable[[bytes], list[int]] = self._field.format.decoder("positions")
        return found

    def _numbers(self, value: Any) -> list[int]:
        """Return the terms that one value stands for, each once."""
        numbers = self._known.get(value)
        if numbers is None:
            whole = [value] if isinstance(value, str) else value
            terms = {item[0] for item in self._field.index(whole)}
            numbers = [self.stream.number(term) for term in terms]
            if len(self._known) < _KNOWN:
                self._known[value] = numbers
        return numbers

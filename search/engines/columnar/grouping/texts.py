"""Texts of committed documents as shingles; those asked for last are at hand."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from search.copies.lineage import naming
from search.copies.pairs import copied
from search.copies.shingles import Shingled, shingled
from search.engines.columnar.grouping.rows import Rows
from search.engines.columnar.record import Record
from search.engines.columnar.stored import FrameReader
from search.model import Kind

if TYPE_CHECKING:
    from search.engines.columnar.commits import Part
    from search.engines.columnar.container import Container

_HELD = 24 << 20  # bytes of shingles at hand
_READERS = 100
_COPIED = 500_000


@dataclass(frozen=True, slots=True)
class Told:
    """A text's shingles, how it names its agency, and whether it is an article's."""

    shingled: Shingled
    named: int
    is_article: bool

    @property
    def held(self) -> int:
        """Return about how many bytes it takes."""
        return 400 + 12 * self.shingled.words


class Texts:
    """Reads texts from segments; for the batches of one run."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Path, int], Told] = OrderedDict()
        self._readers: dict[Container, FrameReader] = {}
        self._held = 0
        self.copied: dict[tuple[int, int], float] = {}  # of two texts, by number

    def told(self, part: Part, doc: int) -> Told:
        """Return the text of a document; 0.3 ms where it is not at hand.

        Raises:
            Damaged: it is not what was written.
        """
        key = part.container.path, doc
        found = self._known.get(key)
        if found is None:
            found = self._read(part.container, doc)
            self._held += found.held
            self._known[key] = found
            while self._held > _HELD:
                self._held -= self._known.popitem(last=False)[1].held
        else:
            self._known.move_to_end(key)
        return found

    def _read(self, container: Container, doc: int) -> Told:
        if container not in self._readers:
            if len(self._readers) >= _READERS:
                self._readers.clear()
            self._readers[container] = FrameReader(container)
        record = Record(self._readers[container].frame(doc))
        agency = record.head.agency
        named = naming(agency[1] if agency else None)
        is_article = record.head.kind is Kind.ARTICLE
        return Told(shingled(record.text), named, is_article)


class RowTexts:
    """The texts of the documents in ``rows``."""

    def __init__(self, rows: Rows, texts: Texts) -> None:
        self._rows = rows
        self._texts = texts

    def told(self, row: int) -> Told:
        """Return the text of a document; errors and cost as :meth:`Texts.told`."""
        return self._texts.told(*self._rows.locate(row))

    def copied(self, one: int, other: int, numbers: tuple[int, int]) -> float:
        """Return the containment of two documents that are copies, their dates aside.

        0 where they are none. ``numbers`` are those of their texts. Costs 0.1 ms where
        it is asked first.
        """
        known = self._texts.copied
        key = min(numbers), max(numbers)
        found = known.get(key)
        if found is None:
            if len(known) >= _COPIED:
                known.clear()
            found = copied(self.told(one).shingled, self.told(other).shingled)
            known[key] = found
        return found

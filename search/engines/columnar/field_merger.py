"""One field of several segments made one.

Memory is bounded: postings are merged range of terms by range of terms, each counted
into place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from search.distinct import distinct
from search.engines.columnar.field import Field
from search.engines.columnar.field_writer import Documents, FieldWriter, Traits
from search.engines.columnar.postings import Batch
from search.engines.columnar.scoring import lengths_of
from search.engines.columnar.segment import Segment
from search.runs import spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_RANGE = 1 << 21  # tokens merged at once


@dataclass(frozen=True, slots=True)
class Source:
    """A segment and, of its documents, those that live: their numbers, rising.

    ``numbers`` are what each document is called in the merged one, -1 a deleted one.
    """

    segment: Segment
    alive: Ints
    numbers: Ints

    @property
    def whole(self) -> bool:
        """Return whether all its documents live."""
        return len(self.alive) == self.segment.size


def merged_field(name: str, sources: list[Source], folder: Path) -> FieldWriter:
    """Return a writer that holds the field's postings of all sources."""
    having = [source for source in sources if name in source.segment.fields]
    fields = [source.segment.fields[name] for source in having]
    traits = Traits(
        any(field.scorable for field in fields),
        all(field.has_positions for field in fields),
        any(field.has_frequencies for field in fields),
    )
    lengths = np.concatenate([_lengths(name, source) for source in sources])
    average = float(lengths_of(lengths).mean()) if lengths.size else 0.0
    writer = FieldWriter(name, traits, Documents(lengths, average), folder)
    for first, last in _ranges(fields):
        parts = [
            _part(field, source, first, last, positions=traits.positions)
            for field, source in zip(fields, having, strict=True)
        ]
        writer.add(_merged(parts))
    for segment in (source.segment for source in sources):
        segment.container.forget()
    return writer


def _lengths(name: str, source: Source) -> NDArray[np.uint8]:
    field = source.segment.fields.get(name)
    if field is None:
        return np.zeros(len(source.alive), np.uint8)
    return field.lengths[source.alive]


def _ranges(fields: Sequence[Field]) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield ranges of terms that together are all, none with too many tokens."""
    step = _RANGE // max(1, len(fields))
    cuts: set[bytes] = set()
    for field in fields:
        upto = field.tokens_before()
        at = np.searchsorted(upto, np.arange(step, int(upto[-1]), step), side="right")
        cuts.update(field.term(number - 1) for number in distinct(at).tolist())
    edges = sorted(cuts - {b""})
    yield from zip([b"", *edges], [*edges, None], strict=True)


@dataclass(frozen=True, slots=True)
class _Part:
    """Postings of a range of terms in one segment, documents numbered anew."""

    terms: list[bytes]
    df: Ints
    ctf: Ints
    docs: Ints
    tf: Ints
    positions: NDArray[np.uint32]


def _part(
    field: Field, source: Source, first: bytes, last: bytes | None, *, positions: bool
) -> _Part:
    """Return the living postings of the terms from ``first`` to before ``last``."""
    start = field.lower(first)
    stop = field.size if last is None else field.lower(last)
    df, docs, tf = field.range_of(start, stop)
    docs = source.numbers[docs]
    found = np.zeros(0, np.uint32)
    if positions:
        found = field.positions_of(start, stop)
    if not source.whole:
        kept = docs >= 0
        if positions:
            found = found[np.repeat(kept, tf)]
        df = _sums(kept, df)
        docs, tf = docs[kept], tf[kept]
    return _Part(field.terms(start, stop), df, _sums(tf, df), docs, tf, found)


def _merged(parts: Sequence[_Part]) -> Batch:
    """Return the postings of all parts, each term's in the order of the parts."""
    terms = sorted(set().union(*(part.terms for part in parts)))
    number = {term: i for i, term in enumerate(terms)}
    at = [
        np.fromiter(map(number.__getitem__, part.terms), np.int64, len(part.terms))
        for part in parts
    ]
    df, ctf = np.zeros(len(terms), np.int64), np.zeros(len(terms), np.int64)
    for numbers, part in zip(at, parts, strict=True):
        df[numbers] += part.df
        ctf[numbers] += part.ctf
    docs = np.empty(int(df.sum()), np.uint32)
    tf = np.empty(len(docs), np.int64)
    positions = np.empty(sum(len(part.positions) for part in parts), np.uint32)
    next_doc, next_pos = np.cumsum(df) - df, np.cumsum(ctf) - ctf
    for numbers, part in zip(at, parts, strict=True):
        place = spans(next_doc[numbers], part.df)
        docs[place], tf[place] = part.docs, part.tf
        next_doc[numbers] += part.df
        if part.positions.size:
            positions[spans(next_pos[numbers], part.ctf)] = part.positions
            next_pos[numbers] += part.ctf
    kept = np.flatnonzero(df)
    if len(kept) < len(terms):
        terms = [terms[i] for i in kept.tolist()]
    return Batch(terms, df[kept], docs, tf, positions)


def _sums(values: NDArray[Any], counts: Ints) -> Ints:
    """Return the sums of ``counts`` values each, which follow each other."""
    upto = np.concatenate((np.zeros(1, np.int64), np.cumsum(values, dtype=np.int64)))
    ends = np.cumsum(counts)
    sums: Ints = upto[ends] - upto[ends - counts]
    return sums

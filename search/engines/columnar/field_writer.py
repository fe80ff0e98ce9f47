"""How the postings of one field become arrays of a segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.formats import Existence

from search.engines.columnar.numbers import NumberWriter
from search.engines.columnar.places import PlaceWriter
from search.engines.columnar.postings import Batch
from search.engines.columnar.scoring import MOST, Bm25, codes, cut, length_bytes, table
from search.engines.columnar.spool import Spool
from search.engines.docsets import WORD, bits_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from whoosh.fields import FieldType

    from search.engines.columnar.container import ContainerWriter

_SCORER = Bm25()  # what bounds are worked out for
_DENSE_SHARE = 24  # a term in one of so many documents has a bitmap
_DENSE_LEAST = 64


@dataclass(frozen=True, slots=True)
class Traits:
    """What an index keeps of a field."""

    scorable: bool
    positions: bool
    frequencies: bool

    @classmethod
    def of(cls, field: FieldType) -> Traits:
        """Return the traits of a field of a Whoosh schema."""
        return cls(
            bool(field.scorable),
            bool(field.format.supports("positions")),
            not isinstance(field.format, Existence),
        )


@dataclass(frozen=True, slots=True)
class Documents:
    """What is known of a field's documents before its postings.

    ``lengths`` are Whoosh's bytes; ``average`` is the length bounds are worked out at.
    """

    lengths: NDArray[np.uint8]
    average: float

    @classmethod
    def of(cls, lengths: NDArray[np.int64]) -> Documents:
        """Return it from the number of tokens of each document."""
        total = int(lengths.sum())
        return cls(length_bytes(lengths), total / len(lengths) if total else 0.0)


class FieldWriter:
    """Takes the postings of a field, terms rising, and writes them as arrays.

    What does not fit in memory waits in nameless files in ``folder``.
    """

    def __init__(
        self, name: str, traits: Traits, documents: Documents, folder: Path
    ) -> None:
        self._name = name
        self._traits = traits
        self._documents = documents
        self._size = len(documents.lengths)
        # What is not scored reads as of no length, so bounds take it for that.
        self._lengths = documents.lengths * np.uint8(traits.scorable)
        self._words = -(-self._size // WORD)
        self._least = max(_DENSE_LEAST, -(-self._size // _DENSE_SHARE))
        self._blob = Spool(np.uint8, folder)
        self._ends = Spool(np.uint32, folder)
        self._post = Spool(np.uint32, folder)
        self._pos = Spool(np.uint32, folder)
        self._tf = Spool(np.uint8, folder)
        self._docs = NumberWriter(self._size, folder)
        self._positions = PlaceWriter(folder)
        self._often = Spool(np.uint32, folder)
        self._often_at = Spool(np.uint32, folder)
        self._dense = _Dense(self._words, documents.average, folder)
        self._tokens = np.zeros(self._size, np.int64)
        self._terms = self._bytes = self._postings = self._total = 0

    def add(self, batch: Batch) -> None:
        """Append the postings of terms that come after all before."""
        if not batch.terms:
            return
        post = np.cumsum(batch.df)
        pos = np.cumsum(batch.tf)[post - 1]
        self._add_terms(batch.terms)
        self._add_docs(batch, post)
        if self._traits.frequencies:
            self._add_frequencies(batch.tf)
        if self._traits.positions:
            self._positions.append(batch.positions)
            self._pos.append(pos + self._total)
        self._post.append(post + self._postings)
        self._tokens += np.bincount(batch.docs, batch.tf, self._size).astype(np.int64)
        self._terms += len(batch.terms)
        self._postings += int(post[-1])
        self._total += int(pos[-1])

    def write(self, container: ContainerWriter) -> dict[str, Any]:
        """Write the arrays and return what the segment's ``meta`` says of the field."""
        name, traits = self._name, self._traits
        self._blob.write(container, f"{name}/blob")
        self._ends.write(container, f"{name}/off", zero_first=True)
        self._post.write(container, f"{name}/post", zero_first=True)
        self._docs.write(container, f"{name}/docs")
        if traits.frequencies:
            self._tf.write(container, f"{name}/tf")
        if len(self._often):
            self._often_at.write(container, f"{name}/often_at")
            self._often.write(container, f"{name}/often")
        bits = 0
        if traits.positions:
            self._pos.write(container, f"{name}/pos", zero_first=True)
            bits = self._positions.write(container, name)
        if traits.scorable:
            container.put(f"{name}/len", self._lengths)
        self._dense.write(container, name)
        return self._described(bits)

    def _described(self, bits: int) -> dict[str, Any]:
        lengths = self._tokens[self._tokens > 0]
        return {
            "terms": self._terms,
            "postings": self._postings,
            "total": self._total,
            "documents": len(lengths),
            "min_length": int(lengths.min()) if lengths.size else 0,
            "max_length": int(lengths.max()) if lengths.size else 0,
            "positions": self._traits.positions,
            "position_bits": bits,
            "scorable": self._traits.scorable,
            "frequencies": self._traits.frequencies,
            "bmax": {
                "k1": _SCORER.k1,
                "b": _SCORER.b,
                "average": self._documents.average,
            },
        }

    def _add_terms(self, terms: Sequence[bytes]) -> None:
        blob = b"".join(terms)
        ends = np.cumsum(np.fromiter(map(len, terms), np.int64, len(terms)))
        self._blob.append(np.frombuffer(blob, np.uint8))
        self._ends.append(ends + self._bytes)
        self._bytes += len(blob)

    def _add_frequencies(self, tf: NDArray[np.int64]) -> None:
        """Keep a byte a posting, and beside it what does not fit."""
        often = np.flatnonzero(tf >= MOST)
        if often.size:
            self._often_at.append(often + self._postings)
            self._often.append(tf[often])
        self._tf.append(cut(tf))

    def _add_docs(self, batch: Batch, post: NDArray[np.int64]) -> None:
        """Keep the documents of rare terms as numbers, of common ones as bits."""
        common = batch.df >= self._least
        if not common.any():
            self._docs.append(batch.docs)
            return
        self._docs.append(batch.docs[np.repeat(~common, batch.df)])
        for term in np.flatnonzero(common).tolist():
            stop = int(post[term])
            part = slice(stop - int(batch.df[term]), stop)
            docs = batch.docs[part]
            coded = codes(cut(batch.tf[part]), self._lengths[docs])
            self._dense.add(self._terms + term, docs, coded)


class _Dense:
    """Bitmaps of common terms, with ranks and with bounds of the score a word."""

    def __init__(self, words: int, average: float, folder: Path) -> None:
        self._words = words
        self._impacts = table(_SCORER, average) * (255 / _SCORER.ceiling)
        self._impacts[MOST << 8 :] = 255  # the true tf may be any
        self._terms: list[int] = []
        self._df: list[int] = []
        self._bits = Spool(np.uint64, folder)
        self._rank = Spool(np.uint32, folder)
        self._bmax = Spool(np.uint8, folder)

    def add(
        self, term: int, docs: NDArray[np.uint32], coded: NDArray[np.uint16]
    ) -> None:
        """Add a term with its documents, rising, and the codes of its postings."""
        bits = bits_of(self._words, docs)
        rank = np.searchsorted(docs, np.arange(self._words) * WORD)
        bounds = np.zeros(self._words, np.uint8)
        some = np.flatnonzero(bits)
        most = np.maximum.reduceat(self._impacts[coded], rank[some])
        bounds[some] = np.minimum(np.ceil(most), 255)
        self._terms.append(term)
        self._df.append(len(docs))
        self._bits.append(bits)
        self._rank.append(rank)
        self._bmax.append(bounds)

    def write(self, container: ContainerWriter, name: str) -> None:
        """Write what was added, empty arrays where nothing was."""
        shape = (len(self._terms), self._words)
        container.put(f"{name}/dense", np.array(self._terms, np.uint32))
        upto = np.cumsum([0, *self._df], dtype=np.uint64)
        container.put(f"{name}/dense_post", upto)
        self._bits.write(container, f"{name}/bits", shape=shape)
        self._rank.write(container, f"{name}/rank", shape=shape)
        self._bmax.write(container, f"{name}/bmax", shape=shape)

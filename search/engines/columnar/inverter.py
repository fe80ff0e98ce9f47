"""From the tokens of documents to sorted postings."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search.engines.columnar.postings import Batch, grouped
from search.engines.columnar.tokens import Tokens
from search.language.analyzers import GAP_POSITIONS
from search.runs import starts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Keys = NDArray[np.uint64]

_BLOCK = 1 << 17  # codes, worked on while they are in the processor's cache
_RANGE = 1 << 21  # tokens sorted at once


@dataclass(frozen=True, slots=True)
class Sorted:
    """Keys rank of term | document | position, sorted; all keys of their terms."""

    keys: Keys
    doc_bits: int
    pos_bits: int

    def batch(self, terms: Sequence[bytes], chosen: Keys | None = None) -> Batch:
        """Return the postings of the keys, or of those chosen of them."""
        keys = self.keys if chosen is None else chosen
        return grouped(keys, self.doc_bits, self.pos_bits, terms)

    @property
    def docs(self) -> Ints:
        """Return the document of each key."""
        docs = (self.keys >> np.uint64(self.pos_bits)).astype(np.int64)
        return docs & ((1 << self.doc_bits) - 1)

    @property
    def positions(self) -> Ints:
        """Return the position of each key."""
        return self.keys.astype(np.int64) & ((1 << self.pos_bits) - 1)


class TermStream:
    """The postings of one field, given term by term of each document."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._terms = array("i")
        self._docs = array("i")
        self._positions = array("q")

    @property
    def held(self) -> int:
        """Return about how much memory is held."""
        return 16 * len(self._terms) + 150 * len(self._numbers)

    def number(self, term: bytes) -> int:
        """Return the number that stands for ``term``."""
        return self._numbers.setdefault(term, len(self._numbers))

    def add(self, doc: int, number: int, positions: Sequence[int]) -> None:
        """Add a posting of the term of this number; documents rise."""
        for position in positions:
            self._terms.append(number)
            self._docs.append(doc)
            self._positions.append(position)

    def add_terms(self, doc: int, numbers: Collection[int]) -> None:
        """Add a posting of each of these terms, once and without a position."""
        self._terms.extend(numbers)
        self._docs.extend([doc] * len(numbers))
        self._positions.extend([0] * len(numbers))

    def lengths(self, size: int) -> Ints:
        """Return how many tokens each of ``size`` documents has."""
        return np.bincount(_ints(self._docs), minlength=size)

    def batch(self, size: int) -> Batch:
        """Return all postings."""
        terms, ranks = ranked(self._numbers)
        doc_bits, positions = _bits(size), np.array(self._positions, np.int64)
        pos_bits = _bits(int(positions.max(initial=0)) + 1)
        keys = _keys(ranks[_ints(self._terms)], doc_bits + pos_bits)
        keys += (_ints(self._docs).astype(np.uint64) << np.uint64(pos_bits)) + (
            positions.astype(np.uint64)
        )
        keys.sort()
        return grouped(keys, doc_bits, pos_bits, terms)


@dataclass(frozen=True, slots=True)
class _Block:
    """The pairs of some documents: ``docs`` .. ``counts`` have one entry a part.

    ``starts`` are the positions of the parts' first tokens.
    """

    pairs: NDArray[np.int32]
    docs: Ints
    starts: Ints
    counts: Ints


class TextStream:
    """The tokens of texts, each a document's parts that no phrase may cross."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._blocks: list[_Block] = []
        self._codes = array("i")
        self._docs = array("q")
        self._ends = array("q")
        self._held = 0

    @property
    def held(self) -> int:
        """Return about how much memory is held, what the tokens hold aside."""
        return self._held + 4 * len(self._codes) + 16 * len(self._docs)

    def add(self, doc: int, parts: Sequence[str]) -> None:
        """Add a document with all its parts; documents rise."""
        for part in parts:
            self._codes.extend(self._tokens.codes(part))
            self._docs.append(doc)
            self._ends.append(len(self._codes))
        if len(self._codes) > _BLOCK:
            self._settle()

    def parts(self) -> tuple[Ints, Ints, Ints]:
        """Return document, first position and number of tokens of each part."""
        self._settle()
        blocks = self._blocks
        return (
            _joined([block.docs for block in blocks]),
            _joined([block.starts for block in blocks]),
            _joined([block.counts for block in blocks]),
        )

    def sorted(self, ranks: Ints, size: int) -> Iterator[Sorted]:
        """Yield all tokens, ranges of terms in order; ``ranks`` has one a pair."""
        _, starts, counts = self.parts()
        doc_bits, pos_bits = _bits(size), _bits(int((starts + counts).max(initial=1)))
        parts = self._ranges(ranks)
        last = int(parts.max(initial=0))
        chosen = [parts[block.pairs] for block in self._blocks] if last else []
        for number in range(last + 1):
            keys = [
                _block_keys(block, ranks, pos_bits, doc_bits, among)
                for block, among in zip(
                    self._blocks,
                    [part == number for part in chosen] or [None] * len(self._blocks),
                    strict=True,
                )
            ]
            found = np.concatenate([*keys, np.zeros(0, np.uint64)])
            keys.clear()
            found.sort()
            yield Sorted(found, doc_bits, pos_bits)

    def _ranges(self, ranks: Ints) -> NDArray[np.uint8]:
        """Return which range, of a bounded number of tokens, each pair belongs to."""
        counts = np.zeros(int(ranks.max(initial=0)) + 1, np.int64)
        for block in self._blocks:
            counts += np.bincount(ranks[block.pairs], minlength=len(counts))
        upto = np.cumsum(counts)
        width = max(_RANGE, int(upto[-1]) // 200)  # so that a byte can number them
        return ((upto - 1).clip(0) // width).astype(np.uint8)[ranks]

    def _settle(self) -> None:
        """Turn what was added since into a block."""
        if not self._docs:
            return
        ends = np.array(self._ends, np.int64)
        pairs, ends = self._tokens.expand(np.array(self._codes, np.int32), ends)
        docs = np.array(self._docs, np.int64)
        counts = np.diff(ends, prepend=0)
        block = _Block(pairs, docs, _starts(docs, ends - counts), counts)
        self._blocks.append(block)
        self._held += pairs.nbytes + 3 * docs.nbytes
        self._codes, self._docs = array("i"), array("q")
        self._ends = array("q")


def ranked(numbers: dict[bytes, int]) -> tuple[list[bytes], Ints]:
    """Return the terms, sorted, and the rank of each number."""
    terms = sorted(numbers)
    ranks = np.empty(len(terms), np.int64)
    ranks[[numbers[term] for term in terms]] = np.arange(len(terms))
    return terms, ranks


def _block_keys(
    block: _Block,
    ranks: Ints,
    pos_bits: int,
    doc_bits: int,
    among: NDArray[np.bool_] | None,
) -> Keys:
    """Return the keys of a block's tokens, or of those ``among`` them."""
    first = np.cumsum(block.counts) - block.counts
    base = (block.docs << pos_bits) + block.starts - first
    rest = np.repeat(base, block.counts)
    if among is None:
        rest += np.arange(len(rest))
        pairs = block.pairs
    else:
        at = np.flatnonzero(among)
        rest = rest[at] + at
        pairs = block.pairs[at]
    keys = _keys(ranks[pairs], doc_bits + pos_bits)
    keys += rest.view(np.uint64)
    return keys


def _keys(ranks: Ints, shift: int) -> Keys:
    """Return the ranks moved to where they are in keys."""
    if int(ranks.max(initial=0)).bit_length() + shift > 64:
        raise OverflowError("too many terms, documents and positions for one segment")
    return ranks.view(np.uint64) << np.uint64(shift)


def _starts(docs: Ints, first: Ints) -> Ints:
    """Return the position of each part's first token, ``first`` its number."""
    opens = starts_of(docs)
    opener = np.repeat(opens, np.diff(opens, append=len(docs)))
    return first - first[opener] + GAP_POSITIONS * (np.arange(len(docs)) - opener)


def _bits(count: int) -> int:
    """Return how many bits number ``count`` things."""
    return max(1, (count - 1).bit_length())


def _ints(values: array[int]) -> NDArray[np.int32]:
    return np.frombuffer(values, np.int32) if values else np.zeros(0, np.int32)


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate([*parts, np.zeros(0, np.int64)])

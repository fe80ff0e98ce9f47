"""How well a document fits a term: BM25 over one posting's code.

A code packs what the formula needs of one posting: the term's frequency in the
document, cut at 255, in the high byte, and Whoosh's byte of the document's length in
the low one. All 65,536 values are worked out once a field and average length: scoring
is a look into a table. The few postings with a higher frequency are corrected from
their true one.

The combined field ``text`` counts a word of the title twice, in frequency and in
length, so one table over it is true BM25F (Robertson, Zaragoza, Taylor: Simple BM25
extension to multiple weighted fields, 2004).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length, length_to_byte

Scores = NDArray[np.float64]

MOST = 255  # the highest frequency a byte can say
_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float64)
_BYTES = np.array([length_to_byte(length) for length in range(106_400)], np.uint8)


@dataclass(frozen=True, slots=True)
class TermStats:
    """What a weight may depend on, over the whole index, deleted documents included.

    ``documents`` of the index, ``containing`` the term; how many ``tokens`` its field
    has. ``count`` returns the :attr:`occurrences`, for which pages have to be read.
    """

    documents: int
    containing: int
    tokens: int
    count: Callable[[], int]

    @property
    def average(self) -> float:
        """Return the mean length, counting documents without the field as well."""
        return self.tokens / max(1, self.documents)

    @property
    def occurrences(self) -> int:
        """Return how often the term occurs; worked out each time."""
        return self.count()


class Scorer(Hashable, Protocol):
    """A term's score in a document is ``weight`` times ``impact``."""

    def weight(self, stats: TermStats) -> float:
        """Return what a term's occurrences count for."""

    def impact(self, frequency: Scores, length: Scores, average: float) -> Scores:
        """Return what so many occurrences count in a document of such a length.

        It grows with the frequency, and is at most :attr:`ceiling`.
        """

    @property
    def ceiling(self) -> float:
        """Return what no impact exceeds."""


@dataclass(frozen=True, slots=True)
class Bm25:
    """Whoosh's BM25F to the last bit: ``whoosh.scoring.bm25`` and its ``idf``."""

    k1: float = 1.2
    b: float = 0.75

    def weight(self, stats: TermStats) -> float:
        """Return the inverse document frequency, ``ln(N / (n + 1)) + 1``."""
        return log(stats.documents / (stats.containing + 1)) + 1

    def impact(self, frequency: Scores, length: Scores, average: float) -> Scores:
        """Return ``tf (k1+1) / (tf + k1 ((1-b) + b length / average))``."""
        norm = (1 - self.b) + self.b * length / average
        with np.errstate(invalid="ignore", divide="ignore"):
            found = frequency * (self.k1 + 1) / (frequency + self.k1 * norm)
        return np.where(frequency > 0, found, 0.0)

    @property
    def ceiling(self) -> float:
        """Return ``k1 + 1``, which very frequent terms come near."""
        return self.k1 + 1


def table(scorer: Scorer, average: float) -> Scores:
    """Return the impact of each of the 65,536 codes; about a millisecond."""
    frequency = np.arange(256, dtype=np.float64)[:, None]
    found = scorer.impact(frequency, _LENGTHS[None, :], average or 1.0)
    return np.ascontiguousarray(found.reshape(-1))


def cut(frequency: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return frequencies as a byte each, those too high as the highest it can say."""
    found: NDArray[np.uint8] = np.minimum(frequency, MOST).astype(np.uint8)
    return found


def codes(tf: NDArray[np.uint8], lengths: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Return the code of each posting from its cut frequency and length byte."""
    found = tf.astype(np.uint16)
    found <<= np.uint16(8)
    found |= lengths
    return found


def length_bytes(lengths: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return Whoosh's byte for each length in tokens."""
    found: NDArray[np.uint8] = _BYTES[np.minimum(lengths, len(_BYTES) - 1)]
    return found


def lengths_of(lengths: NDArray[np.uint8]) -> Scores:
    """Return the length in tokens that each length byte stands for."""
    found: Scores = _LENGTHS[lengths]
    return found

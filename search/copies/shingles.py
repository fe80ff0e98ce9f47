"""A text as its word 5-shingles: numbers that are the same on every machine.

A shingle is five words in a row, folded. In scripts without spaces a character stands
for a word, and a shingle is as many as five words have. Its number is a polynomial of
its words' XXH3 sums modulo 2**64, mixed, of which the upper 32 bits are kept.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from search import scripts
from search.distinct import distinct
from search.folding import fold

WIDTH = 5  # words of a shingle
IDEOGRAPHS = 10  # of a shingle: a word of Chinese or Japanese has about two
LETTERS = 24  # of a shingle: a word of Thai, Lao, Burmese or Khmer has about five
RATE = 8  # one shingle in so many is sampled, by its number

Numbers = NDArray[np.uint32]
Mask = NDArray[np.bool_]
Places = NDArray[np.int64]
Widths = NDArray[np.uint8]

_WORD = re.compile(r"\w+")
_WORD_OR_CHARACTER = re.compile(rf"[{scripts.UNSPACED}]|[^\W{scripts.UNSPACED}]+")
_IS_UNSPACED = re.compile(rf"[{scripts.UNSPACED}]")
_IS_IDEOGRAPH = re.compile(rf"[{scripts.IDEOGRAPHS}]")
_DIGIT = re.compile(r"\d")

_KNOWN = 200_000  # words whose sums are remembered
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd: 2**64 divided by the golden ratio
_MIX = np.uint64(0xD6E8FEB86659FD93)  # odd, from the mixer of xoroshiro's authors
_HALF = np.uint64(32)


@dataclass(frozen=True, eq=False)
class Shingled:
    """A text's shingles in order, and its words.

    ``numbers`` has one for each word but the last few, which begin none; ``begins`` is
    that word's place and ``widths`` of how many words it is. ``sums`` has one for each
    word, odd for those with a digit.
    """

    numbers: Numbers
    sums: Numbers
    begins: Places
    widths: Widths

    @property
    def words(self) -> int:
        """Return how many words the text has."""
        return len(self.sums)

    @property
    def spoken(self) -> float:
        """Return how many words one here is: less than one where it is a character."""
        return float(np.mean(WIDTH / self.widths)) if len(self.widths) else 1.0

    @property
    def figures(self) -> Mask:
        """Return which of its words have a digit."""
        found: Mask = (self.sums & 1).astype(np.bool_)
        return found

    @cached_property
    def distinct(self) -> Numbers:
        """Return its different shingles, rising."""
        return distinct(self.numbers)

    @property
    def sampled(self) -> Numbers:
        """Return those of its different shingles that are sampled, rising.

        Which are is a matter of their numbers alone: two texts sample what they share.
        """
        found: Numbers = self.distinct[self.distinct % RATE == 0]
        return found


def shingled(text: str) -> Shingled:
    """Return the shingles of ``text``; costs 0.1 ms for 300 words."""
    words = _words(text)
    if len(_known) > _KNOWN:
        _known.clear()
    sums = np.array([*map(_known.__getitem__, words)], np.uint64)
    widths = np.full(len(sums), WIDTH, np.uint8)
    if not text.isascii() and _IS_UNSPACED.search(text):
        widths = np.array([*map(_width, words)], np.uint8)
    begins = np.flatnonzero(np.arange(len(sums)) + widths <= len(sums))
    widths = widths[begins]
    numbers = np.zeros(len(begins), np.uint64)
    for width in distinct(widths).tolist():
        some = widths == width
        numbers[some] = _rows(sums, width)[begins[some]]
    return Shingled(_mixed(numbers), sums.astype(np.uint32), begins, widths)


def _words(text: str) -> list[str]:
    """Return the words of ``text``, and the characters of what has no spaces."""
    if text.isascii():
        return _WORD.findall(text)
    text = unicodedata.normalize("NFC", text)
    words = _WORD_OR_CHARACTER if _IS_UNSPACED.search(text) else _WORD
    return words.findall(text)


@lru_cache(50_000)
def _width(word: str) -> int:
    """Return how many words a shingle has that begins with ``word``."""
    if len(word) > 1 or not _IS_UNSPACED.match(word):
        return WIDTH
    return IDEOGRAPHS if _IS_IDEOGRAPH.match(word) else LETTERS


def _rows(sums: NDArray[np.uint64], width: int) -> NDArray[np.uint64]:
    """Return a polynomial of each row of ``width`` of the ``sums``."""
    last = len(sums) - width + 1
    numbers = sums[:last].copy()
    for step in range(1, width):
        numbers *= _FACTOR
        numbers += sums[step : step + last]
    return numbers


def _mixed(numbers: NDArray[np.uint64]) -> Numbers:
    numbers ^= numbers >> _HALF
    numbers *= _MIX
    numbers ^= numbers >> _HALF
    numbers *= _MIX
    return (numbers >> _HALF).astype(np.uint32)


class _Known(dict[str, int]):
    """The sums of words as written; those met first are worked out."""

    def __missing__(self, word: str) -> int:
        data = fold(word).encode("utf-8", "surrogatepass")
        figure = bool(_DIGIT.search(word))
        found = self[word] = xxh3_64_intdigest(data) & ~1 | figure
        return found


_known = _Known()

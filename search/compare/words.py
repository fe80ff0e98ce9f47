"""Text as words: what is compared, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from search.folding import fold
from search.scripts import UNSPACED

# In scripts without spaces, a character with the signs after it: vowels and tones are
# signs that stand on it.
_CHUNK = re.compile(rf"[{UNSPACED}][^\w\s]*|[^\s{UNSPACED}]+")
_DASHES = re.compile("[-\u2010-\u2015\u2212]+")
_EDGES = (
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~‘’‚“”„«»‹›…–—¿¡،؛؟।、。，！？；："
    "「」『』《》〈〉（）"
)

_fold = lru_cache(50_000)(fold)


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place, half-open character offsets into its text.

    ``key`` is what it is compared by: folded, without punctuation around it.
    """

    key: str
    start: int
    end: int


def words(text: str, most: int | None = None) -> list[Word]:
    """Return what stands between spaces in ``text``, the first ``most`` of it.

    In scripts without spaces, each character is a word.

    >>> [word.key for word in words("“Quay” – São Tomé’s.")]
    ['quay', '-', 'sao', "tome's"]
    >>> [word.key for word in words("關稅為「12%」。")]
    ['關', '稅', '為', '12']
    """
    found = islice(_CHUNK.finditer(text), most)
    return [Word(key(m[0]), m.start(), m.end()) for m in found]


def key(chunk: str) -> str:
    """Return what a chunk is compared by; signs alone are, as written.

    Only dashes are all one.
    """
    if _DASHES.fullmatch(chunk):
        return "-"
    return _fold(chunk.strip(_EDGES)) or chunk


def keys(some: Sequence[Word]) -> list[str]:
    """Return what words are compared by, in order."""
    return [word.key for word in some]

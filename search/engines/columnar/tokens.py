"""Text as term numbers: each distinct chunk goes once through the real analyzers.

A chunk is what ``str.split`` yields. The analyzers find no word across white space, but
for a lone ``s`` or ``t`` that lost its apostrophe: such a chunk is glued to the one
before it. So what a chunk yields is remembered, and a text costs a look-up a chunk.

``analyzers.WORDS`` and ``EXACT`` find the same number of tokens in any text. What they
find at one position is a *pair*; pairs are numbered, and stand for both.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from search.language.analyzers import words_and_exact
from search.runs import spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GLUE = "\0"
_LONE = re.compile(r"[sS](?![\w&-])|t(?!\w)")
_GLUED = re.compile(rf"[ \xa0](?={_LONE.pattern})")
_EDGES = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"  # no part of a word when around it
_MUCH = 96 << 20  # bytes
_CHUNK_BYTES = 140  # about, of what is remembered of it, its letters and pairs aside
_PAIR_BYTES = 430  # about, with its word as written and stemmed
_LETTER_BYTES = 2


class Tokens:
    """Numbers the pairs of all texts it is given; ``held`` is about what it holds."""

    def __init__(self) -> None:
        self._forget()

    @property
    def held(self) -> int:
        """Return about how much memory is held."""
        known = _CHUNK_BYTES * len(self._known) + _LETTER_BYTES * self._letters
        return known + _PAIR_BYTES * len(self._pairs) + 4 * len(self._several)

    def trim(self) -> None:
        """Forget everything if it is much; what was numbered means nothing then."""
        if self.held > _MUCH:
            self._forget()

    def codes(self, text: str) -> Iterable[int]:
        """Return what :meth:`expand` turns into the pairs of ``text``, in order.

        ``text`` must hold neither lone surrogates nor the analyzers' markers.
        """
        if _GLUE in text:
            return self._analyzed(text)
        known = self._known
        known.lone = False
        codes = [*map(known.__getitem__, text.split())]
        if known.lone:
            codes = [*map(known.glued, _GLUED.sub(_GLUE, text).split())]
        return codes

    def expand(
        self, codes: NDArray[np.int32], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the pairs that ``codes`` stand for.

        ``ends`` are numbers of codes; each comes back as the number of pairs there.
        """
        where = np.flatnonzero(codes < 0)
        if not where.size:
            return codes, ends
        several = -1 - codes[where]
        bounds = np.frombuffer(self._ends, np.int64)
        starts = bounds[several]
        counts = bounds[several + 1] - starts
        times = np.ones(len(codes), np.int64)
        times[where] = counts
        pairs = np.repeat(codes, times)
        flat = np.frombuffer(self._several, np.int32)
        pairs[pairs < 0] = flat[spans(starts, counts)]
        upto = np.concatenate((np.zeros(1, np.int64), np.cumsum(times)))
        return pairs, upto[ends]

    def words_of_pairs(self) -> NDArray[np.int32]:
        """Return the number in ``words`` of each pair's stemmed word."""
        return np.array(self._words_of, np.int32)

    def exact_of_pairs(self) -> NDArray[np.int32]:
        """Return the number in ``exact`` of each pair's word as written."""
        return np.array(self._exact_of, np.int32)

    def learn(self, chunk: str) -> int:
        """Return the code of a chunk seen for the first time."""
        self._letters += len(chunk)
        found = self._analyzed(chunk.replace(_GLUE, " "))
        if len(found) == 1:
            return found[0]
        self._several.extend(found)
        self._ends.append(len(self._several))
        return 1 - len(self._ends)

    def _forget(self) -> None:
        self.words: dict[str, int] = {}
        self.exact: dict[str, int] = {}
        self._pairs: dict[tuple[int, int], int] = {}
        self._letters = 0  # of the chunks
        self._words_of = array("i")
        self._exact_of = array("i")
        self._several = array("i")  # pairs of the chunks that have none or several
        self._ends = array("q", [0])
        self._known = _Known(self)

    def _analyzed(self, text: str) -> list[int]:
        """Return the pairs of ``text`` as the analyzers find them."""
        return [self._pair(*both) for both in words_and_exact(text)]

    def _pair(self, word: str, exact: str) -> int:
        key = (
            self.words.setdefault(word, len(self.words)),
            self.exact.setdefault(exact, len(self.exact)),
        )
        number = self._pairs.get(key)
        if number is None:
            number = self._pairs[key] = len(self._pairs)
            self._words_of.append(key[0])
            self._exact_of.append(key[1])
        return number


class _Known(dict[str, int]):
    """The codes of chunks; those seen first are worked out.

    A lone ``s`` or ``t`` sets ``lone`` instead, each time: what it is depends on the
    chunk before it.
    """

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.lone = False
        self._tokens = tokens
        self._first: dict[str, int] = {}  # lone ones with no chunk before them

    def __missing__(self, chunk: str) -> int:
        if _LONE.match(chunk):
            self.lone = True
            return 0
        code = self[chunk] = self._code(chunk)
        return code

    def glued(self, chunk: str) -> int:
        """Return the code of a chunk of a text whose lone letters are glued."""
        if not _LONE.match(chunk):
            return self[chunk]
        code = self._first.get(chunk)
        if code is None:
            code = self._first[chunk] = self._tokens.learn(chunk)
        return code

    def _code(self, chunk: str) -> int:
        core = chunk.strip(_EDGES)
        # Around letters and digits punctuation changes nothing, nor does a capital
        # at the beginning of a word; words all in capitals may be acronyms.
        if core.isascii() and core.isalnum():
            if core[0].isupper() and core[1:].islower():
                core = core.lower()
            if core != chunk and not _LONE.match(core):
                return self[core]
        return self._tokens.learn(chunk)

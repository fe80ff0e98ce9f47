"""What the collection has to know of a page: its blocks as numbers, and its story.

A block is one of six by what became of it on the page alone. Only a doubtful one can
be removed for being on other pages too, and only one removed by guess be put back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.chrome.digests import BITS, digest
from index.chrome.foreign import foreign, names_of
from index.cleaner import phrases, wording
from index.page import Block, CleanPage, Form, RawPage
from search.model import Kind

Codes = NDArray[np.uint32]


class Sure(IntEnum):
    """How sure the page alone is of a block, the least sure first."""

    REMOVED = 0  # near the text; what lies further off is chrome without this
    GUESSED = 1  # removed, of running text that has nothing against it but how it reads
    DOUBTED = 2
    SLIGHTLY = 3  # doubted
    FOREIGN = 4  # running text that has no word in common with the story
    CLEAR = 5  # it stays


# The chance of chrome, ``Block.score``, from which a kept block is doubted, slightly
# and more: of running text, of which 19 in 20 blocks of real stories have less, and
# of labels, which say less for themselves.
_PROSE_DOUBTS = (0.05, 0.2)
_LABEL_DOUBTS = (0.2, 0.4)
_PROSE = 60  # characters of the shortest running text
GUESSES = frozenset(("block-model", "line-model", "outside"))  # rules that weigh
_SHORT = 20  # characters; what is shorter recurs by chance
_ABOVE, _BELOW = 3, 6  # removed blocks beyond the kept ones that count as near
_MOST = 400  # blocks of a page that are looked at; a live blog has more
_SURE_BITS = 32 - BITS
_SHINGLE = 8  # words that weigh as much as one more block in a page's story
_MIXERS: Final = np.array(
    (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9), np.uint64
)


@dataclass(frozen=True, slots=True)
class Traits:
    """A page as the collection sees it.

    ``codes`` are the digests of its blocks with how sure the page is of each, ``story``
    three numbers that pages share as likely as they share their text. ``placed`` tells
    that the article's places were given and not found in its text.
    """

    codes: bytes = b""
    story: bytes = b""
    placed: bool = False


NOTHING = Traits()


def traits_of(raw: RawPage, page: CleanPage) -> Traits:
    """Return what the collection has to know of ``page``.

    Nothing where it is no article, or one that was given clean.
    """
    placed = any(given.places for given in raw.given)
    if raw.form is Form.CLEAN or page.kind is not Kind.ARTICLE:
        return Traits(placed=placed)
    near = _near(page.blocks)
    numbers = [digest(block.text) for block in near]
    sure = [sure_of(block) for block in near]
    for at in foreign(near, names_of(raw, page)):
        if sure[at] is Sure.CLEAR:
            sure[at] = Sure.FOREIGN
    if Sure.CLEAR not in sure:
        # Nothing would be left, so that no block of it can go.
        sure = [Sure.REMOVED] * len(sure)
    pairs = zip(numbers, sure, strict=True)
    codes = np.array([n << _SURE_BITS | how for n, how in pairs], "<u4")
    clear = [
        (number, len(block.text.split()))
        for number, block, how in zip(numbers, near, sure, strict=True)
        if how is Sure.CLEAR
    ]
    return Traits(codes.tobytes(), _story(clear), placed)


def sure_of(block: Block) -> Sure:
    """Return how sure its page alone is of ``block``."""
    prose = len(block.text) >= _PROSE and wording.is_sentence(block.text)
    if not block.kept:
        return Sure.GUESSED if prose and block.rule in GUESSES else Sure.REMOVED
    if phrases.CONTRIBUTED.match(block.text):
        return Sure.CLEAR
    if block.score is None:
        speaks = wording.addresses(block.text)
        plain = (prose and not speaks) or block.rule == "subheading"
        return Sure.CLEAR if plain else Sure.SLIGHTLY
    slightly, more = _PROSE_DOUBTS if prose else _LABEL_DOUBTS
    if block.score >= more and len(block.text) >= _SHORT:
        return Sure.DOUBTED
    return Sure.SLIGHTLY if block.score >= slightly else Sure.CLEAR


def digests_of(codes: Codes) -> Codes:
    """Return the digests of ``codes``."""
    return codes >> np.uint32(_SURE_BITS)


def sure_in(codes: Codes) -> Codes:
    """Return how sure their pages are of ``codes``."""
    return codes & np.uint32((1 << _SURE_BITS) - 1)


def codes_of(stored: bytes) -> Codes:
    """Return the codes that :class:`Traits` holds."""
    return np.frombuffer(stored, "<u4")


def _near(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the kept blocks and those among them or right beside."""
    kept = [number for number, block in enumerate(blocks) if block.kept]
    if not kept:
        return ()
    near = blocks[max(0, kept[0] - _ABOVE) : kept[-1] + 1 + _BELOW]
    return near[:_MOST]


def _story(clear: Sequence[tuple[int, int]]) -> bytes:
    """Return a min-hash of digests, each weighed by its words, under three mixers."""
    draws = [
        number << 12 | part
        for number, words in clear
        for part in range(1 + min(words // _SHINGLE, 4_000))
    ]
    if not draws:
        return bytes(12)
    mixed = np.array(draws, np.uint64)[:, None] * _MIXERS
    mixed = (mixed ^ mixed >> np.uint64(29)) * _MIXERS[::-1]
    lowest: Codes = (mixed >> np.uint64(32)).min(axis=0).astype("<u4")
    return lowest.tobytes()

"""Which blocks of a source are its chrome: those that many of its stories have.

Pages that share most of their text are one story: a page saved twice, or a story that
an agency sent to two sections, makes nothing recur. All sums are of integers over the
source's pages as they are, so that neither their order nor the runs they came in
matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.chrome.traits import Codes, Sure, codes_of, digests_of, sure_in
from search.distinct import are_among, distinct

Stories = NDArray[np.uint32]  # three columns, a row a page

# How many stories must have a block, at the least and for each so many of the source:
# where its page doubts it, where that does so only slightly, and where all that is odd
# about it is that it has nothing to do with the story: a columnist's last line and what
# a paper says of each trial have not either, but are on few stories of all.
FEWEST = {
    Sure.DOUBTED: (3, 200),
    Sure.SLIGHTLY: (5, 7),
    Sure.FOREIGN: (5, 5),
}
_CLEAR = 3  # times as many stories must doubt or remove a block as keep it clearly
# Where more than this of what pages surely keep recurs as well, that says nothing: the
# pages are forms that are filled in, or put together from one stock of paragraphs.
_TELLING = 0.5
_EDITION = 2  # of the code below; counted up where the same pages teach something else
_CHUNK = 2_000_000  # codes in memory at a time
_AT_ONCE = 1_000  # pages


@dataclass(frozen=True, slots=True)
class Learned:
    """The chrome of one source: the stories that have each digest, of ``stories``.

    ``spared`` are the digests that a page of another source is sure are of its story:
    what two outlets print is content, however often one of them does.
    """

    recurring: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    stories: int = 0
    spared: frozenset[int] = frozenset()

    def condemned(self, codes: bytes) -> frozenset[int]:
        """Return the digests of a page's blocks that go."""
        if not self.recurring:
            return frozenset()
        found = codes_of(codes)
        pairs = zip(digests_of(found).tolist(), sure_in(found).tolist(), strict=True)
        sure = dict.fromkeys(self.recurring, Sure.REMOVED)
        for digest, how in pairs:
            if digest in sure:  # what is there twice is as sure as the surer of them
                sure[digest] = max(sure[digest], Sure(how))
        return frozenset(d for d, how in sure.items() if self._condemns(d, how))

    @property
    def sentences(self) -> frozenset[tuple[int, Sure]]:
        """Return what goes: digests, each with how sure its page is of the block."""
        return frozenset(
            (digest, sure)
            for digest in self.recurring
            for sure in FEWEST
            if self._condemns(digest, sure)
        )

    def _condemns(self, digest: int, sure: Sure) -> bool:
        if digest in self.spared:
            return False
        needed = _needed(sure, self.stories)
        return needed is not None and self.recurring[digest] >= needed


def rules() -> int:
    """Return a number for the rules by which is learned: others have another. Not 0."""
    fewest = sorted((int(sure), needed) for sure, needed in FEWEST.items())
    return 1 + crc32(repr((_EDITION, fewest, _CLEAR, _TELLING)).encode())


def learn(pages: Callable[[], Iterable[tuple[bytes, bytes]]], codes: int) -> Learned:
    """Return what ``pages`` of one source, as codes and story, have in common.

    ``codes`` is how many they have in all. They are read once more for each two
    million, so that memory stays flat.
    """
    stories = _stories(pages())
    parts = 1 + codes // _CHUNK
    found: dict[int, int] = {}
    sure = common = 0
    for part in range(parts if stories >= FEWEST[Sure.DOUBTED][0] else 0):
        recurring = _recurring(*_gathered(pages(), part, parts), stories)
        found.update(recurring.found)
        sure += recurring.sure
        common += recurring.common
    if common > _TELLING * sure:
        found = {}
    return Learned(MappingProxyType(found), stories)


@dataclass(frozen=True, slots=True)
class _Recurring:
    """How many stories have each digest ``found`` to recur in a share of the codes.

    Of ``sure`` codes of running text that pages keep, ``common`` recur as well.
    """

    found: Mapping[int, int]
    sure: int
    common: int


def _needed(sure: Sure, stories: int) -> int | None:
    """Return how many of a source's stories must have a block for it to go."""
    if sure not in FEWEST:
        return None
    fewest, share = FEWEST[sure]
    return max(fewest, -(-stories // share))


def _stories(pages: Iterable[tuple[bytes, bytes]]) -> int:
    """Return how many stories the pages are."""
    found = np.frombuffer(b"".join(story for _, story in pages), "<u4").reshape(-1, 3)
    return min(len(distinct(found[:, column])) for column in range(3))


def _gathered(
    pages: Iterable[tuple[bytes, bytes]], part: int, parts: int
) -> tuple[Codes, Stories]:
    """Return the codes whose digests are in ``part``, and their pages' stories."""
    codes: list[Codes] = [np.zeros(0, np.uint32)]
    stories: list[Stories] = [np.zeros((0, 3), np.uint32)]
    rest = iter(pages)
    while some := list(islice(rest, _AT_ONCE)):
        own = codes_of(b"".join(stored for stored, _ in some))
        each = np.frombuffer(b"".join(story for _, story in some), "<u4").reshape(-1, 3)
        theirs = np.repeat(each, [len(stored) // 4 for stored, _ in some], axis=0)
        wanted = digests_of(own) % np.uint32(parts) == part
        codes.append(own[wanted])
        stories.append(theirs[wanted])
    return np.concatenate(codes), np.concatenate(stories)


def _recurring(codes: Codes, stories: Stories, total: int) -> _Recurring:
    """Return what recurs of ``codes``, in a source of so many stories."""
    digests, sure = digests_of(codes), sure_in(codes)
    fewest = _needed(Sure.DOUBTED, total) or 0
    kept = int((sure >= Sure.FOREIGN).sum())
    often = _at_least(digests, fewest)
    digests, sure, stories = digests[often], sure[often], stories[often]
    doubted = (sure >= Sure.DOUBTED) & (sure != Sure.CLEAR)
    against = _counted(digests[sure != Sure.CLEAR], stories[sure != Sure.CLEAR])
    for_it = _counted(digests[sure == Sure.CLEAR], stories[sure == Sure.CLEAR])
    most = {number: max(n, for_it.get(number, 0)) for number, n in against.items()}
    most = {**for_it, **most}
    spread = np.array([n for n, times in most.items() if times >= fewest], np.uint32)
    common = (sure >= Sure.FOREIGN) & are_among(digests, np.sort(spread))
    found = {
        number: against[number]
        for number in distinct(digests[doubted]).tolist()
        if against[number] >= max(fewest, _CLEAR * for_it.get(number, 0))
    }
    return _Recurring(found, kept, int(common.sum()))


def _at_least(digests: Codes, fewest: int) -> NDArray[np.bool_]:
    """Return which of ``digests`` are there as often as that."""
    _, inverse, counts = np.unique(digests, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse] >= fewest)


def _counted(digests: Codes, stories: Stories) -> dict[int, int]:
    """Return how many stories have each digest, by the number that tells fewest."""
    columns = [_distinct(digests, stories[:, column]) for column in range(3)]
    numbers = distinct(digests).tolist()
    fewest = np.minimum.reduce(columns).tolist() if numbers else []
    return dict(zip(numbers, fewest, strict=True))


def _distinct(digests: Codes, story: Codes) -> NDArray[np.int64]:
    """Return for each digest, in order, with how many different stories it goes."""
    pairs = distinct(digests.astype(np.uint64) << np.uint64(32) | story)
    counts: NDArray[np.int64] = np.unique(pairs >> np.uint64(32), return_counts=True)[1]
    return counts

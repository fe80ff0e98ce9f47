"""What a page removed by guess, and a copy of its story at another outlet surely keeps.

Where the cleaner has nothing against a paragraph but how it reads, and another outlet
that prints the same story is sure of it, it is of that story.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.chrome.traits import Codes, Sure, codes_of, digests_of, sure_in
from search.distinct import are_among, distinct
from search.engines.runs import spans

Pages = Callable[[], Iterable[tuple[int, str, bytes, bytes]]]
"""Returns pages: key, source, codes, story; the same each time."""

Ints = NDArray[np.int64]

_STORIES = 3  # of one source in which a block was removed: what recurs is chrome
_BLOCKS = 2  # that two pages are sure of, and this share of the fewer: one story
_SHARE = 0.3
_ASKED = 50  # pages that are sure of a block; one that more have is in all of them
_COLUMNS = 3  # of a story's numbers
_AT_ONCE = 10_000  # pages


class _Blocks(NamedTuple):
    """Blocks: their digests, and of their pages the keys, sources and stories."""

    digests: Ints
    keys: Ints
    sources: Ints
    stories: Ints


def reprinted(pages: Pages) -> Mapping[int, frozenset[int]]:
    """Return the digests that are to be put back, by the key of their page.

    Pages of a folder, whose source is not known, neither give nor take: they may be of
    any outlet. Pages are one story that share two blocks they are sure of, and three
    tenths of those of the page that has fewer. Goes through all pages four times, 10 µs
    a page in all; in memory is what was removed by guess.
    """
    names: dict[str, int] = {}
    guessed = distinct(_blocks(pages, names, Sure.GUESSED, None).digests)
    if not len(guessed):
        return {}
    clear = _blocks(pages, names, Sure.CLEAR, guessed)
    removed = _blocks(pages, names, Sure.GUESSED, distinct(clear.digests))
    told = _pairs(removed, clear)
    sure = _sure_of(pages, {key for _, *keys in told for key in keys})
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    for digest, one, other in told:
        if _is_one_story(sure[one], sure[other]):
            wanted[one].add(digest)
    return {key: frozenset(digests) for key, digests in wanted.items()}


def _pairs(removed: _Blocks, clear: _Blocks) -> list[tuple[int, int, int]]:
    """Return digests, who removed each, and who of another source is sure of it."""
    order = np.lexsort((clear.stories[:, 0], clear.digests))
    clear = _Blocks(*(column[order] for column in clear))
    some = np.flatnonzero(_is_rare(removed))
    begin = np.searchsorted(clear.digests, removed.digests[some], "left")
    end = np.searchsorted(clear.digests, removed.digests[some], "right")
    sizes = np.minimum(end - begin, _ASKED)
    asking, asked = np.repeat(some, sizes), spans(begin, sizes)
    others = removed.sources[asking] != clear.sources[asked]
    asking, asked = asking[others], asked[others]
    digests, keys = removed.digests[asking], removed.keys[asking]
    listed = (digests.tolist(), keys.tolist(), clear.keys[asked].tolist())
    return list(zip(*listed, strict=True))


def _sure_of(pages: Pages, keys: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Return the digests of the blocks that each of some pages is sure of."""
    found = dict.fromkeys(keys, frozenset[int]())
    for key, _, stored, _ in pages() if keys else ():
        if key in found:
            codes = codes_of(stored)
            clear = digests_of(codes[sure_in(codes) == Sure.CLEAR])
            found[key] = frozenset(clear.tolist())
    return found


def _is_one_story(one: frozenset[int], other: frozenset[int]) -> bool:
    both = len(one & other)
    return both >= max(_BLOCKS, _SHARE * min(len(one), len(other)))


def _blocks(
    pages: Pages, names: dict[str, int], how: Sure, wanted: Ints | None
) -> _Blocks:
    """Return the blocks of which their pages are so sure, of those ``wanted``."""
    parts = [_of([], names, np.zeros(0, np.uint32), np.zeros(0, np.int64))]
    rest = (page for page in pages() if not page[1].startswith("/"))
    while some := list(islice(rest, _AT_ONCE)):
        codes = codes_of(b"".join(stored for _, _, stored, _ in some))
        owners = np.repeat(
            np.arange(len(some)), [len(stored) // 4 for _, _, stored, _ in some]
        )
        so_sure = sure_in(codes) == how
        digests, owners = digests_of(codes[so_sure]), owners[so_sure]
        if wanted is not None:
            met = are_among(digests.astype(np.int64), wanted)
            digests, owners = digests[met], owners[met]
        parts.append(_of(some, names, digests, owners))
    return _Blocks(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _of(
    pages: list[tuple[int, str, bytes, bytes]],
    names: dict[str, int],
    digests: Codes,
    owners: Ints,
) -> _Blocks:
    """Return blocks, with what is known of their pages."""
    keys = np.array([key for key, *_ in pages], np.int64)
    sources = [names.setdefault(source, len(names)) for _, source, *_ in pages]
    stories = np.frombuffer(b"".join(story for *_, story in pages), "<u4")
    rows = stories.reshape(-1, _COLUMNS).astype(np.int64)
    return _Blocks(
        digests.astype(np.int64),
        keys[owners],
        np.array(sources, np.int64)[owners],
        rows[owners],
    )


def _is_rare(removed: _Blocks) -> NDArray[np.bool_]:
    """Return which blocks their source removed from few stories."""
    owned = removed.digests << 32 | removed.sources
    different = np.unique(np.stack((owned, removed.stories[:, 0]), 1), axis=0)
    blocks, counts = np.unique(different[:, 0], return_counts=True)
    found: NDArray[np.bool_] = counts[np.searchsorted(blocks, owned)] < _STORIES
    return found

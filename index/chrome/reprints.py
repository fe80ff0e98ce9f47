"""What a page removed by guess, and a copy of its story at another outlet surely keeps.

Where the cleaner has nothing against a paragraph but how it reads, and another outlet
that prints the same story is sure of it, it is of that story.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.chrome.elsewhere import Blocks, Pages, blocks_of
from index.chrome.traits import Codes, Sure, codes_of, digests_of, sure_in
from search.distinct import are_among, distinct
from search.runs import spans

Ints = NDArray[np.int64]

_STORIES = 3  # of one source in which a block was removed: what recurs is chrome
_BLOCKS = 2  # that two pages are sure of, and this share of the fewer: one story
_SHARE = 0.3
_ASKED = 60  # pages that are sure of a block; what more have is no matter of one story
_OF_ONE = 5  # of them of one source


def reprinted(pages: Pages) -> Mapping[int, frozenset[int]]:
    """Return the digests that are to be put back, by the key of their page.

    Pages of a folder, whose source is not known, neither give nor take: they may be of
    any outlet. Pages are one story that share two blocks they are sure of, and three
    tenths of those of the page that has fewer. Goes through all pages four times, 10 µs
    a page in all; in memory is what was removed by guess.
    """
    names: dict[str, int] = {}
    guessed = distinct(blocks_of(pages, names, Sure.GUESSED, None).digests)
    if not len(guessed):
        return {}
    clear = blocks_of(pages, names, Sure.CLEAR, guessed)
    removed = blocks_of(pages, names, Sure.GUESSED, distinct(clear.digests))
    told = _pairs(removed, clear, names)
    sure = _sure_of(pages, distinct(told[:, 1:].reshape(-1)))
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    for row in told:
        digest, one, other = row.tolist()
        if digest not in wanted[one] and _is_one_story(sure[one], sure[other]):
            wanted[one].add(digest)
    return {key: frozenset(digests) for key, digests in wanted.items() if digests}


def _pairs(removed: Blocks, clear: Blocks, names: Mapping[str, int]) -> Ints:
    """Return digests, who removed each, and who of another source is sure of it.

    Who is asked is told by what they say and who they are, in whatever order they came.
    """
    clear = _asked(clear, names)
    some = np.flatnonzero(_is_rare(removed))
    begin = np.searchsorted(clear.digests, removed.digests[some], "left")
    end = np.searchsorted(clear.digests, removed.digests[some], "right")
    asking, asked = np.repeat(some, end - begin), spans(begin, end - begin)
    others = removed.sources[asking] != clear.sources[asked]
    asking, asked = asking[others], asked[others]
    return np.stack(
        (removed.digests[asking], removed.keys[asking], clear.keys[asked]), axis=1
    )


def _asked(clear: Blocks, names: Mapping[str, int]) -> Blocks:
    """Return some of those who are sure of each block, by digest."""
    ranks = np.empty(len(names), np.int64)
    ranks[[names[name] for name in sorted(names)]] = np.arange(len(names))
    sources = ranks[clear.sources]
    clear = _first(clear, (clear.digests, sources), _OF_ONE)
    return _first(clear, (clear.digests,), _ASKED)


def _first(blocks: Blocks, keys: tuple[Ints, ...], number: int) -> Blocks:
    """Return the first ``number`` of ``blocks`` with each of ``keys``, by story."""
    order = np.lexsort((*blocks.stories.T[::-1], *keys[::-1]))
    listed = [key[order] for key in keys]
    new = np.any([np.diff(key, prepend=-1) != 0 for key in listed], axis=0)
    begun = np.flatnonzero(new)
    nth = np.arange(len(order)) - np.repeat(begun, np.diff([*begun, len(order)]))
    return Blocks(*(column[order[nth < number]] for column in blocks))


def _sure_of(pages: Pages, keys: Ints) -> Mapping[int, Codes]:
    """Return the digests of the blocks that each of some pages is sure of, rising."""
    wanted = frozenset(keys.tolist())
    found: dict[int, Codes] = {}
    for key, _, stored, _ in pages() if wanted else ():
        if key in wanted:
            codes = codes_of(stored)
            found[key] = distinct(digests_of(codes[sure_in(codes) == Sure.CLEAR]))
    return found


def _is_one_story(one: Codes, other: Codes) -> bool:
    both = np.count_nonzero(are_among(one, other))
    return bool(both >= max(_BLOCKS, _SHARE * min(len(one), len(other))))


def _is_rare(removed: Blocks) -> NDArray[np.bool_]:
    """Return which blocks their source removed from few stories."""
    owned = removed.digests << 32 | removed.sources
    different = np.unique(np.stack((owned, removed.stories[:, 0]), 1), axis=0)
    blocks, counts = np.unique(different[:, 0], return_counts=True)
    found: NDArray[np.bool_] = counts[np.searchsorted(blocks, owned)] < _STORIES
    return found

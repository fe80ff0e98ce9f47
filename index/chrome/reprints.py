"""What a page removed by guess, and a copy of its story at another outlet surely keeps.

Where the cleaner has nothing against a paragraph but how it reads, and another outlet
that prints the same story is sure of it, it is of that story.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.chrome.traits import Codes, Sure, codes_of, digests_of, sure_in
from search.distinct import are_among, distinct

Pages = Callable[[], Iterable[tuple[int, str, bytes, bytes]]]
"""Returns pages: key, source, codes, story; the same each time."""

Ints = NDArray[np.int64]

_STORIES = 3  # of one source in which a block was removed: what recurs is chrome
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
    any outlet. Pages are one story as likely as they share their text. Goes through all
    pages three times, 10 µs a page in all; in memory is what was removed by guess.
    """
    names: dict[str, int] = {}
    guessed = distinct(_blocks(pages, names, Sure.GUESSED, None).digests)
    if not len(guessed):
        return {}
    clear = _blocks(pages, names, Sure.CLEAR, guessed)
    removed = _blocks(pages, names, Sure.GUESSED, distinct(clear.digests))
    found = _is_rare(removed) & _is_in_a_copy(removed, clear)
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    pairs = zip(
        removed.keys[found].tolist(), removed.digests[found].tolist(), strict=True
    )
    for key, digest in pairs:
        wanted[key].add(digest)
    return {key: frozenset(digests) for key, digests in wanted.items()}


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


def _is_in_a_copy(removed: _Blocks, clear: _Blocks) -> NDArray[np.bool_]:
    """Return which blocks a page of another source, of the same story, surely keeps."""
    found = np.zeros(len(removed.digests), np.bool_)
    for column in range(_COLUMNS):
        printed = clear.digests << 32 | clear.stories[:, column]
        order = np.lexsort((clear.sources, printed))
        printed, sources = printed[order], clear.sources[order]
        asked = removed.digests << 32 | removed.stories[:, column]
        begin = np.searchsorted(printed, asked, "left")
        end = np.searchsorted(printed, asked, "right")
        some = np.flatnonzero(end > begin)
        own = removed.sources[some]
        found[some] |= (sources[begin[some]] != own) | (sources[end[some] - 1] != own)
    return found

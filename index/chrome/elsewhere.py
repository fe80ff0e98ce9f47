"""The blocks of all outlets' pages: what another outlet prints too is content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.chrome.traits import Codes, Sure, codes_of, digests_of, sure_in
from search.distinct import are_among

Pages = Callable[[], Iterable[tuple[int, str, bytes, bytes]]]
"""Returns pages: key, source, codes, story; the same each time."""

Ints = NDArray[np.int64]

_COLUMNS = 3  # of a story's numbers
_AT_ONCE = 10_000  # pages


class Blocks(NamedTuple):
    """Blocks: their digests, and of their pages the keys, sources and stories."""

    digests: Ints
    keys: Ints
    sources: Ints
    stories: Ints


def outlets_of(digests: Collection[int], pages: Pages) -> Mapping[int, frozenset[str]]:
    """Return which sources are sure of each of ``digests`` on one of their ``pages``.

    Costs as :func:`blocks_of`.
    """
    names: dict[str, int] = {}
    wanted = np.array(sorted(digests), np.int64)
    clear = blocks_of(pages, names, Sure.CLEAR, wanted)
    known = list(names)
    found: defaultdict[int, set[str]] = defaultdict(set)
    pairs = zip(clear.digests.tolist(), clear.sources.tolist(), strict=True)
    for digest, source in pairs:
        found[digest].add(known[source])
    return {digest: frozenset(sources) for digest, sources in found.items()}


def blocks_of(
    pages: Pages, names: dict[str, int], how: Sure, wanted: Ints | None
) -> Blocks:
    """Return the blocks of which their pages are so sure, of those ``wanted``.

    Pages of a folder, whose source is not known, are left out: they may be of any
    outlet. ``names`` numbers the sources, and takes those met first. Costs 2 µs a page.
    """
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
    return Blocks(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _of(
    pages: list[tuple[int, str, bytes, bytes]],
    names: dict[str, int],
    digests: Codes,
    owners: Ints,
) -> Blocks:
    """Return blocks, with what is known of their pages."""
    keys = np.array([key for key, *_ in pages], np.int64)
    sources = [names.setdefault(source, len(names)) for _, source, *_ in pages]
    stories = np.frombuffer(b"".join(story for *_, story in pages), "<u4")
    rows = stories.reshape(-1, _COLUMNS).astype(np.int64)
    return Blocks(
        digests.astype(np.int64),
        keys[owners],
        np.array(sources, np.int64)[owners],
        rows[owners],
    )

"""Which outlets print a block as their own: what another prints too is content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import islice

import numpy as np

from index.chrome.traits import Sure, codes_of, digests_of, sure_in
from search.distinct import are_among

_AT_ONCE = 10_000  # pages


def outlets_of(
    digests: Collection[int], pages: Iterable[tuple[str, bytes]]
) -> Mapping[int, frozenset[str]]:
    """Return which sources are sure of each of ``digests`` on one of their ``pages``.

    Pages are sources with codes. Those of a folder, whose source is not known, are left
    out: they may be of any outlet. Costs 2 µs a page.
    """
    wanted = np.array(sorted(digests), np.uint32)
    found: defaultdict[int, set[str]] = defaultdict(set)
    rest = iter(pages)
    while some := list(islice(rest, _AT_ONCE)):
        codes = codes_of(b"".join(stored for _, stored in some))
        owners = np.repeat(np.arange(len(some)), [len(c) // 4 for _, c in some])
        sure = sure_in(codes) == Sure.CLEAR
        codes, owners = codes[sure], owners[sure]
        met = are_among(digests_of(codes), wanted)
        pairs = zip(digests_of(codes[met]).tolist(), owners[met].tolist(), strict=True)
        for digest, owner in pairs:
            source = some[owner][0]
            if not source.startswith("/"):
                found[digest].add(source)
    return {digest: frozenset(sources) for digest, sources in found.items()}

"""Which segments to merge: few small ones often, big ones rarely.

Segments of one tier differ in size by less than a factor of eight. Eight of one tier
become one; so there are at most seven a tier, and a document is rewritten about once a
tier it rises through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

FAN = 8  # segments of one tier that are merged
FLOOR = 64  # documents; all smaller segments are of the lowest tier
_DELETED = 0.3  # share of deleted documents from which on a segment is rewritten
_MOST = 1 << 24  # documents; no merge makes a bigger segment


def choose(sizes: Sequence[int], deleted: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return which segments to merge with each other, as their indices, rising.

    ``sizes`` count documents, the ``deleted`` ones included. After what is returned is
    done, nothing more needs to be. A group may be a single segment, to be rewritten
    without what was deleted from it.

    >>> choose([100_000, 10, 10, 20, 10, 10, 10, 10, 10], [0] * 9)
    ((1, 2, 3, 4, 5, 6, 7, 8),)
    """
    alive = [size - gone for size, gone in zip(sizes, deleted, strict=True)]
    groups: list[tuple[int, ...]] = []
    left: dict[tuple[int, ...], int]
    left = {(i,): count for i, count in enumerate(alive)}
    while full := _full_tier(left):
        merged = tuple(sorted(i for group in full for i in group))
        total = sum(left.pop(group) for group in full)
        left[merged] = total
    for group in left:
        holed = deleted[group[0]] > _DELETED * sizes[group[0]]
        if len(group) > 1 or holed:
            groups.append(group)
    return tuple(sorted(groups))


def tier(size: int) -> int:
    """Return the tier of a segment with so many living documents.

    >>> tier(3), tier(64), tier(511), tier(512)
    (0, 1, 1, 2)
    """
    found = 0
    while size >= FLOOR:
        size //= FAN
        found += 1
    return found


def _full_tier(left: dict[tuple[int, ...], int]) -> list[tuple[int, ...]] | None:
    """Return the segments of the lowest tier that has enough of them to merge."""
    tiers = defaultdict(list)
    for group, size in left.items():
        tiers[tier(size)].append(group)
    for level in sorted(tiers):
        groups = tiers[level]
        if len(groups) >= FAN and sum(left[g] for g in groups) <= _MOST:
            return groups
    return None

"""Which text of a group the others were most likely made from, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

NAMED, DATELINE = 1, 2  # how a text names its agency: somehow, as its dateline


# What speaks for an original.
Reason = Literal["dateline", "agency", "earliest", "longest"]


class Telling(NamedTuple):
    """What of one text tells whether it is the original.

    ``named`` is 0 where it names no agency; ``first`` the ordinal of its day, 0 where
    that is unknown.
    """

    named: int
    first: int
    words: int
    id: str


class Original(NamedTuple):
    """The likely original's id, and why it is: what it is first in, weightiest first.

    ``dateline`` and ``agency`` say how it names an agency; ``earliest`` and ``longest``
    that no other of the group is earlier or longer.
    """

    id: str
    why: tuple[Reason, ...]


def original(tellings: Sequence[Telling]) -> Original:
    """Return the likely original of at least one text.

    An agency's dateline decides, then any other naming of one, the earliest day, and
    the length; of those that are level, the lowest id.

    >>> original([Telling(0, 5, 300, "a"), Telling(2, 6, 400, "b")])
    Original(id='b', why=('dateline', 'longest'))
    """
    best = min(tellings, key=_rank)
    earliest = min((one.first for one in tellings if one.first), default=0)
    dated_apart = any(one.first != best.first for one in tellings)
    longest = max(one.words for one in tellings)
    said_apart = any(one.words != best.words for one in tellings)
    reasons: dict[Reason, bool] = {
        "dateline": best.named == DATELINE,
        "agency": best.named == NAMED,
        "earliest": bool(best.first) and best.first == earliest and dated_apart,
        "longest": best.words == longest and said_apart,
    }
    return Original(best.id, tuple(name for name, holds in reasons.items() if holds))


def _rank(one: Telling) -> tuple[int, int, int, int, str]:
    return (-one.named, not one.first, one.first, -one.words, one.id)

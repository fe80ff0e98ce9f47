"""Which text of a group the others were most likely made from, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

NAMED, DATELINE = 1, 2  # how a text names its agency: somehow, as its dateline


# What speaks for an original.
Reason = Literal["dateline", "agency", "earliest", "longest"]


class Telling(NamedTuple):
    """What of one text tells whether it is the original.

    ``named`` is 0 where it names no agency; ``first`` and ``last`` are the ordinals of
    the days of the period it was published in, 0 where that is unknown.
    """

    named: int
    first: int
    last: int
    words: int
    id: str


class Original(NamedTuple):
    """The likely original's id, and why it is: what it is first in, weightiest first.

    ``dateline`` and ``agency`` say how it names an agency; ``earliest`` that it is
    known to be no later than any other that is dated, and earlier than one;
    ``longest`` that no other of the group is longer.
    """

    id: str
    why: tuple[Reason, ...]


def original(tellings: Sequence[Telling]) -> Original:
    """Return the likely original of at least one text.

    An agency's dateline decides, then any other naming of one, a date that none is
    known to come before, and the length; of those that are level, the one whose day is
    known to be no later, and the lowest id. What is of a month or a year is earlier
    than what comes after it, and no earlier than what is within.

    >>> original([Telling(0, 5, 5, 300, "a"), Telling(2, 6, 6, 400, "b")])
    Original(id='b', why=('dateline', 'longest'))
    """
    best = _best(tellings)
    others = [one for one in tellings if one.first and one is not best]
    no_later = bool(best.first) and all(best.last <= one.first for one in others)
    longest = max(one.words for one in tellings)
    said_apart = any(one.words != best.words for one in tellings)
    reasons: dict[Reason, bool] = {
        "dateline": best.named == DATELINE,
        "agency": best.named == NAMED,
        "earliest": no_later and any(best.last < one.first for one in others),
        "longest": best.words == longest and said_apart,
    }
    return Original(best.id, tuple(name for name, holds in reasons.items() if holds))


def _best(tellings: Sequence[Telling]) -> Telling:
    named = max(one.named for one in tellings)
    some = [one for one in tellings if one.named == named]
    dated = [one for one in some if one.first]
    over = min((one.last for one in dated), default=0)  # before it, one came for sure
    unbeaten = [one for one in dated if one.first <= over]
    return min(unbeaten or some, key=lambda one: (-one.words, one.last, one.id))

"""Which text of a group the others were most likely made from, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

NAMED, DATELINE = 1, 2  # how a text names its agency: somehow, as its dateline

Reason = Literal["dateline", "agency", "earliest", "longest"]
"""What speaks for an original."""


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

    ``dateline`` and ``agency`` say how it names an agency, as not all of them do;
    ``earliest`` that it is known to be no later than any other that is dated, and
    earlier than one; ``longest`` that none is longer, and one is shorter.
    """

    id: str
    why: tuple[Reason, ...]


def naming(method: str | None) -> int:
    """Return how a text names the agency that ``method`` told; 0 where none did."""
    if method is None:
        return 0
    return DATELINE if method == "dateline" else NAMED


def original(tellings: Sequence[Telling]) -> Original | None:
    """Return the likely original of some texts; None where nothing tells it.

    An agency's dateline decides, then any other naming of one, a date that none is
    known to come before, and the length. What is of a month or a year is earlier than
    what comes after it, and no earlier than what is within. Of those that are level in
    all of these none is the original: which would be chance.

    >>> original([Telling(0, 5, 5, 300, "a"), Telling(2, 6, 6, 400, "b")])
    Original(id='b', why=('dateline', 'longest'))
    >>> original([Telling(2, 5, 5, 300, "a"), Telling(2, 5, 5, 300, "b")])
    """
    best = _best(tellings)
    why = _why(best, tellings) if best else ()
    return Original(best.id, why) if best and why else None


def _best(tellings: Sequence[Telling]) -> Telling | None:
    """Return the one that comes before all others; None where several are level."""
    named = max(one.named for one in tellings)
    some = [one for one in tellings if one.named == named]
    dated = [one for one in some if one.first]
    over = min((one.last for one in dated), default=0)  # before it, one came for sure
    some = [one for one in dated if one.first <= over] or some
    words = max(one.words for one in some)
    longest = [one for one in some if one.words == words]
    return longest[0] if len(longest) == 1 else None


def _why(best: Telling, tellings: Sequence[Telling]) -> tuple[Reason, ...]:
    """Return what tells ``best`` from some other, and no other from it."""
    dated = [one for one in tellings if one.first and one is not best]
    no_later = bool(best.first) and all(best.last <= one.first for one in dated)
    named = any(one.named < best.named for one in tellings)
    reasons: dict[Reason, bool] = {
        "dateline": named and best.named == DATELINE,
        "agency": named and best.named == NAMED,
        "earliest": no_later and any(best.last < one.first for one in dated),
        "longest": min(t.words for t in tellings)
        < best.words
        == max(t.words for t in tellings),
    }
    return tuple(name for name, holds in reasons.items() if holds)

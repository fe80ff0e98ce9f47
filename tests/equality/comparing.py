"""Where two indexes do not agree about a query: lines that say so, none if they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from unittest.mock import patch

from search.engines.columnar import best

Scores = Mapping[int, float]

NUMBERS = (1, 3, 10)
EAGER = {"_ALL": 0, "_PRUNED": 0, "_ALTERNATIVES": 0, "_FIRST": 1}
LIMITS = {
    "as shipped": {name: getattr(best, name) for name in EAGER},
    "pruned": EAGER,
}

_CLOSE = 1e-9  # of the greater score, or of one


def unlike(name: str, ours: Set[int], theirs: Set[int]) -> list[str]:
    """Return whether other documents match."""
    if ours == theirs:
        return []
    more, less = sorted(ours - theirs), sorted(theirs - ours)
    counts = f"{len(theirs)} match, {len(ours)} of ours"
    return [f"{name}: {counts}; more {more[:5]}, less {less[:5]}"]


def apart(name: str, ours: Scores, theirs: Scores) -> list[str]:
    """Return whether documents score otherwise."""
    far = {
        number: (value, theirs.get(number))
        for number, value in ours.items()
        if number not in theirs or not _close(value, theirs[number])
    }
    if not far and set(ours) == set(theirs):
        return []
    return [f"{name}: {len(far)} scores are other; {dict(list(far.items())[:3])}"]


def misranked(best_of: Callable[[int], Scores], every: Scores) -> list[str]:
    """Return where the best are not those with the highest scores of ``every``.

    ``best_of`` gives as many as it is asked for, and all that tie with the lowest of
    them. It is asked with all documents scored, as in small indexes, and with as few as
    can be.
    """
    found = []
    for name, limits in LIMITS.items():
        for number in NUMBERS:
            with patch.multiple(best, **limits):
                given = best_of(number)
            found += [
                f"best {number}, {name}: {fault}"
                for fault in _misplaced(given, every, number)
            ]
    return found


def _misplaced(given: Scores, every: Scores, number: int) -> list[str]:
    worst = min(sorted(every.values(), reverse=True)[:number], default=0.0)
    least = worst - best.TIE
    lost = {n for n, v in every.items() if n not in given and _above(v, least)}
    more = {n for n in given if n not in every or _above(least, every[n])}
    found = [
        f"{len(docs)} {what}, such as {min(docs)} of {len(every)}"
        for what, docs in (("lost", lost), ("more", more))
        if docs
    ]
    return found or apart("scored", given, {n: every[n] for n in given})


def _above(one: float, other: float) -> bool:
    return one > other and not _close(one, other)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= _CLOSE * max(1.0, abs(other))

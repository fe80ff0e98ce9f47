"""Two names of one place, where the text says so: "X (or Y)", "X, also known as Y"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from index.toponyms import cues
from index.toponyms.mentions import Mention
from search.gazetteer import GazetteerPlace

_CALLED = re.compile(
    r"\s*(?:[,(–—-]+\s*)?(?:or|aka|a\.k\.a\.|formerly|(?:which is )?"
    r"(?:also|formerly|sometimes|better|locally|previously|once)? ?"
    r"(?:known|called|spelled|spelt|written|transliterated|rendered|named)"
    r"(?: (?:in [A-Z]\w+ )?as)?)\s+(?:the )?[\"“'‘]?",
    re.IGNORECASE,
)
_PLAIN_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
_OR = re.compile(r"\s*[,(–—-]+\s*or\s", re.IGNORECASE)
_CLOSED = re.compile(r"[\"”'’]?\s*(?:[,;:.!?)–—]|$)")
_KNOWN = 50_000  # people of a town that has no need to be explained by another


def with_aliases(
    places: Mapping[str, GazetteerPlace], mentions: tuple[Mention, ...], text: str
) -> dict[str, GazetteerPlace]:
    """Return ``places`` with the names added or moved that the text calls the same.

    Where both names are known the one whose place has more people decides; two that
    everybody knows, as in "Peru, or the United States", stay two.
    """
    joined = dict(places)
    for one, other in pairwise(mentions):
        if other.start - one.end > 60 or not _are_one(one, other, text):
            continue
        known = [p for m in (one, other) if (p := joined.get(m.name)) is not None]
        if known and not _are_two(known):
            place = max(known, key=lambda p: p.population)
            joined[one.name] = joined[other.name] = place
    return joined


def _are_one(one: Mention, other: Mention, text: str) -> bool:
    """Return whether the text says that two names are one place's.

    A mere *or* does where it is set off and closed again: not in "Aden or Taiz", nor
    in "out of Kenya, or Odinga will sue".
    """
    between = text[one.end : other.start]
    if not _CALLED.fullmatch(between) or _PLAIN_OR.fullmatch(between):
        return False
    if cues.GROUPS & {one.name, other.name}:
        return False
    return not _OR.match(between) or bool(_CLOSED.match(text, other.end))


def _are_two(known: list[GazetteerPlace]) -> bool:
    one, other = known[0], known[-1]
    if one.id in other.path or other.id in one.path:
        return False  # a city and its region
    return _is_known(one) and _is_known(other)


def _is_known(place: GazetteerPlace) -> bool:
    return place.kind != "city" or place.population >= _KNOWN

"""Two names of one place, where the text says so: "X (or Y)", "X, also known as Y"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from index.toponyms.mentions import Mention
from search.gazetteer import GazetteerPlace

_ALSO = re.compile(
    r"\s*(?:[,(–—-]+\s*)?(?:or|aka|a\.k\.a\.|formerly|(?:which is )?"
    r"(?:also|formerly|sometimes|better|locally|previously|once)? ?"
    r"(?:known|called|spelled|spelt|written|transliterated|rendered|named)"
    r"(?: (?:in [A-Z]\w+ )?as)?)\s+(?:the )?[\"“'‘]?",
    re.IGNORECASE,
)
_PLAIN_OR = re.compile(r"\s+or\s+", re.IGNORECASE)


def with_aliases(
    places: Mapping[str, GazetteerPlace], mentions: tuple[Mention, ...], text: str
) -> dict[str, GazetteerPlace]:
    """Return ``places`` with the names added or moved that the text calls the same.

    Where both names are known the one whose place has more people decides.
    """
    joined = dict(places)
    for one, other in pairwise(mentions):
        between = text[one.end : other.start]
        if len(between) > 60 or not _ALSO.fullmatch(between):
            continue
        if _PLAIN_OR.fullmatch(between):  # "Aden or Taiz" are two
            continue
        known = [p for m in (one, other) if (p := joined.get(m.name)) is not None]
        if known:
            place = max(known, key=lambda p: p.population)
            joined[one.name] = joined[other.name] = place
    return joined

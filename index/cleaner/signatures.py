"""Whether what follows ``by`` in any language is who wrote a story."""

from __future__ import annotations

import re

from index.cleaner.languages.tables import Opening, folded, tables

_LONGEST = 200  # characters
_NAMES = 8  # words of names
_BEHIND = re.compile(r"[,(|·•–—]| - ")  # sets off what is said of who wrote
_ENDS = (".", "!", "?", "。", "…", "؟", ";", ":")
_REST = 5  # words behind names: where they work
_UNCASED = 32  # characters of names in letters without capitals
_PARTICLES = frozenset(
    (
        *("von", "van", "de", "da", "di", "der", "den", "del", "della", "dos", "du"),
        *("la", "le", "el", "al", "bin", "ibn", "zu", "ter", "y", "e"),
    )
)


def are_names(rest: str, opening: Opening) -> bool:
    """Tell whether ``rest`` is who wrote a story, perhaps where, and perhaps when."""
    bare = rest.strip()
    marked = bare[:1] in (":", "/", "／", "：", "|")
    bare = bare.strip(" :/／：|")
    if not marked and opening.meaning != "by":
        return False
    ends = bare.endswith(_ENDS) and bare[-3:-2] != " "  # and in no initial
    if not bare or len(bare) > _LONGEST or ends:
        return False
    head, *tail = _BEHIND.split(bare)
    if any(len(part.split()) > _REST for part in tail):
        return False
    words = head.split()
    while words and _dates(words[-1]):
        words.pop()
    joining = tables().words[opening.language, "joining"] | _PARTICLES
    named = [word for word in words if folded(word) not in joining]
    if not named or len(words) > _NAMES:
        return False
    if named[0][0].lower() == named[0][0].upper():  # letters without capitals
        return len(named) <= _REST and len(head) <= _UNCASED
    if not all(word[0].isupper() for word in named):
        return False
    return marked or len(named) > 1 or (named[0].isupper() and len(named[0]) > 1)


def _dates(word: str) -> bool:
    return word[:1].isdecimal() or folded(word.strip(".,")) in tables().dates

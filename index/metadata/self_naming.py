"""The name an outlet gives itself in the furniture around its articles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from search.folding import fold

# What stands before the outlet's own name in a line of furniture. The sentence is
# addressed to the reader, so the name in it is that of who speaks.
_ADDRESSED = re.compile(
    r"(?:please |to continue |you can )?(?:"
    r"subscribe (?:now )?to|sign up (?:now )?(?:for|to)|(?:log|sign) ?in to"
    r"|already (?:a subscriber|subscribed|a member|registered) (?:to|of|with)"
    r"|become a (?:member|subscriber|friend) of|support|register (?:with|for|at)"
    r"|welcome to|thank you for (?:reading|visiting|supporting)|thanks for reading"
    r"|you are reading|advertise (?:with|in)|follow|(?:read )?more (?:from|on|in)"
    r"|newsletters? from|donate to|(?:a|your) subscription to"
    r")[\s:]{1,3}",
    re.IGNORECASE,
)
# A second witness only: the rights are often the owner's, not the outlet's.
_RIGHTS = re.compile(
    r"(?:(?:copyright|©|\(c\)|\d{4} ©)[\s©,–-]{0,5}){1,3}"
    r"(?:\d{4}(?:\s?[-–]\s?\d{4})?[\s,.]{0,3})?(?:by )?",
    re.IGNORECASE,
)
# What may follow the name there, and ends it.
_CLOSINGS = re.compile(
    r"(?:['’]s\b|\?|!|\.(?:\s|$)|,|\||\(|:|;|[-–—]\s|$|\b(?:on|for|today|now|here|from"
    r"|via|by|app|newsletters?|podcasts?|subscribers?|members?|all rights|is|and get"
    r"|to your|delivered|in your|website|homepage|digital|premium|plus)\b)",
    re.IGNORECASE,
)
_JOINING = frozenset(
    {"of", "the", "and", "&", "de", "la", "le", "el", "der", "die", "das", "for"}
)
# Capitalised words after those openings that name nobody, and other people's houses.
_NOT_A_NAME_LIST = (
    "our us your my the a an this all free daily weekly morning evening breaking"
    " national local latest top news newsletter newsletters alerts updates headlines"
    " email emails sports politics opinion world more unlimited access digital premium"
    " podcast podcasts facebook twitter x instagram youtube linkedin whatsapp telegram"
    " tiktok threads bluesky google apple android ios rss feed reddit flipboard"
    " pinterest snapchat spotify mastodon account profile author author's team editor"
    " editors comments terms privacy cookies help support subscribe now today here"
    " business technology culture"
)
_NOT_A_NAME = frozenset(_NOT_A_NAME_LIST.split())
_MIN_LINES = 2  # different lines that must agree: one may name anybody


def named(lines: Iterable[str]) -> str | None:
    """Return the name that most of the ``lines`` of furniture agree on, or None.

    At least two different lines must give it, one of them addressed to the reader,
    and no other name as many.

    >>> named(["Subscribe to The Quay", "Sign up for The Quay's newsletters"])
    'The Quay'
    >>> named(["Sign up for Breaking News", "Follow Jane Roe"]) is None
    True
    """
    spellings: dict[str, list[str]] = defaultdict(list)
    witnesses: dict[str, set[str]] = defaultdict(set)
    addressed: set[str] = set()
    for line in lines:
        said = _said(line)
        if said is None:
            continue
        key = fold(said.name).removeprefix("the ")
        spellings[key].append(said.name)
        witnesses[key].add(fold(line).strip())
        addressed |= {key} if said.addressed else set()
    ranked = sorted(witnesses, key=lambda key: (-len(witnesses[key]), key))
    agreeing = [len(witnesses[key]) for key in ranked]
    if not ranked or agreeing[0] < _MIN_LINES or agreeing[1:2] == agreeing[:1]:
        return None
    return _best(spellings[ranked[0]]) if ranked[0] in addressed else None


@dataclass(frozen=True, slots=True)
class _Said:
    name: str
    addressed: bool


def _said(line: str) -> _Said | None:
    line = " ".join(line[:200].split())
    addressed = _ADDRESSED.match(line)
    opening = addressed or _RIGHTS.match(line)
    if not opening:
        return None
    rest = line[opening.end() :]
    closing = _CLOSINGS.search(rest)
    words = (rest[: closing.start()] if closing else rest).split()
    while words and words[-1].lower() in _JOINING:
        words.pop()
    return _Said(" ".join(words), bool(addressed)) if _is_name(words) else None


def _is_name(words: list[str]) -> bool:
    bare = [word.lower().strip(".,") for word in words]
    return (
        1 <= len(words) <= 6
        and len(" ".join(words)) >= 3
        and not all(word in _NOT_A_NAME or word in _JOINING for word in bare)
        and bare[0]
        not in _NOT_A_NAME - {"the", "a", "daily", "weekly", "morning", "evening"}
        and all(word.lower() in _JOINING or not word[0].islower() for word in words)
        and any(word[0].isalpha() for word in words)
    )


def _best(spellings: list[str]) -> str:
    mixed = [name for name in spellings if not name.isupper()] or spellings
    with_article = [name for name in mixed if name.lower().startswith("the ")]
    counted = with_article or mixed
    return max(counted, key=counted.count)

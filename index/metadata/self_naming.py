"""The name an outlet gives itself in the furniture around its articles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from search.folding import fold

# What stands before the outlet's own name in a line of furniture. The sentence is
# addressed to the reader, so the name in it is that of who speaks.
_OPENINGS = re.compile(
    r"^(?:please |to continue |you can )?(?:"
    r"subscribe (?:now )?to|already (?:a subscriber|subscribed|a member|registered) (?:to|of|with)"
    r"|sign up (?:now )?(?:for|to)|become a (?:member|subscriber|friend) of|support"
    r"|(?:log|sign) ?in to|register (?:with|for|at)|welcome to|thank you for (?:reading"
    r"|visiting|supporting)|thanks for reading|you are reading|get|download|advertise (?:with|in)"
    r"|contact|about|follow|more (?:from|on|in)|read more (?:from|in)|this (?:article|story)"
    r" (?:first |originally )?(?:appeared|was (?:first |originally )?published) (?:in|on|by)"
    r"|(?:(?:copyright|©|\(c\))[\s©,–-]{0,5})+(?:\d{4}(?:\s?[-–]\s?\d{4})?[\s,.]{0,3})?(?:by )?"
    r"|\d{4} ©|a subscription to|your subscription to|newsletters? from|donate to|join"
    r")[\s:]{1,3}",
    re.IGNORECASE,
)
# What may follow the name there, and ends it.
_CLOSINGS = re.compile(
    r"(?:['’]s\b|\?|!|\.(?:\s|$)|,|\||\(|:|;|[-–—]\s|\b(?:on|for|today|now|here|from|via|by|app"
    r"|newsletters?|podcasts?|subscribers?|members?|all rights|is|and get|to your|delivered"
    r"|in your|website|homepage|digital|premium|plus|daily newsletter)\b|$)",
    re.IGNORECASE,
)
_JOINING = frozenset(
    {"of", "the", "and", "&", "de", "la", "le", "el", "der", "die", "das", "for"}
)
# Capitalised words after those openings that name nobody, and other people's houses.
_NOT_A_NAME = frozenset(
    [
        "our",
        "us",
        "your",
        "my",
        "the",
        "a",
        "an",
        "this",
        "all",
        "free",
        "daily",
        "weekly",
        "morning",
        "evening",
        "breaking",
        "national",
        "local",
        "latest",
        "top",
        "news",
        "newsletter",
        "newsletters",
        "alerts",
        "updates",
        "headlines",
        "email",
        "emails",
        "sports",
        "politics",
        "opinion",
        "world",
        "more",
        "unlimited",
        "access",
        "digital",
        "premium",
        "podcast",
        "podcasts",
        "facebook",
        "twitter",
        "x",
        "instagram",
        "youtube",
        "linkedin",
        "whatsapp",
        "telegram",
        "tiktok",
        "threads",
        "bluesky",
        "google",
        "apple",
        "android",
        "ios",
        "rss",
        "feed",
        "reddit",
        "flipboard",
        "pinterest",
        "snapchat",
        "spotify",
        "mastodon",
        "account",
        "profile",
        "author",
        "author's",
        "team",
        "editor",
        "editors",
        "comments",
        "terms",
        "privacy",
        "cookies",
        "help",
        "support",
        "subscribe",
        "now",
        "today",
        "here",
        "business",
        "technology",
        "culture",
    ]
)
_MIN_LINES = 2  # different lines that must agree: one may name anybody


def named(lines: Iterable[str]) -> str | None:
    """Return the name that most of the ``lines`` of furniture agree on, or None.

    At least two different lines must give it, and no other name as many.

    >>> named(["Subscribe to The Quay", "Sign up for The Quay's newsletters"])
    'The Quay'
    >>> named(["Sign up for Breaking News", "Follow Jane Roe"]) is None
    True
    """
    spellings: dict[str, list[str]] = defaultdict(list)
    witnesses: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for name in _names(line):
            key = fold(name).removeprefix("the ")
            spellings[key].append(name)
            witnesses[key].add(fold(line).strip())
    ranked = sorted(witnesses, key=lambda key: (-len(witnesses[key]), key))
    if not ranked or len(witnesses[ranked[0]]) < _MIN_LINES:
        return None
    if len(ranked) > 1 and len(witnesses[ranked[1]]) == len(witnesses[ranked[0]]):
        return None
    return _best(spellings[ranked[0]])


def _names(line: str) -> Iterator[str]:
    line = " ".join(line[:200].split())
    opening = _OPENINGS.match(line)
    if not opening:
        return
    rest = line[opening.end() :]
    closing = _CLOSINGS.search(rest)
    words = (rest[: closing.start()] if closing else rest).split()
    while words and words[-1].lower() in _JOINING:
        words.pop()
    if _is_name(words):
        yield " ".join(words)


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

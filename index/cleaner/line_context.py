"""What lines are by the company they keep: captions, rails, bios, chronologies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.cleaner import word_odds, wording

_BULLET = re.compile(r"[-•*·▪►–]\s")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
_TRADE = (
    r"writer|editor|reporter|journalist|correspondent|columnist|author|contributor|"
    r"producer|photographer|broadcaster|"
    r"blogger|critic|analyst|professor|lecturer|fellow|founder|intern|freelance|"
    r"commentator|covers|covering|writes|reports|reported"
)
_BIO = re.compile(
    rf"(?:[A-Z][\w’'.-]+,? ){{1,4}}(?:is|was|has|covers|writes|joined|reports|"
    rf"works|worked|holds|lives|edits|began)\b.{{0,200}}?\b(?:{_TRADE})\b"
)
_NAMES = re.compile(
    r"(?:[A-Z][\w’'.-]+ ){1,3}[A-Z][\w’'.-]+(?:(?:,| [-–|]) ?[\w’'&. ]{2,50})?$"
)
_OTHER = 0.15  # of a headline's long words, at most, are those of another story
_END = frozenset(
    ("comments", "copyright", "newsletter", "paywall", "site-notice", "section-stamp")
)


@dataclass(slots=True)
class Line:
    """A line, or a re-joined paragraph; ``rule`` is None while it is kept."""

    text: str
    rule: str | None = None
    score: float | None = None


def judge(lines: Sequence[Line]) -> None:
    """Mark the lines that their neighbours give away; wording has been tried."""
    _timelines(lines)
    _captions_before_credits(lines)
    _rails(lines)
    _bios(lines)


def is_prose(text: str) -> bool:
    """Tell whether a line is a sentence of some length."""
    return len(text) >= 80 and wording.is_sentence(text)


def _timelines(lines: Sequence[Line]) -> None:
    """Keep dates that head what follows: four of them make a chronology."""
    heads = [
        line
        for line, below in pairwise(lines)
        if line.rule == "timestamp" and below.rule is None and is_prose(below.text)
    ]
    for line in heads if len(heads) > 3 else ():
        line.rule = None


def _captions_before_credits(lines: Sequence[Line]) -> None:
    for line, below in pairwise(lines):
        headed = wording.is_sentence(line.text) and not below.text.startswith("(")
        if below.rule == "credit" and not headed and len(line.text) < 200:
            line.rule = line.rule or "caption"


def _rails(lines: Sequence[Line]) -> None:
    """Remove lists of headlines of other stories that the text ends in.

    They have next to no words of the story, and chrome follows.
    """
    prose = [n for n, line in enumerate(lines) if line.rule is None and
    is_prose(line.text)]  # fmt: skip
    if not prose:
        return
    below = lines[prose[-1] + 1 :]
    tail = [line for line in below if line.rule is None]
    heads = [line for line in tail if _is_headline(line.text)]
    follows = any(line.rule in _END or line.rule == "label" for line in below)
    if not follows or len(tail) < 3 or len(heads) < 0.7 * len(tail):
        return
    told = {word for n in prose for word in _telling(lines[n].text)}
    words = [word for line in heads for word in _telling(line.text)]
    if sum(word in told for word in words) <= _OTHER * len(words):
        for line in heads:
            line.rule = "headline-list"


def _telling(text: str) -> list[str]:
    return [word for word in word_odds.words(text) if len(word) > 4]


def _is_headline(text: str) -> bool:
    bare = _BULLET.sub("", text, count=1)
    if _NUMBERED.match(bare):
        return False  # an entry of the article's own list
    return 4 <= len(bare.split()) <= 22 and len(bare) < 150 and not bare.endswith(".")


def _bios(lines: Sequence[Line]) -> None:
    """Remove author biographies near the end, and the names they stand under."""
    prose = [n for n, x in enumerate(lines) if x.rule is None and is_prose(x.text)]
    for number in prose[-3:]:
        line, above = lines[number], lines[number - 1] if number else None
        if len(line.text) > 900 or not _BIO.match(line.text):
            continue
        named = above is not None and _is_name_of(above.text, line.text)
        if named or (above is not None and above.rule in _END and number == prose[-1]):
            line.rule = "author-bio"
        if named and above is not None:
            above.rule = above.rule or "byline"


def _is_name_of(name: str, bio: str) -> bool:
    """Tell whether ``name`` is a byline whose first or last word opens ``bio``."""
    if len(name) > 100 or not (_NAMES.match(name) or wording.rule_of(name) == "byline"):
        return False
    opening = bio.split(" ", 3)[:3]
    return any(word.strip(",.") in opening for word in name.split() if len(word) > 2)

"""The rules of wording for other languages than English, by the tables of languages.

No phrase is a pattern: a text is looked up by its first word, by its words, or whole.
The cost does not grow with the number of languages.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.cleaner import signatures
from index.cleaner.languages.tables import (
    Opening,
    bared,
    first_word,
    folded,
    tables,
)
from index.cleaner.phrases import SET_OFF

_LABEL = 80  # characters; no label is longer
_LINE = 300  # nor an appeal
_POINTER = 200
_EDGES = " :|•·>»«›‹-–—()[]【】“”\"'…*#▶►→.!?？！"
_APART = frozenset("|•·●")
_UNSPACED = "\u3040"  # the first letter of scripts that set no spaces
_CLOCK = re.compile(r"\b\d{1,2}\s?[:.h]\s?[0-5]\d\b")
_DAY = re.compile(r"\b\d{1,4}([/.-])\s?\d{1,2}\1\s?\d{2,4}\b")
_BEFORE = re.compile(r"[.!?»”\"()|/–—:]\s{0,2}")  # and who took a picture from the text
_FOLLOWS = re.compile(r"\s?[:>»›→|/]|\s[-–—]\s")  # what sets a name off from the rest
_CREDITED = re.compile(r"\s{0,2}(?:[:|©]|/\s|\s-\s)")
_BULLET = re.compile(r"\s?[>»›/]|\s?:")
_WORD = re.compile(r"[\w'-]+")
# Years, months and days are written with no space between.
_TOKEN = re.compile(r"[年月日時时分秒]|[^\W\d_]+(?:\.[^\W\d_])?|\d+")
_NAMES = 8  # words of names
_RULES = {
    "pointers": ("read-more", _POINTER),
    "newsletter": ("newsletter", _LINE),
    "paywall": ("paywall", _LINE),
    "notices": ("site-notice", _LINE),
    "stamps": ("section-stamp", _LINE),
}


def rule_of(text: str) -> str | None:
    """Return the rule that says ``text`` is chrome, by what languages have for it.

    >>> rule_of("Lesen Sie auch: Fähre bleibt im Hafen")
    'read-more'
    >>> rule_of("Lesen Sie gern?") is None
    True
    """
    line = folded(text)
    return (
        _of_line(line)
        or _of_opening(text, line)
        or _of_copyright(line)
        or _of_end(text, line)
    )


def is_notice(text: str) -> bool:
    """Tell whether ``text`` opens like what sites say of cookies, at any length."""
    return any(opening.meaning == "notices" for opening in _opened(text))


def is_rail(text: str) -> bool:
    """Tell whether ``text`` heads a list of other articles."""
    return len(text) < _LABEL and folded(text).strip(_EDGES) in tables().rails


def is_when(text: str) -> bool:
    """Tell whether ``text`` is a date or a time in one language and nothing else."""
    known, languages, months, longest = tables(), -1, 0, 0
    for word in map(folded, _TOKEN.findall(text)):
        if not word.isdecimal():
            languages &= known.dates.get(word, 0)
            if not languages:
                return False
            months |= known.months.get(word, 0)
            longest = max(longest, len(word))
    if months & languages:
        return any(map(str.isdecimal, text))
    clock = longest > 2 and _CLOCK.search(text) is not None
    return clock or _DAY.search(text) is not None


def _of_line(line: str) -> str | None:
    """Return the rule of a line that is a label, or several set apart."""
    if len(line) > _LABEL:
        return None
    whole, bare = tables().whole, bared(line.strip(_EDGES))
    if rule := whole.get(bare):
        return rule
    if "#" in bare and whole.get(bare.replace("#", "").strip()) == "comments":
        return "comments"
    if _APART.isdisjoint(line):
        return None
    parts = SET_OFF.split(line)
    labels = len(parts) > 1 and all(part.strip(_EDGES) in whole for part in parts)
    return "label" if labels else None


def _opened(text: str, line: str = "") -> list[Opening]:
    """Return what ``text``, folded as ``line``, opens with, the longest first."""
    word, _ = first_word(text)
    those = tables().openings.get(word)
    if not those:
        return []
    line = line or folded(text[:_LABEL])
    start = line.find(word)
    return [
        opening
        for opening in those
        if line.startswith(opening.phrase, start)
        and _is_whole(line, start + len(opening.phrase))
    ]


def _is_whole(line: str, end: int) -> bool:
    """Tell whether a word ends there; where no spaces are set, all of them do."""
    last, next_ = line[end - 1 : end], line[end : end + 1]
    return not (next_.isalnum() and last.isalnum() and last < _UNSPACED)


def _of_opening(text: str, line: str) -> str | None:
    for opening in _opened(text, line):
        if rule := _told(opening, text, line):
            return rule
    return None


def _told(opening: Opening, text: str, line: str) -> str | None:
    """Return the rule of a line that so opens, if the rest of it agrees."""
    at = line.find(opening.phrase) + len(opening.phrase)
    rest, meaning = line[at:], opening.meaning
    if meaning in _RULES:
        rule, longest = _RULES[meaning]
        known = len(line) < longest and not _is_reported(opening, line)
        return rule if known else None
    if meaning in ("leads", "biographies"):
        heads = meaning == "biographies" and not rest.strip(_EDGES)
        leads = _FOLLOWS.match(rest) and not _is_told_in_full(text)
        return "read-more" if heads or (leads and len(line) < _POINTER) else None
    if meaning == "credits":
        return "credit" if _is_credited(opening, text, rest) else None
    if meaning == "home":
        return "breadcrumb" if _BULLET.match(rest) and len(line) < _POINTER else None
    if meaning in ("by", "bylines"):
        named = bool(rest) and signatures.are_names(text[-len(rest) :], opening)
        return "byline" if named else None
    return _asked(opening, line)


def _is_credited(opening: Opening, text: str, rest: str) -> bool:
    """Tell whether ``rest`` is who made a picture, and not where to look at it."""
    if len(text) >= _POINTER or _is_told_in_full(text):
        return False
    if opening.phrase.endswith("."):  # an abbreviation needs no colon: fot. A. Roe
        return signatures.are_names(":" + text[-len(rest) :], opening)
    if not _CREDITED.match(rest):
        return False
    points = replace(opening, meaning="leads") in tables().openings[first_word(text)[0]]
    return not points or signatures.are_names(text[-len(rest) :], opening)


def _asked(opening: Opening, line: str) -> str | None:
    """Return the rule of an appeal, by what it is about."""
    if len(line) >= _LINE or _is_reported(opening, line):
        return None
    words = _WORD.findall(line)
    for meaning, rule in (("mail", "newsletter"), ("membership", "paywall")):
        known = tables().words[opening.language, meaning]
        stems = tuple(word[:-1] for word in known if word.endswith("*"))
        if not known.isdisjoint(words) or any(w.startswith(stems) for w in words):
            return rule
    return None


def _is_reported(opening: Opening, line: str) -> bool:
    return not tables().words[opening.language, "said"].isdisjoint(_WORD.findall(line))


def _is_told_in_full(text: str) -> bool:
    """Tell whether ``text`` is a sentence too long for what it opens like."""
    return len(text) > 60 and text.endswith((".", "”", "。")) and text.count(" ") > 8


def _of_copyright(line: str) -> str | None:
    if len(line) > _LINE:
        return None
    known, words = tables().copyright, line.split()
    if not known.keys().isdisjoint(words):
        phrases = (phrase for word in words for phrase in known.get(word, ()))
        if any(phrase in line for phrase in phrases):
            return "copyright"
    if first_word(line)[0] >= _UNSPACED:
        phrases = (p for word in known if word >= _UNSPACED for p in known[word])
        return "copyright" if any(phrase in line for phrase in phrases) else None
    return None


def _of_end(text: str, line: str) -> str | None:
    """Return the rule of a text that ends in who took a picture, or of what sort."""
    tail = line[-100:].rstrip(" )]")
    head, colon, who = tail.rpartition(":")
    if colon and 0 < len(who.split()) <= _NAMES and ". " not in who:
        before = _BEFORE.split(head)[-1].strip()
        if before in tables().credits and len(before) < len(head.strip()):
            return "caption"
    inside = text[-100:].rstrip().rpartition("(")[2]
    if inside.endswith(")") and _is_maker(inside[:-1]):
        return "caption"
    *before_, last = _BEFORE.split(tail)
    return "caption" if before_ and last.strip(_EDGES) in tables().captions else None


def _is_maker(text: str) -> bool:
    """Tell whether ``text`` is a word for a picture and who took it: ``foto Crali``."""
    word, _, names = text.partition(" ")
    known = folded(word).rstrip(":") in tables().credits
    return known and all(name[0].isupper() for name in names.split()) and bool(names)

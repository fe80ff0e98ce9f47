"""Apostrophes that a conversion lost, put back where nothing else can be meant.

Some archives turned every apostrophe into a space (``Norway s``), a question mark or a
replacement character; some left it out (``dont``). Only what is no English word stands
for a lost one: ``dont`` and ``countrys`` are put right, ``cant``, ``wont``, ``its`` and
``Hales`` may be meant. No article that has one apostrophe inside a word is touched, for
there nothing was lost in general.
"""

from __future__ import annotations

import re

_APOSTROPHE = "’"
_LETTER = r"[^\W\d_]"
# Between letters; elsewhere the same signs are quotation marks.
_HELD = re.compile(rf"{_LETTER}['’ʼ‘`´]{_LETTER}")
_FEWEST = 2  # of what looks lost in an article: one may be a slip

# A sign in its place: nobody writes a question mark before a lone ending; addresses do.
_SIGN = re.compile(
    rf"(?<={_LETTER})[?\ufffd](?=(?:s|t|re|ve|ll|d|m)(?:[\s.,;:!?)”\"]|$))"
)
# A space in its place. The possessive needs a word before it and behind it, or an end:
# sizes s, m and l are letters.
_POSSESSIVE = re.compile(
    rf"(?<={_LETTER}{_LETTER}) (?=s(?:[.,;:!?)”\"]|$| [.,;:!?]| {_LETTER}{{2}}))"
)
_NEGATED = re.compile(
    r"(?<=[a-z]n) (?=t\b)|(?<=\b[Cc]an) (?=t\b)|(?<=\b[Ww]on) (?=t\b)"
)
_PRONOUN = re.compile(
    r"(?<=\bI) (?=(?:m|d|ve|ll)\b)|(?<=\b[Ww]e) (?=(?:re|ve|ll)\b)"
    r"|(?<=\b[Tt]hey) (?=(?:re|ve|ll|d)\b)|(?<=\b[Yy]ou) (?=(?:re|ve|ll|d)\b)"
    r"|(?<=\b[Hh]e) (?=(?:ll|d)\b)|(?<=\b[Ss]he) (?=(?:ll|d)\b)"
)
_NAMES = re.compile(
    r"(?<=\bShi) (?=ites?\b)|(?<=\bQur) (?=an(?:ic)?\b)|(?<=\bBa) (?=ath)"
)
_SPACES = (_POSSESSIVE, _NEGATED, _PRONOUN, _NAMES)

# Nothing in its place, and no word without it.
_JOINED = re.compile(
    r"\b(?:(?:[Dd]o|[Dd]oes|[Dd]id|[Ii]s|[Aa]re|[Ww]as|[Ww]ere|has|have|had|could|would"
    r"|should|must)n(?=t\b)|[Tt]hey(?=(?:re|ve|ll)\b)|[Yy]ou(?=(?:re|ve|ll)\b)"
    r"|[Ww]e(?=ve\b)|I(?=ve\b)|[Tt]hat(?=s\b)|[Ww]hat(?=s\b)|[Tt]here(?=s\b)"
    r"|(?:wo)?men(?=s\b)|children(?=s\b)|[a-z]{2,30}[cdfghjklmnpqrstvwxz]y(?=s\b))"
)


def restored(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Return an English article's paragraphs with the apostrophes they have lost.

    >>> restored(("Norway s king said it didn t matter to the country s poor .",))
    ('Norway’s king said it didn’t matter to the country’s poor .',)
    >>> restored(("He said Norway's fleet wont sail, and dont ask.",))
    ("He said Norway's fleet wont sail, and dont ask.",)
    """
    if any(_HELD.search(text) for text in paragraphs):
        return tuple(_SIGN.sub(_APOSTROPHE, text) for text in paragraphs)
    lost = sum(len(p.findall(text)) for p in (*_SPACES, _JOINED) for text in paragraphs)
    if lost < _FEWEST:
        return tuple(_SIGN.sub(_APOSTROPHE, text) for text in paragraphs)
    return tuple(map(_restored, paragraphs))


def _restored(text: str) -> str:
    for pattern in (_SIGN, *_SPACES):
        text = pattern.sub(_APOSTROPHE, text)
    return _JOINED.sub(rf"\g<0>{_APOSTROPHE}", text)

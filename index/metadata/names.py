"""The names in a byline, without what bylines put around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase

from index.metadata.agency import value_of
from search.folding import fold

BY = re.compile(
    r"(?:(?:this )?(?:story|article|text|post|report|blog)\s)?(?:was )?"
    r"(?:reporting |originally )?"
    r"(?:written |posted |published |words |authored |edited |submitted |added )?"
    r"(?:by|von|par|por|door|di|av|autor(?:en|in)?|authors?|contributors?)"
    r"(?:\s{0,3}[:|;]\s{0,3}|\s{1,9})(?=\S)",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s{0,9}(?:[,;|•·●⋅/\n]|\s(?:and|und|et|y|with|&)\s|\s[-–—]\s)\s{0,9}"
)
_JUNK = re.compile(
    r"\[email.{1,3}protected\]|https?://\S{0,300}|www\.\S{0,300}|\S{1,80}@\S{1,80}|@\w{1,40}|\([^()]{0,80}\)"
)
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_TAIL = re.compile(
    rf"\s(?:for|in|at|of|from|is|on|posted|published|updated|twitter|email|follow)"
    rf"\s.{{0,200}}$|\s(?:updated|published|posted|on)$"
    rf"|\s(?:updated|published|posted)\b.{{0,200}}$|\s(?:{_MONTHS}\s)?\d.{{0,200}}$",
    re.IGNORECASE,
)
_MONTH_LEFT = re.compile(rf"(?<=\S\s)(\S+)\s{_MONTHS}$", re.IGNORECASE)
# Words that no person's name holds: roles, desks, and what stands around bylines.
_ROLE = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|staff|writers?|columnist|contributors?"
    r"|news|desk|bureau|team|agency|agencies|wire|press|magazine|newspaper|media|online"
    r"|digital|admin(?:istrator)?|editorial|redaktion|redaccion|redazione|associate"
    r"|senior|chief|producer|analyst|fellow|professor|director|authors?|intern"
    r"|published|updated|comments?|subscribe|newsletter|inc|ltd|llc|company|group|www|com"
    r"|anonymous|unknown|user|post|times|daily|tv|radio|photograph\w{0,4}|sponsored"
    r"|written|blog|review\w{2}|minutes?|min|executive|expert|sharing|buttons?|released|login|log|account|register)\b"
    r"|^(?:view|read|follow|share|more|see|full|use|by)\b",
    re.IGNORECASE,
)
# What a desk signs with: the words before it are no person's.
_DESK_LIST = "team media newsroom desk board staff editors redaktion"
_DESK = frozenset(_DESK_LIST.split())
# Words that are no name when they stand alone, though they may be part of one.
_ALONE_LIST = (
    "january february march april may june july august september october november"
    " december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat"
    " sun monday tuesday wednesday thursday friday saturday sunday bio name head human"
    " guest by now even"
)
_ALONE = frozenset(_ALONE_LIST.split())
# A stamp behind the name, set in an element of its own, perhaps without a space; a
# weekday with a space is one only where a date follows: it may be a surname.
_STAMP = re.compile(
    r"(?<=\w)(?:(?=(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Published|Updated"
    r"|Posted)\b)"
    r"|\s(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s(?:\d|[A-Z][a-z]{2,8}\.?\s\d)))"
)
_PARTICLES_LIST = (
    "de da do dos das di del della der den van von vom zu zur ten ter te la le las los"
    " du des bin bint ibn al el ul e y i af av"
)
_PARTICLES = frozenset(_PARTICLES_LIST.split())
_LONGEST = 50  # characters of a name
_ENDINGS = ("Jr.", "Sr.", *(f"{letter}." for letter in ascii_uppercase))
# What systems write where nobody filled in the author.
_NOBODY = re.compile(
    r"^\W*$|\b(?:admin\w*|author|user|guest|unknown|anonymous|www|com|view|read|follow"
    r"|subscribe|comments?|by|login)\b|\b(?:written|posted|published) by\b",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir|dame|rev)\.?\s(?=\S+\s\S)", re.I)


def names_in(text: str, outlets: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the names a byline holds: persons, desks, agencies, outlets.

    Roles and places behind a name are cut off, and the ``outlets`` it is followed by;
    addresses, dates and honorifics are no part of it.

    >>> list(names_in("By Ada Roe, Senior Correspondent | 5 March 2021"))
    ['Ada Roe', 'Senior Correspondent']
    """
    text = " ".join(_STAMP.sub(" | ", _JUNK.sub(" ", text[:400])).split())
    text = text[found.end() :] if (found := BY.match(text)) else text
    for outlet in outlets:
        # Bylines name the outlet behind the person, often without a comma.
        at = text.lower().find(outlet.lower().removeprefix("the "))
        before = text[: max(at, 0)].removesuffix("The ").removesuffix("the ")
        text = before if before.strip() else text
    for part in _SPLIT.split(text):
        name = _bare(part)
        if len(name) <= _LONGEST and any(map(str.isalpha, name)):
            yield _cased(name)


def is_person(name: str) -> bool:
    """Tell whether a name may be a person's: it is no role, desk, agency or date."""
    words = name.split()
    return (
        1 <= len(words) <= 5
        and words[0].lower() != "the"
        and not any(c.isdigit() for c in name)
        and all(word in _PARTICLES or not word.islower() for word in words[1:])
        and not _ROLE.search(fold(name))
        and value_of(name) is None
        and (name[0].isupper() or (name[0].isalpha() and not name.isascii()))
        and (len(words) > 1 or (len(name) > 2 and name.lower() not in _ALONE))
    )


def is_somebody(name: str) -> bool:
    """Tell whether a name is one at all, and no word that a system put in its place."""
    words = name.split()
    if any(c.isdigit() for c in name) and sum(map(str.isalpha, words)) < 2:
        return False
    return not _NOBODY.search(name) and name.lower() not in _ALONE


def _bare(part: str) -> str:
    part = part[found.end() :] if (found := BY.match(part)) else part
    part = _MONTH_LEFT.sub(r"\1", _TAIL.sub("", part))
    part = _HONORIFIC.sub("", part.strip(" :-–—*\"'“”‘’").lstrip("."))
    name = _without_titles(part)
    return name if name.endswith(_ENDINGS) else name.rstrip(".")


def _without_titles(name: str) -> str:
    words = name.split()
    if words and words[-1].lower() in _DESK:
        return name
    for end in range(len(words) - 1, 1, -1):
        if value_of(" ".join(words[end:])):
            words = words[:end]
            break
    while len(words) > 2 and (_ROLE.search(words[-1]) or words[-1] == "The"):
        words.pop()
    bare = " ".join(words)
    return bare if bare and is_person(bare) else name


def _cased(name: str) -> str:
    if not name.isupper() or len(name) < 5:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)

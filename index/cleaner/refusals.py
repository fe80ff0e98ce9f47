"""What sites say in place of a story: that there is none, or that something must be
proved, paid or agreed to first.

Every pattern is linear: it is anchored or bounded, and tried on short text only.
"""

from __future__ import annotations

import re

from index.cleaner.languages.tables import folded, tables
from search.model import Kind

_LONGEST = 300  # characters of a name or a block that are looked at
_STATUS = r"(?:(?:http )?error )?(?:40[0134]|410|50[0-4])"
_ABSENT = (
    r"(?:(?:page|file|story|article|document|content) )?(?:was |is )?not found|"
    r"(?:page|file|story|article|document|content) (?:can(?:not| ?not|['’]t) be found|"
    r"missing|unavailable|(?:does not|doesn['’]t) exist|no longer (?:exists|available))"
)
# What a server says; a film may have the same title, but hardly with a number.
_CODED = (
    r"access (?:to this \w+ )?(?:is |has been )?(?:denied|forbidden)|"
    r"bad (?:gateway|request)|internal server error|"
    r"service (?:temporarily )?unavailable|gateway time-?out"
)
_NUMBERED = r"denied|forbidden|gone|unauthori[sz]ed|server error|unavailable|error"
_NO_SUCH = (
    r"(?:(?:we(?:['’]re)?|i) )?(?:can ?not|can['’]t|could ?n['’]t|could not) find "
    r"(?:the|this|that|your) (?:page|file|story|article)(?: you[^.:;]{0,60})?|"
    r"(?:the|this|that) page (?:you[^.:;]{0,60} )?"
    r"(?:(?:is|was|does|could) ?(?:no|n['’]t)|can(?:not|['’]t))[^:;,]{0,40}"
)
_SORRY = r"(?:(?:we['’]?re |we are )?(?:so )?sorry|oops|uh[- ]oh|whoops)"
_TAIL = r"\W*(?:\|.*|\(?[45]\d\d\W*)?"
_WHOLE_ERROR = re.compile(
    rf"\W*(?:{_STATUS}|(?:{_SORRY}\W+)?(?:{_STATUS}\W+)?"
    rf"(?:{_ABSENT}|{_CODED}|{_NO_SUCH})|{_STATUS}\W+(?:{_NUMBERED}))"
    rf"{_TAIL}",
    re.IGNORECASE,
)
_ERROR_FIRST = re.compile(
    rf"\W{{0,3}}(?:{_STATUS}(?:\W*$|\s*[-–|:]|\W+(?:error|not|page|file|bad|forbidden|"
    r"gone|access|service|internal|oops|sorry)\b)|not found|page (?:not found|cannot be"
    r" found|unavailable|doesn.t exist)|(?:the )?page (?:you|that you) |this page "
    rf"(?:is|could not|can.t|does)|{_SORRY}\b|access denied|forbidden|bad gateway|"
    rf"internal server error|service unavailable)",
    re.IGNORECASE,
)
_ERROR_TOLD = re.compile(
    r"page (?:you|that you|requested)|requested (?:page|url|address|resource)|"
    r"page (?:(?:was |is |could |can)?(?:not|n.t) (?:be )?found|cannot be found|"
    r"unavailable|does ?n.t exist|no longer)|this page (?:isn.t|is no|could not|can.t|"
    r"does)|(?:can ?not|can['’]t|could ?n['’]t|could not) find (?:the|this|that) page|"
    r"error 40[0134]|\b(?:40[0134]|410|50[0234])\b\W{1,3}(?:error|not found|forbidden|"
    r"gone|bad|internal|service)|permission to (?:access|view)|access (?:to this \w+ )?"
    r"(?:is |has been )?(?:denied|forbidden)\W|internal server error|bad gateway",
    re.IGNORECASE,
)
_PROVE = (
    r"just a moment|one moment,? please|checking (?:if the site[^.]{0,40}|your browser"
    r"[^.]{0,40})|(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"are you (?:a )?(?:robot|human)|attention required|ddos protection[^.]{0,40}|"
    r"(?:please )?(?:complete|solve) the captcha|"
    r"(?:human|browser|security) verification|pardon our interruption|please verify|"
    r"(?:please )?enable (?:javascript|cookies)[^.]{0,40}|"
    r"unusual (?:traffic|activity) (?:detected|from your [\w ]{3,30})"
)
_AGREE = (
    r"before you continue(?: to \w+)?|(?:we (?:value|care about)|manage) your privacy|"
    r"(?:your )?(?:privacy|cookie) (?:choices|settings|preferences|consent)|"
    r"(?:accept|consent to) (?:all |the use of )?cookies|we use cookies"
)
_PAY = (
    r"(?:(?:log|sign) in|subscribe|register)(?: now)?(?: to (?:continue|read|view)"
    r"(?: reading)?(?: (?:this|the|your|our) (?:story|article|page|content))?)|"
    r"to continue reading[^.]{0,40}|already a subscriber|(?:this (?:story|article|"
    r"content) is )?(?:for subscribers only|subscribers? only)"
)
_LAW = (
    r"(?:(?:this )?(?:content|page|site) (?:is )?)?(?:not available|unavailable) "
    r"(?:in your (?:country|region|location)|(?:due to|for) legal reasons)|"
    r"(?:(?:error|http) )?451(?:\W+unavailable (?:due to|for) legal reasons)?"
)
_WHOLE_WALL = re.compile(
    rf"\W*(?:{_PROVE}|{_AGREE}|{_PAY}|{_LAW}){_TAIL}", re.IGNORECASE
)
_WALL = re.compile(
    r"just a moment|checking (?:if the site|your browser)|verify(?:ing)? "
    r"(?:that )?you are (?:a )?human|are you a (?:robot|human)|"
    r"attention required|ddos protection|enable (?:javascript and )?cookies to "
    r"continue|unusual (?:traffic|activity)|captcha|"
    r"pardon our interruption|please verify|before you continue|we value your "
    r"privacy|we care about your privacy|your privacy choices|"
    r"consent to (?:the use|cookies)|accept (?:all )?cookies|(?:we|our partners) "
    r"(?:use|and our (?:\d+ )?partners) .{0,60}cookies|"
    r"(?:log|sign) in to (?:continue|read|your)|subscribe to (?:continue|read)|to "
    r"continue reading|already a subscriber|"
    r"not available in your (?:country|region)|unavailable (?:due to|for) legal|"
    r"\b(?:error|http) 451\b",
    re.IGNORECASE,
)
# What sets the parts of a name off, and a part that says nothing of its own.
_PARTS = re.compile(r"\s[|–—-]\s|[|()…!]")
_STATUS_ABROAD = re.compile(
    r"(?:(?:http )?(?:error|erro|erreur|fehler|errore|fout|błąd|ошибка|помилка|hata|خطأ"
    r")\s?)?(?:40[0134]|410|451|50[0-4])?|ups|oups|hoppla|oops"
)
_EDGES = " .:;,»«…?؟。！\"'"
_TELLING = 2  # spaces of a phrase that tells a page's kind wherever it stands


def in_full(name: str) -> Kind | None:
    """Return the kind of a page of which ``name`` says nothing but that.

    >>> in_full("404 Not Found"), in_full("Page not found: a lost leaf")
    (<Kind.ERROR: 'error'>, None)
    """
    if _WHOLE_ERROR.fullmatch(name[:_LONGEST]):
        return Kind.ERROR
    if _WHOLE_WALL.fullmatch(name[:_LONGEST]):
        return Kind.WALL
    first = _first(name)
    return next((kind for kind, those in _abroad() if first in those), None)


def hinted(name: str) -> Kind | None:
    """Return the kind of a page that ``name`` may be of; a headline may sound so."""
    if _ERROR_FIRST.match(name[:_LONGEST]):
        return Kind.ERROR
    if _WALL.search(name[:_LONGEST]):
        return Kind.WALL
    first = _first(name)
    return next((kind for kind, those in _abroad() if first.startswith(those)), None)


def told(text: str) -> Kind | None:
    """Return the kind of a page that tells ``text``, one of its blocks."""
    if _WALL.search(text):
        return Kind.WALL
    if _ERROR_TOLD.search(text):
        return Kind.ERROR
    line = folded(text)
    for kind, those in _abroad():
        if any(phrase in line for phrase in those if phrase.count(" ") >= _TELLING):
            return kind
    return None


def _first(name: str) -> str:
    """Return the first part of a page's name that is no number or cry, folded."""
    parts = (part.strip(_EDGES) for part in _PARTS.split(folded(name[:_LONGEST])))
    return next((p for p in parts if p and not _STATUS_ABROAD.fullmatch(p)), "")


def _abroad() -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    """Return what pages of each kind open with in other languages than English."""
    found = tables().refusals
    return (Kind.ERROR, found["absent"]), (Kind.WALL, found["walls"])

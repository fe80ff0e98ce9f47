"""What the words after a name say of its being a place."""

from __future__ import annotations

from index.toponyms import cues
from index.toponyms.mentions import Mention
from index.toponyms.words import HYPHENS, Word
from search.gazetteer import FIRST_NAME, SURNAME, Gazetteer, Sense

_AFTER = {
    "thing": cues.THINGS,
    "said": cues.PERSON_VERBS,
    "street": cues.STREETS,
    "settlement": cues.SETTLEMENT,
    "local": cues.LOCAL,
    "contest": cues.CONTESTED,
    "and": frozenset(("and", "or")),
    "verb": frozenset(("is", "was", "has", "had", "will", "would", "were", "are")),
    "preposition": cues.LOCATIVE | cues.PLAIN_PREPOSITIONS,
}
_PLACED = ("before:in", "before:at", "before:locative", "before:from", "before:to")
_AREA = frozenset(("area", "wide", "bound", "born"))  # "the Toledo-area schools"


def look(
    found: list[str],
    mentions: tuple[Mention, ...],
    number: int,
    words: list[Word],
    source: Gazetteer,
) -> None:
    """Add to ``found`` the features that what follows ``mentions[number]`` has."""
    mention = mentions[number]
    if mention.last + 1 == len(words):
        found.append("after:nothing")
        return
    after = words[mention.last + 1]
    following = mentions[number + 1] if number + 1 < len(mentions) else None
    adjacent = following is not None and following.first == mention.last + 1
    known = following.senses if adjacent and following else ()
    _number(found, after)
    if _is_listed(mention, words):
        found.append("listed")
    if after.opens or not after.joined:
        _apart(found, after, known)
    elif after.gap in HYPHENS:
        small = "area" if after.key in _AREA else "small"
        found.append("after:hyphen-" + ("capital" if after.capital else small))
    elif after.capital:
        _capital(found, mention, words, source, known=bool(known))
    elif after.key == "s":
        found.append("after:possessive")
    else:
        kinds = (name for name, keys in _AFTER.items() if after.key in keys)
        found.extend(f"after:{name}" for name in list(kinds)[:1])


def _number(found: list[str], after: Word) -> None:
    if after.gap[:1] == "$":
        found.append("money")
    elif after.gap[1:2].isdigit():
        if after.gap[:1] in HYPHENS:
            found.append("after:hyphen-number")
        elif after.gap[:1] == " ":
            found.append("after:number")


def _apart(found: list[str], after: Word, known: tuple[Sense, ...]) -> None:
    """Look at what follows behind a comma, a bracket or a point."""
    if known and after.gap in (", ", " (") and not after.opens:
        kind = known[0].place.kind
        found.append("after:comma-" + ("same" if kind == "city" else kind))
    elif after.gap.startswith((",", ")")):
        found.append("after:comma")
    elif after.gap[:1] in "'’" and after.key == "s":
        found.append("after:possessive")


def _is_listed(mention: Mention, words: list[Word]) -> bool:
    """Return whether a word for many divisions ends the list a name stands in, as in
    "Tama, Benton and Linn counties".
    """
    for word in words[mention.last + 1 : mention.last + 14]:
        if word.key in cues.PLURALS:
            return True
        if word.gap not in (" ", ", ") or not (word.capital or word.key == "and"):
            return False
    return False


def _capital(
    found: list[str],
    mention: Mention,
    words: list[Word],
    source: Gazetteer,
    *,
    known: bool,
) -> None:
    after = words[mention.last + 1]
    if after.key in cues.CALENDAR:
        found.append("after:calendar")
        return
    if _names_organisation(words, mention.last + 1):
        found.append("after:organisation")
    elif after.key in cues.AUTHORITIES:
        found.append("after:authority")
    elif after.key in cues.FEATURES:
        found.append("after:feature")
    elif after.key not in cues.NOT_NAMES:
        found.append("after:capital-known" if known else "after:capital")
        if source.word(mention.name) & FIRST_NAME:
            placed = any(name.startswith(_PLACED) for name in found)
            found.append("first:capital-placed" if placed else "first:capital")
    if source.word(after.key) & SURNAME and source.word(mention.name) & FIRST_NAME:
        found.append("after:surname")


def _names_organisation(words: list[Word], at: int) -> bool:
    """Return whether the run of capitals from ``at`` holds an organisation's word."""
    club = False
    for word in words[at : at + 4]:
        if not (word.joined and word.capital) or word.gap in HYPHENS:
            return club
        if word.key in cues.ORGANISATIONS:
            return True
        club = word.key in cues.CLUBS
    return club

"""How likely a name the gazetteer knows is meant as a place here: a linear model.

The seam for training: :func:`features_of` names what speaks for or against a place,
:data:`index.toponyms.weights.WEIGHTS` holds a number for each.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from index.toponyms import caseless, cues, elision
from index.toponyms.mentions import Mention
from index.toponyms.weights import WEIGHTS
from index.toponyms.words import HYPHENS, Word
from search.gazetteer import COMMON, FIRST_NAME, SURNAME, Gazetteer

# "Britain-based" tells of no place, "Lima Savings Bank" of no Lima, "Georgia Hale" of
# no Georgia; a small town in capitals amid others is an acronym.
_NEVER = frozenset(
    (
        "after:hyphen-small",
        "after:hyphen-number",
        "after:organisation",
        "before:organisation-of",
        "acronym",
        "first:capital",
        "direction",
        "after:thing",
        "the-alone",
        "lower-case",
        "obscure",
    )
)


_AFTER = {
    "thing": cues.THINGS,
    "said": cues.PERSON_VERBS,
    "street": cues.STREETS,
    "settlement": cues.SETTLEMENT,
}
_PLACED = ("before:in", "before:at", "before:locative", "before:from", "before:to")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole article says: ISO codes of the countries it names or whose
    people it names, keys of words that are parts of people's names in it, and keys
    of names that stand after a locative word somewhere. ``headline`` is the offset
    up to which capitals say nothing; ``small`` are the words it writes without them;
    ``foreign`` says that its language is another than English.
    """

    countries: frozenset[str]
    people: frozenset[str]
    located: frozenset[str]
    headline: int = 0
    small: frozenset[str] = frozenset()
    foreign: bool = False


def score(names: Collection[str], weights: Mapping[str, float] = WEIGHTS) -> float:
    """Return the sum of the weights of features; above 0 speaks for a place."""
    if not _NEVER.isdisjoint(names):
        return -math.inf
    return sum(weights.get(name, 0.0) for name in names)


def features_of(
    mentions: tuple[Mention, ...],
    number: int,
    words: list[Word],
    setting: Setting,
    source: Gazetteer,
) -> list[str]:
    """Return the names of the features that hold for ``mentions[number]``."""
    mention = mentions[number]
    if caseless.is_caseless(words[mention.first].text):
        place = mention.senses[0].place
        known = caseless.is_prominent(place, setting.countries)
        return ["bias"] if known else ["obscure"]
    found = ["bias"]
    _of_name(found, mention, words, setting, source)
    _of_setting(found, mention, setting)
    if mention.end <= setting.headline:
        found.append("headline")
        return found
    if _stands_with_the(mention, words, source):
        found.append("the-alone")
    if said := _joined(mention, words[mention.first]):
        found.append(f"before:{said}")
    elif setting.foreign and _follows_of(mention, words):
        found.append("before:of")
    _before(found, mentions, number, words, source)
    _after(found, mentions, number, words, source)
    return found


def _of_name(
    found: list[str],
    mention: Mention,
    words: list[Word],
    setting: Setting,
    source: Gazetteer,
) -> None:
    best = mention.senses[0]
    found.append(f"kind:{best.place.kind}")
    if best.place.kind == "city":
        found.append(f"people:{len(str(best.place.population))}")
    if best.weak and not (setting.foreign and best.place.kind == "country"):
        found.append("weak")
    if cues.DIRECTIONS.issuperset(mention.name.split()):
        found.append("direction")
    if mention.end - mention.start <= 4:
        found.append("short")
    if mention.name.endswith(".") or "." in words[mention.last].text:
        found.append("pointed")
    if mention.first < mention.last:
        found.append("several-words")
    else:
        _of_word(found, mention, words[mention.first], source)


def _of_word(found: list[str], mention: Mention, word: Word, source: Gazetteer) -> None:
    flags = source.word(mention.name)
    for flag, name in ((COMMON, "common"), (FIRST_NAME, "first"), (SURNAME, "last")):
        if flags & flag:
            found.append(f"word:{name}")
    if word.opens and mention.start == word.start:
        found.append("opens")
        if flags & COMMON:
            found.append("opens:common")
    if word.text.isupper() and len(word.text) > 1 and "." not in word.text:
        found.append("capitals")
        is_city = mention.senses[0].place.kind == "city"
        if len(word.text) <= 5 and is_city and not word.opens:
            found.append("acronym")


def _of_setting(found: list[str], mention: Mention, setting: Setting) -> None:
    if mention.senses[0].place.country in setting.countries:
        found.append("country-named")
    elif any(s.place.country in setting.countries for s in mention.senses[:8]):
        found.append("country-of-other-named")
    if mention.name in setting.people:
        found.append("person")
    if mention.name in setting.located:
        found.append("located")
    elif mention.name in setting.small and mention.senses[0].place.kind == "city":
        found.append("lower-case")


def _joined(mention: Mention, word: Word) -> str | None:
    """Return what a preposition says that is written together with the name."""
    return elision.sense(word.text) if mention.start > word.start else None


def _follows_of(mention: Mention, words: list[Word]) -> bool:
    """Return whether another language's *of* stands before a name, and no person's
    first name before that.
    """
    at = mention.first
    if at < 2 or not words[at].joined or words[at - 1].text not in cues.OF_ABROAD:
        return False
    return not words[at - 2].capital


def _stands_with_the(mention: Mention, words: list[Word], source: Gazetteer) -> bool:
    """Return whether a town's name has an article of its own, as rivers and ships do:
    "over the Clearwater on Sunday", but "the Oslo office" and "the Hague".
    """
    if not mention.first or not words[mention.first].joined:
        return False
    if words[mention.first - 1].text != "the" or mention.first < mention.last:
        return False
    if mention.senses[0].place.kind != "city" or source.senses(f"the {mention.name}"):
        return False
    if mention.last + 1 == len(words):
        return True
    after = words[mention.last + 1]
    if not after.joined:
        return after.gap[:1] in ".;:!?"
    return after.text in cues.NO_NOUNS


def _before(
    found: list[str],
    mentions: tuple[Mention, ...],
    number: int,
    words: list[Word],
    source: Gazetteer,
) -> None:
    mention = mentions[number]
    word = words[mention.first]
    if mention.first == 0 or word.opens:
        found.append("before:nothing")
        return
    before = words[mention.first - 1]
    if word.gap in HYPHENS:
        found.append("before:hyphen")
    if not word.joined:
        previous = mentions[number - 1] if number else None
        if previous and previous.last == mention.first - 1 and word.gap == ", ":
            kind = previous.senses[0].place.kind if previous.senses else "unknown"
            found.append(f"before:{kind}-comma")
        elif before.key in cues.TITLES and word.gap == ". ":
            found.append("before:title")
        return
    if before.capital and not before.opens and before.key not in cues.NOT_NAMES:
        if before.key in cues.CALENDAR:
            found.append("before:calendar")
        elif before.key in cues.LOCATIVE:
            found.append("before:direction")
        else:
            found.append("before:capital")
    if before.capital and source.word(before.key) & FIRST_NAME:
        found.append("before:first-name")
    if len(before.text) == 1 and before.capital:
        found.append("before:initial")
    _word_before(found, mention, words)


def _word_before(found: list[str], mention: Mention, words: list[Word]) -> None:
    before = words[mention.first - 1].key
    raw = words[mention.first - 1].text.lower()
    if before in cues.LOCATIVE or before in cues.TAKEN or raw in cues.ABROAD:
        found.append(
            f"before:{before}" if before in ("in", "at") else "before:locative"
        )
    elif before in cues.TITLES:
        found.append("before:title")
    elif before in ("the", "of", "from", "to"):
        found.append(f"before:{before}")
    elif before in cues.PLAIN_PREPOSITIONS:
        found.append("before:preposition")
    if before == "of" and mention.first > 1:
        head = words[mention.first - 2]
        if head.key in cues.SETTLEMENT:
            found.append("before:settlement-of")
        elif head.capital and head.key in cues.OF_ORGANISATION:
            found.append("before:organisation-of")
        elif head.capital and not head.opens:
            found.append("before:capital-of")


def _after(
    found: list[str],
    mentions: tuple[Mention, ...],
    number: int,
    words: list[Word],
    source: Gazetteer,
) -> None:
    mention = mentions[number]
    if mention.last + 1 == len(words):
        found.append("after:nothing")
        return
    after = words[mention.last + 1]
    following = mentions[number + 1] if number + 1 < len(mentions) else None
    adjacent = following is not None and following.first == mention.last + 1
    known = following.senses if adjacent and following else ()
    if after.gap[:1] in HYPHENS and after.gap[1:2].isdigit():
        found.append("after:hyphen-number")
    if after.opens or not after.joined:
        if known and after.gap in (", ", " (") and not after.opens:
            kind = known[0].place.kind
            found.append("after:comma-" + ("same" if kind == "city" else kind))
        elif after.gap.startswith((",", ")")):
            found.append("after:comma")
        elif after.gap[:1] in "'’" and after.key == "s":
            found.append("after:possessive")
        return
    if after.gap in HYPHENS:
        found.append("after:hyphen-" + ("capital" if after.capital else "small"))
    elif after.capital:
        _capital_after(found, mention, after, words, source, known=bool(known))
    elif after.key == "s":
        found.append("after:possessive")
    else:
        kinds = (name for name, keys in _AFTER.items() if after.key in keys)
        found.extend(f"after:{name}" for name in list(kinds)[:1])


def _capital_after(
    found: list[str],
    mention: Mention,
    after: Word,
    words: list[Word],
    source: Gazetteer,
    *,
    known: bool,
) -> None:
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
    for word in words[at : at + 4]:
        if not (word.joined and word.capital) or word.gap in HYPHENS:
            return False
        if word.key in cues.ORGANISATIONS:
            return True
    return False

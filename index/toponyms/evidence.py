"""How likely a name the gazetteer knows is meant as a place here: a linear model.

The seam for training: :func:`features_of` names what speaks for or against a place,
:class:`index.toponyms.weights.Rounds` holds a number for each.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from index.toponyms import after, before, caseless, cues
from index.toponyms.mentions import Mention
from index.toponyms.setting import Setting
from index.toponyms.words import Word
from search.gazetteer import (
    COMMON,
    FAMOUS,
    FIRST_NAME,
    SURNAME,
    Gazetteer,
    GazetteerPlace,
)

# What says that the small town is meant and not the firm or statesman.
_PLACED = frozenset(
    (
        "before:in",
        "before:at",
        "before:locative",
        "before:settlement-of",
        "after:settlement",
        "after:comma-region",
        "after:comma-country",
        "after:comma-county",
        "located",
        "listed",
    )
)
_KNOWN = 500_000  # people of a town better known than a firm of its name
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
        "money",
        "famous",
        "the-alone",
        "lower-case",
        "obscure",
    )
)


def score(names: Collection[str], weights: Mapping[str, float]) -> float:
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
    before.look(found, mentions, number, words, source, foreign=setting.foreign)
    after.look(found, mentions, number, words, source)
    if "word:famous" in found and _PLACED.isdisjoint(found):
        kind = mention.senses[0].place.kind
        if kind != "area" or "before:the" not in found:
            found.append("famous")
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
    if _is_obscure(best.place) and _has_fame(mention, source):
        found.append("word:famous")
    if best.place.kind != "area" and cues.DIRECTIONS.issuperset(mention.name.split()):
        found.append("direction")
    if mention.end - mention.start <= 4:
        found.append("short")
    if mention.name.endswith(".") or "." in words[mention.last].text:
        found.append("pointed")
    if mention.first < mention.last:
        found.append("several-words")
    else:
        _of_word(found, mention, words[mention.first], source)


def _is_obscure(place: GazetteerPlace) -> bool:
    """Return whether a firm or a statesman may be better known than a place."""
    if place.kind == "city":
        return place.population < _KNOWN
    return place.kind in ("county", "area")


def _has_fame(mention: Mention, source: Gazetteer) -> bool:
    """Return whether the world knows a name as no place's, or it reads as somebody's
    with his title: *Prince George* is a town where the text places it.
    """
    title, _, rest = mention.name.partition(" ")
    if title in cues.TITLES and source.word(rest) & FIRST_NAME:
        return True
    return bool(source.word(mention.name) & FAMOUS)


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

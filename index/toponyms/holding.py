"""Which of its namesakes a name means before the region that it is said to lie in.

A town called like a country or a state is meant in "Peru, Ind." always, and in "Peru,
Indiana" where that is no list of the two.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from index.toponyms import cues
from index.toponyms.mentions import Mention, ends_name
from index.toponyms.words import Word
from search.gazetteer import GazetteerPlace, Sense

_WIDE = ("country", "region")
_JOINING = frozenset(("and", "or"))


def abbreviated(
    senses: tuple[Sense, ...],
    mentions: tuple[Mention, ...],
    number: int,
    words: list[Word],
) -> tuple[Sense, ...]:
    """Return those of ``senses`` in the region whose abbreviation follows the name, as
    in "Peru, Ind.", which nobody writes of a country; all where there is none of them.
    """
    after = _beside(mentions, number, words)
    if after is None or not after.name.endswith(".") or not after.senses:
        return senses
    region = after.senses[0].place
    inside = tuple(
        sense
        for sense in senses
        if region.kind == "region" and region.id in sense.place.path[:-1]
    )
    return inside or senses


def spelled_out(
    senses: tuple[Sense, ...],
    mentions: tuple[Mention, ...],
    number: int,
    words: list[Word],
    kept: AbstractSet[Mention],
) -> tuple[Sense, ...]:
    """Return the towns among ``senses`` of the region whose full name follows the name
    of a country or of another region; all where there is none, or the two may be
    members of a list, as in "Georgia, Vermont and Ohio". ``kept`` are places.
    """
    after = _beside(mentions, number, words)
    if not senses or senses[0].place.kind not in _WIDE or after is None:
        return senses
    inside = _towns(senses, after)
    if not inside or not _closes(after, words):
        return senses
    is_listed = _is_continued(mentions, number + 1, words, kept) or _continues(
        senses[0].place, mentions, number, words
    )
    return senses if is_listed else inside


def _beside(
    mentions: tuple[Mention, ...], number: int, words: list[Word]
) -> Mention | None:
    """Return the mention behind a comma after the one at ``number``."""
    if number < 0 or number + 1 == len(mentions):
        return None
    after = mentions[number + 1]
    is_next = after.first == mentions[number].last + 1
    return after if is_next and words[after.first].gap == ", " else None


def _towns(senses: tuple[Sense, ...], holder: Mention) -> tuple[Sense, ...]:
    """Return the towns of ``senses`` in a region that ``holder`` may stand for."""
    regions = {
        sense.place.id
        for sense in holder.senses
        if sense.place.kind == "region" and not sense.weak
    }
    return tuple(
        sense
        for sense in senses
        if sense.place.kind == "city"
        and not sense.weak
        and not regions.isdisjoint(sense.place.path[:-1])
    )


def _closes(region: Mention, words: list[Word]) -> bool:
    """Return whether town and region may end there: "Unlike Peru, Indiana has" is no
    town, nor is "In Peru, Indiana Jones".
    """
    at = region.last + 1
    if not ends_name(region, words):
        return False
    return (
        at == len(words) or not words[at].joined or words[at].key in cues.AFTER_STATES
    )


def _is_continued(
    mentions: tuple[Mention, ...],
    region: int,
    words: list[Word],
    kept: AbstractSet[Mention],
) -> bool:
    """Return whether another place follows the region as one more of its kind."""
    if region + 1 == len(mentions):
        return False
    other, last = mentions[region + 1], mentions[region].last
    if other not in kept or not ends_name(other, words):
        return False
    is_next = other.first == last + 1 and words[other.first].gap == ", "
    is_joined = other.first == last + 2 and words[last + 1].key in _JOINING
    if not (is_next or is_joined) or _is_pair(mentions, region + 1, words):
        return False
    return not any(
        one.place.id in two.place.path or two.place.id in one.place.path
        for one in mentions[region].senses
        for two in other.senses
    )


def _continues(
    country: GazetteerPlace,
    mentions: tuple[Mention, ...],
    number: int,
    words: list[Word],
) -> bool:
    """Return whether the name goes on with a list, or says what the last one lies in.

    So it does in "Chile, Peru, Indiana" and in "Lima, Peru, Indiana".
    """
    if number == 0:
        return False
    before, first = mentions[number - 1], mentions[number].first
    is_next = before.last + 1 == first and words[first].gap == ", "
    is_joined = before.last + 2 == first and words[first - 1].key in _JOINING
    if not (is_next or is_joined) or not before.senses:
        return False
    if _is_pair(mentions, number - 2, words):
        return False
    is_wide = before.senses[0].place.kind in _WIDE
    inside = any(country.id in sense.place.path[:-1] for sense in before.senses)
    return is_wide or (is_next and inside)


def _is_pair(mentions: tuple[Mention, ...], number: int, words: list[Word]) -> bool:
    """Return whether the mention at ``number`` and the next are a town and what it is
    in, as in "Toledo, Ohio".
    """
    holder = _beside(mentions, number, words)
    if holder is None:
        return False
    ids = {sense.place.id for sense in holder.senses if not sense.weak}
    return any(
        not ids.isdisjoint(sense.place.path[:-1]) for sense in mentions[number].senses
    )

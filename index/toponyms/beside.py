"""What the words right before and after a name say of its being a place."""

from __future__ import annotations

from index.toponyms import cues, elision
from index.toponyms.mentions import Mention
from index.toponyms.words import HYPHENS, Word
from search.gazetteer import FIRST_NAME, SURNAME, Gazetteer

_AFTER = {
    "thing": cues.THINGS,
    "said": cues.PERSON_VERBS,
    "street": cues.STREETS,
    "settlement": cues.SETTLEMENT,
}
_PLACED = ("before:in", "before:at", "before:locative", "before:from", "before:to")


def look(
    found: list[str],
    mentions: tuple[Mention, ...],
    number: int,
    words: list[Word],
    source: Gazetteer,
    *,
    foreign: bool,
) -> None:
    """Add to ``found`` the features that the neighbours of ``mentions[number]`` have.

    ``foreign`` says that the article's language is another than English.
    """
    mention = mentions[number]
    if _stands_with_the(mention, words, source):
        found.append("the-alone")
    if said := _joined(mention, words[mention.first]):
        found.append(f"before:{said}")
    elif foreign and _follows_of(mention, words):
        found.append("before:of")
    _before(found, mentions, number, words, source)
    _after(found, mentions, number, words, source)


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

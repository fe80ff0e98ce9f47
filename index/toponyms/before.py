"""What the words before a name say of its being a place."""

from __future__ import annotations

from index.toponyms import cues, elision
from index.toponyms.mentions import Mention
from index.toponyms.words import HYPHENS, Word
from search.gazetteer import COMMON, FIRST_NAME, Gazetteer


def look(
    found: list[str],
    mentions: tuple[Mention, ...],
    number: int,
    words: list[Word],
    source: Gazetteer,
    *,
    foreign: bool,
) -> None:
    """Add to ``found`` the features that what stands before ``mentions[number]`` has.

    ``foreign`` says that the article's language is another than English.
    """
    mention = mentions[number]
    word = words[mention.first]
    if _stands_with_the(mention, words, source):
        found.append("the-alone")
    if said := _elided(mention, word):
        found.append(f"before:{said}")
    elif foreign and _follows_of(mention, words):
        found.append("before:of")
    if word.gap[-1:] == "$":
        found.append("money")
    elif word.gap[-2:-1].isdigit() and word.gap[-1:] == " ":
        found.append("before:number")
    if mention.first == 0 or word.opens:
        found.append("before:nothing")
        return
    before = words[mention.first - 1]
    if word.gap in HYPHENS:
        found.append(_before_hyphen(before))
    if not word.joined:
        _apart(found, mentions, number, words)
        return
    if before.capital:
        _capital(found, before, source)
    _word(found, mention, words)


def _apart(
    found: list[str], mentions: tuple[Mention, ...], number: int, words: list[Word]
) -> None:
    """Look at what stands before a comma or a point."""
    mention = mentions[number]
    word, before = words[mention.first], words[mention.first - 1]
    previous = mentions[number - 1] if number else None
    if previous and previous.last == mention.first - 1 and word.gap == ", ":
        kind = previous.senses[0].place.kind if previous.senses else "unknown"
        found.append(f"before:{kind}-comma")
    elif before.key in cues.TITLES and word.gap == ". ":
        found.append("before:title")


def _capital(found: list[str], before: Word, source: Gazetteer) -> None:
    flags = source.word(before.key)
    if before.key not in cues.NOT_NAMES:
        if before.opens:
            common = "common" if flags & COMMON else "name"
            found.append(f"before:opening-{common}")
        elif before.key in cues.CALENDAR:
            found.append("before:calendar")
        elif before.key in cues.LOCATIVE:
            found.append("before:direction")
        elif _is_acronym(before):
            found.append("before:acronym")
        else:
            found.append("before:capital")
            if flags & COMMON:
                found.append("before:capital-common")
    if flags & FIRST_NAME:
        found.append("before:first-name")
    if len(before.text) == 1:
        found.append("before:initial")


def _before_hyphen(before: Word) -> str:
    if not before.capital:
        return "before:hyphen-small"
    if before.text.isupper() and len(before.text) < 4:
        return "before:hyphen-party"  # R-Dayton
    return "before:hyphen"


def _is_acronym(word: Word) -> bool:
    return word.text.isupper() and len(word.text) > 1 and "." not in word.text


def _word(found: list[str], mention: Mention, words: list[Word]) -> None:
    before = words[mention.first - 1].key
    raw = words[mention.first - 1].text.lower()
    if before in cues.LOCATIVE or before in cues.TAKEN or raw in cues.ABROAD:
        found.append(
            f"before:{before}" if before in ("in", "at") else "before:locative"
        )
    elif before in cues.TITLES:
        found.append("before:title")
    elif before in cues.CONTESTED:
        found.append("before:contest")
    elif before in ("the", "of"):
        found.append(f"before:{before}")
    elif before in cues.PLAIN_PREPOSITIONS:
        found.append("before:preposition")
    if mention.first > 1:
        _two_words(found, words[mention.first - 2], words[mention.first - 1])


def _two_words(found: list[str], head: Word, before: Word) -> None:
    if before.key == "of":
        if head.key in cues.SETTLEMENT:
            found.append("before:settlement-of")
        elif head.capital and head.key in cues.OF_ORGANISATION:
            found.append("before:organisation-of")
        elif head.capital and not head.opens:
            found.append("before:capital-of")
        elif head.key in cues.FOUGHT_OVER or head.key in cues.PLURALS:
            found.append("before:head-of")
    elif before.key in ("and", "or") and head.capital and before.joined:
        found.append("before:and-capital")


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


def _elided(mention: Mention, word: Word) -> str | None:
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

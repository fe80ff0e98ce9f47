"""Places for names the gazetteer lacks: another transliteration of one it has.

Only among the places of countries the article names, only for a name that stands
where places stand, and only where the vowels are not too different either.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from index.toponyms import cues
from index.toponyms.evidence import Setting
from index.toponyms.mentions import Mention
from index.toponyms.transliteration import skeleton, without_article
from index.toponyms.words import HYPHENS, Word
from search.gazetteer import COMMON, FIRST_NAME, Gazetteer, GazetteerPlace

_ALIKE = 0.68  # of the letters of both spellings, in order
_LONGEST = 4  # words; a name of more is an organisation


def transliterated(
    mentions: Iterable[Mention],
    words: list[Word],
    setting: Setting,
    source: Gazetteer,
) -> dict[str, GazetteerPlace]:
    """Return places for names without senses, by name."""
    found: dict[str, GazetteerPlace] = {}
    refused: set[str] = set()
    for mention in mentions:
        if mention.senses or mention.name in found or mention.name in refused:
            continue
        if not _may_be_place(mention, words, setting, source):
            continue
        place = _sounding(mention.name, setting, source)
        if place is None:
            refused.add(mention.name)
        else:
            found[mention.name] = place
    return found


def stands_alone(mention: Mention, words: list[Word]) -> bool:
    """Return whether no capitalised neighbour or hyphen makes it part of more."""
    word = words[mention.first]
    if mention.first and word.joined:
        before = words[mention.first - 1]
        if word.gap in HYPHENS or before.key in cues.TITLES:
            return False
        if before.capital and not before.opens and before.key not in cues.LOCATIVE:
            return False
    if mention.last + 1 == len(words):
        return True
    after = words[mention.last + 1]
    return not (after.joined and after.gap in HYPHENS)


def _may_be_place(
    mention: Mention, words: list[Word], setting: Setting, source: Gazetteer
) -> bool:
    run = words[mention.first : mention.last + 1]
    if len(run) > _LONGEST or len(mention.name) < 4:
        return False
    if mention.name in setting.people or run[-1].key in setting.people:
        return False
    if any(word.key in cues.ORGANISATIONS for word in run):
        return False
    if source.word(run[0].key) & (COMMON | FIRST_NAME):
        return False
    return stands_alone(mention, words) and _is_located(mention, words)


def _is_located(mention: Mention, words: list[Word]) -> bool:
    """Return whether the word before says that a place follows."""
    if not mention.first or not words[mention.first].joined:
        return False
    before = words[mention.first - 1].key
    if before in cues.LOCATIVE or before in cues.SETTLEMENT:
        return True
    if before not in ("of", "for") or mention.first < 2:
        return False
    return words[mention.first - 2].key in cues.SETTLEMENT | cues.FOUGHT_OVER


def _sounding(name: str, setting: Setting, source: Gazetteer) -> GazetteerPlace | None:
    bare = skeleton(name)
    if len(bare) < 3:
        return None
    best: tuple[float, GazetteerPlace] | None = None
    for country in sorted(setting.countries):
        for place in source.sounding(country, bare)[:8]:
            alike = max(
                _alike(name, spelling) for spelling in source.spellings(place.id)
            )
            if alike >= _ALIKE and (best is None or alike > best[0]):
                best = alike, place
    return best[1] if best else None


def _alike(name: str, spelling: str) -> float:
    one = (without_article(name) or name).replace(" ", "")
    other = (without_article(spelling) or spelling).replace(" ", "")
    return SequenceMatcher(None, one, other, autojunk=False).ratio()

"""Places for names the gazetteer lacks: another transliteration of one it has.

Only among the places of countries the article names, only for a name that stands
where places stand, and only where the vowels are not too different either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from index.toponyms import cues
from index.toponyms.matching import is_demonym
from index.toponyms.mentions import Mention
from index.toponyms.setting import Setting
from index.toponyms.transliteration import ARTICLES, skeleton, without_article
from index.toponyms.words import HYPHENS, Word
from search.gazetteer import COMMON, FIRST_NAME, Gazetteer, GazetteerPlace

_ALIKE = 0.68  # of the letters of both spellings, in order
_LISTING = frozenset((", ", " and ", ", and "))
_LONGEST = 4  # words; a name of more is an organisation


def transliterated(
    mentions: Iterable[Mention],
    words: list[Word],
    setting: Setting,
    places: Mapping[str, GazetteerPlace],
    source: Gazetteer,
) -> dict[str, GazetteerPlace]:
    """Return places for names not in ``places``, by name.

    An obscure alternate name counts as unknown: it too needs its country named.
    """
    found: dict[str, GazetteerPlace] = {}
    after_place = False
    for mention in mentions:
        listed = after_place and words[mention.first].gap in _LISTING
        if mention.name not in places and mention.name not in found:
            place = _reading(mention, words, setting, source, listed=listed)
            if place is not None:
                found[mention.name] = place
        after_place = mention.name in places or mention.name in found
    return found


def _reading(
    mention: Mention,
    words: list[Word],
    setting: Setting,
    source: Gazetteer,
    *,
    listed: bool,
) -> GazetteerPlace | None:
    if not _may_be_place(mention, words, setting, source):
        return None
    bare = skeleton(mention.name)
    if not (listed or _is_located(mention, words, certain=len(bare) > 4)):
        return None
    for sense in mention.senses:
        if sense.place.country in setting.countries:
            return sense.place
    return _sounding(mention.name, bare, setting, source)


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
    if after.joined and (after.gap in HYPHENS or after.key in cues.STREETS):
        return False
    return not (after.joined and after.capital and after.key in cues.ORGANISATIONS)


def _may_be_place(
    mention: Mention, words: list[Word], setting: Setting, source: Gazetteer
) -> bool:
    run = words[mention.first : mention.last + 1]
    if len(run) > _LONGEST or len(mention.name) < 4:
        return False
    if is_demonym(mention.name, source) or mention.name in cues.GROUPS:
        return False
    if mention.name in setting.people or run[-1].key in setting.people:
        return False
    if any(word.key in cues.ORGANISATIONS for word in run):
        return False
    name = [word.key for word in run if word.key not in ARTICLES] or [run[-1].key]
    common = COMMON | FIRST_NAME if len(name) == 1 else COMMON
    return not source.word(name[0]) & common and stands_alone(mention, words)


def _is_located(mention: Mention, words: list[Word], *, certain: bool) -> bool:
    """Return whether the words before say that a place follows; ``certain`` where the
    name has consonants enough to need less.
    """
    if not mention.first or not words[mention.first].joined:
        return False
    before = words[mention.first - 1].key
    if _ends_organisation(mention, words):
        return False
    if before in cues.LOCATIVE or before in cues.SETTLEMENT or before in cues.TAKEN:
        return True
    if certain and before in cues.PLAIN_PREPOSITIONS:
        return True
    if before not in ("of", "for") or mention.first < 2:
        return False
    return words[mention.first - 2].key in cues.SETTLEMENT | cues.FOUGHT_OVER


def _ends_organisation(mention: Mention, words: list[Word]) -> bool:
    """Return whether it is the last part of a name like *the University of Utrecht*."""
    if mention.first < 2 or words[mention.first - 1].key != "of":
        return False
    head = words[mention.first - 2]
    return head.capital and head.key in cues.OF_ORGANISATION


def _sounding(
    name: str, bare: str, setting: Setting, source: Gazetteer
) -> GazetteerPlace | None:
    if len(bare) < 3:
        return None
    best: tuple[float, GazetteerPlace] | None = None
    for country in sorted(setting.countries):
        for place in source.sounding(country, bare)[:8]:
            alike = max(_alike(name, other) for other in source.spellings(place.id))
            if alike >= _ALIKE and (best is None or alike > best[0]):
                best = alike, place
    return best[1] if best else None


def _alike(name: str, spelling: str) -> float:
    one = (without_article(name) or name).replace(" ", "")
    other = (without_article(spelling) or spelling).replace(" ", "")
    return SequenceMatcher(None, one, other, autojunk=False).ratio()

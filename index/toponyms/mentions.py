"""Names in a text that the gazetteer knows, and names it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from index.toponyms import caseless, cues, elision
from index.toponyms.matching import chain_from, is_article, longest
from index.toponyms.transliteration import ARTICLES
from index.toponyms.words import Word
from search.gazetteer import Gazetteer, GazetteerPlace, Sense


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at words ``first`` to ``last``, both included.

    ``name`` is its key; ``senses`` what it may stand for, best first, none where the
    gazetteer does not know it. ``start`` and ``end`` are offsets into the text.
    """

    name: str
    first: int
    last: int
    start: int
    end: int
    senses: tuple[Sense, ...]

    def __hash__(self) -> int:
        """Return a number of where it stands; all its senses take ten times as long."""
        return hash((self.start, self.end))


def mentions_of(words: list[Word], source: Gazetteer) -> tuple[Mention, ...]:
    """Return the names in ``words``, longest match first, in order, none overlapping.

    Names unknown to the gazetteer are runs of capitalised words between those it knows.
    """
    found: list[Mention] = []
    at = 0
    while at < len(words):
        word = words[at]
        likely = word.capital or word.key in ARTICLES
        mention = _at(words, at, source) if likely else None
        if mention is None:
            at += 1
            continue
        at = mention.last + 1
        found.append(mention)
    return _joined(found, words, _continues)


def _continues(run: list[Mention], mention: Mention, word: Word) -> bool:
    """Return whether ``mention``, which begins with ``word``, goes on with a run of
    unknown names.
    """
    return not run[0].senses and not mention.senses and not word.opens


def _joined(
    mentions: Iterable[Mention],
    words: list[Word],
    goes_on: Callable[[list[Mention], Mention, Word], bool],
) -> tuple[Mention, ...]:
    """Return ``mentions`` with each run of neighbours as one unknown name, a run being
    what ``goes_on``. Each name is written once: a long one costs no more than its
    length.
    """
    runs: list[list[Mention]] = []
    for mention in mentions:
        word = words[mention.first]
        if (
            runs
            and runs[-1][-1].last + 1 == mention.first
            and word.joined
            and goes_on(runs[-1], mention, word)
        ):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return tuple(
        run[0] if len(run) == 1 else _mention(words, run[0].first, run[-1].last, ())
        for run in runs
    )


def _at(words: list[Word], at: int, source: Gazetteer) -> Mention | None:
    word = words[at]
    article = is_article(words, at)
    if not (word.capital or article):
        return None
    if caseless.is_caseless(word.text):
        return _caseless(words, at, source)
    short = _abbreviation(words, at, source)
    if short is not None:
        return short
    chain = chain_from(words, at)
    last, senses = longest(chain, words, at, source)
    if senses:
        return _described(words, at, last, senses)
    elided = _elided(chain, words, at, source)
    if elided is not None:
        return elided
    if article or (word.key == "the" and at + 1 < len(words) and words[at + 1].capital):
        last, senses = longest(chain[1:], words, at + 1, source)
        if senses:
            return _mention(words, at if article else at + 1, last, senses)
        if not article:
            return None
    return _unknown(words, at, article=article)


def _described(
    words: list[Word], at: int, last: int, senses: tuple[Sense, ...]
) -> Mention:
    """Return the name with the word that says what division it is, as in *Karak
    Province*: then it is a division, where it may be one.
    """
    after = last + 1
    if (
        after < len(words)
        and words[after].gap == " "
        and words[after].capital
        and words[after].key in cues.DIVISIONS
        and not (
            after + 1 < len(words)
            and words[after + 1].joined
            and words[after + 1].capital
        )
    ):
        divisions = tuple(s for s in senses if s.place.kind in ("region", "county"))
        return _mention(words, at, after, divisions or senses)
    return _mention(words, at, last, senses)


def _caseless(words: list[Word], at: int, source: Gazetteer) -> Mention | None:
    length, cut, senses = caseless.match(chain_from(words, at), words[at], source)
    if not senses:
        return None
    last = at + length - 1
    name = " ".join(word.key for word in words[at : last + 1])[cut:]
    return Mention(name, at, last, words[at].start + cut, words[last].end, senses)


def _elided(
    chain: list[str], words: list[Word], at: int, source: Gazetteer
) -> Mention | None:
    word = words[at]
    if (
        at
        and word.joined
        and words[at - 1].capital
        and elision.sense(word.text) == "of"
    ):
        return None  # a person's name or an institution's
    for first in elision.bare(word.text, opens=word.opens):
        names = [first, *chain[1:]]
        last, senses = longest(names, words, at, source)
        if senses:
            name = " ".join(names[: last - at + 1])
            start = word.start + elision.cut(word.text)
            return Mention(name, at, last, start, words[last].end, senses)
    return None


def ends_name(mention: Mention, words: list[Word]) -> bool:
    """Return whether no capitalised word continues the name."""
    at = mention.last + 1
    return at == len(words) or not (words[at].joined and words[at].capital)


def _unknown(words: list[Word], at: int, *, article: bool) -> Mention | None:
    if not article and words[at].key in cues.NOT_NAMES:
        return None
    return _mention(words, at, at + 1 if article else at, ())


def merged(
    mentions: tuple[Mention, ...], kept: AbstractSet[Mention], words: list[Word]
) -> tuple[Mention, ...]:
    """Return ``mentions`` with a known name and its neighbour as one unknown name,
    where neither is ``kept``.

    *Beni Sahm* is a name to look at even where there is a Beni somewhere.
    """

    def goes_on(run: list[Mention], mention: Mention, _: Word) -> bool:
        known = mention.senses or (len(run) == 1 and run[0].senses)
        return bool(known) and run[-1] not in kept and mention not in kept

    return _joined(mentions, words, goes_on)


def _mention(
    words: list[Word], first: int, last: int, senses: tuple[Sense, ...]
) -> Mention:
    name = " ".join(word.key for word in words[first : last + 1])
    if name in cues.GROUPS:
        senses = ()
    return Mention(name, first, last, words[first].start, words[last].end, senses)


def _abbreviation(words: list[Word], at: int, source: Gazetteer) -> Mention | None:
    word = words[at]
    pointed = at + 1 == len(words) or words[at + 1].gap.startswith(".")
    if len(word.text) == 1 and not (at and word.gap == ", "):
        return None  # an initial; "Dayton, O." is Ohio's
    after_town = at > 0 and word.gap == ", " and words[at - 1].capital
    for text, more in ((word.text + ".", 1), (word.text, 0)):
        if text not in source.abbreviations or (more and not pointed):
            continue
        place = source.place(source.abbreviations[text])
        if place is not None and not (_is_code(text, place) and not after_town):
            sense = (Sense(place, weak=False),)
            return Mention(text, at, at, word.start, word.end + more, sense)
    return None


def _is_code(text: str, place: GazetteerPlace) -> bool:
    """Return whether ``text`` is a region's code, as in "Dayton, OH", and so may be a
    word by itself.
    """
    return len(text) == 2 and text.isupper() and place.kind == "region"

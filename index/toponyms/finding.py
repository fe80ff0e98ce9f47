"""The names of a text that are places, and what each stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from index.toponyms.aliases import with_aliases
from index.toponyms.company import Company
from index.toponyms.dateline import opening
from index.toponyms.evidence import features_of, score
from index.toponyms.mentions import Mention, ends_name, mentions_of, merged
from index.toponyms.priors import Prior
from index.toponyms.resolver import resolve
from index.toponyms.setting import (
    Setting,
    demonyms_in,
    headline_end,
    setting_of,
    widened,
)
from index.toponyms.surroundings import named_in
from index.toponyms.unknown import stands_alone, transliterated
from index.toponyms.weights import Model, Rounds
from index.toponyms.words import Word, words_of
from search.gazetteer import Gazetteer, GazetteerPlace
from search.model import Article

_LONGEST = 250_000  # characters in which places are looked for: 40,000 words
_SEPARATOR = "\n\n"  # between title and text, as between paragraphs
LEAST = -0.15  # log odds of a place: a name missed costs what a name too many does
_FOREIGN = 0.9  # taken off where cues of English are missing because it is none
_SURE = 0.8  # of the probability among the namesakes


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it is looked at, title and text as one: the text begins at offset
    ``body``, the title ends at ``title``, and ``first`` is where the dateline stands,
    None without one. ``demonyms`` counts the peoples it names by ISO code,
    ``features`` are those of each name the gazetteer knows, looked at alone.
    """

    text: str
    body: int
    title: int
    first: int | None
    words: list[Word]
    mentions: tuple[Mention, ...]
    setting: Setting
    demonyms: Mapping[str, int]
    features: Mapping[Mention, list[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A mention that is a place; ``odds`` is how probable this one is among those of
    its name, from 0 to 1, and ``rivals`` are those an outlet might prefer.
    """

    mention: Mention
    place: GazetteerPlace
    odds: float
    rivals: tuple[GazetteerPlace, ...] = ()

    @property
    def sure(self) -> bool:
        """Return whether it speaks for where the outlet's other articles play."""
        return self.odds > _SURE


def read(article: Article, source: Gazetteer) -> Reading:
    """Return ``article`` with its names: what does not depend on weights or priors, and
    most of the work.
    """
    text, body, title = _whole(article)
    words = words_of(text)
    mentions = mentions_of(words, source)
    demonyms = demonyms_in(words, source)
    setting = replace(
        setting_of(mentions, words, source, demonyms),
        headline=headline_end(words, title),
        foreign=article.lang not in (None, "en"),
    )
    features = {
        mention: features_of(mentions, number, words, setting, source)
        for number, mention in enumerate(mentions)
        if mention.senses
    }
    first = opening(text, body)
    return Reading(
        text, body, title, first, words, mentions, setting, demonyms, features
    )


def _whole(article: Article) -> tuple[str, int, int]:
    """Return title and text as one, where the text begins and where the title ends.

    A text that begins with its title has it once.
    """
    title = (article.title or "")[:_LONGEST]
    if not title or article.text.startswith(title):
        return article.text[:_LONGEST], 0, len(title)
    head = title + _SEPARATOR
    return (head + article.text)[:_LONGEST], len(head), len(head)


def judged(
    features: Mapping[Mention, list[str]], weights: Rounds, prior: Prior | None
) -> dict[Mention, float]:
    """Return the log odds of each name of ``features`` to be a place."""
    first = {m: score(names, weights.first) for m, names in features.items()}
    company = Company(first, prior)
    return {
        mention: score(
            names + company.features_of(mention, first[mention]), weights.second
        )
        for mention, names in features.items()
    }


def found(
    reading: Reading, source: Gazetteer, model: Model, prior: Prior | None
) -> Iterator[Found]:
    """Yield the mentions that are places, with what they stand for, in order."""
    words, mentions, setting = reading.words, reading.mentions, reading.setting
    scores = judged(reading.features, model.recogniser, prior)
    least = LEAST - _FOREIGN * setting.foreign
    kept = {
        m
        for m, value in scores.items()
        if value > least or (m.start == reading.first and ends_name(m, words))
    }
    sure = {m.name for m in kept}
    names = named_in(mentions, kept, words, reading.body)
    chosen = resolve(names, reading.demonyms, model.resolver, prior)
    places = {name: choice.place for name, choice in chosen.items()}
    setting = widened(setting, places.values())
    mentions = merged(mentions, kept, words)
    places |= transliterated(mentions, words, setting, places, source)
    places = with_aliases(places, mentions, reading.text)
    for mention in mentions:
        place = places.get(mention.name)
        if place is None:
            continue
        if mention in kept or (
            mention.name not in sure and stands_alone(mention, words)
        ):
            choice = chosen.get(mention.name)
            if choice is None:
                yield Found(mention, place, 0.0)
            else:
                yield Found(mention, place, choice.odds, choice.rivals)

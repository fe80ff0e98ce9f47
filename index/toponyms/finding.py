"""The names of a text that are places, and what each stands for."""

from __future__ import annotations

from collections.abc import Iterator
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

LEAST = -0.4  # log odds of a place: a name missed costs what a name too many does
_FOREIGN = 0.6  # taken off where cues of English are missing because it is none
_SURE = 0.8  # of the probability among the namesakes


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is looked at, the title before ``body``; ``first`` is where its
    dateline stands, None without one. ``foreign`` says that it is not English.
    """

    words: list[Word]
    mentions: tuple[Mention, ...]
    setting: Setting
    first: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A mention that is a place; ``odds`` is how probable this one is among those of
    its name, from 0 to 1.
    """

    mention: Mention
    place: GazetteerPlace
    odds: float

    @property
    def sure(self) -> bool:
        """Return whether it speaks for where the outlet's other articles play."""
        return self.odds > _SURE


def text_of(
    text: str, body: int, title: int, source: Gazetteer, *, foreign: bool
) -> Text:
    """Return ``text`` with its names; ``body`` is where the article's own text begins,
    ``title`` where its title ends.

    ``foreign`` says that it is in another language than English.
    """
    words = words_of(text)
    mentions = mentions_of(words, source)
    setting = setting_of(mentions, words, source, headline_end(words, title))
    setting = replace(setting, foreign=foreign)
    return Text(words, mentions, setting, opening(text, body or 0))


def alone(seen: Text, source: Gazetteer) -> dict[Mention, list[str]]:
    """Return the features of each name the gazetteer knows."""
    return {
        mention: features_of(seen.mentions, number, seen.words, seen.setting, source)
        for number, mention in enumerate(seen.mentions)
        if mention.senses
    }


def judged(
    features: dict[Mention, list[str]], weights: Rounds, prior: Prior | None
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
    text: str,
    seen: Text,
    source: Gazetteer,
    model: Model,
    prior: Prior | None,
) -> Iterator[Found]:
    """Yield the mentions that are places, with what they stand for, in order."""
    words, mentions, setting = seen.words, seen.mentions, seen.setting
    scores = judged(alone(seen, source), model.recogniser, prior)
    least = LEAST - _FOREIGN * setting.foreign
    kept = {
        m
        for m, value in scores.items()
        if value > least or (m.start == seen.first and ends_name(m, words))
    }
    sure = {m.name for m in kept}
    demonyms = demonyms_in(words, source)
    chosen = resolve(named_in(mentions, kept, words), demonyms, model.resolver, prior)
    places = {name: choice.place for name, choice in chosen.items()}
    setting = widened(setting, places.values())
    mentions = merged(mentions, kept, words)
    places |= transliterated(mentions, words, setting, places, source)
    places = with_aliases(places, mentions, text)
    for mention in mentions:
        place = places.get(mention.name)
        if place is None:
            continue
        if mention in kept or (
            mention.name not in sure and stands_alone(mention, words)
        ):
            choice = chosen.get(mention.name)
            yield Found(mention, place, choice.odds if choice else 0.0)

"""What the words beside a name say of the place: what it lies in, what it is."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from index.toponyms import cues, holding
from index.toponyms.mentions import Mention
from index.toponyms.ranking import Named
from index.toponyms.words import Word

_KINDS = {
    "county": "county",
    "state": "region",
    "province": "region",
    "governorate": "region",
    "oblast": "region",
    "region": "region",
    "prefecture": "region",
    "republic": "region",
    "city": "city",
    "town": "city",
    "village": "city",
    "capital": "city",
}
_HOLDING = frozenset(("country", "region", "county"))


def named_in(
    mentions: tuple[Mention, ...],
    kept: AbstractSet[Mention],
    words: list[Word],
    body: int,
) -> list[Named]:
    """Return the names of the mentions kept, each once, with what stands beside it.

    The text begins at offset ``body``, behind the title.
    """
    names: dict[str, Named] = {}
    met: set[str] = set()  # in the text: the first time tells what is meant
    for number, mention in enumerate(mentions):
        if mention not in kept:
            continue
        within = _within(mentions, number, words)
        described = _described(mention, words)
        known = names.get(mention.name)
        senses = known.senses if known else mention.senses
        senses = holding.abbreviated(senses, mentions, number, words)
        if mention.name not in met:
            senses = holding.spelled_out(senses, mentions, number, words, kept)
        if mention.start >= body:
            met.add(mention.name)
        names[mention.name] = Named(
            mention.name,
            senses,
            known.count + 1 if known else 1,
            within | (known.within if known else frozenset()),
            (known.described if known else None) or described,
        )
    return list(names.values())


def _within(
    mentions: tuple[Mention, ...], number: int, words: list[Word]
) -> frozenset[str]:
    """Return the ids of what follows the name after a comma or in brackets."""
    ids: set[str] = set()
    for nth in (number + 1, number + 2):  # "Paris, Lamar County, Texas"
        if nth >= len(mentions) or mentions[nth].first != mentions[nth - 1].last + 1:
            break
        if words[mentions[nth].first].gap not in (", ", " (", ",", "., "):
            break
        ids |= {
            sense.place.id
            for sense in mentions[nth].senses
            if sense.place.kind in _HOLDING
        }
    return frozenset(ids)


def _described(mention: Mention, words: list[Word]) -> str | None:
    """Return the kind of place the next word calls it, or the words "city of"."""
    if mention.last + 1 < len(words):
        after = words[mention.last + 1]
        if after.joined and after.key in cues.REGIONAL and not after.capital:
            return _KINDS.get(after.key)
    if mention.first > 1 and words[mention.first].joined:
        if words[mention.first - 1].key == "of":
            return _KINDS.get(words[mention.first - 2].key)
        return _KINDS.get(words[mention.first - 1].key)
    return None

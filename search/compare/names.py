"""Names in a text: words with a capital that no sentence or line begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.compare import name_words as words
from search.compare.name_runs import after_titles, bare, runs
from search.compare.reading import ARTICLES, Mention, Reading, Token, words_of

_NO_PERSON = words.TITLES | words.OF_TITLES
_NO_NAME = words.LAST | {"al", "el"}


def mentions(reading: Reading) -> Iterator[Mention]:
    """Yield the names of a text in order.

    A lone word that a sentence opens with is not sure, unless all of it is capitals.
    Languages that write common nouns with a capital have names of two words or more.
    """
    found = list(runs(reading))
    openings = _Openings(reading, found)
    for run in found:
        named = _named(reading, openings.without(run))
        if named and (key := key_of(named)):
            sure = len(named) > 1 or not named[0].opens or _is_acronym(named[0])
            yield Mention(key, named[0].start, named[-1].end, sure)


def key_of(name: Sequence[Token]) -> str:
    """Return what a name is compared by: no titles, no initials, no particles in front.

    That of titles alone, or days, is empty.
    """
    start = after_titles(name, 0)
    if start == len(name) or all(bare(one) in _NO_PERSON for one in name):
        return ""
    if start and len(name) == start + 1 and bare(name[start]) in words.THINGS:
        start = 0
    found = [
        word
        for token in name[start:]
        if not is_initials(token) and bare(token) not in _NO_NAME
        for word in words_of(token.text)
    ]
    key = " ".join(found)
    return words.KNOWN.get(key, key)


class _Openings:
    """What names may begin with at the beginning of a sentence, where all has capitals.

    That is told by the names inside sentences, and words in small letters.
    """

    def __init__(self, reading: Reading, runs: Sequence[list[Token]]) -> None:
        self._known = {_said(run) for run in runs if not run[0].opens}
        self._small = {token.low for token in reading.tokens if token.text == token.low}

    def without(self, run: list[Token]) -> list[Token]:
        """Return ``run`` without the first word if that only opens a sentence."""
        first = run[0]
        if not first.opens or _is_acronym(first) or bare(first) in words.TITLES:
            return run
        if bare(first) in words.OPENERS or first.low.endswith(("ing", "ly")):
            return run[1:]
        rest = run[1:]
        if not rest:
            return [] if first.low in self._small or _is_letter(first) else run
        if bare(first) in words.OTHER or _said(run) in self._known:
            return run
        common = first.low in self._small and len(rest) > 1
        return rest if common or _said(rest) in self._known else run


def _said(run: Sequence[Token]) -> str:
    return " ".join(token.low for token in run)


def _named(reading: Reading, run: list[Token]) -> list[Token]:
    """Return ``run`` without what names nothing; empty if that is all."""
    while run and bare(run[0]) in words.NOTHING:
        run = run[1:]
    while run and bare(run[-1]) in words.MONTHS - words.FORENAMES:
        run = run[:-1]
    if len(run) != 1:
        return run
    (only,) = run
    stem = bare(only).replace("’", "'").partition("'")[0]
    if stem in words.MONTHS or _is_letter(only) or stem in words.LITTLE:
        return []
    odd = only.text[0].islower() and not only.text.isalpha()
    if (odd and only.low.partition("-")[0] not in ARTICLES) or (
        reading.language == "de" and not _is_acronym(only)
    ):
        return []
    return run


def _is_letter(token: Token) -> bool:
    return len(token.text) == 1


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > 1


def is_initials(token: Token) -> bool:
    """Return whether a token is initials of a person: J. or J.K."""
    if len(token.text) == 1:
        return True
    return "." in token.text and words_of(token.text)[0] not in words.KEPT

"""What texts state, told to be the same in spite of how each writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise

from search.compare import figures, name_words, names, speakers
from search.compare.reading import Mention, Reading, Token, words_of

_MOST = 10_000  # mentions of a kind that a text is asked for
_LONGEST = 12  # words of a key that are looked for
_SHORTEST = 4  # letters; what has fewer is a name only with a capital
_PARTS = (" of ", " for ", " on ")
_SMALL = name_words.JOINING | {"the", "and", "de", "la", "al"}


class Stated:
    """What a text states of one kind: by key the first sure mention, and others.

    ``implied`` gives keys that a key states besides, ``loosely`` those that may stand
    for it; ``tokens`` are those in whose words a key may be found as it is written.
    """

    def __init__(
        self,
        mentions: Iterable[Mention],
        tokens: Sequence[Token] = (),
        implied: Callable[[str], Sequence[str]] | None = None,
        loosely: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        self.sure: dict[str, Mention] = {}
        self.also: dict[str, Mention] = {}
        self._tokens = tokens
        self._rows: dict[int, dict[str, int]] = {}
        self._loosely = loosely
        for mention in islice(mentions, _MOST):
            into = self.sure if mention.sure else self.also
            into.setdefault(mention.key, mention)
            for key in implied(mention.key) if implied else ():
                self.also.setdefault(key, mention)

    def find(self, key: str, others: Iterable[str] = ()) -> Mention | None:
        """Return where the text states ``key``, or one of ``others``; None if nowhere.

        Costs as much as the text is long for the first key of so many words.
        """
        for each in (key, *others):
            if found := self.sure.get(each) or self.also.get(each):
                return found
        for less in self._loosely(key) if self._loosely else ():
            if less in self.sure:
                return self.sure[less]
        return self._row(key) if self._tokens else None

    def _row(self, key: str) -> Mention | None:
        """Return where the words of ``key`` stand in a row."""
        count = key.count(" ") + 1
        if count > _LONGEST:
            return None
        if count not in self._rows:
            words = [word for word, _ in self._words]
            rows = map(" ".join, zip(*(words[n:] for n in range(count)), strict=False))
            self._rows[count] = {row: at for at, row in reversed([*enumerate(rows)])}
        at = self._rows[count].get(key)
        if at is None:
            return None
        first, last = self._words[at][1], self._words[at + count - 1][1]
        if len(key) < _SHORTEST and first.text == first.low:
            return None  # told us of the US
        return Mention(key, first.start, last.end, sure=False)

    @cached_property
    def _words(self) -> list[tuple[str, Token]]:
        """Return the words of the tokens as keys have them, and where they stand."""
        return [
            (word, token)
            for token in self._tokens
            if token.text[:1].isalpha() and not names.is_initials(token)
            for word in words_of(token.text)
        ]


def of_figures(reading: Reading) -> Stated:
    """Return the figures that a text states."""
    found = figures.mentions(reading)
    return Stated(found, implied=figures.implied, loosely=figures.loosely)


def of_names(reading: Reading, named: Sequence[Mention]) -> Stated:
    """Return the names ``named`` in a text, and any other words of it."""
    return Stated(named, reading.tokens)


def of_speakers(reading: Reading, named: Sequence[Mention]) -> Stated:
    """Return who said something, and all that stands in a sentence with such a verb."""
    starts = [at for at, token in enumerate(reading.tokens) if token.opens] or [0]
    kept: list[Token] = []
    for start, end in pairwise([*starts, len(reading.tokens)]):
        tokens = reading.tokens[start:end]
        if any(speakers.tells(token, reading.language) for token in tokens):
            kept += tokens
    return Stated(speakers.mentions(reading, named), kept)


def rows(texts: Sequence[Stated]) -> Iterator[tuple[Mention | None, ...]]:
    """Yield what not all of ``texts`` state, in their order, where each does."""
    whole = _wholes(texts)
    parts: list[dict[str, dict[str, None]]] = [{} for _ in texts]
    for text, found in zip(texts, parts, strict=True):
        for key in (*text.sure, *text.also):
            found.setdefault(whole_of(key, text.sure, whole), {})[key] = None
    keys = (whole_of(key, text.sure, whole) for text in texts for key in text.sure)
    for key in dict.fromkeys(keys):
        row = tuple(
            text.find(key, found.get(key, ()))
            for text, found in zip(texts, parts, strict=True)
        )
        if not all(row):
            yield row


def whole_of(
    key: str, own: Mapping[str, object], whole: Mapping[str, Sequence[str]]
) -> str:
    """Return the name that ``key`` is short for, of its own text if possible."""
    while longer := whole.get(key):
        key = next((one for one in longer if one in own), longer[0])
    return key


def _wholes(texts: Sequence[Stated]) -> dict[str, list[str]]:
    """Return the longer names that each key is short for: a surname, an acronym."""
    known = {key for text in texts for key in (*text.sure, *text.also)}
    whole: dict[str, list[str]] = {}
    for key in dict.fromkeys(key for text in texts for key in text.sure):
        for short in _shorts(key):
            if short in known and short != key:
                whole.setdefault(short, []).append(key)
    return whole


def _shorts(key: str) -> set[str]:
    """Return what a name may be called for short.

    >>> sorted(_shorts("bay union for peace"))
    ['bup', 'for peace', 'peace', 'union', 'union for peace']
    """
    words = key.split()
    if len(words) < 2:
        return set()
    found = {"".join(word[0] for word in words if word not in _SMALL)}
    head = min((key.find(part) for part in _PARTS if part in key), default=len(key))
    for said in (words, key[:head].split()):
        for at in range(1, len(said)):
            if said[at - 1] not in name_words.OTHER:
                found.add(" ".join(said[at:]))
    return found

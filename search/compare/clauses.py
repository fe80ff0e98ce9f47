"""Who is the subject of a verb, told by what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from search.compare import name_words
from search.compare import saying_words as words
from search.compare.reading import Reading, Token
from search.folding import fold

_MOST = 9  # words that name who it was
_APPOSITION = 14  # words between two commas
_NEAR = frozenset({" ", "\xa0"})
_DOTTED = frozenset({". ", ".\xa0", " & "})
_CLOSING = frozenset("”\"»’'“")
_COMMAS = frozenset({", ", ",\xa0", "., ", "، "})


@dataclass(frozen=True, slots=True)
class Clauses:
    """What stands before and after the verbs of a text."""

    reading: Reading
    saying: words.Saying

    def who(self, at: int, *, weak: bool) -> range | None:
        """Return the tokens that say who is the subject of the verb at ``at``."""
        tokens = self.reading.tokens
        first = at
        while first and tokens[first].near and _is_between(tokens[first - 1]):
            first -= 1
        if first and tokens[first].near and folded(tokens[first - 1]) in words.PASSIVE:
            return None
        gap = self.reading.gap(first)
        quoted = not _CLOSING.isdisjoint(gap[:3]) and "." not in gap[-2:]
        if self.saying.first:
            return self.after(at + 1)
        if gap in _NEAR and not tokens[first].opens:
            if weak and not self._is_followed(at):
                return None
            found = self._before(first)
            return found or (self.after(at + 1) if self.saying.inverted else None)
        if gap in _COMMAS and not quoted and (found := self._apart(first)):
            return None if weak and not self._is_followed(at) else found
        if quoted or gap in _COMMAS:
            found = self.after(at + 1)
            if quoted or self.saying.inverted or (found and self._is_known(found)):
                return found
        return None

    def after(self, at: int, *, source: bool = False) -> range | None:
        """Return who is named from ``at`` on: up to a mark, or another clause."""
        tokens = self.reading.tokens
        stop = at
        while stop < len(tokens) and stop < at + _MOST + source * 3:
            low = folded(tokens[stop])
            if not self._goes_on(stop) or _is_day(tokens[stop]):
                break
            if low == "and" and self._joins(stop):
                stop += 1
                continue
            if low in words.STOPS or low in self.saying.that:
                break
            if low in words.ENDS and not (source and low in words.PREPOSITIONS):
                break
            stop += 1
        whole = stop < at + _MOST + source * 3
        return self._checked(at, stop) if whole or not self.saying.first else None

    def _before(self, at: int) -> range | None:
        """Return who is named up to ``at``, back to a mark or another clause."""
        tokens = self.reading.tokens
        start = at
        while start > 0 and at - start < _MOST + 3:
            low = folded(tokens[start - 1])
            joining = low == "and" and self._joins(start - 1)
            if (low in words.STOPS and not joining) or _is_day(tokens[start - 1]):
                break
            start -= 1
            if tokens[start].opens or not self._goes_on(start):
                break
        return self._trimmed(start, at)

    def _apart(self, at: int) -> range | None:
        """Return who is named before what stands between two commas."""
        start = at - 1
        while start > max(0, at - _APPOSITION):
            gap = self.reading.gap(start)
            if gap in _COMMAS:
                break
            if self.reading.tokens[start].opens or not self._goes_on(start):
                return None
            start -= 1
        else:
            return None
        tokens = self.reading.tokens
        if folded(tokens[start]) in words.STOPS - words.RELATIVE:
            return None
        found = self._before(start)
        if found and self.reading.gap(found.start) in _COMMAS:
            # Ann Ex, a partner at the firm, the largest here, said
            first = self._before(found.start)
            if first and has_capital(tokens[first.start]):
                found = first
        if found and folded(tokens[found.start]) not in words.ARTICLES:
            return found
        # The mayor, Ann Ex, said: who has a name is called by it.
        named = has_capital(tokens[start]) and not _is_day(tokens[start])
        return range(start, at) if found and named else found

    def _trimmed(self, start: int, at: int) -> range | None:
        """Return the tokens up to ``at`` without what only opens the sentence."""
        tokens = self.reading.tokens
        while start < at:
            low = folded(tokens[start])
            if low in words.ARTICLES or low not in name_words.LITTLE:
                break
            if low in words.PREPOSITIONS:
                start = self._subject(start, at)
                break
            start += 1
        if at - start > _MOST:
            start = self._subject(start, at)
        return self._checked(start, at)

    def _subject(self, start: int, at: int) -> int:
        """Return where the last article, or the last row of capitals, begins."""
        tokens = self.reading.tokens
        last = at
        while last > start + 1 and has_capital(tokens[last - 1]):
            last -= 1
        if last < at:
            return last if folded(tokens[last - 1]) not in words.PREPOSITIONS else at
        for i in range(at - 1, start, -1):
            if folded(tokens[i]) in words.ARTICLES:
                return i
        return at

    def _checked(self, start: int, stop: int) -> range | None:
        """Return the tokens if they may be somebody: no pronoun, no figure, no verb."""
        tokens = self.reading.tokens[start:stop]
        if not tokens or not any(token.text[:1].isalpha() for token in tokens):
            return None
        lows = [folded(token) for token in tokens]
        first = lows[0].replace("’", "'").partition("'")[0]
        if first in words.PRONOUNS - words.ARTICLES or lows[-1] in words.PRONOUNS:
            return None
        if all(low in words.ARTICLES | words.PREPOSITIONS for low in lows):
            return None
        if not words.SHARE.isdisjoint(lows):
            return None  # a share of them
        if lows[-1] in words.NO_SOURCE or lows[0] in words.PREPOSITIONS:
            return None
        who = range(start, stop)
        return who if self._is_somebody(who) else None

    def _is_followed(self, at: int) -> bool:
        """Return whether what follows a verb is what was said, or when it was."""
        after = at + 1
        tokens = self.reading.tokens
        if after >= len(tokens) or not tokens[after].near:
            return True
        low = folded(tokens[after])
        if low in self.saying.that or _is_day(tokens[after]):
            return True
        on = low in ("on", "in", "late", "early", "earlier", "later", "this", "last")
        return on and (after + 1 >= len(tokens) or _is_when(tokens[after + 1]))

    def _is_somebody(self, who: range) -> bool:
        """Return whether words may be a subject: a name, an article, or a plural."""
        tokens = self.reading.tokens[who.start : who.stop]
        if self.reading.language != "en" or self._is_known(who):
            return True
        if not tokens[0].text.isalpha():
            return True
        lows = [folded(token) for token in tokens[:2]]
        plural = any(low.endswith("s") and low[-2:] not in ("us", "ss") for low in lows)
        return plural or lows[0] in words.SEVERAL

    def _is_known(self, who: range) -> bool:
        """Return whether words have a name at an end, or begin with an article."""
        first, last = self.reading.tokens[who.start], self.reading.tokens[who.stop - 1]
        return (
            folded(first) in words.ARTICLES or has_capital(first) or has_capital(last)
        )

    def _goes_on(self, at: int) -> bool:
        """Return whether a token stands close to the one before, in one clause."""
        token = self.reading.tokens[at]
        if token.opens or not token.near:
            before = self.reading.tokens[at - 1] if at else None
            short = before and (
                len(before.text) == 1 or folded(before) in name_words.SHORT
            )
            return bool(short) and self.reading.gap(at) in _DOTTED
        return True

    def _joins(self, at: int) -> bool:
        """Return whether *and* stands between two names."""
        tokens = self.reading.tokens
        return (
            0 < at < len(tokens) - 1
            and has_capital(tokens[at - 1])
            and has_capital(tokens[at + 1])
        )


def folded(token: Token) -> str:
    """Return a token as the tables have it."""
    return token.low if token.low.isascii() else fold(token.low)


def has_capital(token: Token) -> bool:
    """Return whether a token has a capital, in a script with such."""
    return token.text != token.low


def _is_between(token: Token) -> bool:
    low = folded(token)
    return low in words.BETWEEN or (low.endswith("ly") and token.text == token.low)


def _is_day(token: Token) -> bool:
    return folded(token) in name_words.DAYS and token.text != token.low


def _is_when(token: Token) -> bool:
    low = folded(token)
    return _is_day(token) or low in name_words.MONTHS or low in ("a", "the", "week")

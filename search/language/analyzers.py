"""How text becomes tokens, the same way for an article and for a query.

One tokenizer finds the words; what is kept of a word depends on the field. ``words``
folds and stems, ``exact`` only makes lower case. Rules that matter for saved news:

- a possessive ending and a stray ``s`` that lost its apostrophe are no part of a word;
- inner apostrophes are dropped (``Shi'ite`` is ``shiite``), except by ``exact``;
- dotted acronyms are joined, and those that would read as a common word have a token
  of their own (``U.S.``, ``US`` and ``USA`` are ``usa``, never the pronoun ``us``);
- scripts without spaces between words become pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from Stemmer import Stemmer
from whoosh.analysis import Token, Tokenizer

from search.folding import fold

LONGEST_TOKEN = 64  # characters; longer words are cut, in articles and queries alike
GAP = "\x1e"  # stands between blocks that no phrase may cross
GAP_POSITIONS = 100
TITLE_END = "\x1d"  # words before it count twice

_MEMO = 500_000  # distinct words remembered, about 100 MB at the most
_STEMMER = Stemmer("english", 0)  # without its memo: ours is nearer

# Acronyms whose folded form is a common word. Only capitals or dots mean them.
_ACRONYMS = {"US": "usa", "WHO": "w.h.o"}

# Names that look like plurals of something else in the news: Hama, the ISI, aid.
_NO_PLURALS = frozenset({"abbas", "aids", "hamas", "isis", "mars", "sars"})


def _ranges(wanted: str) -> str:
    """Return the BMP's characters of these categories, for a character class."""
    spans: list[tuple[int, int]] = []
    for code in range(0x10000):
        if unicodedata.category(chr(code)) in wanted.split():
            if spans and spans[-1][1] == code - 1:
                spans[-1] = (spans[-1][0], code)
            else:
                spans.append((code, code))
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in spans)


# Soft hyphens, joiners, direction marks and the Arabic tatweel: invisible in a word.
_UNSEEN = "\u00ad\u061c\u0640\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f"
_APOSTROPHES = "'’‘ʼʻʿʾ`´′＇"
_WORD = rf"[^\W_]+(?:[{_ranges('Mn Mc')}{_UNSEEN}]+[^\W_]*)*"
_NEGATED = "do did does is are was were has have had ca could would should wo must need"
_LOST_T = "|".join(rf"(?<=\b{word}n)" for word in _NEGATED.split())

_TOKENS = re.compile(
    rf"""
    (
      # U.S., U.N, U.S.A.
      (?<!\w) (?:[^\W\d_]\.)+ [^\W\d_] (?!\w) \.? (?:[{_APOSTROPHES}][sS]\b)?
      # 1,200 and 1,200.50 and 3.5bn
    | \d{{1,3}} (?:,\d{{3}}){{1,6}} (?:\.\d+)? (?![\d,]\d) (?:{_WORD})?
    | \d+ (?:\.\d+)+ (?:{_WORD})?
      # words, their inner apostrophes, and "don t"
    | {_WORD} (?: [{_APOSTROPHES}]{_WORD} )*
      (?: (?=[ \xa0]t(?![\w{_APOSTROPHES}])) (?:{_LOST_T}) [ \xa0]t )?
    )
    # the s of "Syria s" and "SYRIA S" that lost its apostrophe
    (?: [ \xa0]s(?![\w&{_APOSTROPHES}-]|\.\w)
      | (?<=[^\W\d_a-z][^\W\d_a-z]) [ \xa0]S(?![\w&{_APOSTROPHES}-]|\.\w) )?
    | [{GAP}{TITLE_END}]
    """,
    re.VERBOSE,
)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
_NOT_LETTERS = re.compile(rf"[{_APOSTROPHES}{_UNSEEN} \xa0]")
_NOT_SEEN = re.compile(f"[{_UNSEEN}]")
_TYPED_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")

# Han, kana, Thai, Lao, Burmese and Khmer write no space between words.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"([{_UNSPACED}]+)|[^{_UNSPACED}]+")
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")


class Occurrence(NamedTuple):
    """A token, its half-open character offsets and its position."""

    text: str
    start: int
    end: int
    position: int


class Words(Tokenizer):  # type: ignore[misc]  # Whoosh is untyped
    """Yields the words of a text with positions and character offsets.

    ``exact`` keeps accents, endings and inner apostrophes. Each distinct word is worked
    out once and remembered.
    """

    def __init__(self, *, exact: bool = False) -> None:
        self.exact = exact
        self._memo: dict[str, str | None] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {"exact": self.exact}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.exact = state["exact"]
        self._memo = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self.exact == other.exact

    def __hash__(self) -> int:
        return hash((Words, self.exact))

    def __call__(  # noqa: PLR0917  # the order of Whoosh's own signature
        self,
        value: str,
        positions: bool = False,  # noqa: FBT001, FBT002
        chars: bool = False,  # noqa: FBT001, FBT002
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        """Yield the tokens of ``value``; one token object, changed between yields."""
        token = Token(positions, chars, mode=mode, **kwargs)
        token.boost = 1.0
        twice = TITLE_END in value
        position = start_pos - 1
        for match in _TOKENS.finditer(value):
            if match[1] is None:
                position += GAP_POSITIONS
                twice = twice and match[0] != TITLE_END
                continue
            for text, start, end in self.tokens_of(match):
                position += 1
                token.text = text
                token.pos = position
                token.startchar = start_char + start
                token.endchar = start_char + end
                yield token
                if twice:
                    token.text = text
                    yield token

    def occurrences(
        self, text: str, start: int, end: int, first: int = 0
    ) -> Iterator[Occurrence]:
        """Yield the tokens that begin in ``text[start:end]``, positions from ``first``.

        What stands around counts: a word may run on past ``end``. Those of a title
        that count twice are yielded once.
        """
        position = first - 1
        # No further than asked, as ``finditer`` would go.
        while start < end and (match := _TOKENS.search(text, start)):
            if match.start() >= end:
                return
            start = match.end()
            if match[1] is None:
                position += GAP_POSITIONS
                continue
            for token, begin, stop in self.tokens_of(match):
                position += 1
                yield Occurrence(token, begin, stop, position)

    def phrase(self, text: str) -> tuple[str, ...]:
        """Return the tokens that stand in a row wherever ``text`` stands."""
        found = [(token.text, token.endchar) for token in self(text, chars=True)]
        # The lone last character of a run stands there only if the run ends there.
        if len(found) > 1 and found[-1][1] == found[-2][1]:
            found.pop()
        return tuple(token for token, _ in found)

    def tokens_of(
        self, match: re.Match[str]
    ) -> tuple[tuple[str, int, int], ...] | Iterator[tuple[str, int, int]]:
        """Return (text, start, end) of the tokens one match of a word stands for."""
        raw = match[1]
        try:
            text = self._memo[raw]
        except KeyError:
            text = self._remember(raw)
        if text is None:
            return self._unspaced(raw, match.start(1))
        return ((text, match.start(1), match.end(1)),)

    def _remember(self, raw: str) -> str | None:
        """Return the token of ``raw``, None where it has to be cut into pairs."""
        if len(self._memo) >= _MEMO:
            self._memo.clear()
        text = None if _HAS_UNSPACED.search(raw) else self._normal(raw)
        if len(raw) <= LONGEST_TOKEN:
            self._memo[raw] = text
        return text

    def _normal(self, raw: str) -> str:
        """Return the token of a word written with spaces around it."""
        word = _POSSESSIVE.sub("", raw)
        if "." in word and not word[0].isdigit():
            word = word.replace(".", "").upper()
        word = word.replace(",", "")
        if word in _ACRONYMS:
            return _ACRONYMS[word]
        if self.exact:
            bare = unicodedata.normalize("NFC", _NOT_SEEN.sub("", word)).lower()
            token = re.sub("[ \xa0]", "'", straighten(bare)).strip("'")
        else:
            token = _stem(_NOT_LETTERS.sub("", fold(word))[:LONGEST_TOKEN])
        # What is nothing but an accent or an apostrophe still takes its position.
        return token[:LONGEST_TOKEN] or raw

    def _unspaced(self, raw: str, at: int) -> Iterator[tuple[str, int, int]]:
        """Yield pairs of characters for the runs written without spaces.

        The last character of a run also stands alone, so that every character begins
        exactly one token and can be searched as a prefix.
        """
        for run in _RUNS.finditer(raw):
            text, start = run[0], at + run.start()
            if run[1] is None:
                yield self._normal(text), start, start + len(text)
                continue
            text = text if self.exact else _same_length_fold(text)
            for i in range(len(text)):
                pair = text[i : i + 2]
                yield pair, start + i, start + i + len(pair)


WORDS: Final = Words()
EXACT: Final = Words(exact=True)


def words_and_exact(text: str) -> list[tuple[str, str]]:
    """Return the tokens ``WORDS`` and ``EXACT`` find, side by side.

    Only what has no marker between blocks can be read so; twice as fast as apart.
    """
    found = []
    for match in _TOKENS.finditer(text):
        words, exact = WORDS.tokens_of(match), EXACT.tokens_of(match)
        for (word, *_), (written, *_) in zip(words, exact, strict=True):
            found.append((word, written))
    return found


def straighten(text: str) -> str:
    """Return ``text`` with each kind of apostrophe as the straight one."""
    return _TYPED_APOSTROPHE.sub("'", text)


def is_unspaced(text: str) -> bool:
    """Return whether ``text`` has a script that writes no space between words."""
    return _HAS_UNSPACED.search(text) is not None


def _stem(word: str) -> str:
    """Return the Porter2 stem of an English-looking word, other words as they are."""
    if word.isascii() and word.isalpha() and word not in _NO_PLURALS:
        return str(_STEMMER.stemWord(word))
    return word


def _same_length_fold(text: str) -> str:
    """Return ``text`` folded where that keeps its length, so that offsets hold."""
    folded = unicodedata.normalize("NFKC", text)
    return folded if len(folded) == len(text) else text

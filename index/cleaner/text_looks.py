"""The looks of a text as numbers: length, shape, punctuation, its wording's rule."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.cleaner import vocabulary

Matrix = NDArray[np.float32]

NAMES = (
    "words",
    "characters",
    "word-length",
    "end",
    "end-closed",
    "start",
    "capitals",
    "capitalised",
    "upper",
    "digits",
    "commas",
    "sentences",
    "bar",
    "at",
    "money",
    "address",
    "brackets",
    "colons",
    "dashes",
    "slashes",
    "quotes",
    "function-words",
    "first-person",
    "second-person",
    "said",
    "asking",
    "when",
    "year",
    "rule",
    "ruled",
    "prose",
    "repeats",
)

_RULES = (
    "label timestamp counter video-label comments byline read-more bracketed-promo "
    "newsletter paywall site-notice copyright section-stamp credit caption bare-url "
    "code breadcrumb"
)
_RULE = {rule: float(number) for number, rule in enumerate(_RULES.split(), start=1)}
_LONGEST = 2_000  # characters of a text that are read
_SENTENCE = 12  # words of a sentence that is surely one
_ENDS = {
    **dict.fromkeys(".。।؟", 9.0),
    **dict.fromkeys("?!？！", 8.0),
    **dict.fromkeys("\"”’'»", 7.0),
    **dict.fromkeys(":：", 6.0),
    **dict.fromkeys("…", 5.0),
    **dict.fromkeys(",;", 4.0),
    **dict.fromkeys(")]", 3.0),
    **dict.fromkeys("|", 1.0),
}
_STARTS = {
    **dict.fromkeys("-•*·▪►–—‣●○✓✔→", 6.0),
    **dict.fromkeys("[(", 5.0),
    **dict.fromkeys("\"“'‘«„", 4.0),
}
_PROSE_ENDS = (9.0, 8.0, 5.0)
_FUNCTION = vocabulary.words("function")
_ASKING = vocabulary.words("asking")
_WHEN = vocabulary.words("when")
_FIRST = frozenset(["we", "our", "us", "i", "my", "me", "ours"])
_SECOND = frozenset(["you", "your", "yours", "you're", "you’re"])
_SAID = frozenset(
    ["said", "says", "told", "added", "according", "reported", "wrote", "announced"]
)


def looks(
    texts: Sequence[str], rules: Sequence[str | None], words: Sequence[Sequence[str]]
) -> Matrix:
    """Return one row of ``NAMES`` for each text, its rule of wording and its words."""
    keys = [text[:_LONGEST].casefold() for text in texts]
    counts = Counter(keys)
    rows = [
        _row(text, rule, its_words, counts[key])
        for text, rule, its_words, key in zip(texts, rules, words, keys, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(NAMES))


def _row(
    text: str, rule: str | None, words: Sequence[str], repeats: int
) -> list[float]:
    size, text = len(text), _shortened(text)
    parts = text.split()
    number = len(parts) * size // len(text) if text else 0
    end, some = _end(text), max(1, len(words))
    distinct = frozenset(words)
    prose = rule is None and number >= _SENTENCE and end in _PROSE_ENDS
    later = [part for part in parts[1:] if len(part) > 3]
    return [
        math.log1p(number),
        math.log1p(size),
        size / max(1, number),
        end,
        float(text[-1:] in _CLOSING),
        _start(text),
        sum(part[0].isupper() for part in later) / len(later) if later else -1.0,
        sum(part[0].isupper() for part in parts) / max(1, len(parts)),
        float(text.isupper()),
        sum(map(str.isdigit, text[:300])) / max(1, len(text[:300])),
        text.count(",") / max(1, number),
        math.log1p(text.count(". ") + text.count("? ") + text.count("! ")),
        float("|" in text or "›" in text or "»" in text),
        float("@" in text or "#" in text),
        float("$" in text or "€" in text or "£" in text or "%" in text),
        float("http" in text or "www." in text or ".com" in text),
        float(text.count("(") + text.count("[")),
        float(text.count(":")),
        float(text.count("—") + text.count(" – ") + text.count(" - ")),
        float(text.count("/")),
        float(text.count('"') + text.count("“") + text.count("”")),
        sum(map(_FUNCTION.__contains__, words)) / some,
        float(not _FIRST.isdisjoint(distinct)),
        float(not _SECOND.isdisjoint(distinct)),
        float(not _SAID.isdisjoint(distinct)),
        float(words[0] in _ASKING if words else False),
        sum(word in _WHEN or word.isdigit() for word in words) / some,
        float(any(map(_is_year, distinct))),
        _RULE.get(rule or "", 0.0),
        float(rule is not None),
        float(prose),
        min(repeats, 6) - 1.0,
    ]


_CLOSING = frozenset("\"”’'»)")


def _shortened(text: str) -> str:
    """Return ``text``, or the two ends of one that is very long."""
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - 100] + text[-100:]


def _end(text: str) -> float:
    """Return what ``text`` ends in, in the order of what speaks for a sentence."""
    bare = text[-6:].rstrip("\"'”’»)]* ")[-1:]
    return _ENDS.get(bare, 2.0 if bare.isdigit() else 0.0)


def _start(text: str) -> float:
    """Return what ``text`` starts with: a letter, a digit, a quote, a bullet."""
    first = text[:1]
    if first in _STARTS:
        return _STARTS[first]
    if first.isalpha():
        return 1.0 if first.islower() else 2.0
    return 3.0 if first.isdigit() else 0.0


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")

"""A line of a text dump as numbers: its own looks, and those of the lines around it.

Nothing here knows how far a line is from the start or the end of the page: a dump may
be a whole page, a cropped one, or an article without any chrome.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.cleaner import vocabulary, wording

Matrix = NDArray[np.float32]

_RULE_GROUPS = {
    rule: number
    for number, rules in enumerate(
        (
            "label",
            "timestamp counter video-label",
            "comments",
            "byline",
            "read-more bracketed-promo",
            "newsletter paywall",
            "site-notice copyright",
            "section-stamp",
            "credit",
            "caption",
            "bare-url code",
        )
    )
    for rule in rules.split()
}
GROUPS = 1 + max(_RULE_GROUPS.values())
_ASKING = vocabulary.words("asking")
_FUNCTION = vocabulary.words("function")
_FIRST = frozenset(["we", "our", "us", "i", "my", "me", "ours"])
_SECOND = frozenset(["you", "your", "yours", "you're", "you’re"])
_SAID = frozenset(
    ["said", "says", "told", "added", "according", "reported", "wrote", "announced"]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WINDOWS = (1, 2, 5, 15)  # lines each way


def features(texts: Sequence[str], lexicon: Mapping[str, float]) -> Matrix:
    """Return one row a line; cost is linear in the text.

    ``lexicon`` maps a word to how much it speaks for chrome, as a log odds.
    """
    if not texts:
        return np.zeros((0, WIDTH), dtype=np.float32)
    counts = Counter(text.casefold() for text in texts)
    own = np.array(
        [_own(text, counts[text.casefold()]) for text in texts], dtype=np.float32
    )
    tokens = [words(text) for text in texts]
    own = np.hstack([own, _topic(tokens, own[:, 0] > 0), _odds(tokens, lexicon)])
    return np.hstack([own, _context(own)])


def words(text: str) -> list[str]:
    """Return the folded words of a line, of its first 2,000 characters."""
    return [word.lower() for word in _WORD.findall(text[:2_000])]


def _topic(tokens: list[list[str]], prose: NDArray[np.bool_]) -> Matrix:
    """Return the share of each line's words that other running text on it has."""
    lines = [
        {word for word in line if len(word) > 3 and word not in _FUNCTION}
        for line in tokens
    ]
    counts = Counter(w for line, p in zip(lines, prose, strict=True) if p for w in line)
    shares = []
    for line, is_prose in zip(lines, prose, strict=True):
        found = [counts[word] - int(is_prose) for word in line]
        size = max(1, len(found))
        shares.append(
            [
                sum(n > 0 for n in found) / size,
                sum(n > 2 for n in found) / size,
                float(not found),
            ]
        )
    return np.array(shares, dtype=np.float32)


def _odds(tokens: list[list[str]], lexicon: Mapping[str, float]) -> Matrix:
    """Return mean, sum, highest and lowest log odds of each line's words."""
    rows = []
    for line in tokens:
        odds = [lexicon.get(word, 0.0) for word in line] or [0.0]
        total = max(-12.0, min(12.0, sum(odds)))
        rows.append([sum(odds) / len(odds), total / 4, max(odds), min(odds)])
    return np.array(rows, dtype=np.float32)


def _own(text: str, repeats: int) -> list[float]:
    found = _WORD.findall(text[:2_000])
    low = [word.lower() for word in found]
    n = len(text.split())
    some = max(1, len(found))
    long_words = [word for word in found if len(word) > 3]
    rule = wording.rule_of(text)
    end = text.rstrip("\"'”’»)]* ")[-1:]
    prose = float(n >= 12 and end in set(".!?…。") and rule is None)
    groups = [0.0] * GROUPS
    if rule in _RULE_GROUPS:
        groups[_RULE_GROUPS[rule]] = 1.0
    return [
        prose,
        float(rule is not None),
        min(1.0, n / 60),
        *(float(low_ <= n <= high) for low_, high in _BUCKETS),
        float(end == "."),
        float(end in "?!" and end != ""),
        float(end == ":"),
        float(end == "…" or text.endswith("...")),
        float(text[:1] in "-•*·▪►–" and text[:1] != ""),
        float(text[:1].isdigit()),
        float(text[:1].islower()),
        float(text[:1] in "\"“'‘«"),
        float(text[:1] in "[("),
        sum(word[0].isupper() for word in long_words) / max(1, len(long_words)),
        float(text.isupper()),
        sum(map(str.isdigit, text[:300])) / max(1, len(text[:300])),
        min(1.0, text.count(",") / 4),
        min(1.0, text.count(". ") / 3),
        float("|" in text or "»" in text or "›" in text),
        float("@" in text or "#" in text),
        float("$" in text or "€" in text or "£" in text or "%" in text),
        float("http" in text or "www." in text or ".com" in text),
        sum(word in _FUNCTION for word in low) / some,
        float(any(word in _FIRST for word in low)),
        float(any(word in _SECOND for word in low)),
        float(any(word in _SAID for word in low)),
        float(bool(low) and low[0] in _ASKING),
        min(1.0, (repeats - 1) / 2),
        *groups,
    ]


_BUCKETS = ((0, 1), (2, 3), (4, 6), (7, 10), (11, 16), (17, 30), (31, 10**9))
OWN = 3 + len(_BUCKETS) + 22 + GROUPS + 7
_SEEN = (
    0,
    1,
    2,
    10,
    19,
    26,
    30,
    OWN - 7,
    OWN - 4,
    OWN - 3,
)  # columns whose neighbourhood tells
WIDTH = OWN + 2 * len(_WINDOWS) * len(_SEEN) + 6


def _context(own: Matrix) -> Matrix:
    """Return the means of telling columns over windows before and after each line."""
    n = len(own)
    seen = own[:, _SEEN]
    total = np.vstack([np.zeros((1, len(_SEEN)), np.float32), np.cumsum(seen, axis=0)])
    at = np.arange(n)
    parts: list[Matrix] = []
    for size in _WINDOWS:
        for low, high in ((at - size, at), (at + 1, at + 1 + size)):
            first, last = low.clip(0, n), high.clip(0, n)
            count = np.maximum(1, last - first)[:, None]
            parts.append(((total[last] - total[first]) / count).astype(np.float32))
    prose = own[:, 0] > 0
    marked = own[:, 1] > 0
    parts.append(
        np.column_stack(
            [
                _gap(prose),
                _gap(prose[::-1])[::-1],
                _gap(marked),
                _gap(marked[::-1])[::-1],
                np.full(n, prose.mean()),
                np.full(n, marked.mean()),
            ]
        ).astype(np.float32)
    )
    return np.hstack(parts)


def _gap(flags: NDArray[np.bool_]) -> Matrix:
    """Return how many lines back the last flag stands, at most 20, as a share of 20."""
    at = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, at, -20))
    before = np.concatenate([[-20], last[:-1]])
    gap: Matrix = (np.minimum(20, at - before) / 20).astype(np.float32)
    return gap

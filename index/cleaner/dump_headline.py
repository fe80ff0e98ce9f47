"""The headline of a text dump, where it has one: the line most like it above the body.

A menu, teasers and a byline may stand around it, and a dump may have none at all.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from index.cleaner import wording
from index.cleaner.title import words_of

# Weights of a logistic model of lines above the body, fitted to which of them is the
# title on labelled pages: whole, with twelve lines above it, and the story alone. Held
# out, of the 762 titles of whole dumps 463 are found and 160 other lines taken for one;
# of stories alone 705 and 19. No headline is seen in 640 of 842 that have lost theirs.
_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "words the body has": 0.4,
        "words the body repeats": 4.0,
        "byline near below": 1.4,
        "time, credit or count near below": 1.4,
        "likes right above": -2.2,
        "likes right below": -1.2,
        "likes below": -2.1,
        "words": 3.4,
        "stands twice": 0.7,
        "comes first": 2.4,
        "alone": 0.5,
        "constant": -5.4,
    }
)
_LEAST = 0.16  # chance of a headline
_OFTEN, _SENTENCES = (
    3,
    5,
)  # times a body repeats a word, once more for so many sentences
_REACH = 60  # lines above the body in which it is looked for
_NEAR = 3  # lines whose likeness speaks against it: a menu, a rail
_BELOW = 5  # lines in which a byline is
_BODY = 7  # kept lines, half of them sentences: the body begins
_SENTENCE, _CALLED = 7, 16  # words, and of one that asks or calls
_SHORTEST, _LONGEST = 3, 20
_LONG = 180  # characters
_STEM = 5  # letters that ferry and ferries share
_READ = 1_000  # characters of a line of the body whose words are counted
_STAMPS = frozenset(("timestamp", "counter", "credit", "caption"))
_MARKED = "# "  # of the first heading in Markdown
_OPEN_ENDS = ".:;,…。，：；؛،"
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")  # two of them make a word


def find(texts: Sequence[str], rules: Sequence[str | None]) -> int | None:
    """Return which of ``texts`` is the headline, None where none is like one.

    ``rules`` are what their wording and company says; cost is linear in the text.
    """
    kept = [number for number, rule in enumerate(rules) if rule is None]
    told = [number for number in kept if _is_told(texts[number])]
    start = _start(kept, frozenset(told))
    if start is None or len(texts) < 2:
        return None
    above = (number for number in kept if start - _REACH <= number < start)
    likely = [number for number in above if _is_like(texts[number])]
    marked = next((n for n in likely if texts[n].startswith(_MARKED)), None)
    if marked is not None or (likely == [0] and start == 1):
        return marked or 0
    body = Counter(stem for n in told for stem in _stems(texts[n][:_READ]))
    often = min(_OFTEN, 1 + len(told) // _SENTENCES)
    twice = Counter(text.lower() for text in texts)
    chances = {
        number: _chance(
            {
                **_told_of(texts[number], body, often),
                **_company(number, rules, likely, start),
                "stands twice": float(twice[texts[number].lower()] > 1),
            }
        )
        for number in likely
    }
    best = max(likely, key=lambda number: chances[number], default=None)
    return best if best is not None and chances[best] >= _LEAST else None


def _start(kept: Sequence[int], told: frozenset[int]) -> int | None:
    """Return the line the body begins with: a sentence, and more below it."""
    for place, number in enumerate(kept):
        next_ = kept[place : place + _BODY]
        if number in told and sum(n in told for n in next_) >= len(next_) / 2:
            return number
    return None


def _told_of(text: str, body: Counter[str], often: int) -> dict[str, float]:
    """Return what a line's words have to do with a body that says them so ``often``."""
    stems = _stems(text)
    repeated = sum(min(body[stem], often) for stem in stems) / often
    return {
        "words the body has": sum(s in body for s in stems) / max(2, len(stems)),
        "words the body repeats": repeated / max(3, len(stems)),
        "words": min(_size(text), 14) / 14,
    }


def _company(
    number: int,
    rules: Sequence[str | None],
    likely: Sequence[int],
    start: int,
) -> dict[str, float]:
    """Return what stands around a line."""
    below = frozenset(rules[number + 1 : min(start, number + 1 + _BELOW)])
    right_above = sum(number - _NEAR <= n < number for n in likely)
    right_below = sum(number < n <= number + _NEAR for n in likely)
    return {
        "byline near below": float("byline" in below),
        "time, credit or count near below": float(not _STAMPS.isdisjoint(below)),
        "likes right above": right_above / _NEAR,
        "likes right below": right_below / _NEAR,
        "likes below": min(sum(n > number for n in likely), 10) / 10,
        "comes first": float(number == 0),
        "alone": float(len(likely) == 1),
    }


def _chance(said: Mapping[str, float]) -> float:
    total = sum(_WEIGHTS[name] * value for name, value in said.items())
    return 1 / (1 + math.exp(-total - _WEIGHTS["constant"]))


def _is_told(text: str) -> bool:
    """Tell whether ``text`` is a sentence of the body; headlines may ask and call."""
    least = _CALLED if text.endswith(("?", "!", "？", "！", "؟")) else _SENTENCE
    return _size(text) >= least and wording.is_sentence(text) and not _opens(text)


def _opens(text: str) -> bool:
    """Tell whether ``text`` ends in what another has to follow."""
    return text.rstrip("\"'”’»)]* ")[-1:] in ":;"


def _is_like(text: str) -> bool:
    """Tell whether ``text`` could be a headline by its looks."""
    bare = text.rstrip("\"'”’»)]* ")
    fits = _SHORTEST <= _size(text) <= _LONGEST and len(text) < _LONG
    return fits and bare[-1:] not in _OPEN_ENDS


def _size(text: str) -> int:
    """Return about how many words ``text`` has, also where no spaces are set."""
    return len(text.split()) + len(_IDEOGRAPH.findall(text)) // 2


def _stems(text: str) -> frozenset[str]:
    """Return the openings of the long words of ``text``, and pairs of ideographs."""
    words = words_of(text)
    pairs = (
        word[at : at + 2]
        for word in words
        if _IDEOGRAPH.search(word)
        for at in range(len(word) - 1)
    )
    return frozenset([w[:_STEM] for w in words if len(w) > 3] + [*pairs])

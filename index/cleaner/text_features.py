"""Texts of one page as numbers: of each its own looks, and those of its company.

HTML blocks and lines of a dump are described alike. ``NAMES`` are the columns.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.cleaner import company, text_looks, text_topic, word_odds
from index.cleaner.word_odds import Odds

Matrix = NDArray[np.float32]

_OWN = (*text_looks.NAMES, *word_odds.NAMES, *text_topic.NAMES)
_AT = {name: number for number, name in enumerate(_OWN)}
_SIZES = (2, 5, 15)  # texts each way
_STEPS = (-2, -1, 1, 2)
_SEEN = (
    "words",
    "prose",
    "ruled",
    "odds-mean",
    "capitals",
    "end",
    "topic",
    "function-words",
)
_BESIDE = (
    "words",
    "end",
    "start",
    "capitals",
    "rule",
    "odds-mean",
    "odds-sum",
    "topic",
    "prose",
    "digits",
)
_RUNS = (
    "prose-before",
    "prose-after",
    "rule-before",
    "rule-after",
    "gap",
    "gap-above",
    "gap-below",
    "run",
    "words-before",
    "words-after",
    "words-above",
    "words-below",
    "words-around",
    "same-above",
    "same-below",
    "same-run",
    "same-near",
    "same-start",
    "goes-on",
    "is-gone-on",
)
NAMES = (
    *_OWN,
    *(f"{name} {side}{size}" for size in _SIZES for side in "-+" for name in _SEEN),
    *(f"{name} at {step:+d}" for step in _STEPS for name in _BESIDE),
    *_RUNS,
)


def features(texts: Sequence[str], rules: Sequence[str | None], known: Odds) -> Matrix:
    """Return one row of ``NAMES`` a text, in page order; cost is linear in the text.

    ``rules`` are those of ``wording.rule_of``; ``known`` are log odds by word.
    """
    words = [word_odds.words(text) for text in texts]
    looks = text_looks.looks(texts, rules, words)
    prose = looks[:, _AT["prose"]] > 0
    own = np.hstack(
        [
            looks,
            word_odds.odds(words, known),
            text_topic.topic(words, prose.tolist()),
        ]
    )
    if not len(own):
        return np.zeros((0, len(NAMES)), np.float32)
    seen = own[:, [_AT[name] for name in _SEEN]]
    beside = own[:, [_AT[name] for name in _BESIDE]]
    parts = [
        own,
        company.windows(seen, _SIZES),
        company.neighbours(beside, _STEPS, -2),
        _runs(own, words),
    ]
    return np.hstack(parts)


def _runs(own: Matrix, words: Sequence[Sequence[str]]) -> Matrix:
    """Return what each text has to do with the prose and the likes of it around."""
    prose, ruled = own[:, _AT["prose"]] > 0, own[:, _AT["ruled"]] > 0
    said = np.expm1(own[:, _AT["words"]]) * prose
    run, size, place = company.runs(prose)
    whole = np.bincount(run, weights=said)
    before = np.concatenate([[0.0], whole[:-1]])[run]
    after = np.concatenate([whole[1:], [0.0]])[run]
    above = np.cumsum(said)
    shape = _shapes(own)
    _, alike, _ = company.runs(shape)
    follows = np.concatenate([[False], shape[1:] == shape[:-1]])
    goes_on = _goes_on(own)
    columns = [
        company.gaps(prose),
        company.gaps(ruled),
        np.where(prose, 0, size),
        np.where(prose, 0, place),
        np.where(prose, 0, size - place),
        np.where(prose, size, 0),
        np.log1p(np.where(prose, whole[run], before)),
        np.log1p(np.where(prose, whole[run], after)),
        np.log1p(above - said),
        np.log1p(np.maximum(0, above[-1] - above)),
        np.log1p(company.windows(said[:, None].astype(np.float32), (15,)).sum(axis=1)),
        follows,
        np.append(follows[1:], False),
        alike,
        company.around(shape, 4),
        company.around(_firsts(words), 2),
        goes_on,
        np.append(goes_on[1:], False),
    ]
    return np.column_stack(columns).astype(np.float32)


def _shapes(own: Matrix) -> NDArray[np.int64]:
    """Return a number that texts of one look share."""
    length = np.minimum(4, own[:, _AT["words"]] // 0.8)
    title = own[:, _AT["capitals"]] > 0.5
    parts = (own[:, _AT["end"]], own[:, _AT["start"]], length)
    shape = np.zeros(len(own))
    for part in (*parts, own[:, _AT["upper"]], title):
        shape = shape * 10 + part
    return shape.astype(np.int64)


def _firsts(words: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """Return a number that texts of the same first word share."""
    numbers: dict[str, int] = {}
    firsts = [
        numbers.setdefault(text[0], len(numbers)) if text else -1 - place
        for place, text in enumerate(words)
    ]
    return np.array(firsts, dtype=np.int64)


def _goes_on(own: Matrix) -> NDArray[np.bool_]:
    """Tell which texts, by a small letter, go on where the one above broke off."""
    broken, small = own[:, _AT["end"]] <= 4, own[:, _AT["start"]] == 1
    goes_on = np.zeros(len(own), np.bool_)
    goes_on[1:] = broken[:-1] & small[1:]
    return goes_on

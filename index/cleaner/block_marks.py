"""What a piece's markup, and the page's head of its words, say as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import numpy as np

from index.cleaner.boosted import Matrix
from index.page import Head

if TYPE_CHECKING:
    from index.cleaner.block_features import Evidence

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"<[^<>]{0,300}>")
_RUN = 4  # words
_BODY = 300  # characters; a shorter body in the head is a description
_MANY = 5  # pictures between two pieces
_LONGEST = 600  # characters of a piece compared with what the head says

_TAGS = ("p", "h1", "h2", "h3", "h4 h5 h6", "li", "blockquote", "td th", "dt dd", "pre")
_TAG = {tag: n for n, tags in enumerate(_TAGS, 1) for tag in tags.split()}
_MARKS = (
    "related",
    "share",
    "newsletter paywall",
    "advert",
    "caption",
    "author-bio",
    "byline",
    "timestamp",
    "tags",
    "aside",
    "meta",
)
_MARK = {rule: n for n, rules in enumerate(_MARKS, 1) for rule in rules.split()}
NAMES = (
    "characters of links",
    "link share",
    "bold",
    "small",
    "italic",
    "links",
    "ends in link",
    "pictures above",
    "other tag",
    *(f"tag {tags}" for tags in _TAGS),
    "inside",
    "marked",
    *(f"marked {rules}" for rules in _MARKS),
    "own mark",
    *(f"own mark {rules}" for rules in _MARKS),
    "title share",
    "is title",
    "description share",
    "body share",
    "body told",
    "settled above",
    "settled below",
)
Runs = AbstractSet[tuple[str, ...]]


def features(told: Evidence) -> Matrix:
    """Return one row of ``NAMES`` for each piece in question."""
    headline = frozenset(words(told.headline or told.head.title or ""))
    said = described(told.head)
    bodies = (str(thing.get("articleBody") or "") for thing in told.head.jsonld)
    body = max(bodies, key=len, default="")
    runs = _runs(words(_MARKUP.sub(" ", body))) if len(body) > _BODY else frozenset()
    gaps = np.diff([-1, *told.asked, len(told.page.pieces)]) - 1
    pictures = [0, *(piece.pictures for piece in told.page.pieces)]
    rows = []
    for number, piece in enumerate(told.pieces):
        own = words(piece.text[:_LONGEST])
        distinct = frozenset(own)
        element = told.page.elements[piece.element]
        rows.append(
            [
                piece.linked,
                piece.density,
                piece.bold,
                piece.small,
                piece.italic,
                piece.links,
                piece.ends_in_link,
                min(_MANY, piece.pictures - pictures[told.asked[number]]),
                *_one_of(_TAG.get(piece.tag, 0), len(_TAGS)),
                told.inside[piece.element],
                *_marked(told.rules[piece.element] or piece.rule),
                *_marked(element.rule or piece.rule),
                len(distinct & headline) / max(1, len(distinct)),
                distinct == headline,
                share(own, said),
                share(own, runs),
                bool(runs),
                gaps[number],
                gaps[number + 1],
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(NAMES))


def described(head: Head) -> Runs:
    """Return the runs of words of the page's own description."""
    said = (head.meta.get(name, "") for name in ("description", "og:description"))
    return _runs(words(" ".join(said)))


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _WORD.findall(text.lower())


def share(own: Sequence[str], runs: Runs) -> float:
    """Return the share of a piece's runs of words that are among ``runs``."""
    if not runs:
        return 0.0
    mine = _runs(own)
    return len(mine & runs) / max(1, len(mine))


def _one_of(number: int, most: int) -> list[float]:
    flags = [0.0] * (most + 1)
    flags[number] = 1.0
    return flags


def _marked(rule: str | None) -> list[float]:
    flags = [0.0] * (1 + len(_MARKS))
    if rule is not None:
        flags[_MARK.get(rule, 0)] = flags[0] = 1.0
    return flags


def _runs(said: Sequence[str]) -> Runs:
    return frozenset(zip(*(said[n:] for n in range(_RUN)), strict=False))

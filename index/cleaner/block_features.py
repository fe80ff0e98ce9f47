"""The pieces in question as numbers: text, markup, place in the tree, company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.cleaner import (
    block_groups,
    block_marks,
    block_masses,
    block_names,
    block_story,
    block_tree,
    company,
    text_looks,
    text_topic,
    word_odds,
)
from index.cleaner.boosted import Matrix
from index.cleaner.pieces import HEADINGS, Layout, Piece
from index.page import Head

_TEXT = ("words", "end", "prose", "capitals")
_MARKUP = ("link share", "title share", "small")
_SEEN = (*_TEXT, "ruled", "heading", "topic", *_MARKUP, "steps to main")
_AVERAGED = 8  # of them, the first, over windows
_BESIDE = (*_SEEN, "sibling")
_STEPS = (-3, -2, -1, 1, 2, 3)
_SIZES = (5, 12)  # pieces each way
NAMES = (
    *text_looks.NAMES,
    *text_topic.NAMES,
    *block_marks.NAMES,
    *block_tree.NAMES,
    *block_groups.NAMES,
    *block_story.NAMES,
    *block_names.NAMES,
    *(f"{name} at {step:+d}" for step in _STEPS for name in _BESIDE),
    *(
        f"{name} {side}{size}"
        for size in _SIZES
        for side in "-+"
        for name in _SEEN[:_AVERAGED]
    ),
)
_LINKED = 0.8  # of its characters; such a piece is a link
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a page before its pieces are judged.

    ``asked`` are the numbers of the ``pieces`` in question, and ``wordings`` the rules
    of their wording; ``rules`` and ``inside`` are the elements', as their marks and the
    containers say. ``headline`` is the page's own, ``place`` that of the piece in
    question that is it, or else of the first h1; ``named`` is the title that was given.
    """

    page: Layout
    head: Head
    headline: str | None
    named: str | None
    rules: Sequence[str | None]
    inside: Sequence[bool]
    asked: Sequence[int]
    pieces: Sequence[Piece]
    wordings: Sequence[str | None]
    place: int | None


def features(told: Evidence) -> Matrix:
    """Return one row of ``NAMES`` for each piece in question; linear in the page."""
    pieces = told.pieces
    if not pieces:
        return np.zeros((0, len(NAMES)), np.float32)
    texts = _texts(told, pieces)
    own = block_marks.features(told)
    masses = block_masses.of(pieces)
    place = told.place
    at = np.array([piece.element for piece in pieces], dtype=np.int64)
    title_at = None if place is None else pieces[place].element
    tree = block_tree.features(told.page.elements, at, masses, title_at)
    ruled = _ruled(texts, own)
    main = tree[:, block_tree.UNDER_MAIN] > 0
    groups = block_groups.features(
        told.page, pieces, masses, ruled=ruled, main=main, title=place
    )
    story = block_story.features(told, place)
    beside = _company(told, ruled, (texts, own, tree))
    names = block_names.features(told)
    parts = [texts, own, tree, groups, story, names, beside]
    return np.hstack(parts).astype(np.float32)


def _texts(told: Evidence, pieces: Sequence[Piece]) -> Matrix:
    texts = [piece.text for piece in pieces]
    words = [word_odds.words(text) for text in texts]
    looks = text_looks.looks(texts, told.wordings, words)
    prose = looks[:, text_looks.NAMES.index("prose")] > 0
    return np.hstack([looks, text_topic.topic(words, prose.tolist())])


def _ruled(texts: Matrix, own: Matrix) -> Flags:
    """Tell which pieces a rule of wording or a mark speaks against, or are links."""
    worded = texts[:, text_looks.NAMES.index("ruled")] > 0
    marked = own[:, block_marks.NAMES.index("marked")] > 0
    linked = own[:, block_marks.NAMES.index("link share")] > _LINKED
    ruled: Flags = worded | marked | linked
    return ruled


def _company(told: Evidence, ruled: Flags, own: Sequence[Matrix]) -> Matrix:
    """Return what the pieces before and after each are."""
    texts, markup, tree = own
    parents = np.array([told.page.elements[p.element].parent for p in told.pieces])
    columns = np.column_stack(
        [
            texts[:, [text_looks.NAMES.index(name) for name in _TEXT]],
            ruled,
            [piece.tag in HEADINGS for piece in told.pieces],
            texts[:, len(text_looks.NAMES) + text_topic.NAMES.index("topic")],
            markup[:, [block_marks.NAMES.index(name) for name in _MARKUP]],
            tree[:, block_tree.STEPS],
            parents,
        ]
    ).astype(np.float32)
    beside = company.neighbours(columns, _STEPS, -1)
    last = len(_BESIDE) - 1  # a parent says no more than whether it is shared
    beside[:, last :: len(_BESIDE)] = (
        beside[:, last :: len(_BESIDE)] == parents[:, None]
    )
    return np.hstack([beside, company.windows(columns[:, :_AVERAGED], _SIZES)])

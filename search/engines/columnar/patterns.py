"""Prefixes, wildcards and fuzzy words as the terms an index has for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import translate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.query import (
    ConstantScoreQuery,
    FuzzyTerm,
    NullQuery,
    Or,
    Prefix,
    Term,
    Wildcard,
)
from whoosh.query import Query as Tree

from search.engines.columnar.distance import close
from search.engines.columnar.field import Field
from search.engines.columnar.view import View
from search.engines.deadline import Deadline
from search.language.budget import MAX_EXPANSIONS

_MARKS = {Prefix: "*", FuzzyTerm: "~"}  # as the asker wrote them
_WILD = re.compile(r"[*?\[]")

# Which of these words, terms of one segment, fit.
_Test = Callable[[Sequence[str]], NDArray[np.bool_]]


class Expanded(ConstantScoreQuery):  # type: ignore[misc]  # Whoosh is untyped
    """A pattern's terms; articles with any of them score its boost.

    ``numbers`` are the terms' numbers in each segment, rising.
    """

    def __init__(
        self, field: str, words: Sequence[str], numbers: Any, boost: float
    ) -> None:
        super().__init__(Or([Term(field, word) for word in words]), boost)
        self.fieldname = field
        self.numbers: tuple[NDArray[np.int64], ...] = numbers


def expand(tree: Tree, view: View, deadline: Deadline) -> tuple[Tree, tuple[str, ...]]:
    """Return ``tree`` with each pattern as its 200 commonest terms, and warnings."""
    warnings: list[str] = []

    def terms(node: Any) -> Tree:
        if not isinstance(node, Prefix | Wildcard | FuzzyTerm):
            return node
        return _expanded(node, view, deadline, warnings)

    return tree.accept(terms), tuple(dict.fromkeys(warnings))


def _expanded(node: Any, view: View, deadline: Deadline, warnings: list[str]) -> Tree:
    field = view.field(node.fieldname)
    start, test = _literal(node, deadline)
    found = [_Found.of(part, start, test) for part in field.parts]
    kept = _commonest(found)
    if kept.cut:
        warnings.append(
            f"“{node.text}{_MARKS.get(type(node), '')}” stands for more than"
            f" {MAX_EXPANSIONS} words; the commonest were searched"
        )
    if not kept.words:
        return NullQuery
    return Expanded(node.fieldname, kept.words, kept.numbers, node.boost)


def _literal(node: Any, deadline: Deadline) -> tuple[str, _Test | None]:
    """Return what the pattern's terms begin with, and a test of the rest."""
    if isinstance(node, Prefix):
        return node.text, None
    if isinstance(node, FuzzyTerm):
        return node.text[: node.prefixlength], (
            lambda words: close(words, node.text, int(node.maxdist), deadline)
        )
    fits = re.compile(translate(node.text)).match
    return _WILD.split(node.text)[0], (
        lambda words: np.fromiter((bool(fits(w)) for w in words), np.bool_, len(words))
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The fitting terms of one segment: their numbers, rising, and frequencies."""

    field: Field | None
    numbers: NDArray[np.int64]
    frequencies: NDArray[np.int64]

    @classmethod
    def of(cls, field: Field | None, start: str, test: _Test | None) -> _Found:
        if field is None:
            return cls(None, np.zeros(0, np.int64), np.zeros(0, np.int64))
        low, high = field.prefixed(start.encode("utf-8", "replace"))
        numbers = np.arange(low, high)
        if test is not None:
            fits = test([_text(term) for term in field.terms(low, high)])
            numbers = numbers[fits]
        return cls(field, numbers, field.dfs(low, high)[numbers - low])

    def words(self) -> list[str]:
        if self.field is None:
            return []
        return [_text(self.field.term(int(i))) for i in self.numbers]


@dataclass(frozen=True, slots=True)
class _Kept:
    words: tuple[str, ...]
    numbers: tuple[NDArray[np.int64], ...]
    cut: bool


def _commonest(found: Sequence[_Found]) -> _Kept:
    """Return the terms that most documents have, at most as many as the budget says."""
    filled = [one for one in found if len(one.numbers)]
    if len(filled) == 1 and len(filled[0].numbers) <= MAX_EXPANSIONS:
        words = filled[0].words()
        return _Kept(tuple(words), tuple(one.numbers for one in found), cut=False)
    totals: dict[str, int] = {}
    spelled = [one.words() if len(one.numbers) else [] for one in found]
    for one, words in zip(found, spelled, strict=True):
        for word, frequency in zip(words, one.frequencies.tolist(), strict=True):
            totals[word] = totals.get(word, 0) + frequency
    ordered = sorted(totals, key=lambda word: (-totals[word], word))
    kept = frozenset(ordered[:MAX_EXPANSIONS])
    numbers = tuple(
        one.numbers[np.array([word in kept for word in words], np.bool_)]
        for one, words in zip(found, spelled, strict=True)
    )
    return _Kept(tuple(ordered[:MAX_EXPANSIONS]), numbers, len(ordered) > len(kept))


def _text(term: bytes) -> str:
    return term.decode("utf-8", "replace")

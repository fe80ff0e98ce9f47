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

    def known(self, least: int) -> dict[bytes, int]:
        """Return where the terms of so many documents stand in the arrays."""
        if self.field is None:
            return {}
        places = np.flatnonzero(self.frequencies >= least)
        terms = self.field.terms_of(self.numbers[places])
        return dict(zip(terms, places.tolist(), strict=True))

    def place(self, term: bytes) -> int | None:
        """Return the place of a term in the arrays, None where it is not there."""
        if self.field is None or (number := self.field.find(term)) < 0:
            return None
        place = int(np.searchsorted(self.numbers, number))
        # At the deadline some terms have not been tried.
        there = place < len(self.numbers) and int(self.numbers[place]) == number
        return place if there else None


@dataclass(frozen=True, slots=True)
class _Kept:
    words: tuple[str, ...]
    numbers: tuple[NDArray[np.int64], ...]
    cut: bool


def _commonest(found: Sequence[_Found]) -> _Kept:
    """Return the terms that most documents have, at most as many as the budget says.

    Words are read of those terms only that may be among them.
    """
    least = _least(found)
    places = [one.known(least) for one in found]
    words = list(dict.fromkeys(word for known in places for word in known))
    totals = np.zeros(len(words), np.int64)
    for one, known in zip(found, places, strict=True):
        if least > 1:
            others = ((word, one.place(word)) for word in words if word not in known)
            known |= {word: at for word, at in others if at is not None}
        here = [i for i, word in enumerate(words) if word in known]
        totals[here] += one.frequencies[[known[words[i]] for i in here]]
    kept = _highest(words, totals)
    numbers = tuple(
        np.sort(one.numbers[[known[word] for word in kept if word in known]])
        for one, known in zip(found, places, strict=True)
    )
    several = max([len(words), *(len(one.numbers) for one in found)])
    return _Kept(tuple(map(_text, kept)), numbers, several > len(kept))


def _least(found: Sequence[_Found]) -> int:
    """Return how many documents of some segment must have a term that is to be kept.

    As many terms as are kept have no fewer in all than the last of them in one segment
    alone; who has as many in all has its share of them somewhere.
    """
    filled = [one.frequencies for one in found if len(one.numbers)]
    needed = [
        int(np.partition(each, -MAX_EXPANSIONS)[-MAX_EXPANSIONS])
        for each in filled
        if len(each) > MAX_EXPANSIONS
    ]
    return -(-max(needed, default=1) // max(1, len(filled)))


def _highest(words: list[bytes], totals: NDArray[np.int64]) -> list[bytes]:
    """Return the words with the highest totals, then in the order of their bytes."""
    places = np.arange(len(words))
    if len(words) > MAX_EXPANSIONS:
        last = np.partition(totals, -MAX_EXPANSIONS)[-MAX_EXPANSIONS]
        places = np.flatnonzero(totals >= last)
    ordered = sorted(places.tolist(), key=lambda i: (-totals[i], words[i]))
    return [words[i] for i in ordered[:MAX_EXPANSIONS]]


def _text(term: bytes) -> str:
    return term.decode("utf-8", "replace")

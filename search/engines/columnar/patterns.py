"""Prefixes, wildcards and fuzzy words as the terms an index has for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import translate
from heapq import nsmallest
from math import inf
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
_AT_ONCE = 1 << 16  # terms that are read, or tried, between two looks at the clock
_LOOKUPS = 1 << 10  # terms that are looked up between two looks, in about 5 ms

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
    found = [_Found.of(part, start, test, deadline) for part in field.parts]
    kept = _commonest(found, deadline)
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
    def of(
        cls, field: Field | None, start: str, test: _Test | None, deadline: Deadline
    ) -> _Found:
        if field is None:
            return cls(None, np.zeros(0, np.int64), np.zeros(0, np.int64))
        low, high = field.prefixed(start.encode("utf-8", "replace"))
        numbers = np.arange(low, high)
        if test is not None:
            numbers = _fitting(field, low, high, test, deadline)
        return cls(field, numbers, field.dfs(low, high)[numbers - low])

    def frequent(self, least: int) -> NDArray[np.int64]:
        """Return the places in the arrays of the terms of so many documents."""
        return np.flatnonzero(self.frequencies >= least)

    def best(self) -> NDArray[np.int64]:
        """Return the places of the commonest terms, as many as the budget says.

        Of equally common ones the first: the order of numbers is that of the bytes.
        """
        if len(self.numbers) <= MAX_EXPANSIONS:
            return np.arange(len(self.numbers))
        last = _last(self.frequencies)
        above = np.flatnonzero(self.frequencies > last)
        equal = np.flatnonzero(self.frequencies == last)
        return np.concatenate((above, equal[: MAX_EXPANSIONS - len(above)]))

    def known(self, places: NDArray[np.int64], deadline: Deadline) -> dict[bytes, int]:
        """Return the terms at ``places`` in the arrays, each with its place.

        Raises:
            _Late: the deadline passed.
        """
        known: dict[bytes, int] = {}
        if self.field is None:
            return known
        for start in range(0, len(places), _AT_ONCE):
            _look(deadline)
            some = places[start : start + _AT_ONCE]
            terms = self.field.terms_of(self.numbers[some])
            known.update(zip(terms, some.tolist(), strict=True))
        return known

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


class _Late(Exception):
    """The deadline passed before the terms of all segments were added up."""


def _look(deadline: Deadline) -> None:
    if deadline.passed:
        raise _Late


def _fitting(
    field: Field, low: int, high: int, test: _Test, deadline: Deadline
) -> NDArray[np.int64]:
    """Return which of the terms low .. high-1 fit; at the deadline, those till then."""
    fits = np.zeros(high - low, np.bool_)
    for start in range(low, high, _AT_ONCE):
        if deadline.passed:
            break
        stop = min(high, start + _AT_ONCE)
        words = [_text(term) for term in field.terms(start, stop)]
        fits[start - low : stop - low] = test(words)
    return low + np.flatnonzero(fits)


def _commonest(found: Sequence[_Found], deadline: Deadline) -> _Kept:
    """Return the terms that most documents have, at most as many as the budget says.

    Words are read of those terms only that may be among them. At the deadline these are
    the commonest of each segment alone.
    """
    best = [one.best() for one in found]
    if sum(map(bool, map(len, best))) <= 1:
        return _kept(found, best, Deadline(inf), whole=True)
    least = _least(found)
    frequent = [one.frequent(least) for one in found]
    try:
        return _kept(found, frequent, deadline, whole=least == 1)
    except _Late:
        return _kept(found, best, Deadline(inf), whole=False)


def _kept(
    found: Sequence[_Found],
    candidates: Sequence[NDArray[np.int64]],
    deadline: Deadline,
    *,
    whole: bool,
) -> _Kept:
    """Return the commonest of the terms at these places of each segment.

    ``whole`` says that no segment has any of them elsewhere.

    Raises:
        _Late: the deadline passed.
    """
    places = [
        one.known(some, deadline) for one, some in zip(found, candidates, strict=True)
    ]
    words = list(dict.fromkeys(word for known in places for word in known))
    totals = np.zeros(len(words), np.int64)
    for one, known in zip(found, places, strict=True):
        _look(deadline)
        if not whole:
            others = [word for word in words if word not in known]
            known.update(_elsewhere(one, others, deadline))
        here = [i for i, word in enumerate(words) if word in known]
        totals[here] += one.frequencies[[known[words[i]] for i in here]]
    _look(deadline)
    kept = _highest(words, totals)
    numbers = tuple(
        np.sort(one.numbers[[known[word] for word in kept if word in known]])
        for one, known in zip(found, places, strict=True)
    )
    several = max([len(words), *(len(one.numbers) for one in found)])
    return _Kept(tuple(map(_text, kept)), numbers, several > len(kept))


def _elsewhere(one: _Found, words: list[bytes], deadline: Deadline) -> dict[bytes, int]:
    """Return the places in a segment of those of ``words`` that it has."""
    known: dict[bytes, int] = {}
    for i, word in enumerate(words):
        if not i % _LOOKUPS:
            _look(deadline)
        if (at := one.place(word)) is not None:
            known[word] = at
    return known


def _least(found: Sequence[_Found]) -> int:
    """Return how many documents of some segment must have a term that is to be kept.

    As many terms as are kept have no fewer in all than the last of them in one segment
    alone; who has as many in all has its share of them somewhere.
    """
    filled = [one.frequencies for one in found if len(one.numbers)]
    needed = [_last(each) for each in filled if len(each) > MAX_EXPANSIONS]
    return -(-max(needed, default=1) // max(1, len(filled)))


def _highest(words: list[bytes], totals: NDArray[np.int64]) -> list[bytes]:
    """Return the words with the highest totals, then in the order of their bytes."""
    last = _last(totals) if len(words) > MAX_EXPANSIONS else 0
    above = np.flatnonzero(totals > last).tolist()
    ordered = sorted(above, key=lambda i: (-totals[i], words[i]))
    equal = (words[i] for i in np.flatnonzero(totals == last).tolist())
    return [words[i] for i in ordered] + nsmallest(MAX_EXPANSIONS - len(above), equal)


def _last(frequencies: NDArray[np.int64]) -> int:
    """Return the frequency of the last of as many terms as the budget keeps."""
    return int(np.partition(frequencies, -MAX_EXPANSIONS)[-MAX_EXPANSIONS])


def _text(term: bytes) -> str:
    return term.decode("utf-8", "replace")

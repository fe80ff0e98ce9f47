"""Phrases in Whoosh's index, in time that is linear in the positions of their words."""

from __future__ import annotations

from collections import Counter
from typing import Any

from whoosh.matching import IntersectionMatcher, NullMatcher
from whoosh.query import Phrase, Term
from whoosh.query.spans import SpanWrappingMatcher
from whoosh.util import make_binary_tree

from search.engines.stock.pace import Pace, PacedSearcher
from search.matching import continued


class LinearPhrase(Phrase):  # type: ignore[misc]  # Whoosh is untyped
    """Finds what a Phrase finds, with its score.

    Whoosh's own pairs every place of a word with every place near it of the next:
    for words that are repeated, a minute for one article.
    """

    @classmethod
    def of(cls, node: Any) -> Any:
        """Return ``node``, as one of these if it is a phrase."""
        if not isinstance(node, Phrase):
            return node
        return cls(node.fieldname, node.words, slop=node.slop, boost=node.boost)

    def matcher(self, searcher: PacedSearcher, context: Any = None) -> Any:
        """Return what goes through the articles that have the phrase."""
        postings: dict[str, Any] = {}
        for word, times in Counter[str](self.words).items():
            term = Term(self.fieldname, word, boost=times * self.boost)
            postings[word] = term.matcher(searcher, context)
            if not postings[word].is_active():
                return NullMatcher()
        if not postings:
            return NullMatcher()
        return _Row(postings, self.words, self.slop, searcher.pace)


class _Row(SpanWrappingMatcher):  # type: ignore[misc]  # Whoosh is untyped
    """The articles among ``postings`` where the words stand one after the other."""

    def __init__(
        self, postings: dict[str, Any], words: list[str], slop: int, pace: Pace
    ) -> None:
        self._postings = postings
        self._words = words
        self._slop = slop
        self._pace = pace
        super().__init__(make_binary_tree(IntersectionMatcher, [*postings.values()]))

    def _get_spans(self) -> list[int]:
        """Return the positions the phrase ends at; Whoosh asks if there are any."""
        at = {w: m.value_as("positions") for w, m in self._postings.items()}
        ends: list[int] = at[self._words[0]]
        for word in self._words[1:]:
            if not ends:
                break
            self._pace.step(len(ends))
            ends = [at[word][i] for i, _ in continued(ends, at[word], self._slop)]
        return ends

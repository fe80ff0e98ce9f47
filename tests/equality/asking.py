"""Random queries of every class the language makes, and some only Whoosh's parsers do.

``random`` may be one that hypothesis steers, so that it can hunt and shrink.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from whoosh import query as q
from whoosh.fields import BOOLEAN, DATETIME, NUMERIC, Schema
from whoosh.query import Query as Tree
from whoosh.query.spans import SpanFirst, SpanNear2, SpanOr

_MISSING = "nowhere"  # is in no document
_BEGIN = datetime(2015, 1, 1)  # noqa: DTZ001  # Whoosh knows no zones


class Asker:
    """Makes queries over ``words``, a few of the terms of each field."""

    def __init__(
        self, random: Random, schema: Schema, words: Mapping[str, Sequence[str]]
    ) -> None:
        self._random = random
        self._schema = schema
        self._words = {name: list(known) or [_MISSING] for name, known in words.items()}
        self._texts = [
            name
            for name in self._words
            if schema[name].scorable and schema[name].format.supports("positions")
        ]
        self._keywords = [name for name in self._words if name not in self._texts]
        # To Whoosh any word is a truth value, the start of one as well.
        self._spelled = [n for n in self._words if not isinstance(schema[n], BOOLEAN)]
        self._numbers = [n for n, field in schema.items() if isinstance(field, NUMERIC)]

    def tree(self, depth: int = 3) -> Tree:
        """Return a query of at most ``depth`` levels."""
        if depth <= 1 or self._random.random() < 0.35:
            return self._leaf()
        kind = self._random.choice((self._and, self._or, self._best, self._not))
        return kind(depth)

    def rare(self) -> Tree:
        """Return a query the language does not make, which Whoosh's matchers answer."""
        one, two = self._leaf(), self._leaf()
        field = self._random.choice(self._texts)
        terms = [q.Term(field, self._word(field)) for _ in range(2)]
        return self._random.choice(
            (
                q.AndMaybe(one, two),
                q.Otherwise(one, two),
                q.Variations(field, terms[0].text),
                q.Regex(field, f"[{terms[0].text[0]}m].*"),
                SpanFirst(terms[0], limit=self._few()),
                SpanNear2(terms, slop=self._few() + 1, ordered=self._coin()),
                SpanOr(terms),
            )
        )

    def _and(self, depth: int) -> Tree:
        subs = self._subs(depth)
        if self._random.random() < 0.4:
            subs = [*subs, *(q.Not(self.tree(depth - 1)) for _ in range(self._few()))]
        self._random.shuffle(subs)
        return q.And(subs, boost=self._boost())

    def _or(self, depth: int) -> Tree:
        return q.Or(self._subs(depth), boost=self._boost())

    def _best(self, depth: int) -> Tree:
        return q.DisjunctionMax(self._subs(depth))

    def _not(self, depth: int) -> Tree:
        return q.And([self.tree(depth - 1), q.Not(self.tree(depth - 1))])

    def _subs(self, depth: int) -> list[Tree]:
        return [self.tree(depth - 1) for _ in range(1 + self._few())]

    def _leaf(self) -> Tree:
        kinds: list[Callable[[], Tree]] = [self._term] * 4
        kinds += [self._phrase] * 3
        kinds += [self._prefix, self._wildcard, self._fuzzy, self._between, self._every]
        kinds += [self._keyword] * 2
        kinds += [self._range] * 2
        return self._random.choice(kinds)()

    def _term(self) -> Tree:
        field = self._random.choice(self._texts)
        return q.Term(field, self._word(field), boost=self._boost())

    def _keyword(self) -> Tree:
        field = self._random.choice(self._keywords)
        return q.Term(field, self._word(field), boost=self._boost())

    def _phrase(self) -> Tree:
        field = self._random.choice(self._texts)
        words = [self._word(field) for _ in range(1 + self._few())]
        slop = self._random.choice((1, 1, 1, 2, 3, 8))
        return q.Phrase(field, words, slop=slop, boost=self._boost())

    def _prefix(self) -> Tree:
        field = self._random.choice(self._spelled)
        word = self._word(field)
        return q.Prefix(field, word[: self._random.randint(1, 3)], boost=self._boost())

    def _wildcard(self) -> Tree:
        field = self._random.choice(self._texts)
        word = self._word(field)
        at = self._random.randrange(len(word))
        sign = self._random.choice(("*", "?"))
        pattern = word[:at] + sign + word[at + self._random.randint(0, 1) :]
        return q.Wildcard(field, pattern, boost=self._boost())

    def _fuzzy(self) -> Tree:
        field = self._random.choice(self._texts)
        word = self._word(field)
        at = self._random.randrange(len(word))
        changed = (
            word[:at] + self._random.choice(("", "x", word[at] * 2)) + word[at + 1 :]
        )
        edits, prefix = self._random.choice((1, 2)), self._random.choice((0, 1))
        return q.FuzzyTerm(
            field,
            changed or "x",
            maxdist=edits,
            prefixlength=prefix,
            boost=self._boost(),
        )

    def _between(self) -> Tree:
        field = self._random.choice(self._spelled)
        low, high = sorted((self._word(field), self._word(field)))
        return self._open(q.TermRange, field, low, high)

    def _range(self) -> Tree:
        field = self._random.choice(self._numbers)
        low, high = sorted((self._number(field), self._number(field)))
        kind = (
            q.DateRange if isinstance(self._schema[field], DATETIME) else q.NumericRange
        )
        return self._open(kind, field, low, high)

    def _open(self, kind: Any, field: str, low: Any, high: Any) -> Tree:
        """Return a range; its ends are left open, or out, now and then."""
        return kind(
            field,
            self._random.choice((low, None)),
            self._random.choice((high, None)),
            self._coin(),
            self._coin(),
            boost=self._boost(),
        )

    def _every(self) -> Tree:
        field = self._random.choice((None, None, *self._words))
        return q.Every(field, boost=self._boost())

    def _number(self, field: str) -> Any:
        kind = self._schema[field]
        if isinstance(kind, DATETIME):
            return _BEGIN + timedelta(hours=self._random.randint(0, 100))
        if kind.numtype is float:
            return self._random.choice((-2.0, -1.5, 0.0, 0.25, 1.0, 3.0))
        if field in {"first", "last"}:
            return _BEGIN.toordinal() + self._random.randint(-400, 800)
        return self._random.randint(-21, 101)

    def _word(self, field: str) -> str:
        if self._random.random() < 0.05:
            return _MISSING
        return self._random.choice(self._words[field])

    def _boost(self) -> float:
        return self._random.choice((1.0, 1.0, 1.0, 2.0, 0.5))

    def _few(self) -> int:
        return self._random.choice((1, 1, 1, 2, 3))

    def _coin(self) -> bool:
        return self._random.random() < 0.3

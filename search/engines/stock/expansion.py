"""Prefixes, wildcards and fuzzy words as the terms the index has for them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from whoosh.query import FuzzyTerm, NullQuery, Or, Prefix, Term, Wildcard
from whoosh.query import Query as Tree
from whoosh.reading import IndexReader

from search.engines.stock.pace import OutOfTime, Pace

MAX_TERMS = 200

_EXPANDED = (Prefix, Wildcard, FuzzyTerm)
_MARKS = {Prefix: "*", FuzzyTerm: "~"}  # as the asker wrote them


def expand(tree: Tree, reader: IndexReader, pace: Pace) -> tuple[Tree, tuple[str, ...]]:
    """Return ``tree`` with each pattern as its 200 commonest terms, and warnings.

    At the deadline, with those found until then.
    """
    warnings: list[str] = []

    def terms(node: Any) -> Tree:
        if not isinstance(node, _EXPANDED):
            return node
        return _terms(node, reader, pace, warnings)

    return tree.accept(terms), tuple(dict.fromkeys(warnings))


def _terms(node: Any, reader: IndexReader, pace: Pace, warnings: list[str]) -> Tree:
    field = node.field()
    kind = reader.schema[field]
    found: dict[str, int] = {}
    with suppress(OutOfTime):  # which whoever matches the tree will say
        pace.look()
        for _, text in node.expanded_terms(reader):
            term = kind.to_bytes(text)
            found[kind.from_bytes(term)] = reader.doc_frequency(field, term)
            pace.step()
    kept = sorted(found, key=lambda term: (-found[term], term))[:MAX_TERMS]
    if len(kept) < len(found):
        warnings.append(
            f"“{node.text}{_MARKS.get(type(node), '')}” stands for more than"
            f" {MAX_TERMS} words; the commonest were searched"
        )
    if not kept:
        return NullQuery
    terms = [Term(field, term, boost=node.boost) for term in kept]
    return terms[0] if len(terms) == 1 else Or(terms)

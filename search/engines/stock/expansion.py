"""Prefixes, wildcards and fuzzy words as the terms the index has for them."""

from __future__ import annotations

from typing import Any

from whoosh.query import FuzzyTerm, NullQuery, Or, Prefix, Term, Wildcard
from whoosh.query import Query as Tree
from whoosh.reading import IndexReader

MAX_TERMS = 200

_EXPANDED = (Prefix, Wildcard, FuzzyTerm)
_MARKS = {Prefix: "*", FuzzyTerm: "~"}  # as the asker wrote them


def expand(tree: Tree, reader: IndexReader) -> tuple[Tree, tuple[str, ...]]:
    """Return ``tree`` with each pattern as its 200 commonest terms, and warnings."""
    warnings: list[str] = []

    def terms(node: Any) -> Tree:
        return _terms(node, reader, warnings) if isinstance(node, _EXPANDED) else node

    return tree.accept(terms), tuple(dict.fromkeys(warnings))


def _terms(node: Any, reader: IndexReader, warnings: list[str]) -> Tree:
    field = node.field()
    found = {
        reader.schema[field].from_bytes(term): reader.doc_frequency(field, term)
        for _, term in node.existing_terms(reader, phrases=False, expand=True)
    }
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

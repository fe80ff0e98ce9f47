"""Words and phrases as Whoosh queries on one field."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice, product
from typing import Any

from whoosh.query import FuzzyTerm, Or, Phrase, Prefix, Term, Wildcard

from search.folding import fold
from search.language.analyzers import EXACT, WORDS, is_unspaced, straighten
from search.language.budget import MAX_VARIANTS

# Whoosh is untyped: its query trees are Any to mypy.
Tree = Any

EXACT_FIELD = "exact"
DEFAULT_FIELD = "text"

_INNER = re.compile(r"(?<=\w)'(?=\w)")
_POSSESSIVE = re.compile(r"'s(?!\w)")


def written(field: str, text: str, slop: int = 1) -> Tree | None:
    """Return what finds ``text`` in ``field``, its words in a row.

    A word with an inner apostrophe is also found where it was lost to a space or left
    out. None if there is no word in ``text``.

    >>> written("text", "Sana'a")
    Or([Term('text', 'sanaa'), Phrase('text', ['sana', 'a'], slop=1, boost=1.000000)])
    """
    rows = dict.fromkeys(WORDS.phrase(variant) for variant in _variants(text))
    return any_of([_row(field, row, slop) for row in rows if row])


def written_exactly(text: str, slop: int = 1) -> Tree | None:
    """Return what finds ``text`` in title or body just so, but for capitals."""
    row = EXACT.phrase(text)
    return _row(EXACT_FIELD, row, slop) if row else None


def beginning_with(field: str, letters: str) -> Tree:
    """Return what finds words that begin with ``letters``."""
    start = _letters(fold(letters))
    if field == DEFAULT_FIELD:  # whose stems may be shorter than what was asked for
        return any_of([Prefix(field, start), Prefix(EXACT_FIELD, _lower(letters))])
    stem = "".join(WORDS.phrase(letters))
    shorter = [] if stem.startswith(start) else [Term(field, stem)]
    return any_of([Prefix(field, start), *shorter])


def like(field: str, pattern: str) -> Tree:
    """Return what finds words that match a pattern with ``*`` and ``?``."""
    if field == DEFAULT_FIELD:
        return Wildcard(EXACT_FIELD, _lower(pattern))
    return Wildcard(field, _letters(fold(pattern)))


def close_to(field: str, word: str, edits: int) -> Tree:
    """Return what finds words at most ``edits`` letters from ``word``.

    The first letter must be the same, which bounds the words compared.
    """
    if field == DEFAULT_FIELD:
        field, word = EXACT_FIELD, _lower(word)
    else:
        word = "".join(WORDS.phrase(word))
    return FuzzyTerm(field, word, maxdist=edits, prefixlength=1)


def any_of(trees: list[Tree]) -> Tree | None:
    """Return what finds articles that one of ``trees`` finds."""
    distinct = _distinct(trees)
    return Or(distinct) if len(distinct) > 1 else next(iter(distinct), None)


def is_in_a_row(tokens: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Return whether ``tokens`` stand in a row in ``longer``, or are all of it."""
    starts = range(len(longer) - len(tokens) + 1)
    return any(longer[at : at + len(tokens)] == tokens for at in starts)


def _distinct(trees: list[Tree]) -> list[Tree]:
    """Return ``trees`` without repetition; Whoosh's own hashes collide too often."""
    return list({repr(tree): tree for tree in trees if tree is not None}.values())


def _row(field: str, row: tuple[str, ...], slop: int) -> Tree:
    """Return what finds these tokens one after the other."""
    if len(row) > 1:
        return Phrase(field, list(row), slop=slop)
    if len(row[0]) == 1 and is_unspaced(row[0]):
        return Prefix(field, row[0])  # each character begins one pair
    return Term(field, row[0])


def _lower(text: str) -> str:
    """Return ``text`` as the exact field spells it; patterns keep their wildcards."""
    return _letters(unicodedata.normalize("NFC", straighten(text)).lower(), "'")


def _letters(text: str, also: str = "") -> str:
    """Return ``text`` without what no token holds; wildcards stay."""
    return "".join(
        c
        for c in text
        if c.isalnum() or c in "*?" or c in also or unicodedata.category(c)[0] == "M"
    )


def _variants(text: str) -> list[str]:
    """Return ``text`` with each inner apostrophe kept, and with it as a space.

    Of more than three such words the variants are all kept or all spaces: whoever
    lost one apostrophe lost them all.
    """
    plain = _POSSESSIVE.sub("", straighten(text))
    words = plain.split()
    split = [_INNER.sub(" ", word) for word in words]
    if 2 ** sum(map(str.__ne__, words, split)) > MAX_VARIANTS:
        return [text, " ".join(split)]
    choices = [dict.fromkeys(pair) for pair in zip(words, split, strict=True)]
    others = islice(product(*choices), 1, None)
    return [text, *(" ".join(chosen) for chosen in others)]

"""What a word or phrase means that is exact, near, close to another, or a pattern."""

from __future__ import annotations

import re

from search.language import terms
from search.language.analyzers import EXACT, WORDS
from search.language.budget import (
    MAX_EDITS,
    MAX_FUZZY,
    MAX_NEAR,
    MAX_SLOP,
    MAX_WILDCARDS,
    MIN_FUZZY,
    MIN_PREFIX,
    Notes,
)
from search.language.meaning import Meaning, together
from search.language.terms import DEFAULT_FIELD, written


def exactly(text: str, field: str, slop: int, notes: Notes) -> Meaning | None:
    """Return that ``text`` stands there just so; None if there is no word in it.

    The exact field is title and text together: within one of them, the words must
    stand there in any form, and somewhere just so.
    """
    slop = _affordable(text, slop, notes)
    just_so = terms.written_exactly(text, slop)
    here = near(text, field, slop, notes)
    if just_so is None or here is None:
        return here
    words = f'exactly "{text}"{_apart(slop)}'
    if field == DEFAULT_FIELD:
        return Meaning(just_so, words)
    if field in ("title", "body"):
        both = together([here, Meaning(just_so, words)])
        return both and Meaning(both.tree, words)
    notes.warn(
        "Exact forms are known of titles and texts only: accents and endings were"
        f" ignored for {text}."
    )
    return here


def near(text: str, field: str, slop: int, notes: Notes) -> Meaning | None:
    """Return that the words of ``text`` stand there in order, near each other."""
    slop = _affordable(text, slop, notes)
    tree = written(field, text, slop)
    return tree and Meaning(tree, f'"{text}"{_apart(slop)}')


def fuzzy(text: str, field: str, notes: Notes) -> Meaning | None:
    """Return that a word close to the one in ``word~`` or ``word~2`` stands there."""
    word, _, digit = text.partition("~")
    one = len(EXACT.phrase(word)) == 1 == len(WORDS.phrase(word))
    if not one or not MIN_FUZZY <= len(word) <= MAX_FUZZY:
        notes.warn(
            f"~ was ignored in {text}: it takes one word of {MIN_FUZZY} to {MAX_FUZZY}"
            " letters."
        )
        return plain(word, field)
    edits = max(1, int(digit or 1))
    if edits > MAX_EDITS:
        notes.warn(f"A word may differ by {MAX_EDITS} letters at most.")
        edits = MAX_EDITS
    letters = "1 letter" if edits == 1 else f"{edits} letters"
    tree = terms.close_to(field, word, edits)
    return Meaning(tree, f"words within {letters} of {word}")


def pattern(text: str, field: str, notes: Notes) -> Meaning | None:
    """Return that a word stands there that fits ``text`` with its wildcards."""
    # A question mark at the end ends a question.
    kept = re.sub(r"\*[*?]*", "*", text.lstrip("*?")).rstrip("?")
    if text[0] in "*?":
        notes.warn(f"Wildcards at the beginning of {text} were ignored.")
    fixed, *rest = re.split("[*?]", kept)
    if not rest:
        return plain(kept, field)
    if sum(map(str.isalnum, fixed)) < MIN_PREFIX or len(rest) > MAX_WILDCARDS:
        notes.warn(
            f"{text} was read as plain words: a word needs {MIN_PREFIX} letters before"
            f" the first wildcard and has at most {MAX_WILDCARDS} of them."
        )
        return plain(re.sub("[*?]+", " ", kept).strip(), field)
    if kept == f"{fixed}*":
        tree = terms.beginning_with(field, fixed)
        return Meaning(tree, f"words beginning with {fixed}")
    return Meaning(terms.like(field, kept), f"words like {kept}")


def plain(text: str, field: str) -> Meaning | None:
    """Return that the words of ``text`` stand there in a row."""
    tree = written(field, text)
    return tree and Meaning(tree, text)


def _apart(slop: int) -> str:
    return f" within {slop} words" if slop > 1 else ""


def _affordable(text: str, slop: int, notes: Notes) -> int:
    """Return how far apart the words of ``text`` may be at that cost."""
    if slop > 1 and len(EXACT.phrase(text)) > MAX_NEAR:
        notes.warn(f"More than {MAX_NEAR} words were searched side by side only.")
        return 1
    if slop > MAX_SLOP:
        notes.warn(f"Words can be searched at most {MAX_SLOP} words apart.")
    return min(slop, MAX_SLOP)

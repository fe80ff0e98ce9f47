"""What a part of a query means: a Whoosh query, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from whoosh.query import And, Not

from search.language.terms import DEFAULT_FIELD, Tree, any_of

FIELD_WORDS = {
    "title": "title has",
    "body": "text has",
    "byline": "byline has",
    "chrome": "removed page furniture has",
}


class Form(IntEnum):
    """What a meaning's words are, and so where they need brackets."""

    ONE = 0
    ALL = 1
    ANY = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """``tree`` finds the articles that ``words`` describe."""

    tree: Tree
    words: str
    form: Form = Form.ONE

    @property
    def bracketed(self) -> str:
        """Return the words as part of a longer phrase."""
        return self.words if self.form is Form.ONE else f"({self.words})"


def either(parts: Iterable[Meaning | None]) -> Meaning | None:
    """Return that one of ``parts`` holds; None if there are none."""
    found = _distinct(parts)
    if len(found) < 2:
        return next(iter(found), None)
    words = " OR ".join(part.bracketed for part in found)
    return Meaning(any_of([part.tree for part in found]), words, Form.ANY)


def together(parts: Iterable[Meaning | None]) -> Meaning | None:
    """Return that all ``parts`` hold; None if there are none."""
    found = _distinct(parts)
    if len(found) < 2:
        return next(iter(found), None)
    trees = {repr(part.tree): part.tree for part in found}.values()
    words = " AND ".join(
        part.words if part.form is Form.ALL else part.bracketed for part in found
    )
    return Meaning(And(list(trees)), words, Form.ALL)


def negated(part: Meaning | None) -> Meaning | None:
    """Return that ``part`` does not hold."""
    return part and Meaning(Not(part.tree), f"NOT {part.bracketed}")


def in_field(part: Meaning | None, field: str) -> Meaning | None:
    """Return ``part``, its words saying that it is about ``field``."""
    if part is None or field == DEFAULT_FIELD:
        return part
    words = f"{FIELD_WORDS[field]} {part.bracketed}"
    return replace(part, words=words, form=Form.ONE)


def quoted(text: str) -> str:
    """Return ``text`` as a person would search it: several words in quotation marks."""
    return f'"{text}"' if " " in text else text


def _distinct(parts: Iterable[Meaning | None]) -> list[Meaning]:
    """Return what there is of ``parts``, each once."""
    return list({part.words: part for part in parts if part is not None}.values())

"""A syntax tree to its meaning: words, phrases, patterns and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from whoosh.qparser import syntax
from whoosh.query import Every

from search.language import values
from search.language.analyzers import WORDS, straighten
from search.language.budget import Notes
from search.language.expansions import Expander, Span
from search.language.meaning import Meaning, either, in_field, negated, together
from search.language.names import Names
from search.language.patterns import exactly, fuzzy, near, pattern
from search.language.reading import Corpus
from search.language.syntax import Quoted, Word
from search.language.terms import DEFAULT_FIELD
from search.model import Expansion, Offer, Scope

_FIELD_OF = {scope: scope.value for scope in Scope} | {Scope.ALL: DEFAULT_FIELD}
_EVERYTHING = ("*", "*:*")


def scope_in(nodes: Any, scope: Scope, notes: Notes) -> Scope:
    """Return the scope the text's own ``in:`` asks for, else ``scope``.

    Of several the last holds.
    """
    asked: Scope | None = None
    for node in _leaves(nodes):
        if _field(node) != "in":
            continue
        try:
            last = Scope(node.text.lower())
        except ValueError:
            notes.warn(f"in:{node.text} was ignored; in: takes {', '.join(Scope)}.")
            continue
        if asked not in (None, last):
            notes.warn(f"in:{asked} was ignored: of several in: the last holds.")
        asked = last
    return asked or scope


def has_content(text: str, nodes: Any) -> bool:
    """Return whether ``text``, read as ``nodes``, has anything beside ``in:``."""
    leaves = list(_leaves(nodes))
    only_in = bool(leaves) and all(_field(node) == "in" for node in leaves)
    return bool(text.strip()) and not only_in


class Builder:
    """Gives each node of one query its meaning."""

    def __init__(
        self, text: str, scope: Scope, corpus: Corpus, names: Names, notes: Notes
    ) -> None:
        self._text = text
        self._searched = _FIELD_OF[scope]
        self._corpus = corpus
        self._names = names
        self._notes = notes
        self._expander = Expander(text, corpus, names)

    @property
    def expansions(self) -> list[Expansion]:
        """Return what was searched beside what was written."""
        return self._expander.found

    @property
    def offers(self) -> list[Offer]:
        """Return the places that words may mean which were searched as words only."""
        return self._expander.offers

    def meaning(self, node: Any) -> Meaning | None:
        """Return the meaning of ``node``; None if there is nothing to search in it."""
        if isinstance(node, syntax.OrGroup):
            return either([self.meaning(child) for child in node])
        if isinstance(node, syntax.NotGroup):
            return negated(self.meaning(node[0]))
        if isinstance(node, syntax.GroupNode):
            return together(list(self._all_of(node)))
        if _is_plain(node):
            return together(list(self._run([node])))
        return self._leaf(node) if isinstance(node, syntax.TextNode) else None

    def _all_of(self, group: Any) -> Iterator[Meaning | None]:
        """Yield the meanings of a group's parts; plain words side by side are one."""
        run: list[Any] = []
        for node in group:
            if run and not (_is_plain(node) and self._goes_on(run[0], node)):
                yield from self._run(run)
                run = []
            if _is_plain(node):
                run.append(node)
            else:
                yield self.meaning(node)
        yield from self._run(run)

    def _goes_on(self, first: Any, node: Any) -> bool:
        """Return whether ``node`` is of the run ``first`` begins: ``place:(a b)``."""
        named_anew = _field(node) and self._text[: node.startchar].endswith(":")
        return _field(node) == _field(first) and not named_anew

    def _run(self, nodes: list[Any]) -> Iterator[Meaning | None]:
        """Yield the meanings of plain words side by side in one field."""
        field = _field(nodes[0]) if nodes else ""
        if field not in values.FIELDS:  # where a dash alone is no word
            nodes = [node for node in nodes if WORDS.phrase(node.text)]
        kept = [node for node in nodes if node.text and self._counts(node)]
        if not kept:
            return
        if field in values.FIELDS:
            found = self._value(field, " ".join(node.text for node in kept))
            if found is not None:
                yield found
                return
            field = ""
        spans = [Span(node.text, node.startchar, node.endchar) for node in kept]
        yield from self._expander.run(spans, field or self._searched)

    def _leaf(self, node: Any) -> Meaning | None:
        """Return the meaning of a phrase, a pattern or an exact word."""
        if not self._counts(node):
            return None
        field = _field(node)
        if field in values.FIELDS:
            found = self._value(field, node.text)
            if found is not None:
                return found
            field = ""
        field = field or self._searched
        if "*" in node.text and (node.exact or isinstance(node, Quoted)):
            self._notes.warn("In exact words and quotation marks * means nothing.")
        if node.exact:
            slop = node.slop if isinstance(node, Quoted) else 1
            return in_field(exactly(node.text, field, slop, self._notes), field)
        if isinstance(node, Quoted):
            return self._quoted(node, field)
        return in_field(_pattern(node.text, field, self._notes), field)

    def _counts(self, node: Any) -> bool:
        """Return whether ``node`` is to be searched: no ``in:``, and within budget."""
        if _field(node) == "in":
            return False
        return self._notes.room()

    def _quoted(self, node: Any, field: str) -> Meaning | None:
        """Return that the words stand there in a row, or near each other."""
        if node.slop > 1 and len(WORDS.phrase(node.text)) > 1:
            return in_field(near(node.text, field, node.slop, self._notes), field)
        span = Span(node.text, node.startchar, node.endchar)
        return self._expander.phrase(span, field)

    def _value(self, field: str, value: str) -> Meaning | None:
        return values.meaning_of(field, value, self._corpus, self._names, self._notes)


def _field(node: Any) -> str:
    return (getattr(node, "fieldname", None) or "").lower()


def _is_plain(node: Any) -> bool:
    """Return whether ``node`` is a word without anything that gives it a sense."""
    if not isinstance(node, Word) or node.exact:
        return False
    is_address = "://" in node.text
    return is_address or not re.search(r"[*~]|\?(?=[\w*])", node.text)


def _pattern(text: str, field: str, notes: Notes) -> Meaning | None:
    """Return the meaning of a word with wildcards or a distance."""
    if text in _EVERYTHING:
        return Meaning(Every(), "everything")
    if re.fullmatch(r"[^~]+~[0-9]?", text):
        return fuzzy(text, field, notes)
    # Other words that hang together with it are looked for anywhere.
    parts = re.findall(r"[\w'*?]+", straighten(text))
    return together([pattern(part, field, notes) for part in parts])


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, syntax.GroupNode):
        for child in node:
            yield from _leaves(child)
    elif isinstance(node, syntax.TextNode):
        yield node

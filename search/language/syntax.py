"""Query text to a syntax tree, by Whoosh's parser with plugins of our own.

``AND`` binds tighter than ``OR``, and words side by side are joined by AND. Whatever
cannot be read as syntax is left as plain words, and a note says so.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from whoosh.qparser import (
    FieldsPlugin,
    GroupPlugin,
    OperatorsPlugin,
    Plugin,
    QueryParser,
    RegexTagger,
    syntax,
)

from search.language.budget import MAX_DEPTH, Notes
from search.language.terms import DEFAULT_FIELD

FIELDS = (
    *("title", "body", "byline", "source", "agency", "place", "dateline", "lang"),
    *("author", "kind", "date", "after", "before", "in"),
)

_BEFORE = r"(?:^|(?<=[\s()\"]))"
_AFTER = r"(?=[\s()\"]|$)"
_BOOST = r"(?:\^[\d.]*)?"
# Typographic quotation marks are quotation marks; NUL is no part of a word.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂", '"') | {"\x00": " "})
_PUNCTUATION = ",;:!…"
_NO_FIELDS = ("http", "https", "ftp", "mailto", "file")


class Word(syntax.WordNode):  # type: ignore[misc]
    """A word as written, with what is attached to it; ``exact`` for ``=word``."""

    exact = False


class Quoted(syntax.WordNode):  # type: ignore[misc]
    """The text between quotation marks; ``slop`` is 1 for words in a row."""

    exact = False
    slop = 1


class Break(syntax.MarkerNode):  # type: ignore[misc]
    """Stands where words on both sides are no run of plain words."""


def parse(text: str, notes: Notes) -> Any:
    """Return the syntax tree of ``text``: an ``AndGroup`` or ``OrGroup`` of nodes.

    Node offsets are offsets into ``text``.
    """
    parser = copy(_PARSER)
    parser.notes = notes
    return parser.process(text.translate(_QUOTES))


class _Parser(QueryParser):  # type: ignore[misc]
    """Whoosh's parser, its plugins asked once for what they do.

    ``notes`` are those of the one text that is parsed with a copy of it.
    """

    notes: Notes

    def __init__(self, plugins: list[Any]) -> None:
        super().__init__(DEFAULT_FIELD, None, plugins=plugins)
        self._taggers: list[Any] = super().taggers()
        self._filters: list[Any] = super().filters()

    def taggers(self) -> list[Any]:
        """Return what finds the parts of a text, in order."""
        return self._taggers

    def filters(self) -> list[Any]:
        """Return what turns the parts into a tree, in order."""
        return self._filters


class _Words(Plugin):  # type: ignore[misc]
    """Takes words and quoted phrases whole, before anything in them is looked at."""

    def taggers(self, parser: _Parser) -> list[tuple[RegexTagger, int]]:  # noqa: ARG002
        """Return what finds phrases, words, and quotation marks left over."""
        return [
            (_QuotedTagger(), 10),
            (_WordTagger(), 200),
        ]


class _QuotedTagger(RegexTagger):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(rf'=?"(?P<text>[^"]*)"(?:~(?P<slop>\d*))?(?P<boost>{_BOOST})')

    def create(self, parser: _Parser, match: re.Match[str]) -> Quoted:
        """Return the phrase."""
        if match["boost"]:
            _refuse_boost(parser.notes)
        text = match["text"].strip()
        node = Quoted(parser.notes.shortened(text.removeprefix("=")))
        node.exact = text.startswith("=") or match[0].startswith("=")
        # More digits than any number of words in a query are as good as a thousand.
        node.slop = int((match["slop"] or "1")[:3]) or 1
        return node


class _WordTagger(RegexTagger):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(r'(?P<text>[^\s()"]+)|"')

    def create(self, parser: _Parser, match: re.Match[str]) -> Any:
        """Return the word; a mark without its partner is only a space."""
        text = match["text"]
        if text is None:
            parser.notes.warn('A quotation mark (") without a second one was ignored.')
            return Break()
        # What is attached to a closing bracket applies to nothing.
        text = re.sub(r"^[~^][\d.]*$", "", text) if _follows_bracket(match) else text
        bare = re.sub(r"(?<=.)\^[\d.]*$", "", text)
        if bare != match["text"]:
            _refuse_boost(parser.notes)
        _look_for_fields(
            parser.notes, bare, match.string[match.end() : match.end() + 1]
        )
        word = bare.lstrip("+").removeprefix("=")
        word = word.lstrip(_PUNCTUATION).rstrip(f"{_PUNCTUATION}?")
        # The full stop of a sentence; U.S. keeps its own, 2016.. is an open period.
        word = re.sub(r"(?<=[^\W\d])(?<!\.\w)\.+$", "", word)
        node = Word(parser.notes.shortened(word))
        node.exact = bare.startswith("=")
        return node


def _look_for_fields(notes: Notes, word: str, following: str) -> None:
    """Say so where somebody seems to have meant a field."""
    name, colon, value = word.partition(":")
    if not colon or not re.fullmatch("[A-Za-z]+", name):
        return
    followed = not value and following != "" and following in '"('
    if name.lower() not in FIELDS:
        meant = name.lower() not in _NO_FIELDS and value[:1].isalnum()
        if meant or followed:
            notes.warn(
                f"There is no field {name}, so {word} was read as words."
                f" Fields are {', '.join(FIELDS)}."
            )
    elif not value:
        notes.warn(
            f"{word} was read as a word: the value of a field follows without a"
            f" space, as in {name.lower()}:word."
        )


def _follows_bracket(match: re.Match[str]) -> bool:
    return match.start() > 0 and match.string[match.start() - 1] == ")"


def _refuse_boost(notes: Notes) -> None:
    notes.warn("Weights (^2) and distances (~5) after brackets have no effect.")


class _Brackets(GroupPlugin):  # type: ignore[misc]
    """Whoosh's brackets, with a greatest depth and a note where one is missing."""

    def do_groups(self, parser: _Parser, group: Any) -> Any:
        """Return the flat ``group`` as nested ones."""
        stack = [parser.group()]
        ignored = 0  # open brackets beyond the greatest depth
        for node in group:
            if isinstance(node, self.OpenBracket):
                if len(stack) > MAX_DEPTH:
                    ignored += 1
                    parser.notes.warn(
                        f"Brackets more than {MAX_DEPTH} deep were ignored."
                    )
                    stack[-1].append(Break())
                else:
                    stack.append(parser.group())
            elif not isinstance(node, self.CloseBracket):
                stack[-1].append(node)
            elif ignored:
                ignored -= 1
                stack[-1].append(Break())
            elif len(stack) > 1:
                last = stack.pop()
                stack[-1].append(last)
            else:
                parser.notes.warn("A bracket without a second one was ignored.")
                stack[-1].append(Break())
        if len(stack) > 1:
            parser.notes.warn("A bracket without a second one was ignored.")
        while len(stack) > 1:  # a bracket left open closes at the end
            last = stack.pop()
            stack[-1].append(last)
        return stack[0]


class _Operators(OperatorsPlugin):  # type: ignore[misc]
    """Whoosh's operators with the usual precedence: NOT, AND, OR."""

    def __init__(self) -> None:
        tagger, negate = self.OpTagger, syntax.PrefixOperator
        minus = r"(?:^|(?<=[\s(]))[-−](?=[^\s)-])"
        super().__init__(
            [
                (tagger(minus, syntax.NotGroup, negate, memo="minus"), 0),
                (tagger(f"{_BEFORE}NOT{_AFTER}", syntax.NotGroup, negate), 0),
                (tagger(f"{_BEFORE}AND{_AFTER}", syntax.AndGroup), 0),
                (tagger(f"{_BEFORE}OR{_AFTER}", syntax.OrGroup), 0),
            ],
            clean=True,
        )

    def do_operators(self, parser: _Parser, group: Any) -> Any:
        """Return ``group`` with its operators applied, in one pass."""
        alternatives = [parser.group()]
        pending: Any = None  # the operator that still waits for what follows it
        negated = False
        for node in group:
            current = alternatives[-1]
            if isinstance(node, Break):
                current.append(node)
            elif not isinstance(node, syntax.Operator):
                inner = node
                if isinstance(node, syntax.GroupNode):
                    inner = self.do_operators(parser, node)
                current.append(syntax.NotGroup([inner]) if negated else inner)
                pending, negated = None, False
            elif node.grouptype is syntax.NotGroup:
                pending, negated = node, not negated
            elif pending or not current:
                _dangling(parser, node)
            else:
                pending = node
                if node.grouptype is syntax.OrGroup:
                    alternatives.append(parser.group())
                else:
                    current.append(Break())
        if pending:
            _dangling(parser, pending)
        found = [alternative for alternative in alternatives if alternative]
        return found[0] if len(found) == 1 else syntax.OrGroup(found)


def _dangling(parser: _Parser, node: Any) -> None:
    parser.notes.warn(f"{node.text} with nothing to apply to was ignored.")


_PARSER = _Parser(
    [
        _Brackets(),
        _Operators(),
        FieldsPlugin(rf"(?i:(?<![^\s(-])(?P<text>{'|'.join(FIELDS)}):(?=[^\s)]))"),
        _Words(),
    ]
)

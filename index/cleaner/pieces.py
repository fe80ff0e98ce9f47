"""A page as a sequence of pieces with their features, from one pass over its tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bs4 import Tag

from index.cleaner import marks
from index.cleaner.repair import tidy, unescape
from index.cleaner.tree import Close, Event, Open, Words, attribute

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q "
    "s samp small span strike strong sub sup time tt u var wbr rt rp ruby img label "
    "o:p amp-img picture source input".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_INLINE_RULES = frozenset(
    ("hidden", "caption", "share", "timestamp", "byline", "advert")
)


@dataclass(slots=True)
class Element:
    """A block-level element; ``parent`` is its index in the page's list, root 0.

    ``rule`` is what its own name and attributes say; ``mass`` and ``links`` are the
    characters of running text, and of link text, in it and below.
    """

    name: str
    parent: int
    label: str
    rule: str | None
    itemprop: str = ""
    mass: int = 0
    links: int = 0
    words: int = 0


@dataclass(slots=True)
class Piece:
    """A paragraph-like run of text.

    ``element`` is the index of the element it stands in, ``tag`` the name of the
    nearest telling element, ``linked`` the number of its characters inside links.
    """

    text: str
    element: int
    tag: str
    linked: int
    rule: str | None = None
    bold: bool = False

    @property
    def density(self) -> float:
        """Return the share of the text that is link text."""
        return min(1.0, self.linked / max(1, len(self.text)))


@dataclass(slots=True)
class Layout:
    """All elements and all pieces of a page, both in page order."""

    elements: list[Element] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def layout(events: Iterable[Event]) -> Layout:
    """Return the pieces and elements of a page's tree; linear in its size."""
    pass_ = _Pass()
    for event in events:
        if isinstance(event, Words):
            pass_.words(event.text)
        elif isinstance(event, Open):
            pass_.open(event.tag)
        elif isinstance(event, Close):
            pass_.close()
    pass_.flush()
    return pass_.made


@dataclass(slots=True)
class _Frame:
    element: int
    is_block: bool
    silent: bool
    linked: bool
    preformatted: bool
    tag: str
    rule: str | None  # of an inline element that was made a piece of its own
    bold: bool


class _Pass:
    """The state of the one pass: open elements and the text not yet flushed."""

    def __init__(self) -> None:
        self.made = Layout([Element("", -1, "", None)])
        self._frames = [_Frame(0, True, False, False, False, "", None, False)]
        self._buffer: list[str] = []
        self._linked = 0
        self._plain_weight = False
        self._breaks = 0

    def words(self, text: str) -> None:
        """Add text to the piece being gathered."""
        top = self._frames[-1]
        if top.silent:
            return
        if top.preformatted and "\n" in text:
            self._lines(text)
            return
        blank = not text or text.isspace()
        if blank:
            self._buffer.append(" ")
            return
        self._breaks = 0
        self._buffer.append(text)
        if top.linked:
            self._linked += len(text.strip())
        if not top.bold:
            self._plain_weight = True

    def open(self, tag: Tag) -> None:
        """Enter an element, which may end the piece."""
        name = tag.name.lower()
        top = self._frames[-1]
        if name in ("br", "hr"):
            self._breaks += 1
            if self._breaks > 1 or name == "hr":
                self.flush()
            else:
                self._buffer.append("\n")
            self._frames.append(top)
            return
        if top.silent or name in marks.SILENT:
            self._frames.append(_Frame(top.element, False, True, False, False, "", None, False))  # fmt: skip
            return
        label, role = _label(tag), attribute(tag, "role").lower()
        rule = "hidden" if _is_hidden(tag) else marks.rule_of(name, role, label)
        inline = name in _INLINE
        own = inline and rule in _INLINE_RULES and name in ("span", "small", "time", "cite")  # fmt: skip
        linked = top.linked or (name == "a" and tag.has_attr("href"))
        bold = top.bold or name in ("b", "strong") or name in _HEADINGS
        if inline and not own:
            self._frames.append(_Frame(top.element, False, False, linked, top.preformatted, top.tag, top.rule, bold))  # fmt: skip
            return
        self.flush()
        index = len(self.made.elements)
        self.made.elements.append(
            Element(name, top.element, label, rule, attribute(tag, "itemprop").lower())
        )
        self._frames.append(
            _Frame(index, True, False, linked, top.preformatted or name == "pre",
                   _telling(name, top.tag), None, bold)
        )  # fmt: skip

    def close(self) -> None:
        """Leave the innermost element, which may end the piece."""
        if self._frames[-1].is_block and self._frames[-1] is not self._frames[-2]:
            self.flush()
        self._frames.pop()

    def flush(self) -> None:
        """End the piece being gathered, if it has any text."""
        text = "".join(self._buffer)
        if text and not text.isspace():
            text = tidy(unescape(text))
            if text:
                top = self._frames[-1]
                self.made.pieces.append(
                    Piece(text, top.element, top.tag, self._linked, top.rule,
                          not self._plain_weight)
                )  # fmt: skip
        self._buffer.clear()
        self._linked = self._breaks = 0
        self._plain_weight = False

    def _lines(self, text: str) -> None:
        """Add preformatted text, where a blank line ends a piece."""
        for number, line in enumerate(text.split("\n")):
            if number and (not line or line.isspace()):
                self.flush()
            elif line and not line.isspace():
                self._buffer.extend((line, " "))
                self._plain_weight = True


def _label(tag: Tag) -> str:
    parts = (attribute(tag, name) for name in ("class", "id", "data-component", "data-type"))  # fmt: skip
    return " ".join(part for part in parts if part)


def _is_hidden(tag: Tag) -> bool:
    if tag.has_attr("hidden"):
        return True
    style = attribute(tag, "style").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _telling(name: str, above: str) -> str:
    if name in _HEADINGS or name in ("p", "li", "blockquote", "td", "th", "dt", "dd", "pre"):  # fmt: skip
        return above if name == "p" and above in ("li", "blockquote") else name
    return above if above in ("li", "blockquote") else "div"

"""A page as a sequence of pieces with their features, from one pass over its tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bs4 import Tag

from index.cleaner import marks, vocabulary
from index.cleaner.repair import tidy, unescape
from index.cleaner.tree import Event, attribute

_INLINE = vocabulary.words("inline")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TELLING = HEADINGS | {"p", "li", "blockquote", "td", "th", "dt", "dd", "pre"}
# Inline elements that are pieces of their own where their class says so.
_OWN = frozenset(("span", "small", "time", "cite"))
_APART = _OWN | {"a"}
_LABELS = ("class", "id", "data-component", "data-type")
_OWN_RULES = frozenset(
    ("hidden", "caption", "share", "timestamp", "byline", "advert", "meta")
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
    nearest telling element, ``linked`` the number of its characters inside links;
    ``bold`` and ``small`` tell that all of it is.
    """

    text: str
    element: int
    tag: str
    linked: int
    rule: str | None = None
    bold: bool = False
    small: bool = False

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
        if event is None:
            pass_.close()
        elif isinstance(event, str):
            pass_.words(event)
        else:
            pass_.open(event)
    pass_.flush()
    return pass_.made


@dataclass(slots=True, kw_only=True)
class _Frame:
    """An open element; ``rule`` is that of an inline one made a piece of its own.

    ``apart`` is set on inline ones that styles often set apart, as in bylines.
    """

    element: int
    tag: str = ""
    rule: str | None = None
    is_block: bool = False
    silent: bool = False
    linked: bool = False
    preformatted: bool = False
    bold: bool = False
    small: bool = False
    apart: bool = False


class _Pass:
    """The state of the one pass: open elements and the text not yet flushed."""

    def __init__(self) -> None:
        self.made = Layout([Element("", -1, "", None)])
        self._frames = [_Frame(element=0, is_block=True)]
        self._buffer: list[str] = []
        self._linked = 0
        self._plain_weight = self._plain_size = False
        self._breaks = 0
        self._closed = self._seam = False  # an apart one ended; the next began

    def words(self, text: str) -> None:
        """Add text to the piece being gathered."""
        top = self._frames[-1]
        if top.silent:
            return
        if top.preformatted and "\n" in text:
            self._lines(text)
            return
        if not text or text.isspace():
            self._buffer.append(" ")
            return
        if self._seam and self._buffer and _are_apart(self._buffer[-1], text):
            self._buffer.append(" ")
        self._breaks = 0
        self._closed = self._seam = False
        self._buffer.append(text)
        if top.linked:
            self._linked += len(text.strip())
        self._plain_weight |= not top.bold
        self._plain_size |= not top.small

    def open(self, tag: Tag) -> None:
        """Enter an element, which may end the piece."""
        name, top = tag.name.lower(), self._frames[-1]
        self._seam |= self._closed and name in _APART
        if name in ("br", "hr"):
            self._break(name)
            self._frames.append(replace(top, is_block=False))
        elif top.silent or name in marks.SILENT:
            self._frames.append(_Frame(element=top.element, silent=True))
        else:
            self._frames.append(self._enter(tag, name, top))

    def _enter(self, tag: Tag, name: str, top: _Frame) -> _Frame:
        label, rule = _marked(tag, name)
        linked = top.linked or (name == "a" and "href" in tag.attrs)
        bold = top.bold or name in ("b", "strong") or name in HEADINGS
        small = top.small or _is_small(name, tag)
        if name in _INLINE and not (name in _OWN and rule in _OWN_RULES):
            return _Frame(
                element=top.element,
                tag=top.tag,
                rule=top.rule,
                linked=linked,
                preformatted=top.preformatted,
                bold=bold,
                small=small,
                apart=name in _APART,
            )
        self.flush()
        itemprop = attribute(tag, "itemprop").lower()
        self.made.elements.append(Element(name, top.element, label, rule, itemprop))
        return _Frame(
            element=len(self.made.elements) - 1,
            tag=_telling(name, top.tag),
            is_block=True,
            linked=linked,
            preformatted=top.preformatted or name == "pre",
            bold=bold,
            small=small,
        )

    def _break(self, name: str) -> None:
        """Two line breaks in a row end a piece, one is a space."""
        self._breaks += 1
        if self._breaks > 1 or name == "hr":
            self.flush()
        else:
            self._buffer.append(" ")

    def close(self) -> None:
        """Leave the innermost element, which may end the piece."""
        if self._frames[-1].is_block:
            self.flush()
        self._closed |= self._frames.pop().apart

    def flush(self) -> None:
        """End the piece being gathered, if it has any text."""
        text = tidy(unescape("".join(self._buffer)))
        if text:
            top = self._frames[-1]
            piece = Piece(text, top.element, top.tag, self._linked, top.rule)
            piece.bold = not self._plain_weight
            piece.small = not self._plain_size
            self.made.pieces.append(piece)
        self._buffer.clear()
        self._linked = self._breaks = 0
        self._plain_weight = self._plain_size = False

    def _lines(self, text: str) -> None:
        """Add preformatted text, where a blank line ends a piece."""
        for number, line in enumerate(text.split("\n")):
            if number and (not line or line.isspace()):
                self.flush()
            elif line and not line.isspace():
                self._buffer.extend((line, " "))
                self._plain_weight = self._plain_size = True


def _marked(tag: Tag, name: str) -> tuple[str, str | None]:
    """Return an element's class and id, and the rule it calls for."""
    attributes = tag.attrs
    if not attributes:
        return "", marks.rule_of(name, "", "")
    parts = (attribute(tag, key) for key in _LABELS if key in attributes)
    label = " ".join(part for part in parts if part)
    if _is_hidden(tag):
        return label, "hidden"
    return label, marks.rule_of(name, attribute(tag, "role").lower(), label)


def _is_hidden(tag: Tag) -> bool:
    if "hidden" in tag.attrs:
        return True
    if "style" not in tag.attrs:
        return False
    style = attribute(tag, "style").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _are_apart(before: str, text: str) -> bool:
    """Tell whether two texts without a space between them are no one word."""
    last, first, second = before[-1:], text[:1], text[1:2]
    if min(len(before), len(text)) < 2 or not last.isalnum():
        return False
    starts = first.isupper() and (last.islower() or not second.isupper())
    return first.isdigit() or starts


def _is_small(name: str, tag: Tag) -> bool:
    return name == "small" or (
        name == "font" and attribute(tag, "size").strip() in ("1", "-1", "-2")
    )


def _telling(name: str, above: str) -> str:
    """Return the tag a piece in ``name`` counts as; a paragraph of a list is a list."""
    if above in ("li", "blockquote") and name not in HEADINGS:
        return above
    return name if name in _TELLING else "div"


def sort_of(page: Layout, piece: Piece) -> tuple[str, ...]:
    """Return what pieces of one sort share: tag, and name and class of two elements."""
    element = page.elements[piece.element]
    above = page.elements[max(0, element.parent)]
    return piece.tag, element.name, element.label, above.name, above.label


def articles_of(page: Layout) -> list[int]:
    """Return the innermost article element that each element is in, 0 for none."""
    found = [0]
    for index, element in enumerate(page.elements[1:], start=1):
        found.append(index if element.name == "article" else found[element.parent])
    return found


def around(page: Layout, piece: Piece | None) -> frozenset[int]:
    """Return the elements that hold ``piece``, to the root; none for no piece."""
    found = set()
    index = piece.element if piece else -1
    while index >= 0:
        found.add(index)
        index = page.elements[index].parent
    return frozenset(found)

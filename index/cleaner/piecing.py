"""From a page's tree to its pieces and elements, in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bs4 import Tag

from index.cleaner import marks, styles, vocabulary
from index.cleaner.pieces import HEADINGS, Element, Layout, Piece
from index.cleaner.repair import tidy, unescape
from index.cleaner.tree import Event, attribute

_INLINE = vocabulary.words("inline")
_TELLING = HEADINGS | {"p", "li", "blockquote", "td", "th", "dt", "dd", "pre"}
# Inline elements that are pieces of their own where their class says so.
_OWN = frozenset(("span", "small", "time", "cite"))
_APART = _OWN | {"a"}
_PICTURES = frozenset(("img", "amp-img"))
_OWN_RULES = frozenset(
    ("hidden", "caption", "share", "timestamp", "byline", "advert", "meta")
)
_QUOTED = 40  # characters of such a link; a button has fewer
_LEAST = 2  # links of a card that is shown over a paragraph


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


@dataclass(frozen=True, slots=True)
class _Gathered:
    """How much is gathered: pieces, then of the next one texts, characters linked,
    and links, and the pictures above.
    """

    pieces: int
    texts: int
    linked: int
    links: int
    pictures: int


@dataclass(slots=True, kw_only=True)
class _Frame:
    """An open element; ``rule`` is that of an inline one made a piece of its own.

    ``apart`` is set on inline ones that styles often set apart, as in bylines, and
    ``opened`` is what was gathered where one began that may be a card.
    """

    element: int
    tag: str = ""
    rule: str | None = None
    is_block: bool = False
    silent: bool = False
    linked: bool = False
    passed_on: bool = False
    preformatted: bool = False
    bold: bool = False
    small: bool = False
    italic: bool = False
    apart: bool = False
    opened: _Gathered | None = None


class _Pass:
    """The state of the one pass: open elements and the text not yet flushed."""

    def __init__(self) -> None:
        self.made = Layout([Element("", -1, "", None)])
        self._frames = [_Frame(element=0, is_block=True)]
        self._buffer: list[str] = []
        self._linked = 0
        self._links = self._pictures = self._above = 0
        self._plain_weight = self._plain_size = self._plain_slant = False
        self._begun = self._ends_in_link = False
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
        if not self._begun:
            self._begun, self._above = True, self._pictures
        self._ends_in_link = top.linked
        if top.linked and not (top.passed_on and len(text) > _QUOTED):
            self._linked += len(text.strip())
        self._plain_weight |= not top.bold
        self._plain_size |= not top.small
        self._plain_slant |= not top.italic

    def open(self, tag: Tag) -> None:
        """Enter an element, which may end the piece."""
        name, top = tag.name.lower(), self._frames[-1]
        self._seam |= self._closed and name in _APART
        if name in ("br", "hr"):
            self._break(name)
            self._frames.append(replace(top, is_block=False, opened=None))
        elif top.silent or name in marks.SILENT:
            self._frames.append(_Frame(element=top.element, silent=True))
        else:
            self._frames.append(self._enter(tag, name, top))

    def _enter(self, tag: Tag, name: str, top: _Frame) -> _Frame:
        label, rule = styles.marked(tag, name)
        made = self._styled(tag, name, top)
        if name in _INLINE and not (name in _OWN and rule in _OWN_RULES):
            return made
        self.flush()
        itemprop = attribute(tag, "itemprop").lower()
        self.made.elements.append(Element(name, top.element, label, rule, itemprop))
        made.element, made.tag = len(self.made.elements) - 1, _telling(name, top.tag)
        made.is_block, made.apart, made.rule, made.opened = True, False, None, None
        return made

    def _styled(self, tag: Tag, name: str, top: _Frame) -> _Frame:
        """Return the frame of an inline element, and count links and pictures."""
        is_link = name == "a" and "href" in tag.attrs
        self._links += is_link
        self._pictures += name in _PICTURES
        is_box = name == "span" and self._begun
        return _Frame(
            element=top.element,
            tag=top.tag,
            rule=top.rule,
            linked=top.linked or is_link,
            passed_on=top.passed_on or (is_link and styles.is_passed_on(tag)),
            preformatted=top.preformatted or name == "pre",
            bold=top.bold or name in ("b", "strong") or name in HEADINGS,
            small=top.small or styles.is_small(name, tag),
            italic=top.italic or name in ("i", "em"),
            apart=name in _APART,
            opened=self._gathered() if is_box else None,
        )

    def _gathered(self) -> _Gathered:
        return _Gathered(
            pieces=len(self.made.pieces),
            texts=len(self._buffer),
            linked=self._linked,
            links=self._links,
            pictures=self._pictures,
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
        top = self._frames.pop()
        if top.is_block:
            self._frames.append(top)
            self.flush()
            self._frames.pop()
        elif top.opened is not None:
            self._cut(top, top.opened)
        self._closed |= top.apart

    def _cut(self, top: _Frame, opened: _Gathered) -> None:
        """Make a card in a paragraph, a picture and links, a piece of its own."""
        if len(self.made.pieces) != opened.pieces or self._pictures == opened.pictures:
            return
        texts = self._buffer[opened.texts :]
        linked, links = self._linked - opened.linked, self._links - opened.links
        if links < _LEAST or not 0 < sum(len(t.strip()) for t in texts) <= linked:
            return
        text = tidy(unescape("".join(texts)))
        card = Piece(text, top.element, top.tag, len(text), "related")
        card.links, card.pictures = links, opened.pictures
        self.made.pieces.append(card)
        del self._buffer[opened.texts :]
        self._linked, self._links = opened.linked, opened.links

    def flush(self) -> None:
        """End the piece being gathered, if it has any text."""
        text = tidy(unescape("".join(self._buffer)))
        if text:
            top = self._frames[-1]
            piece = Piece(text, top.element, top.tag, self._linked, top.rule)
            piece.bold = not self._plain_weight
            piece.small = not self._plain_size
            piece.italic = not self._plain_slant
            piece.links, piece.ends_in_link = self._links, self._ends_in_link
            piece.pictures = self._above
            self.made.pieces.append(piece)
        self._buffer.clear()
        self._linked = self._links = self._breaks = 0
        self._begun = False
        self._plain_weight = self._plain_size = self._plain_slant = False

    def _lines(self, text: str) -> None:
        """Add preformatted text, where a blank line ends a piece."""
        for number, line in enumerate(text.split("\n")):
            if number and (not line or line.isspace()):
                self.flush()
            elif line and not line.isspace():
                self._buffer.extend((line, " "))
                self._plain_weight = self._plain_size = self._plain_slant = True


def _are_apart(before: str, text: str) -> bool:
    """Tell whether two texts without a space between them are no one word."""
    last, first, second = before[-1:], text[:1], text[1:2]
    if min(len(before), len(text)) < 2 or not last.isalnum():
        return False
    starts = first.isupper() and (last.islower() or not second.isupper())
    return first.isdigit() or starts


def _telling(name: str, above: str) -> str:
    """Return the tag a piece in ``name`` counts as; a paragraph of a list is a list."""
    if above in ("li", "blockquote") and name not in HEADINGS:
        return above
    return name if name in _TELLING else "div"

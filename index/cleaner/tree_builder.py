"""A builder of BeautifulSoup's tree that leaves out what nobody here reads.

Drawings, styles, scripts but JSON-LD, comments and all attributes but a few take a
third of the time of a tree, and more of its memory. Measured with bench/clean.py.
"""

from __future__ import annotations

from typing import Any

from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import AttributeDict

_EMPTY = frozenset(("style", "script", "template"))
_SHAPES = frozenset(
    (
        *("path", "g", "defs", "use", "rect", "circle", "ellipse", "line", "polygon"),
        *("polyline", "clippath", "mask", "lineargradient", "radialgradient", "stop"),
        *("filter", "fegaussianblur", "fecolormatrix", "feoffset", "feblend"),
    )
)
_READ = frozenset(
    (
        *("class", "id", "role", "itemprop", "style", "hidden", "size", "href", "rel"),
        *("datetime", "pubdate", "name", "property", "content", "http-equiv", "type"),
        *("lang", "xml:lang", "data-component", "data-type", "data-testid"),
    )
)


class TreeBuilder(LXMLTreeBuilder):
    """Keeps ``_EMPTY`` elements without their text, and no ``_SHAPES`` at all."""

    soup: Any  # BeautifulSoup's, set before anything is parsed

    def __init__(self) -> None:
        super().__init__(multi_valued_attributes=None, string_containers={})
        self.attribute_dict_class = AttributeDict
        self._is_read = True

    def start(self, tag: Any, attrib: Any, nsmap: Any = None) -> None:  # noqa: ARG002
        """Open an element."""
        if tag in _SHAPES:
            return
        attributes = AttributeDict()
        for name, value in attrib.items():
            if name in _READ:
                attributes[name] = value
        self.soup.handle_starttag(tag, None, None, attributes)
        if tag in _EMPTY:
            self._is_read = "ld+json" in attributes.get("type", "").lower()

    def end(self, tag: Any) -> None:
        """Close an element."""
        if tag in _SHAPES:
            return
        if tag in _EMPTY:
            self._is_read = True
        self.soup.endData()
        self.soup.handle_endtag(tag, None)

    def data(self, data: Any) -> None:
        """Add text."""
        if self._is_read:
            self.soup.handle_data(data)

    def comment(self, text: Any) -> None:
        """Leave out a comment."""

    def pi(self, target: Any, data: Any) -> None:
        """Leave out a processing instruction."""

    def doctype(self, name: Any, pubid: Any, system: Any) -> None:
        """Leave out the doctype."""

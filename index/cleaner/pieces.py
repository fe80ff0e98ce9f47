"""A page as a sequence of pieces: paragraphs with what their markup tells of them."""

from __future__ import annotations

from dataclasses import dataclass, field

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


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
    nearest telling element, ``linked`` the number of its characters inside links and
    ``links`` that of the links; ``ends_in_link`` tells that its last words are one.
    ``bold``, ``small`` and ``italic`` tell that all of it is. ``pictures`` is how many
    there are on the page above its first word.
    """

    text: str
    element: int
    tag: str
    linked: int
    rule: str | None = None
    bold: bool = False
    small: bool = False
    italic: bool = False
    links: int = 0
    ends_in_link: bool = False
    pictures: int = 0

    @property
    def density(self) -> float:
        """Return the share of the text that is link text."""
        return min(1.0, self.linked / max(1, len(self.text)))


@dataclass(slots=True)
class Layout:
    """All elements and all pieces of a page, both in page order."""

    elements: list[Element] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


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

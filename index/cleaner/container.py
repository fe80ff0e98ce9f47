"""Which elements of a page hold the article: hints first, then where the text is."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from index.cleaner import marks, wording
from index.cleaner.pieces import Layout, Piece, around

_ENDS = frozenset(".!?…。！？؟।,;:،")
# Shares of a page's running text from which a mark says nothing of an element: on one
# around the headline, on any, on one that stands around articles.
_SOME, _HALF, _MOST = 0.045, 0.45, 0.8
_AROUND = frozenset(("navigation", "footer", "dialog"))
_DOMINANT = 0.85  # share of an element's text that makes its child the better choice
STRONG = frozenset(("navigation", "footer", "comments", "noscript", "hidden", "dialog"))


def effective(
    layout: Layout,
    *,
    trusted: AbstractSet[str] | None = None,
    doubted: AbstractSet[str] = frozenset(),
) -> list[str | None]:
    """Return for each element the rule that holds in it, its own or one above it.

    Rules that are not ``trusted``, where that is given, or ``doubted`` are void. A
    rule is void on an element that holds the headline or most of the page's text: a
    class such as ``with-share`` on the article's own wrapper says nothing of it.
    """
    _weigh(layout, None)
    whole = layout.elements[0].mass
    headed = around(layout, next((p for p in layout.pieces if p.tag == "h1"), None))
    rules: list[str | None] = []
    for index, element in enumerate(layout.elements):
        own = element.rule
        if own in doubted or (trusted is not None and own not in trusted):
            own = None
        if index in headed and own != "hidden" and element.mass > _SOME * whole:
            own = None
        most = _MOST if own in _AROUND else _HALF
        if element.mass > most * whole and own != "comments":
            own = None
        if "articlebody" in element.itemprop:
            own = None
        above = rules[element.parent] if element.parent >= 0 else None
        rules.append(above or own)
    return rules


def choose(layout: Layout, rules: list[str | None]) -> list[bool]:
    """Return for each element whether it stands in the article's containers."""
    _weigh(layout, rules)
    children = _children(layout)
    top = _descend(layout, children, 0)
    roots = _hinted(layout, top) or [top]
    inside = [False] * len(layout.elements)
    for root in roots:
        inside[root] = True
    for index, element in enumerate(layout.elements):
        if element.parent >= 0 and inside[element.parent]:
            inside[index] = True
    return inside


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece reads like running text rather than a label or a link."""
    text = piece.text
    return (
        len(text) >= 60
        and piece.density < 0.5
        and piece.tag not in ("h1", "h2", "h3", "h4", "h5", "h6")
        and not _ENDS.isdisjoint(text)
        and not wording.is_notice(text)
    )


def _weigh(layout: Layout, rules: list[str | None] | None) -> None:
    for element in layout.elements:
        element.mass = 0
    for piece in layout.pieces:
        if (rules is None or rules[piece.element] is None) and is_prose(piece):
            weight = len(piece.text) - piece.linked
            layout.elements[piece.element].mass += max(0, weight)
    for index in range(len(layout.elements) - 1, 0, -1):
        element = layout.elements[index]
        layout.elements[element.parent].mass += element.mass


def _children(layout: Layout) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in layout.elements]
    for index, element in enumerate(layout.elements):
        if element.parent >= 0 and element.mass:
            children[element.parent].append(index)
    return children


def _descend(layout: Layout, children: list[list[int]], index: int) -> int:
    """Return the deepest element below that still holds nearly all the text."""
    while children[index]:
        best = max(children[index], key=lambda child: layout.elements[child].mass)
        heavy = layout.elements[best]
        if heavy.name in ("p", "li", "blockquote", "ul", "ol"):
            break
        if heavy.mass < _DOMINANT * layout.elements[index].mass:
            break
        index = best
    return index


def _hinted(layout: Layout, top: int) -> list[int]:
    """Return the outermost elements below ``top`` that say they are the article."""
    whole = layout.elements[top].mass
    body = _outermost(layout, top, _says_body)
    if body and _mass(layout, body) > 0.5 * whole:
        return body
    articles = _outermost(layout, top, _is_article)
    if not articles:
        return []
    best = max(articles, key=lambda i: layout.elements[i].mass)
    if layout.elements[best].mass < 0.35 * whole:
        return []
    inner = _outermost(layout, best, _says_body)
    if _mass(layout, inner) > 0.6 * layout.elements[best].mass:
        return inner
    return [best]


def _mass(layout: Layout, indexes: list[int]) -> int:
    return sum(layout.elements[index].mass for index in indexes)


def _says_body(layout: Layout, index: int) -> bool:
    element = layout.elements[index]
    return marks.says_body(element.name, element.label, element.itemprop)


def _is_article(layout: Layout, index: int) -> bool:
    return layout.elements[index].name == "article"


def _outermost(
    layout: Layout, top: int, test: Callable[[Layout, int], bool]
) -> list[int]:
    """Return the elements at or below ``top`` that pass, none inside another."""
    below = [False] * len(layout.elements)
    found_in = [False] * len(layout.elements)
    found: list[int] = []
    below[top] = True
    for index in range(top + 1, len(layout.elements)):
        element = layout.elements[index]
        if not below[element.parent]:
            continue
        below[index] = True
        if found_in[element.parent]:
            found_in[index] = True
        elif element.mass and test(layout, index):
            found_in[index] = True
            found.append(index)
    return found

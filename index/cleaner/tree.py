"""The one tree of a page, and one pass over it without recursion."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.builder import ParserRejectedMarkup
from bs4.element import NavigableString, PreformattedString

from index.cleaner.tree_builder import TreeBuilder
from search.errors import BadPage

# What a walk meets: an element that begins, text, and None where the innermost ends.
Event = Tag | str | None


def parse(content: str) -> BeautifulSoup:
    """Return the tree of a decoded page.

    Raises:
        BadPage: the parser refuses it.
    """
    try:
        with warnings.catch_warnings():
            # Text that looks like a path or like XML is a page all the same.
            warnings.simplefilter("ignore")
            return BeautifulSoup(content, builder=TreeBuilder())
    except (ParserRejectedMarkup, ValueError) as error:
        raise BadPage(f"not readable as HTML: {error}") from error


def walk(soup: BeautifulSoup) -> Iterator[Event]:
    """Yield the tree's elements and text in page order; depth costs no recursion."""
    inside: list[Tag] = []
    node = soup.contents[0] if soup.contents else None
    while node is not None:
        parent = node.parent
        while inside and inside[-1] is not parent:
            inside.pop()
            yield None
        if isinstance(node, Tag):
            inside.append(node)
            yield node
        elif isinstance(node, NavigableString) and _is_text(node):
            yield str(node)
        node = node.next_element
    for _ in inside:
        yield None


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute as text, at most its first 500 characters."""
    value = tag.attrs.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value[:500]
    return " ".join(value[:50])[:500]


def _is_text(node: NavigableString) -> bool:
    return not isinstance(node, PreformattedString)

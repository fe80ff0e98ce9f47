"""Where on a page its article begins and ends, by the cleaner's blocks."""

from __future__ import annotations

from index.page import CleanPage
from search.folding import fold

PARAGRAPH = 200  # characters; what is shorter may be a line of furniture


def headline(page: CleanPage) -> int | None:
    """Return the number of the block that is the page's headline, or None.

    A block below the first paragraph is another's, though it has the same words.
    """
    title = page.title or ""
    folded = fold(title)
    end = first_paragraph(page) + 1
    for number, block in enumerate(page.blocks[:end] if title else ()):
        # Folding changes a length by little, and is dear for thousands of blocks.
        alike = abs(len(block.text) - len(title)) < 8
        if alike and fold(block.text) == folded:
            return number
    return None


def first_paragraph(page: CleanPage, start: int = 0) -> int:
    """Return the number of the text's first long block, or that of all blocks.

    Blocks before number ``start`` are not looked at.
    """
    for number, block in enumerate(page.blocks[start:], start):
        if block.kept and len(block.text) > PARAGRAPH:
            return number
    return len(page.blocks)


def last_paragraph(page: CleanPage) -> int:
    """Return the number of the text's last block, or that of all blocks."""
    for number in range(len(page.blocks) - 1, -1, -1):
        if page.blocks[number].kept:
            return number
    return len(page.blocks)

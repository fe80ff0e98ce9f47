"""What an index has learned, for pages that are cleaned outside a run."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from index.chrome.digests import digest
from index.chrome.rows import group_of
from index.chrome.traits import traits_of
from index.chrome.verdicts import RULE, without
from index.ledger import FILE, Ledger
from index.page import CleanPage, RawPage
from search.model import Article


class Shelf:
    """Reads the ledger in the folder ``state``; each process opens it for itself.

    Raises:
        IndexUnusable: the ledger is damaged or of another version; when first used.
    """

    def __init__(self, state: Path) -> None:
        self._state = state
        self._ledger: Ledger | None = None

    def condemned(
        self, raw: RawPage, page: CleanPage, article: Article
    ) -> frozenset[int]:
        """Return the digests of the page's blocks that recur at its source."""
        if self._ledger is None:
            self._ledger = Ledger(self._state / FILE, read_only=True)
        learned = self._ledger.knowledge.learned(group_of(article))
        return learned.condemned(traits_of(raw, page).codes)


def both_without(
    page: CleanPage, article: Article, digests: AbstractSet[int]
) -> tuple[CleanPage, Article]:
    """Return a page and its article without the kept blocks of these digests."""
    if not digests:
        return page, article
    blocks = tuple(
        replace(block, kept=False, rule=RULE)
        if block.kept and digest(block.text) in digests
        else block
        for block in page.blocks
    )
    return replace(page, blocks=blocks), without(article, digests)

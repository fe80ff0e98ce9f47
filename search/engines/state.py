"""What an engine shows of one committed state of its index, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self

from whoosh.query import Query as Tree

from search import snippets
from search.engines.columns import Columns
from search.engines.deadline import Deadline
from search.engines.docsets import DocSet
from search.engines.order import Scored
from search.engines.statistics import Statistics
from search.engines.tables import Tables
from search.language.reading import Corpus
from search.model import Article, IndexInfo


class State(Corpus, Protocol):
    """One committed state of an index, as an engine shows it."""

    @property
    def columns(self) -> Columns:
        """The columns, by document number."""

    @property
    def live(self) -> DocSet:
        """The documents that are not deleted."""

    @property
    def tables(self) -> Tables:
        """Spellings and labels."""

    @property
    def info(self) -> IndexInfo:
        """Which state this is."""

    @property
    def is_cut(self) -> bool:
        """Whether a file it reads is shorter than it was: to read on would be fatal."""

    def until(self, deadline: Deadline) -> Self:
        """Return this state for one answer: what it looks for, it does until then."""

    def expand(self, tree: Tree) -> tuple[Tree, tuple[str, ...]]:
        """Return ``tree`` with prefixes, wildcards and fuzzy words as terms.

        With it come warnings where one stands for too many.
        """

    def match(self, tree: Tree, began: Statistics | None = None) -> Found:
        """Return what an expanded tree matches until the deadline.

        It is scored by what its words counted for when a list of hits ``began``.
        """

    def find(self, id: str) -> int | None:
        """Return the document with this id, if there is one."""

    def article(self, doc: int) -> Article:
        """Return the article of this document."""

    def shown(self, doc: int, *, removed: bool) -> Shown:
        """Return what a hit shows of this document, ``removed`` blocks if asked."""

    def rarity(self, field: str, term: str) -> float:
        """Return the term's inverse document frequency."""


class Found(Scored, Protocol):
    """What a tree matches in a state."""

    @property
    def docs(self) -> DocSet:
        """The documents that match; deleted ones are left out."""

    @property
    def complete(self) -> bool:
        """Whether these are all, and no deadline cut them short."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as a hit shows it, how much was removed from its page, its lead.

    ``article`` may be without the removed blocks, where nobody asks for them.
    """

    article: Article
    removed_blocks: int
    removed_characters: int
    lead: str

    @classmethod
    def of(cls, article: Article) -> Shown:
        """Return it from an article with its removed blocks."""
        characters = sum(len(block.text) for block in article.removed)
        lead = snippets.lead(article.text)
        return cls(article, len(article.removed), characters, lead)

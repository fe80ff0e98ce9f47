"""A corpus of a few articles: what the query language asks an index, done plainly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from search.folding import fold
from search.gazetteer import Gazetteer, gazetteer
from search.language.analyzers import WORDS
from search.language.names import Names
from search.language.parser import read
from search.language.reading import Reading
from search.language.schema import SCHEMA, fields_of
from search.language.terms import Tree, is_in_a_row, written
from search.model import Article, Place, Scope
from tests.memory_engine import names_of
from tests.ram import RamStorage

NAMES = Names.of(
    [
        ("Harbour Front", "Front du Port", "HFP"),
        ("World Health Organization", "WHO"),
        ("Teal Press", "TP"),
    ]
)


class SmallCorpus:
    """Articles in Whoosh's own index in memory; a :class:`Corpus` that looks."""

    def __init__(self, *articles: Article) -> None:
        self._articles = articles
        self._places = [place for article in articles for place in article.places]
        index = RamStorage().create_index(SCHEMA)
        with index.writer() as writer:
            for article in articles:
                writer.add_document(**fields_of(article))
        self._searcher = index.searcher()
        self._ids = [article.id for article in articles]

    @property
    def gazetteer(self) -> Gazetteer:
        return gazetteer()

    def places_written(self, spelling: str) -> Mapping[str, int]:
        return Counter(
            place.id for place in self._places if _writes(place, fold(spelling))
        )

    def spellings_of(self, place: str) -> Mapping[str, int]:
        named = [known for known in self._places if known.id == place]
        return Counter(text for known in named for text in known.as_written)

    def articles_writing(self, place: str, words: str) -> int:
        row = WORDS.phrase(words)
        named = (known.as_written for known in self._places if known.id == place)
        return sum(any(is_in_a_row(row, WORDS.phrase(w)) for w in ws) for ws in named)

    def articles_of(self, place: str) -> int:
        return sum(place in known.path for known in self._places)

    def values_by_name(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        return names_of(self._articles, facet)

    def articles_with(self, words: str) -> int:
        tree = written("text", words)
        return len(self.matching(tree)) if tree is not None else 0

    def matching(self, tree: Tree) -> set[str]:
        """Return the ids of the articles that a tree finds."""
        return {self._ids[number] for number in self._searcher.docs_for_query(tree)}

    def read(self, text: str, scope: Scope = Scope.ALL) -> Reading:
        """Return the reading of ``text``, with the names above."""
        return read(text, scope, self, NAMES)

    def find(self, text: str, scope: Scope = Scope.ALL) -> set[str]:
        """Return the ids of the articles ``text`` finds."""
        return self.matching(self.read(text, scope).tree)


def _writes(place: Place, spelling: str) -> bool:
    return spelling in map(fold, place.as_written)

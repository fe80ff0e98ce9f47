"""The oracle is Whoosh as found: what it answers is what Whoosh's own search finds."""

from __future__ import annotations

import pytest
from whoosh.query import And, Not, Or, Phrase, Term
from whoosh.query import Query as Tree

from search.language.schema import SCHEMA, fields_of
from search.model import Query
from tests.factories import article
from tests.ram import RamStorage
from tests.stock_engine import StockSearcher, StockState

ARTICLES = [
    article(id=str(number), text=f"gull{number} " + "kestrel " * number)
    for number in range(5)
]
KESTREL, GULL = Term("text", "kestrel"), Term("text", "gull1")


@pytest.mark.parametrize(
    "tree",
    [
        KESTREL,
        Or([KESTREL, GULL]),
        And([KESTREL, Not(GULL)]),
        Phrase("text", ["kestrel", "kestrel"], slop=2),
    ],
)
def test_it_finds_and_scores_as_whoosh_does(tree: Tree) -> None:
    index = RamStorage().create_index(SCHEMA)
    with index.writer() as writer:
        for one in ARTICLES:
            writer.add_document(**fields_of(one))
    hits = index.searcher().search(tree, limit=None)
    found = StockState(ARTICLES).match(tree)
    scores = dict(zip(found.docs.ids, found.scores(found.docs.ids), strict=True))
    assert scores == {hit.docnum: hit.score for hit in hits}


def test_of_two_articles_with_one_id_it_has_the_later() -> None:
    searcher = StockSearcher([*ARTICLES, article(id="1", text="osprey")])
    assert searcher.get("1").text == "osprey"
    assert searcher.search(Query(text="osprey")).total == 1


def test_a_pattern_stands_for_at_most_two_hundred_words() -> None:
    words = " ".join(f"gull{number}" for number in range(201))
    result = StockSearcher([article(id="x", text=words)]).search(Query(text="gull*"))
    assert (result.total, len(result.warnings)) == (1, 1)

"""The page of a list, where scores lie so close that rounding decides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from search.engines.columnar.best import TIE
from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.order import Scores, page
from search.engines.rows import Row
from search.engines.statistics import Statistics
from search.model import Query, Sort
from tests.factories import article
from tests.near_copies import labels_of


@dataclass(frozen=True)
class Known:
    """Documents whose scores are given, as a tree's would be."""

    each: Scores
    varies: bool = True
    statistics: Statistics | None = None

    def scores(self, ids: Ids) -> Scores:
        return self.each[ids]

    def best(self, among: DocSet, number: int) -> tuple[Ids, Scores]:
        found = self.each[among.ids]
        worst = np.sort(found)[::-1][: min(number, len(found))][-1]
        ids = among.ids[found >= worst - TIE]
        return ids, self.each[ids]


def first_page(query: Query, *hits: tuple[str, str, float]) -> list[int]:
    """Return the page of articles of a text, a date and a score."""
    articles = [
        article(id=str(n), text=text, published=day)
        for n, (text, day, _) in enumerate(hits)
    ]
    columns = Columns.of(map(Row.of, articles), *labels_of(articles))
    every = DocSet.of_ids(columns.words, np.arange(len(hits)))
    scores = Known(np.array([score for _, _, score in hits]))
    return [int(doc) for doc in page(query, columns, scores, every).ids]


def test_scores_that_only_rounding_tells_apart_are_settled_by_date() -> None:
    older, newer = ("one", "2015", 1.0 + 1e-12), ("two", "2016", 1.0)
    query = Query(sort=Sort.RELEVANCE)
    assert first_page(query, older, newer) == [1, 0]


def test_a_page_of_groups_has_the_newer_of_two_that_nearly_reach_it() -> None:
    """Those that were looked at first end in the middle of a tie."""
    copies = [("copy", "2015", 1.000_000_4)] * 4
    inside, newer = ("one", "2015", 0.999_999_45), ("two", "2016", 0.999_999_35)
    query = Query(sort=Sort.RELEVANCE, group="copy", per_page=2)
    assert first_page(query, *copies, inside, newer) == [0, 5]

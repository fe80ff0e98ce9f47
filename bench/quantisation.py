"""What a byte for lengths costs in ranking: ``python -m bench.quantisation FOLDER``.

FOLDER holds test collections, each a folder with ``docs.jsonl.gz`` (id, title, text),
``queries.jsonl`` (id, text) and ``qrels.tsv`` (query, document, grade). Every word of a
query may match. Documents are ranked by the default score over the combined field,
once as the index keeps frequencies and lengths, once with both as they are, and nDCG@10
is given for either (linear gain, as trec_eval's ``ndcg_cut_10``).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.columnar.scoring import (
    MOST,
    Bm25,
    Scores,
    TermStats,
    length_bytes,
    lengths_of,
)
from search.language.schema import SCHEMA, fields_of
from search.model import Article

_TOP = 10
_FIELD = "text"

Grades = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Mean nDCG@10 of one collection, and how many first tens differ at all."""

    queries: int
    exact: float
    kept: float
    changed: int


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of each term with their frequencies, and every length."""

    ids: NDArray[np.str_]
    lengths: NDArray[np.int64]
    found: dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]]

    @classmethod
    def of(cls, documents: list[dict[str, Any]]) -> Postings:
        """Return them, analysed as an article is."""
        listed: dict[str, list[tuple[int, int]]] = defaultdict(list)
        lengths = []
        for number, document in enumerate(documents):
            article = Article(
                id=str(document["id"]),
                title=document.get("title"),
                text=document["text"],
            )
            counts = Counter(_tokens(fields_of(article).get(_FIELD, ""), "index"))
            lengths.append(counts.total())
            for term, times in counts.items():
                listed[term].append((number, times))
        found = {}
        for term, pairs in listed.items():
            docs, times = np.array(pairs, np.int64).T
            found[term] = docs, times
        ids = np.array([str(document["id"]) for document in documents])
        return cls(ids, np.array(lengths, np.int64), found)

    def top(self, text: str, *, kept: bool) -> list[str]:
        """Return the ten best documents for the words of ``text``, the best first."""
        scorer, total = Bm25(), int(self.lengths.sum())
        lengths: Scores = self.lengths.astype(np.float64)
        if kept:
            lengths = lengths_of(length_bytes(self.lengths))
        scores = np.zeros(len(self.ids))
        for term in dict.fromkeys(_tokens(text, "query")):
            if term not in self.found:
                continue
            docs, times = self.found[term]
            stats = TermStats(len(self.ids), len(docs), total, lambda: 0)
            often = (np.minimum(times, MOST) if kept else times).astype(np.float64)
            impact = scorer.impact(often, lengths[docs], stats.average)
            scores[docs] += scorer.weight(stats) * impact
        order = np.lexsort((self.ids, -scores))[:_TOP]
        return [str(self.ids[i]) for i in order if scores[i] > 0]


def main() -> None:
    """Print one line for each collection."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.quantisation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    print("collection          queries   exact    kept  difference  other first tens")
    for place in sorted(path.parent for path in folder.glob("*/qrels.tsv")):
        found = ranked(place)
        print(
            f"{place.name:20}{found.queries:7}{found.exact:8.4f}{found.kept:8.4f}"
            f"{found.kept - found.exact:+12.4f}{found.changed:18}"
        )


def ranked(place: Path) -> Ranked:
    """Return how the collection at ``place`` is ranked in both ways."""
    grades = _grades(place / "qrels.tsv")
    with gzip.open(place / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        postings = Postings.of(list(map(json.loads, lines)))
    exact, kept, changed = [], [], 0
    for query in _rows(place / "queries.jsonl"):
        wanted = grades.get(str(query["id"]))
        if not wanted:
            continue
        tops = [postings.top(query["text"], kept=kept) for kept in (False, True)]
        exact.append(ndcg(tops[0], wanted))
        kept.append(ndcg(tops[1], wanted))
        changed += tops[0] != tops[1]
    return Ranked(len(exact), fmean(exact), fmean(kept), changed)


def ndcg(top: list[str], wanted: dict[str, int]) -> float:
    """Return nDCG@10 with linear gain of the ids in ``top``."""
    gained = sum(wanted.get(doc, 0) / log2(i + 2) for i, doc in enumerate(top))
    best = sorted(wanted.values(), reverse=True)[:_TOP]
    return gained / sum(grade / log2(i + 2) for i, grade in enumerate(best))


def _tokens(text: str, mode: str) -> list[str]:
    return [token.text for token in SCHEMA[_FIELD].analyzer(text, mode=mode)]


def _grades(path: Path) -> Grades:
    found: Grades = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            found[query][document] = int(grade)
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()

"""The best documents are those of who scores them all: pruning loses none."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from whoosh import query as q
from whoosh.fields import KEYWORD, Schema

from search.engines.columnar import best, live
from search.engines.columnar.nodes import Node
from search.engines.columnar.plan import compile_tree
from search.engines.columnar.scoring import Bm25, Scorer
from search.engines.columnar.segment import Segment
from search.engines.columnar.segment_writer import DocumentWriter
from search.engines.columnar.view import View
from search.engines.deadline import Deadline
from tests.columnar_model import written
from tests.equality.corpora import GENERIC, SMALL

ANT = q.Term("text", "ant")
COMMON = ["ant " * (1 + n % 8) + "bee " * 12 for n in range(300)]
LONG = "ant " * 4_000 + "bee " * 1_000  # more than a posting's code can say


@pytest.fixture(autouse=True)
def _few_are_pruned(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_ALL", "_PRUNED", "_ALTERNATIVES"):
        monkeypatch.setattr(best, name, 0)
    monkeypatch.setattr(best, "_FIRST", 1)


def view(folder: Path, *segments: list[str], scorer: Scorer | None = None) -> View:
    made = []
    for number, texts in enumerate(segments):
        writer = DocumentWriter(GENERIC)
        for text in texts:
            writer.add({"text": text}, b"")
        made.append(written(writer, folder, f"{number}.seg"))
    return View(made, [live.all_of(segment.size) for segment in made], scorer)


def first_of_all(node: Node) -> int:
    ids = node.docs.ids
    return int(ids[best.score(node, ids).argmax()])


def first(node: Node) -> int:
    ids, scores = best.best(node, node.docs, 1)
    return int(ids[scores.argmax()])


def node_of(view: View, tree: q.Query = ANT) -> Node:
    return compile_tree(tree, view, GENERIC, Deadline(60))


def test_the_best_may_be_more_frequent_than_a_code_says(tmp_path: Path) -> None:
    node = node_of(view(tmp_path, COMMON, [LONG]))
    assert first(node) == first_of_all(node)


def test_bounds_hold_for_frequencies_no_code_says_and_other_parameters(
    tmp_path: Path,
) -> None:
    often = ["ant " * 5_000] * 64
    node = node_of(view(tmp_path, often, scorer=Bm25(2.0, 0.75)))
    bounds = np.asarray(node.bounds())
    assert best.score(node, node.docs.ids).max() <= bounds.max()


def test_bounds_hold_for_a_segment_that_keeps_no_lengths(tmp_path: Path) -> None:
    made: list[Segment] = []
    unscored = (KEYWORD(), "ant " * 20 + "bee " * 4_000)
    for kind, text in (unscored, (GENERIC["text"], "ant " * 8)):
        writer = DocumentWriter(Schema(text=kind))
        for _ in range(70):
            writer.add({"text": text}, b"")
        made.append(written(writer, tmp_path, f"{len(made)}.seg"))
    node = node_of(View(made, [live.all_of(segment.size) for segment in made]))
    assert first(node) == first_of_all(node)


def test_no_score_is_above_its_bound_by_rounding(tmp_path: Path) -> None:
    random = Random(3)
    common = [" ".join(random.sample(SMALL, 6)) for _ in range(200)]
    alone = [" ".join(random.choices(SMALL, k=20)) for _ in range(40)]
    rare = [text for one in alone for text in [one, *["owl"] * 63]]  # one a word
    made = view(tmp_path, common, rare)
    every = q.Or([q.Term("text", word, boost=40.0) for word in SMALL])
    node = node_of(made, every)
    ids = node.docs.ids
    over = best.score(node, ids) - np.asarray(node.bounds())[ids >> 6]
    assert over.max() <= best.TIE / 1_000

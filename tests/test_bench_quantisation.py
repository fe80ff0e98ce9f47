"""The benchmark of what quantised lengths cost in ranking."""

from __future__ import annotations

import pytest

from bench.quantisation import Postings, ndcg


def test_the_best_order_scores_one() -> None:
    assert ndcg(["a", "b"], {"a": 2, "b": 1}) == pytest.approx(1.0)


def test_a_worse_order_scores_less_by_its_discounts() -> None:
    # (1 + 2 / log2 3) / (2 + 1 / log2 3)
    assert ndcg(["b", "a"], {"a": 2, "b": 1}) == pytest.approx(0.85972, abs=1e-5)


def test_a_document_with_the_word_in_its_title_comes_first() -> None:
    documents = [
        {"id": "far", "title": "Harvest", "text": "A pilot waits at the harbour."},
        {"id": "near", "title": "Pilot", "text": "One waits at the harbour."},
    ]
    assert Postings.of(documents).top("pilot", kept=True) == ["near", "far"]

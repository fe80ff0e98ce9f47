"""The documents that score best, found without scoring all of them.

Documents are scored word by word of the bitmap, those first whose bounds promise most;
when no bound that is left reaches the score that is needed, the rest can be left out
(block-max pruning: Ding and Suel, Faster top-k document retrieval, SIGIR 2011).
"""

from __future__ import annotations

import numpy as np

from search.engines.columnar.leaves import Bounds
from search.engines.columnar.nodes import Node, Some
from search.engines.columnar.scoring import Scores
from search.engines.docsets import WORD, DocSet, Ids, ids_of

TIE = 1e-6  # scores closer than this are equal to who orders them
_ROUNDED = 1 + 1e-12  # sums in another order, or scaled bounds, are no further apart
_FIRST = 96  # words scored at once, then four times as many; bench.engines, 100,000
_GROWTH = 4
_PRUNED = 16  # pages' worth of documents below which all are scored at once
_ALL = 4_000  # documents
_ALTERNATIVES = 200_000  # the bounds of alternatives leave little out


def score(node: Node, ids: Ids) -> Scores:
    """Return the scores of ``ids``, which rise and all match ``node``."""
    scores = np.zeros(len(ids), np.float64)
    node.add(ids, scores, inside=True)
    return scores


def best(node: Node, among: DocSet, number: int) -> tuple[Ids, Scores]:
    """Return the ``number`` best of ``among`` with their scores, and all ties.

    ``among`` is a part of the documents of ``node``. The answer rises by document; it
    has every document whose score is at most a tie below the worst that counts.
    """
    if number <= 0 or not node.varies or _is_small(node, among, number):
        ids = among.ids
        return _kept(ids, score(node, ids), number)
    bounds = np.where(among.bits != 0, node.bounds(), -1.0) * _ROUNDED
    return _pruned(node, among, number, bounds)


def _pruned(
    node: Node, among: DocSet, number: int, bounds: Bounds
) -> tuple[Ids, Scores]:
    ids, scores = np.zeros(0, np.int64), np.zeros(0)
    needed, size = -1.0, _FIRST
    while True:
        left = np.flatnonzero(bounds >= max(0.0, needed - TIE))
        if not len(left):
            order = np.argsort(ids)
            return ids[order], scores[order]
        if len(left) > size:
            left = left[np.argpartition(bounds[left], -size)[-size:]]
            left.sort()
        found = _documents(among, left)
        ids = np.concatenate([ids, found])
        scores = np.concatenate([scores, score(node, found)])
        ids, scores = _kept(ids, scores, number)
        if len(scores) >= number:
            needed = float(np.partition(scores, -number)[-number])
        bounds[left] = -1.0
        size *= _GROWTH


def _kept(ids: Ids, scores: Scores, number: int) -> tuple[Ids, Scores]:
    """Return those whose scores are among the ``number`` highest or tie with them."""
    if number <= 0 or len(ids) <= number:
        return ids, scores
    worst = np.partition(scores, -number)[-number]
    kept = scores >= worst - TIE
    return ids[kept], scores[kept]


def _documents(among: DocSet, words: Ids) -> Ids:
    """Return the documents of ``among`` in these words of its bitmap, rising."""
    inside = ids_of(among.bits[words])
    found: Ids = words[inside // WORD] * WORD + inside % WORD
    return found


def _is_small(node: Node, among: DocSet, number: int) -> bool:
    """Return whether it is less work to score all of ``among`` than to choose."""
    most = _ALTERNATIVES if isinstance(node, Some) else _ALL
    return among.count <= max(_PRUNED * number, most)

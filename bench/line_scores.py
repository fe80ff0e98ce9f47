"""How well chrome lines of text dumps are told from content lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any


def rows(
    pages: Iterable[Mapping[str, Any]], removed: Mapping[str, Collection[int]]
) -> Iterator[dict[str, Any]]:
    """Yield the figures of each set of ``pages``, and of all of them.

    ``removed`` has the numbers of the lines removed by page id. Lines in a page's
    ``span`` count: chrome by lines, lost content by words.
    """
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        gone = frozenset(removed[page["id"]])
        for number in range(*page["span"]):
            text, label = page["lines"][number]
            for name in (page["set"], "all"):
                _count(tally[name], text, label, gone=number in gone)
    for name, t in sorted(tally.items()):
        precision = t["hit"] / max(1, t["hit"] + t["false"])
        recall = t["hit"] / max(1, t["hit"] + t["missed"])
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        yield {
            "set": name,
            "lines_chrome_precision_pct": round(100 * precision, 2),
            "lines_chrome_recall_pct": round(100 * recall, 2),
            "lines_chrome_f1_pct": round(100 * f1, 2),
            "content_words_lost_pct": round(100 * t["lost"] / max(1, t["words"]), 2),
        }


def _count(tally: Counter[str], text: str, label: str, *, gone: bool) -> None:
    if label == "chrome":
        tally["hit" if gone else "missed"] += 1
    elif label == "content":
        size = len(text.split())
        tally["words"] += size
        tally["lost"] += size * gone
        tally["false"] += gone

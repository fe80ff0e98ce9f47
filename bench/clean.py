"""Measure the cleaner on labelled pages: ``python -m bench.clean DATA_DIR``.

DATA_DIR holds ``gold.jsonl.gz`` (id, set, html_file, text), the pages it names, and
``textlines.jsonl.gz`` (id, set, span, lines). One JSON line for each set of pages with
shingle-4 precision, recall, F1 and exact matches in percent, as the Scrapinghub
benchmark defines them; one for each set of lines with chrome F1 and content words
lost. ``--peer`` adds trafilatura, where it is installed, on the same pages.
Left out: reading and decoding files; metadata.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from bench import line_scores
from index.cleaner import line_context, lines
from index.cleaner.clean import clean
from index.page import Form, RawPage
from search.errors import BadPage

_TOKEN = re.compile(r"\w+")
Extract = Callable[[str], str]


def main() -> None:
    """Print the figures as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="*", default=["sh", "atf", "wcxb"])
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    for name in options.sets:
        gold = _rows(options.data / "gold.jsonl.gz")
        pages = [page for page in gold if page["set"] == name]
        _html("dateline", ours, name, pages, options)
        if options.peer:
            _html("trafilatura", peer(), name, pages, options)
    _lines(options.data / "textlines.jsonl.gz")


def ours(content: str) -> str:
    """Return the article's text by our cleaner; nothing for a page it refuses."""
    try:
        return clean(_raw(content)).text
    except BadPage:
        return ""


def peer() -> Extract:
    """Return trafilatura in the setting that is its best on both sets of news."""
    try:
        # A peer, and never a dependency: most machines do not have it.
        extract = importlib.import_module("trafilatura").extract
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"no {error.name}: run this in a throw-away environment that holds Dateline"
            " and has had `pip install trafilatura==2.3.1`"
        ) from error
    return lambda content: (
        extract(content, favor_precision=True, include_comments=False) or ""
    )


def score(text: str, gold: str) -> tuple[float | None, float, bool]:
    """Return precision (None where nothing was extracted), recall and exact match."""
    a, b = _TOKEN.findall(text), _TOKEN.findall(gold)
    x, y = _shingles(a), _shingles(b)
    hit = (x & y).total()
    return (hit / x.total() if x else None), hit / max(1, y.total()), a == b


def _html(
    tool: str,
    extract: Extract,
    name: str,
    pages: list[dict[str, Any]],
    options: argparse.Namespace,
) -> None:
    results, spent, slowest = [], 0.0, 0.0
    for page in pages:
        with gzip.open(
            options.data / page["html_file"], "rt", encoding="utf-8"
        ) as file:
            content = file.read()
        start = time.perf_counter()
        text = extract(content)
        took = time.perf_counter() - start
        spent, slowest = spent + took, max(slowest, took)
        results.append((score(text, page["text"]), page["id"]))
    precision = 100 * fmean(p for (p, _, _), _ in results if p is not None)
    recall = 100 * fmean(r for (_, r, _), _ in results)
    exact = 100 * fmean(e for (_, _, e), _ in results)
    row = {
        "tool": tool,
        "set": name,
        "pages": len(pages),
        "precision_pct": round(precision, 2),
        "recall_pct": round(recall, 2),
        "f1_pct": round(2 * precision * recall / (precision + recall), 2),
        "exact_pct": round(exact, 1),
        "pages_per_s": round(len(pages) / spent, 1),
        "slowest_s": round(slowest, 2),
    }
    print(json.dumps(row), flush=True)
    for (p, r, _), key in sorted(results, key=_f)[: options.worst]:
        print(f"  {key} P {p or 0:.2f} R {r:.2f}", file=sys.stderr)


def _f(result: tuple[tuple[float | None, float, bool], str]) -> float:
    (p, r, _), _ = result
    return 2 * (p or 0) * r / ((p or 0) + r or 1)


def _lines(path: Path) -> None:
    pages, removed = list(_rows(path)), {}
    for page in pages:
        made = [line_context.Line(text) for text, _ in page["lines"]]
        lines.judge(made)
        removed[page["id"]] = [n for n, line in enumerate(made) if line.rule]
    for row in line_scores.rows(pages, removed):
        print(json.dumps(row), flush=True)


def _shingles(tokens: list[str]) -> Counter[tuple[str, ...]]:
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3)))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _raw(content: str) -> RawPage:
    return RawPage("bench", "page", Path("page"), Form.HTML, content, "0" * 64)


if __name__ == "__main__":
    main()

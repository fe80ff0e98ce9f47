"""Measure the cleaner of text dumps: ``python -m bench.lines DATA_DIR``.

DATA_DIR holds ``textlines.jsonl.gz`` (id, set, span, lines) and ``gold.jsonl.gz`` (id,
html_file). One JSON line for each set, of the lines in the hard part of each page:
chrome precision, recall and F1, and content words lost; for the rules of wording alone
and for the cleaner. Then what it loses of articles without any chrome and of their
middles, how many captions without a credit it finds (lines of news that a figcaption
holds on the saved page and no rule of wording removes), and CPU a page of 300 lines.

The shipped model has seen these pages; ``--predictions FILE``, as written by
``python -m tools.train_lines DATA_DIR --folds --predictions FILE``, scores what models
removed on sites they had not seen, and compares it with the floors.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from bench import floors, line_scores
from index.cleaner import lines, wording
from index.cleaner.line_context import Line
from index.cleaner.repair import tidy

Pages = Sequence[dict[str, Any]]


def main() -> None:
    """Print the figures as JSON lines; leave with 1 if one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--predictions", type=Path)
    options = parser.parse_args()
    pages = list(_rows(options.data / "textlines.jsonl.gz"))
    worded = {
        page["id"]: [n for n, (text, _) in enumerate(page["lines"]) if _is_worded(text)]
        for page in pages
    }
    if options.predictions:
        with options.predictions.open(encoding="utf-8") as file:
            removed = {row["id"]: row["chrome"] for row in map(json.loads, file)}
    else:
        removed = {
            page["id"]: _removed([t for t, _ in page["lines"]]) for page in pages
        }
        print(json.dumps(pieces(pages)))
        print(json.dumps({"cpu_ms_300_lines": cost(pages)}))
    for tool, gone in (("wording", worded), ("dateline", removed)):
        for row in line_scores.rows(pages, gone):
            print(json.dumps({"tool": tool, **row}))
            if tool == "dateline" and options.predictions:
                _hold(row)
    print(json.dumps(captions(options.data, pages, removed, worded)))


def pieces(pages: Pages) -> dict[str, float]:
    """Return the share of content words lost of articles alone and of their middles."""
    figures = {}
    for name, share in (("alone", 0), ("middle", 4)):
        words = lost = 0
        for page in pages:
            texts = [text for text, label in page["lines"] if label == "content"]
            cut = len(texts) // share if share else 0
            texts = texts[cut : len(texts) - cut]
            gone = frozenset(_removed(texts))
            words += sum(len(text.split()) for text in texts)
            lost += sum(len(texts[number].split()) for number in gone)
        figures[f"content_words_lost_{name}_pct"] = round(100 * lost / words, 2)
    return figures


def captions(
    data: Path,
    pages: Pages,
    removed: dict[str, list[int]],
    worded: dict[str, list[int]],
) -> dict[str, float]:
    """Return how many captions without a credit there are on news pages, and found."""
    files = {row["id"]: row["html_file"] for row in _rows(data / "gold.jsonl.gz")}
    found = number = 0
    for page in pages:
        if page["set"].startswith("wcxb"):
            continue
        with gzip.open(data / files[page["id"]], "rt", encoding="utf-8") as file:
            soup = BeautifulSoup(file.read(), "lxml")
        held = {tidy(element.get_text(" ")) for element in soup("figcaption")}
        gone, told = frozenset(removed[page["id"]]), frozenset(worded[page["id"]])
        for at in range(*page["span"]):
            text, label = page["lines"][at]
            if label == "chrome" and at not in told and _is_held(tidy(text), held):
                number, found = number + 1, found + (at in gone)
    return {
        "captions_without_credit": number,
        "captions_found_pct": round(100 * found / max(1, number), 1),
    }


def cost(pages: Pages) -> float:
    """Return CPU milliseconds for a page of 300 lines, the best of three rounds."""
    texts = [[t for t, _ in page["lines"][:300]] for page in pages]
    chosen = [page for page in texts if len(page) == 300][:40]
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for page in chosen:
            _removed(page)
        rounds.append(time.process_time() - start)
    return round(1_000 * min(rounds) / max(1, len(chosen)), 1)


def _removed(texts: Sequence[str]) -> list[int]:
    judged = [Line(text) for text in texts]
    lines.judge(judged)
    return [number for number, line in enumerate(judged) if line.rule]


def _is_worded(text: str) -> bool:
    return wording.rule_of(text) is not None


def _is_held(text: str, captions: set[str]) -> bool:
    """Tell whether a caption is ``text``, which is no label, or opens with it."""
    return len(text.split()) > 3 and any(held.startswith(text) for held in captions)


def _hold(row: dict[str, Any]) -> None:
    figures = {
        f"lines_{row['set']}_chrome_f1_pct": row["lines_chrome_f1_pct"],
        f"lines_{row['set']}_words_kept_pct": 100 - row["content_words_lost_pct"],
    }
    if missed := floors.missed(figures):
        sys.exit("\n".join(missed))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    main()

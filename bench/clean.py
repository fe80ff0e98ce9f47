"""Measure the cleaner on labelled pages: ``python -m bench.clean DATA_DIR``.

DATA_DIR holds ``gold.jsonl.gz`` (id, set, site, html_file, text), the pages it names,
and ``textlines.jsonl.gz`` (id, set, span, lines). One JSON line for each tool and set
of pages: precision, recall and F1 of runs of four words, pages that are exact, pages on
which a paragraph of twenty words or more was lost, all in percent, and milliseconds of
processor time a page. One for each set of lines: chrome F1, content words lost.

``--folds N`` judges each page by block trees that other sites taught (this needs
LightGBM, and minutes; ``--fold-seed`` draws other folds); without, a page was itself
among those that taught the trees.
``--peers`` adds trafilatura in five settings, readability-lxml and resiliparse on the
same pages in the same run, and how much better than trafilatura's best setting ours is,
with the bounds of 95 % by paired bootstrap. ``--memory`` adds the peak of a process
that cleans all pages. ``--check`` fails where a figure is below its floor in
``floors.json``; floors hold for ``--folds 5`` and 10. Left out: reading and decoding
files; metadata.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench import extractors, floors, line_scores, text_scores
from bench.text_scores import Score
from index.cleaner import line_context, lines

_OURS = "dateline"
_PACE = "trafilatura favor_precision"  # the setting that speed is compared with
Pages = Sequence[Mapping[str, Any]]


def main() -> int:
    """Print the figures as JSON lines; return the command's exit code."""
    options = _options()
    if not (options.data / "gold.jsonl.gz").is_file():
        sys.stderr.write(f"no pages: {options.data}/gold.jsonl.gz is absent\n")
        return 2
    gold = [
        p for p in _rows(options.data / "gold.jsonl.gz") if p["set"] in options.sets
    ]
    if options.memory:  # first: a process starts with the peak of the one it is of
        _print(peak_memory_mb=_peak(options.data, gold))
    held_out = _held_out(options) if options.folds else {}
    figures: dict[str, float] = {}
    for name in options.sets:
        pages = [page for page in gold if page["set"] == name]
        figures |= _compared(name, pages, held_out, options)
    if not options.only_pages:
        _lines(options.data / "textlines.jsonl.gz")
    for line in (wrong := floors.missed(figures) if options.check else []):
        sys.stderr.write(f"{line}\n")
    return 1 if wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="*", default=["sh", "atf", "wcxb"])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--fold-seed", type=int, default=7)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--only-pages", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--worst", type=int, default=0)
    return parser.parse_args()


def _compared(
    name: str, pages: Pages, held_out: Mapping[str, str], options: argparse.Namespace
) -> dict[str, float]:
    """Print a set's rows and return our figures of it."""
    tools = {_OURS: extractors.ours}
    tools |= extractors.peers() if options.peers else {}
    contents = [_content(options.data, page) for page in pages]
    whole = [_whole(content) for content in contents]
    scores: dict[str, list[Score]] = {}
    pace: dict[str, float] = {}
    for tool, extract in tools.items():
        start = time.process_time()
        texts = [extract(content) for content in contents]
        pace[tool] = 1_000 * (time.process_time() - start) / len(pages)
        if tool == _OURS and held_out:
            texts = [held_out.get(page["id"], "") for page in pages]
        scores[tool] = [
            text_scores.score(text, page["text"], everything)
            for text, page, everything in zip(texts, pages, whole, strict=True)
        ]
        _print(tool=tool, set=name, **_row(scores[tool]), cpu_ms=round(pace[tool], 1))
    if options.peers:
        _margin(name, scores, pace)
    _worst(pages, scores[_OURS], options.worst)
    row = _row(scores[_OURS])
    return {f"clean_{name}_{key}": row[key] for key in ("f1_pct", "exact_pct")}


def _row(scores: Sequence[Score]) -> dict[str, float]:
    made = text_scores.summary(scores)
    return {
        "pages": len(scores),
        "precision_pct": round(made.precision, 2),
        "recall_pct": round(made.recall, 2),
        "f1_pct": round(made.f1, 2),
        "exact_pct": round(made.exact, 1),
        "paragraph_lost_pct": round(made.lost, 1),
    }


def _margin(
    name: str, scores: Mapping[str, Sequence[Score]], pace: Mapping[str, float]
) -> None:
    """Print how much better ours is than each figure's best setting of the peer."""
    settings = [tool for tool in scores if tool.startswith("trafilatura")]
    made = {tool: text_scores.summary(scores[tool]) for tool in (*settings, _OURS)}
    best = max(settings, key=lambda tool: made[tool].f1)
    low, high = text_scores.bootstrap(scores[_OURS], scores[best])
    _print(
        set=name,
        against=best,
        f1_gain=round(made[_OURS].f1 - made[best].f1, 2),
        f1_gain_low=round(low, 2),
        f1_gain_high=round(high, 2),
        exact_gain=round(
            made[_OURS].exact - max(made[tool].exact for tool in settings), 1
        ),
        paragraph_lost_ratio=round(made[_OURS].lost / (made[best].lost or 1), 2),
        cpu_ratio=round(pace[_OURS] / pace[_PACE], 2),
    )


def _worst(pages: Pages, scores: Sequence[Score], number: int) -> None:
    def f1(score: Score) -> float:
        return text_scores.summary([score]).f1

    ranked = sorted(zip(scores, pages, strict=True), key=lambda pair: f1(pair[0]))
    for score, page in ranked[:number]:
        sys.stderr.write(f"{page['id']} F1 {f1(score):.1f}\n")


def _held_out(options: argparse.Namespace) -> dict[str, str]:
    # It needs LightGBM, which only who trains has.
    train = importlib.import_module("tools.train_blocks")
    return dict(train.held_out(options.data, options.folds, options.fold_seed))


def _whole(content: str) -> str:
    page = extractors.cleaned(content)
    return "\n\n".join(block.text for block in page.blocks) if page else ""


def _peak(data: Path, pages: Pages) -> int:
    """Return the peak memory, in MB, of a fresh process that cleans all pages."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_clean_all, data, [p["html_file"] for p in pages]).result()


def _clean_all(data: Path, files: Sequence[str]) -> int:
    for file in files:
        extractors.ours(_content(data, {"html_file": file}))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024


def _content(data: Path, page: Mapping[str, Any]) -> str:
    with gzip.open(data / page["html_file"], "rt", encoding="utf-8") as file:
        return file.read()


def _lines(path: Path) -> None:
    pages, removed = list(_rows(path)), {}
    for page in pages:
        made = [line_context.Line(text) for text, _ in page["lines"]]
        lines.judge(made)
        removed[page["id"]] = [n for n, line in enumerate(made) if line.rule]
    for row in line_scores.rows(pages, removed):
        _print(**row)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _print(**row: object) -> None:
    print(json.dumps(row), flush=True)


if __name__ == "__main__":
    sys.exit(main())

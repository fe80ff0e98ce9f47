"""Train the line model of ``index/cleaner``: ``python -m tools.train_lines DATA_DIR``.

A maintainers' script; it needs LightGBM, which Dateline does not, and writes
``index/cleaner/line_weights.json``. DATA_DIR holds ``textlines.jsonl.gz`` (id, set,
site, span, lines) and ``gold.jsonl.gz`` (id, title). Pages are also cut inside their
article and stripped of their chrome, so that a dump without any loses nothing.
``--folds N`` writes nothing but prints, instead, the figures on sites that the model
has not seen; with ``--predictions FILE`` also what it removed there, a JSON
line a page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from bench import line_scores
from index.cleaner import line_model, lines, text_features, word_odds, wording
from index.cleaner.line_context import Line
from index.cleaner.title import same_words
from tools.boosting import exported

SEED = 7
INNER = 5  # folds; a page's words are weighed by what other sites say of them
NEWS = 3.0  # weight of a line from a set of news pages; the third set is blogs mostly
CUT = 0.6  # weight of a line on a page that was cut or stripped
FAR = 0.1  # of the lines far from the article are learned from
RARE = 20  # sites a word must be seen on, each label counted
TREES = 300
TREE = {
    "objective": "binary",
    "num_leaves": 31,
    "learning_rate": 0.06,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "max_bin": 127,
    "seed": SEED,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
TARGET = Path("index/cleaner/line_weights.json")
Pages = Sequence[dict[str, Any]]


def main() -> None:
    """Train, and write the weights or print held-out figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--predictions", type=Path)
    options = parser.parse_args()
    pages = read(options.data)
    if options.folds:
        held_out(pages, options.folds, options.predictions)
    else:
        TARGET.write_text(trained(pages) + "\n", encoding="utf-8")


def read(data: Path) -> list[dict[str, Any]]:
    """Return the pages, with what wording says of each line, and ``labels``.

    A headline is labelled neither content nor chrome: some gold texts leave it out.
    """
    with gzip.open(data / "textlines.jsonl.gz", "rt", encoding="utf-8") as file:
        pages = [json.loads(line) for line in file]
    with gzip.open(data / "gold.jsonl.gz", "rt", encoding="utf-8") as file:
        titles = {row["id"]: row["title"] for row in map(json.loads, file)}
    for page in pages:
        title = titles.get(page["id"]) or ""
        page["texts"] = [text for text, _ in page["lines"]]
        page["rules"] = [wording.rule_of(text) for text in page["texts"]]
        page["labels"] = [
            "title" if label == "chrome" and same_words(text, title) else label
            for text, label in page["lines"]
        ]
        page["near"] = _near(page["labels"])
    return pages


def held_out(pages: Pages, folds: int, predictions: Path | None) -> None:
    """Print the figures of all that the cleaner removes, on unseen sites."""
    removed: dict[str, list[int]] = {}
    for fold in range(folds):
        model = line_model.load(trained([p for p in pages if _fold(p, folds) != fold]))
        for page in (p for p in pages if _fold(p, folds) == fold):
            judged = [Line(text) for text in page["texts"]]
            lines.judge(judged, model)
            removed[page["id"]] = [n for n, line in enumerate(judged) if line.rule]
    for row in line_scores.rows(pages, removed):
        print(json.dumps(row))
    if predictions:
        rows = [{"id": key, "chrome": chrome} for key, chrome in removed.items()]
        predictions.write_text("".join(json.dumps(row) + "\n" for row in rows))


def trained(pages: Pages) -> str:
    """Return the weights as JSON."""
    matrix, labels, weights = samples(pages)
    data = lightgbm.Dataset(matrix, labels, weight=weights)
    booster = lightgbm.train(TREE, data, TREES)
    trees = json.loads(exported(booster, text_features.NAMES))
    kept = {"odds": odds(pages), "trees": trees}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def odds(pages: Pages) -> dict[str, dict[str, float]]:
    """Return the log odds for chrome of words and pairs that many sites use.

    A mark counts once a site and label, so that no site teaches its own names.
    """
    seen: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    sites: dict[tuple[str, str], set[str]] = defaultdict(set)
    for page in pages:
        for text, label, near in zip(
            page["texts"], page["labels"], page["near"], strict=True
        ):
            if label in ("content", "chrome") and near:
                found = word_odds.words(text)
                form = word_odds.form_of(found)
                sites[form, label].add(page["site"])
                for mark in set(word_odds.marks(found)):
                    seen[form, mark, label].add(page["site"])
    kept: dict[str, dict[str, float]] = {"short": {}, "long": {}}
    for form, mark in sorted({(form, mark) for form, mark, _ in seen}):
        a, b = (len(seen.get((form, mark, x), ())) for x in ("chrome", "content"))
        share = (len(sites[form, "content"]) + 1) / (len(sites[form, "chrome"]) + 1)
        value = math.log((a + 2) / (b + 2) * share)
        if a + b >= RARE and abs(value) > 0.3:
            kept[form][mark] = round(value, 2)
    return kept


def samples(pages: Pages) -> tuple[Any, Any, Any]:
    """Return features, labels and weights of lines on whole and cut pages."""
    random = np.random.default_rng(SEED)
    known = [odds([p for p in pages if _fold(p, INNER) != n]) for n in range(INNER)]
    matrices, labels, weights = [], [], []
    for page in pages:
        for number, kept in enumerate(versions(page, random)):
            matrix = text_features.features(
                [page["texts"][n] for n in kept],
                [page["rules"][n] for n in kept],
                known[_fold(page, INNER)],
            )
            far = random.random(len(kept)) < FAR
            taken = [
                page["labels"][n] in ("content", "chrome")
                and (page["near"][n] or is_taken)
                for n, is_taken in zip(kept, far, strict=True)
            ]
            matrices.append(matrix[taken])
            labels += [
                page["labels"][n] == "chrome"
                for n, is_taken in zip(kept, taken, strict=True)
                if is_taken
            ]
            weight = 1.0 if page["set"].startswith("wcxb") else NEWS
            weights += [weight * (CUT if number else 1.0)] * sum(taken)
    return np.concatenate(matrices), np.array(labels, np.float32), np.array(weights)


def versions(page: dict[str, Any], random: Any) -> Iterator[list[int]]:
    """Yield the lines of the page whole, cropped, cut inside, and with less chrome."""
    labels, (first, last) = page["labels"], page["span"]
    whole = range(len(labels))
    low = max(0, first - int(random.integers(0, 12)))
    high = last - int(random.integers(0, 12))
    inside = first + int(random.integers(0, max(1, (last - first) // 2)))
    share = random.uniform(0.05, 0.4)
    near = range(first, last)
    yield list(whole)
    yield [*whole[low : max(high, low + 5)]]
    yield [*whole[inside : inside + int(random.integers(5, 60))]]
    yield [n for n in near if labels[n] != "chrome"]
    yield [n for n in near if labels[n] != "chrome" or random.random() < share]


def _near(labels: Sequence[str]) -> list[bool]:
    content = [n for n, label in enumerate(labels) if label == "content"]
    if not content:
        return [False] * len(labels)
    return [content[0] - 4 <= n <= content[-1] + 11 for n in range(len(labels))]


def _fold(page: dict[str, Any], folds: int) -> int:
    return zlib.crc32(page["site"].encode()) % folds


if __name__ == "__main__":
    main()

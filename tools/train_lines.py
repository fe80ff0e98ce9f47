"""Train the line model of ``index/cleaner``: ``python -m tools.train_lines DATA_DIR``.

A maintainers' script; it needs LightGBM, which Dateline does not, and writes
``index/cleaner/line_weights.json``. DATA_DIR holds ``textlines.jsonl.gz`` (id, set,
site, span, lines) and ``gold.jsonl.gz`` (id, title). Pages are also cut inside their
article and stripped of their chrome, so that a dump without any loses nothing.
Labels are automatic: those that models of other sites find absurd are not learned from.
``--folds`` writes nothing but prints, instead, the figures on sites that the model
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
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from bench import line_scores
from index.cleaner import line_model, lines, text_features, word_odds, wording
from index.cleaner.line_context import Line
from index.cleaner.title import same_words
from index.cleaner.word_odds import Odds
from tools.boosting import EXACT, exported

SEED = 7
PARTS = 5  # of the sites; a page's words are weighed by what the other parts say
ABSURD = (0.04, 0.97)  # chances of chrome that refute the labels chrome and content
NEWS = 3.0  # weight of a line from a set of news pages; the third set is blogs mostly
CUT = 0.6  # weight of a line on a page that was cut or stripped
FAR = 0.1  # of the lines far from the article are learned from
RARE = 20  # sites a word must be seen on, each label counted
SLIGHT = 0.35  # log odds that say nothing
TREES, FEWER_TREES = 300, 80
TREE = {
    "objective": "binary",
    "num_leaves": 31,
    "max_depth": 9,
    "learning_rate": 0.08,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "max_bin": 127,
    "seed": SEED,
    **EXACT,
}
TARGET = Path("index/cleaner/line_weights.json")
Pages = Sequence[dict[str, Any]]


def main() -> None:
    """Train, and write the weights or print held-out figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--predictions", type=Path)
    options = parser.parse_args()
    pages = read(options.data)
    if options.folds:
        held_out(pages, options.predictions)
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
        page["part"] = zlib.crc32(page["site"].encode()) % PARTS
    return pages


def held_out(pages: Pages, predictions: Path | None) -> None:
    """Print the figures of all that the cleaner removes, on unseen sites."""
    with ProcessPoolExecutor(2) as pool:
        parts = pool.map(partial(_judged, pages), range(PARTS))
        judged = {key: judged for part in parts for key, judged in part.items()}
    for without in (None, "headline"):
        removed = {
            key: [n for n, line in enumerate(page) if line.rule not in (None, without)]
            for key, page in judged.items()
        }
        for row in line_scores.rows(pages, removed):
            print(json.dumps({**row, "headlines_kept": without is not None}))
    if predictions:
        with predictions.open("w", encoding="utf-8") as file:
            for key, page in judged.items():
                gone = [number for number, line in enumerate(page) if line.rule]
                scores = [line.score for line in page]
                row = {"id": key, "chrome": gone, "scores": scores}
                file.write(json.dumps(row) + "\n")


def _judged(pages: Pages, part: int) -> dict[str, list[Line]]:
    """Return the lines of the pages of ``part`` as judged by a model of the others."""
    model = line_model.load(trained([p for p in pages if p["part"] != part]))
    judged = {}
    for page in (p for p in pages if p["part"] == part):
        judged[page["id"]] = [Line(text) for text in page["texts"]]
        lines.judge(judged[page["id"]], model)
    return judged


def trained(pages: Pages) -> str:
    """Return the weights as JSON."""
    counts = Counts(pages)
    parts = sorted({page["part"] for page in pages})
    known = {part: counts.odds(set(parts) - {part}) for part in parts}
    learned = list(samples(pages, known))
    absurd = _absurd(learned)
    booster = _fit(learned, TREES, absurd)
    trees = json.loads(exported(booster, text_features.NAMES))
    kept = {"odds": counts.odds(set(parts)), "trees": trees}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


class Counts:
    """On how many sites of each part a word or a pair stands in chrome and in content.

    A mark counts once a site and label, so that no site teaches its own names.
    """

    def __init__(self, pages: Pages) -> None:
        """Count the words of the lines near the articles."""
        seen: dict[tuple[str, str, str, int], set[str]] = defaultdict(set)
        sites: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        for page in pages:
            part, site = page["part"], page["site"]
            told = zip(page["texts"], page["labels"], page["near"], strict=True)
            for text, label, near in told:
                if near and label in ("content", "chrome"):
                    words = word_odds.words(text)
                    form = word_odds.form_of(words)
                    sites[form, label, part].add(site)
                    for mark in set(word_odds.marks(words)):
                        seen[form, mark, label, part].add(site)
        self._marks = {key: len(found) for key, found in seen.items()}
        self._sites = {key: len(found) for key, found in sites.items()}

    def odds(self, parts: Collection[int]) -> dict[str, dict[str, float]]:
        """Return the log odds for chrome of what enough sites of ``parts`` say."""
        totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for (form, mark, label, part), number in self._marks.items():
            if part in parts:
                totals[form, mark][label == "chrome"] += number
        kept: dict[str, dict[str, float]] = {"short": {}, "long": {}}
        for (form, mark), (content, chrome) in sorted(totals.items()):
            here = (content + 2) / (self._number(form, "content", parts) + 1)
            there = (chrome + 2) / (self._number(form, "chrome", parts) + 1)
            value = math.log(there / here)
            if content + chrome >= RARE and abs(value) > SLIGHT:
                kept[form][mark] = round(value, 2)
        return kept

    def _number(self, form: str, label: str, parts: Collection[int]) -> int:
        return sum(self._sites.get((form, label, part), 0) for part in parts)


@dataclass(frozen=True)
class Sample:
    """A page, or a piece of one, as learned from; ``taken`` are its lines' numbers."""

    page: dict[str, Any]
    taken: list[int]
    rows: Any
    chrome: Any
    weight: float
    is_whole: bool


def samples(pages: Pages, known: Mapping[int, Odds]) -> Iterator[Sample]:
    """Yield whole and cut pages, their words weighed by the ``known`` odds."""
    random = np.random.default_rng(SEED)
    for page in pages:
        labels = page["labels"]
        for number, kept in enumerate(versions(page, random)):
            rows = text_features.features(
                [page["texts"][n] for n in kept],
                [page["rules"][n] for n in kept],
                known[page["part"]],
            )
            far = random.random(len(kept)) < FAR
            here = [
                at
                for at, n in enumerate(kept)
                if labels[n] in ("content", "chrome") and (page["near"][n] or far[at])
            ]
            taken = [kept[at] for at in here]
            chrome = np.array([labels[n] == "chrome" for n in taken], np.float32)
            weight = 1.0 if page["set"].startswith("wcxb") else NEWS
            weight *= CUT if number else 1.0
            yield Sample(page, taken, rows[here], chrome, weight, number == 0)


def _absurd(learned: Sequence[Sample]) -> frozenset[tuple[str, int]]:
    """Return lines, by page and number, whose label models of other sites refute."""
    found = set()
    for half in (0, 1):
        model = _fit([s for s in learned if s.page["part"] % 2 == half], FEWER_TREES)
        for sample in learned:
            if sample.is_whole and sample.page["part"] % 2 != half and sample.taken:
                chances = model.predict(sample.rows)
                wrong = np.where(
                    sample.chrome > 0, chances < ABSURD[0], chances > ABSURD[1]
                )
                found |= {
                    (sample.page["id"], sample.taken[n]) for n in wrong.nonzero()[0]
                }
    return frozenset(found)


def _fit(
    learned: Sequence[Sample],
    trees: int,
    absurd: Collection[tuple[str, int]] = (),
) -> Any:
    keep = [
        np.array([(s.page["id"], n) not in absurd for n in s.taken], np.bool_)
        for s in learned
    ]
    told = list(zip(learned, keep, strict=True))
    data = lightgbm.Dataset(
        np.concatenate([sample.rows[kept] for sample, kept in told]),
        np.concatenate([sample.chrome[kept] for sample, kept in told]),
        weight=np.concatenate([np.full(kept.sum(), s.weight) for s, kept in told]),
    )
    return lightgbm.train(TREE, data, trees)


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


if __name__ == "__main__":
    main()

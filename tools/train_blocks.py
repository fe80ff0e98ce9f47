"""Train the block model of the cleaner: ``python -m tools.train_blocks DATA_DIR``.

A maintainers' script; it needs LightGBM, which Dateline does not, and writes
``index/cleaner/block_weights.json``. DATA_DIR holds ``gold.jsonl.gz`` (id, set, site,
html_file, text) and the pages it names. A piece is the article's where half its words
are in the gold text, in its order. What the rest of the sites plainly contradicts, as
where a gold text is cut short, is learned from less or not at all. The third set is
blogs mostly; it teaches with a lower weight, and the trees know which set that is.
``bench.clean --folds N`` measures what such trees say of sites they have not seen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from publicsuffixlist import PublicSuffixList

from index.cleaner import evidence, head, markup
from index.cleaner.block_features import NAMES, Evidence, features
from index.cleaner.piecing import layout
from index.cleaner.tree import parse, walk
from tools.alignment import matches
from tools.boosting import EXACT, exported

SEED = 7
INNER = 4  # folds; what other sites say of a page tells whether its gold is whole
QUICK, QUICK_TREES = {"learning_rate": 0.15}, 60  # a booster that says that much
BLOGS, BLOG = "wcxb", 0.5  # a set of other conventions, and its weight
TREES = 150
TREE = {
    "objective": "binary",
    "num_leaves": 24,
    "max_depth": 7,
    "learning_rate": 0.06,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 127,
    "seed": SEED,
    **EXACT,
}
SHORT = 60  # words; the share of a shorter article is taken of so many
CONTENT = 0.5  # share of a piece's words that are the gold's
MIXED = (0.25, 0.5)  # shares that say little
FAR, FEW = 25, 0.3  # pieces from the article; the share learned from of those further
SURE = 0.97  # a chance that contradicts a label; the gold is likelier wrong
AGREED = 0.6  # token F1 with what other sites say; below it the gold is of no use
TARGET = Path("index/cleaner/block_weights.json")
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Page:
    """A labelled page: a row of features, a label and a weight for each piece asked."""

    id: str
    set: str
    site: str
    gold: str
    told: Evidence
    rows: NDArray[np.float32]
    labels: NDArray[np.int64]
    words: NDArray[np.int64]
    weights: Vector


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    pages = list(read(parser.parse_args().data))
    columns = [*NAMES, BLOGS]
    booster = trained(pages)
    text = exported(booster, columns, {len(NAMES): 0.0})
    TARGET.write_text(text + "\n", encoding="utf-8")


def read(data: Path) -> Iterator[Page]:
    """Yield the labelled pages that have anything to ask of."""
    with gzip.open(data / "gold.jsonl.gz", "rt", encoding="utf-8") as file:
        golds = [json.loads(line) for line in file]
    for gold in golds:
        with gzip.open(data / gold["html_file"], "rt", encoding="utf-8") as file:
            page = _page(gold, file.read())
        if page is not None:
            yield page


def _page(gold: dict[str, Any], content: str) -> Page | None:
    soup = parse(content)
    said, page = head.read(soup), layout(walk(soup))
    told = evidence.gather(page, said, None)
    if not told.asked:
        return None
    found = matches([piece.text for piece in page.pieces], gold["text"])
    asked = [found[number] for number in told.asked]
    shares = np.array([match.share for match in asked])
    in_order = np.array([match.is_in_order for match in asked])
    words = np.array([len(re.findall(r"\w+", piece.text)) for piece in told.pieces])
    labels = ((shares >= CONTENT) & in_order).astype(np.int64)
    weights = _worth(words, labels)
    weights *= np.where((shares > MIXED[0]) & (shares < MIXED[1]), 0.3, 1.0)
    weights *= np.where(words == 0, 0.05, 1.0)
    weights *= np.where(_is_near(labels), 1.0, 0.0)
    weights *= BLOG if gold["set"] == BLOGS else 1.0
    rows = features(told)
    return Page(
        id=gold["id"],
        set=gold["set"],
        site=gold["site"],
        gold=gold["text"],
        told=told,
        rows=rows,
        labels=labels,
        words=words,
        weights=weights,
    )


def _worth(words: NDArray[np.int64], labels: NDArray[np.int64]) -> Vector:
    """Return what pieces weigh: by their words, and by their share of the article.

    The second makes a short page count as much as a long one, as it does in F1.
    """
    article = max(SHORT, int((words * labels).sum()))
    worth: Vector = 0.45 + np.minimum(words, 80) / 40
    worth += 20 * np.minimum(words / article, 0.25)
    return worth


def _is_near(labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which pieces are near the article, and some of the others."""
    own, at = np.flatnonzero(labels), np.arange(len(labels))
    some = np.random.default_rng(len(labels)).random(len(labels)) < FEW
    if not len(own):
        return some
    gaps = np.abs(at[:, None] - own[None, :]).min(axis=1)
    near: NDArray[np.bool_] = (gaps <= FAR) | some
    return near


def held_out(data: Path, number: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Yield the id and the cleaned text of each page, its own site untaught.

    ``seed`` draws the ``number`` folds.
    """
    pages = list(read(data))
    fold = folds(pages, number, seed)
    for held in range(number):
        booster = trained(
            [p for p, own in zip(pages, fold, strict=True) if own != held]
        )
        for page in (p for p, own in zip(pages, fold, strict=True) if own == held):
            yield page.id, _cleaned(page, chances(booster, page, 0.0))


def _cleaned(page: Page, said: Vector) -> str:
    chance = dict(zip(page.told.asked, said.tolist(), strict=True))
    verdicts = markup.judge(page.told, chance)
    pieces = zip(page.told.page.pieces, verdicts, strict=True)
    return "\n\n".join(piece.text for piece, rule in pieces if rule is None)


def folds(pages: Sequence[Page], number: int, seed: int = SEED) -> NDArray[np.int64]:
    """Return the fold of each page; those of one registrable domain are in one."""
    suffixes = PublicSuffixList()
    domains = [suffixes.privatesuffix(page.site) or page.site for page in pages]
    order = sorted(set(domains))
    random.Random(seed).shuffle(order)
    fold = {domain: n % number for n, domain in enumerate(order)}
    return np.array([fold[domain] for domain in domains])


def trained(pages: Sequence[Page]) -> Any:
    """Return the booster that pages teach, once doubtful labels weigh less."""
    weights = [page.weights for page in pages]
    fold = folds(pages, INNER)
    doubted = list(weights)
    for held in range(INNER):
        inside = [n for n in range(len(pages)) if fold[n] != held]
        booster = _fit(
            [pages[n] for n in inside],
            [weights[n] for n in inside],
            TREE | QUICK,
            QUICK_TREES,
        )
        for n in map(int, np.flatnonzero(fold == held)):
            doubted[n] = _doubted(pages[n], weights[n], chances(booster, pages[n]))
    return _fit(pages, doubted)


def chances(booster: Any, page: Page, blog: float | None = None) -> Vector:
    """Return what a booster says of a page's pieces, as one of its own set."""
    own = float(page.set == BLOGS) if blog is None else blog
    rows = np.column_stack([page.rows, np.full(len(page.rows), own)])
    said: Vector = booster.predict(rows, num_threads=1)
    return said


def _fit(
    pages: Sequence[Page],
    weights: Sequence[Vector],
    settings: Mapping[str, Any] = TREE,
    trees: int = TREES,
) -> Any:
    rows = np.vstack([page.rows for page in pages])
    blogs = np.concatenate([np.full(len(p.rows), p.set == BLOGS) for p in pages])
    labels = np.concatenate([page.labels for page in pages])
    weight = np.concatenate(list(weights))
    used = weight > 0
    columns = np.column_stack([rows, blogs])[used]
    data = lightgbm.Dataset(columns, labels[used], weight=weight[used])
    return lightgbm.train(dict(settings), data, trees)


def _doubted(page: Page, weights: Vector, said: Vector) -> Vector:
    """Return weights that leave out what the other sites contradict."""
    kept, own = (said > CONTENT), page.labels == 1
    common = 2 * (page.words * (kept & own)).sum()
    both = (page.words * kept).sum() + (page.words * own).sum()
    if common < AGREED * both:
        return np.zeros_like(weights)
    wrong = (own & (said < 1 - SURE)) | (~own & (said > SURE))
    return np.where(wrong, 0.1, 1.0) * weights


if __name__ == "__main__":
    main()

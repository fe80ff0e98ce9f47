"""Fit the weights of ``index/toponyms/evidence.py`` to gold toponyms.

For maintainers: ``python -m tools.train_places $DATELINE_DATA/places`` prints the
module ``index/toponyms/weights.py``: numbers on features, none keyed by a site, a
document or a word of the data. ``--folds`` prints the figures on articles left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from index.toponyms.evidence import features_of
from index.toponyms.mentions import mentions_of
from index.toponyms.setting import headline_end, setting_of
from index.toponyms.words import words_of
from search.gazetteer import gazetteer

SETS = ("lgl", "trnews", "geovirus")
RARE = 8  # a feature seen less often keeps weight 0
DECAY = 2.0


def main() -> None:
    """Fit on everything and print the module, or the figures of five folds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", action="store_true")
    args = parser.parse_args()
    docs = [doc for name in SETS for doc in read(args.data / f"{name}.jsonl.gz")]
    rows = [list(samples(doc)) for doc in docs]
    if args.folds:
        report(rows)
        return
    weights = fit([sample for doc in rows for sample in doc])
    print(
        '"""The weights of :mod:`index.toponyms.evidence`: numbers on named features.'
    )
    print('\nFitted by ``tools/train_places.py`` to gold toponyms.\n"""\n')
    print("from __future__ import annotations\n\nWEIGHTS: dict[str, float] = {")
    for name, value in sorted(weights.items()):
        print(f'    "{name}": {value:.2f},')
    print("}")


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def samples(doc: dict[str, Any]) -> Iterator[tuple[list[str], bool]]:
    """Yield the features of each known name and whether gold has it as a place.

    What gold leaves open (demonyms, parts of names) is no sample.
    """
    source, text = gazetteer(), doc["text"]
    words = words_of(text)
    mentions = mentions_of(words, source)
    setting = setting_of(mentions, words, source, headline_end(words, 0))
    gold = {(p["start"], p["end"]): bool(p.get("optional")) for p in doc["places"]}
    for number, mention in enumerate(mentions):
        span = (mention.start, mention.end)
        if not mention.senses or gold.get(span):
            continue
        overlaps = any(s < span[1] and span[0] < e for s, e in gold)
        if overlaps and span not in gold:
            continue
        yield features_of(mentions, number, words, setting, source), span in gold


def fit(rows: list[tuple[list[str], bool]]) -> dict[str, float]:
    """Return the weights of a logistic regression, by Newton's method."""
    seen: dict[str, int] = {}
    for names, _ in rows:
        for name in set(names):
            seen[name] = seen.get(name, 0) + 1
    names = sorted(name for name, count in seen.items() if count >= RARE)
    column = {name: number for number, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for row, (active, _) in enumerate(rows):
        for name in active:
            if name in column:
                x[row, column[name]] = 1.0
    y = np.array([label for _, label in rows], dtype=float)
    w = np.zeros(len(names))
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (y - p) - DECAY * w
        bend = (x * (p * (1 - p))[:, None]).T @ x + DECAY * np.eye(len(names))
        w = w + np.linalg.solve(bend, slope)
    return {name: float(w[number]) for name, number in column.items()}


def report(rows: list[list[tuple[list[str], bool]]]) -> None:
    """Print precision and recall of five folds, articles kept whole."""
    right = wrong = missed = 0
    for fold in range(5):
        train = [s for n, doc in enumerate(rows) if n % 5 != fold for s in doc]
        weights = fit(train)
        for names, label in (s for n, d in enumerate(rows) if n % 5 == fold for s in d):
            said = sum(weights.get(name, 0.0) for name in names) > 0
            right += said and label
            wrong += said and not label
            missed += label and not said
    print(
        json.dumps(
            {"precision": right / (right + wrong), "recall": right / (right + missed)}
        )
    )


if __name__ == "__main__":
    main()

"""Train the line model of ``index/cleaner``: ``python tools/train_lines.py DATA_DIR``.

A maintainers' script; it writes ``index/cleaner/line_weights.json``. DATA_DIR holds
``textlines.jsonl.gz`` (id, set, site, span, lines) and ``gold.jsonl.gz`` (id, title).
Pages are also cut at random places and stripped of their chrome, so that a dump
without any loses nothing. ``--folds N`` prints, instead, the figures on sites the model
has not seen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from index.cleaner.line_features import features, words

HIDDEN, EPOCHS, BATCH, SEED = 32, 14, 512, 7
NEWS = 3.0  # weight of a line from a set of news pages; the third set is blogs mostly
RARE = 20  # sites a word must be seen on, each label counted
LOSS = 2.0  # weight of content against chrome: a lost line is worse than a left one


def main() -> None:
    """Train, and write the weights or print held-out figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    with gzip.open(options.data / "textlines.jsonl.gz", "rt", encoding="utf-8") as file:
        pages = [json.loads(line) for line in file]
    with gzip.open(options.data / "gold.jsonl.gz", "rt", encoding="utf-8") as file:
        titles = {row["id"]: row["title"] for row in map(json.loads, file)}
    for page in pages:
        _spare_title(page, titles.get(page["id"]))
    if options.folds:
        held_out(pages, options.folds)
        return
    lexicon = odds(pages)
    layers = train(samples(pages, lexicon))
    rounded = [np.round(layer, 4).tolist() for layer in layers]
    target = Path("index/cleaner/line_weights.json")
    target.write_text(
        json.dumps({"layers": rounded, "lexicon": lexicon}, separators=(",", ":"))
        + "\n"
    )


def odds(pages: list[dict[str, Any]]) -> dict[str, float]:
    """Return the log odds for chrome of the words that many sites use.

    A word counts once a site and label, so that no site teaches its own names.
    """
    seen: dict[str, dict[str, set[str]]] = {"chrome": {}, "content": {}}
    for page in pages:
        for (text, label), close in zip(
            page["lines"], _near(page["lines"]), strict=True
        ):
            if label in seen and close:
                for word in words(text):
                    seen[label].setdefault(word, set()).add(page["site"])
    sites = {label: len(set().union(*seen[label].values())) for label in seen}
    found = {}
    for word in seen["chrome"].keys() | seen["content"].keys():
        a, b = (len(seen[label].get(word, ())) for label in ("chrome", "content"))
        if a + b >= RARE:
            value = math.log((a + 2) / (b + 2) * sites["content"] / sites["chrome"])
            if abs(value) > 0.3:
                found[word] = round(value, 2)
    return dict(sorted(found.items()))


def samples(
    pages: list[dict[str, Any]], lexicon: dict[str, float]
) -> tuple[Any, Any, Any]:
    """Return features, labels and weights of lines on whole and cut pages."""
    random = np.random.default_rng(SEED)
    xs, ys, ws = [], [], []
    for page in pages:
        for version in _versions(page, random):
            x = features([text for text, _ in version], lexicon)
            near = _near(version)
            for row, (text, label), close in zip(x, version, near, strict=True):
                if label in ("content", "chrome") and (close or random.random() < 0.1):
                    xs.append(row)
                    ys.append(label == "chrome")
                    weight = NEWS if page["set"] != "wcxb_dev" else 1.0
                    length = min(4.0, 0.3 + len(text.split()) / 12)
                    ws.append(weight * (1.0 if label == "chrome" else LOSS * length))
    return np.array(xs), np.array(ys, dtype=np.float32), np.array(ws, dtype=np.float32)


def train(data: tuple[Any, Any, Any]) -> list[Any]:
    """Return mean, scale and the layers of a small network trained with Adam."""
    x, y, w = data
    random = np.random.default_rng(SEED)
    mean, scale = x.mean(0), x.std(0) + 0.05
    x = (x - mean) / scale
    w = w / w.mean()
    layers = [
        random.normal(0, 0.1, (x.shape[1], HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        random.normal(0, 0.1, HIDDEN).astype(np.float32),
        np.zeros(1, np.float32),
    ]
    first = [np.zeros_like(p) for p in layers]
    second = [np.zeros_like(p) for p in layers]
    step = 0
    for epoch in range(EPOCHS):
        rate = 0.003 * (1 - epoch / EPOCHS) + 0.0002
        order = random.permutation(len(x))
        for start in range(0, len(order), BATCH):
            pick = order[start : start + BATCH]
            step += 1
            slopes = _gradients(layers, x[pick], y[pick], w[pick])
            for number, slope in enumerate(slopes):
                gradient = slope + 1e-4 * layers[number]
                first[number] = 0.9 * first[number] + 0.1 * gradient
                second[number] = 0.999 * second[number] + 0.001 * gradient**2
                size = rate * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
                layers[number] = layers[number] - size * first[number] / (
                    np.sqrt(second[number]) + 1e-8
                )
    return [mean, scale, *layers]


def held_out(pages: list[dict[str, Any]], folds: int) -> None:
    """Print chrome F1 and content words lost by threshold, on unseen sites."""
    scores: dict[str, Any] = {}
    for fold in range(folds):
        test = [p for p in pages if zlib.crc32(p["site"].encode()) % folds == fold]
        ids = {p["id"] for p in test}
        others = [p for p in pages if p["id"] not in ids]
        lexicon = odds(others)
        layers = train(samples(others, lexicon))
        for page in test:
            x = features([t for t, _ in page["lines"]], lexicon)
            scores[page["id"]] = predict(layers, x)
    for name in ("all", "wcxb_dev", "atf", "sh"):
        chosen = [p for p in pages if name in ("all", p["set"])]
        for threshold in (0.4, 0.5, 0.6, 0.7, 0.8):
            print(name, threshold, *_figures(chosen, scores, threshold))


def predict(layers: list[Any], x: Any) -> Any:
    """Return the probability of chrome for each row."""
    mean, scale, w1, b1, w2, b2 = layers
    hidden = np.maximum(0, ((x - mean) / scale) @ w1 + b1)
    return 1 / (1 + np.exp(-(hidden @ w2 + b2)))


def _figures(pages: list[dict[str, Any]], scores: Any, threshold: float) -> list[float]:
    hit = false = missed = words = lost = 0
    for page in pages:
        for number in range(*page["span"]):
            text, label = page["lines"][number]
            gone = scores[page["id"]][number] > threshold
            if label == "chrome":
                hit, missed = hit + gone, missed + (not gone)
            elif label == "content":
                size = len(text.split())
                false, words, lost = false + gone, words + size, lost + size * gone
    f1 = 2 * hit / max(1, 2 * hit + false + missed)
    return [round(100 * float(f1), 2), round(100 * lost / max(1, words), 2)]


def _spare_title(page: dict[str, Any], title: str | None) -> None:
    """Relabel the headline, which is neither: the gold text leaves it out."""
    for line in page["lines"]:
        if title and line[1] == "chrome" and words(line[0]) == words(title):
            line[1] = "title"


def _versions(page: dict[str, Any], random: Any) -> list[list[list[str]]]:
    lines, (a, b) = page["lines"], page["span"]
    low = max(0, a - int(random.integers(0, 12)))
    high = b - int(random.integers(0, 12))
    pure = [line for line in lines if line[1] != "chrome"]
    thin = [line for line in lines[a:b] if line[1] != "chrome" or random.random() < 0.3]
    return [lines, lines[low : max(high, low + 5)], pure, thin]


def _near(lines: list[list[str]]) -> list[bool]:
    content = [n for n, (_, label) in enumerate(lines) if label == "content"]
    if not content:
        return [False] * len(lines)
    return [content[0] - 4 <= n <= content[-1] + 11 for n in range(len(lines))]


def _gradients(layers: list[Any], x: Any, y: Any, w: Any) -> list[Any]:
    w1, b1, w2, b2 = layers
    hidden = np.maximum(0, x @ w1 + b1)
    error = w * (1 / (1 + np.exp(-(hidden @ w2 + b2))) - y) / len(y)
    back = np.outer(error, w2) * (hidden > 0)
    return [x.T @ back, back.sum(0), hidden.T @ error, np.array([error.sum()])]


if __name__ == "__main__":
    main()

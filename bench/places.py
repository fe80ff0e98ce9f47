"""Measure places on gold toponyms: ``python -m bench.places $DATELINE_DATA``.

One JSON line a set: spans exactly as gold has them, the share of names found that is
placed within 161 km, F1 of both together, and the countries of documents, in per cent,
by the measures of ``bench/place_scores.py``. LGL, TR-News and GeoVirus are divided into
``--folds``, LGL by outlet and GeoVirus by page, and each part is annotated by a model
fitted to all the others (``tools/train_places.py``); GeoWebNews and Reuters-21578, to
which nothing was fitted, by one that is fitted to all three. What an outlet's other
articles tell is used, as ``dateline annotate`` does, unless ``--no-prior`` is given.

``--peer MODULE`` names a spaCy model installed beside Dateline: it is run on the same
documents, its names looked up in the same gazetteer, the most prominent place taken.
``--shipped`` measures speed alone, with the weights that come with the program;
``--indexed`` what runs of ``dateline reindex`` make of LGL, and what they cost.
Leaves with 1 if a figure of ours is below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import floors
from bench.place_peer import Peer
from bench.place_scores import Placed, Tally, Toponym, count_countries
from bench.places_indexed import indexed
from index.toponyms import finding
from index.toponyms.locate import Located, located
from index.toponyms.priors import Prior, Testimony
from index.toponyms.weights import Model
from search.gazetteer import gazetteer
from search.model import Article
from tools.place_gold import SETS, Gold, article_of, gold, outlets, read
from tools.train_places import Seen, fitted

UNSEEN = "geowebnews"
REUTERS = "reuters"

Annotated = tuple[list[Toponym], frozenset[str]]


def main() -> None:
    """Print the figures as JSON lines; leave with 1 if one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--no-prior", action="store_true")
    parser.add_argument("--peer", metavar="MODULE")
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--indexed", action="store_true")
    options = parser.parse_args()
    folder = options.data / "places"
    if options.shipped:
        rows = speeds(folder)
    elif options.indexed:
        rows = indexed(folder)
    else:
        rows = ours(folder, options.folds, prior=not options.no_prior)
    missed: list[str] = []
    for row in rows:
        print(json.dumps({"tool": "dateline", **row}), flush=True)
        if not options.no_prior and row.get("prior") != "without":
            missed += floors.missed(
                {
                    f"places_{row['set']}_{k}": v
                    for k, v in row.items()
                    if k[-3:] == "pct"
                }
            )
    if options.peer:
        for row in theirs(folder, Peer(options.peer)):
            print(json.dumps({"tool": options.peer, **row}), flush=True)
    if missed:
        sys.exit("\n".join(missed))


def ours(folder: Path, folds: int, *, prior: bool) -> Iterator[dict[str, Any]]:
    """Yield our figures on each set."""
    docs = gold(folder, folds=folds)
    seen = [Seen(doc) for doc in docs]
    placed = {name: Placed() for name in SETS}
    for fold in range(folds):
        model = fitted([s for s in seen if s.doc.fold != fold])
        held = [doc for doc in docs if doc.fold == fold]
        known = priors(held, model) if prior else {}
        for doc in held:
            _count(placed[doc.name], doc, _annotated(doc, model, known.get(id(doc))))
    for name, figures in placed.items():
        yield {"set": name, **_told(figures)}
    model = fitted(seen)
    unseen = Placed()
    for doc in gold(folder, (UNSEEN,)):
        _count(unseen, doc, _annotated(doc, model, None))
    yield {"set": UNSEEN, **_told(unseen)}
    yield _reuters(
        folder, lambda article: frozenset(place(article, None, model).countries)
    )


def theirs(folder: Path, peer: Peer) -> Iterator[dict[str, Any]]:
    """Yield a peer's figures on each set, and articles a second of both."""
    for name in (*SETS, UNSEEN):
        placed = Placed()
        docs = gold(folder, (name,))
        start = time.process_time()
        found = [peer.annotated(doc.article) for doc in docs]
        seconds = time.process_time() - start
        for doc, annotated in zip(docs, found, strict=True):
            _count(placed, doc, annotated)
        mine = _seconds(docs, lambda doc: place(doc.article))
        yield {
            "set": name,
            **_told(placed),
            "articles_per_s": round(len(docs) / seconds, 1),
            "dateline_articles_per_s": round(len(docs) / mine),
            "times_slower": round(seconds / mine, 1),
        }


def speeds(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield articles a second of processor time on each set, the best of three."""
    place(Article(id="0" * 16, text="The ferry from Oslo to Kiel was late."))
    for name in (*SETS, UNSEEN, REUTERS):
        docs = gold(folder, (name,))[:2_000]
        best = min(_seconds(docs, lambda doc: place(doc.article)) for _ in range(3))
        yield {"set": name, "articles_per_s": round(len(docs) / best)}


def priors(docs: list[Gold], model: Model) -> dict[int, Prior | None]:
    """Return what each document's outlet tells of it, by the document's identity."""
    found: dict[int, Prior | None] = {}
    for listed in outlets(docs).values():
        prior = Prior()
        told = [Testimony.of(place(doc.article, None, model).sure) for doc in listed]
        for testimony in told:
            prior.count(testimony)
        for doc, testimony in zip(listed, told, strict=True):
            found[id(doc)] = prior.without(testimony)
    return found


def place(
    article: Article, prior: Prior | None = None, model: Model | None = None
) -> Located:
    """Return the places of ``article``."""
    source = gazetteer()
    return located(finding.read(article, source), source, prior, model)


def _reuters(folder: Path, told: Callable[[Article], frozenset[str]]) -> dict[str, Any]:
    tally = Tally()
    for record in read(folder / f"{REUTERS}.jsonl.gz"):
        if record["places"]:
            count_countries(tally, set(record["places"]), told(article_of(record)))
    return {"set": REUTERS, **_percent("country", tally)}


def _annotated(doc: Gold, model: Model, prior: Prior | None) -> Annotated:
    return toponyms(place(doc.article, prior, model))


def toponyms(found: Located) -> Annotated:
    """Return what was found in the form the measures take."""
    listed = []
    for each in found.places:
        known = gazetteer().place(each.id)
        number = int(each.id) if each.id.isdecimal() else None
        listed += [
            Toponym(
                start,
                end,
                each.lat,
                each.lon,
                number,
                known.country if known else None,
            )
            for start, end in each.spans
        ]
    return sorted(listed, key=lambda t: t.span), frozenset(found.countries)


def _count(placed: Placed, doc: Gold, annotated: Annotated) -> None:
    placed.add(doc.toponyms, *annotated)


def _told(figures: Placed) -> dict[str, float]:
    return {
        **_percent("span", figures.spans),
        "within_161_km_pct": round(100 * figures.within, 1),
        "end_to_end_f1_pct": round(100 * figures.end_to_end, 1),
        **_percent("country", figures.countries),
    }


def _percent(name: str, tally: Tally) -> dict[str, float]:
    return {
        f"{name}_precision_pct": round(100 * tally.precision, 1),
        f"{name}_recall_pct": round(100 * tally.recall, 1),
        f"{name}_f1_pct": round(100 * tally.f1, 1),
    }


def _seconds(docs: list[Gold], work: Callable[[Gold], object]) -> float:
    start = time.process_time()
    for doc in docs:
        work(doc)
    return time.process_time() - start


if __name__ == "__main__":
    main()

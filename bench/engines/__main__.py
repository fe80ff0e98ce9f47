"""Compare engines: ``python -m bench.engines CORPUS --docs 20000``.

CORPUS holds JSON lines, plain or gzipped, with id, title, body, date, places, source.
Each engine builds its index of the first ``--docs`` of them in a process of its own,
on one thread. Then all are asked the same queries in one process, query by query, in
an order that rotates: ten hits with title and snippet, the total, and three facets
(ten sources, ten places, every month); other queries for ten hits alone. No query is
asked twice, and the first three of a class are not counted. Times are CPU milliseconds
of all threads; totals and source counts are compared with those of the first engine.

Left out: HTTP, cold caches, several requests at once, and documents that were deleted.
Stock Whoosh takes part with up to 20,000 articles and is asked ten queries of a class.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.engines import measures, rounds, table
from bench.engines.asks import Ask, asks, survey
from bench.engines.corpus import rows
from bench.engines.peer import PEERS, peer
from bench.engines.stages import stages

_HELD = 500  # full requests before a searcher's memory is read
_STAGED = 10  # asks of each class whose time is split into stages
_BASELINE = "tantivy"


def main() -> None:
    """Print the tables, and write all figures where ``--json`` says."""
    options = _options()
    chosen = [name for name in options.peers.split(",") if _takes_part(name, options)]
    with TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        figures = _figures(options, chosen, folder)
    _print(figures, chosen)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.engines",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--docs", type=int, default=20_000, help="articles to index")
    parser.add_argument("--peers", default="ours,tantivy,fts5", help=",".join(PEERS))
    parser.add_argument("--classes", help="only those, by name, with commas between")
    parser.add_argument("--queries", type=int, default=60, help="timed, of each class")
    parser.add_argument(
        "--folder", type=Path, help="keep the indexes there, and use what is there"
    )
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    return parser.parse_args()


def _takes_part(name: str, options: argparse.Namespace) -> bool:
    most = peer(name).most
    if most is None or options.docs <= most:
        return True
    print(f"{name} is left out: it takes part with --docs {most}", file=sys.stderr)
    return False


def _figures(
    options: argparse.Namespace, chosen: list[str], folder: Path
) -> dict[str, Any]:
    _say("reading the corpus")
    found = survey(rows(options.corpus, options.docs))
    number = options.queries
    # What the searcher's memory is measured with may be what was asked before.
    kinds = asks(found, number + number // 2 + _STAGED + 2 * rounds.WARM_UP)
    if options.classes:
        kinds = {name: kinds[name] for name in options.classes.split(",")}
    engines = {name: _engine(name, options, folder) for name in chosen}
    opened = {name: peer(name).open(folder / name) for name in chosen}
    bounds = {name: peer(name).rounds for name in chosen}
    _say("asking for whole answers")
    cut = number + rounds.WARM_UP
    whole = rounds.full(opened, {k: v[:cut] for k, v in kinds.items()}, bounds)
    _say("asking for ten hits")
    end = cut + number // 2 + rounds.WARM_UP
    alone = rounds.top(opened, {k: v[cut:end] for k, v in kinds.items()}, bounds)
    split: dict[str, Any] = {}
    if "ours" in opened:
        split = stages(opened["ours"], {k: v[end:] for k, v in kinds.items()})
    for name in chosen:
        if peer(name).rounds is None:
            _say(f"memory and small commits of {name}")
            engines[name].update(_held(name, options, folder, kinds))
    for index in opened.values():
        index.close()
    return {
        "corpus": options.corpus.name,
        "articles": found.articles,
        "engines": engines,
        "full": _summary(whole),
        "top": _summary(alone),
        "stages": split,
    }


def _engine(name: str, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Return what building cost; nothing where the index is there already."""
    place = folder / name
    notes = folder / f"{name}.json"
    if notes.exists():
        known: dict[str, Any] = json.loads(notes.read_text())
        return known
    _say(f"building {name}")
    place.mkdir(parents=True)
    built = measures.apart(measures.built, name, options.corpus, options.docs, place)
    notes.write_text(json.dumps(asdict(built)))
    return asdict(built)


def _held(
    name: str, options: argparse.Namespace, folder: Path, kinds: dict[str, list[Ask]]
) -> dict[str, Any]:
    turns = zip_longest(*kinds.values())
    mixed = [ask for turn in turns for ask in turn if ask is not None]
    held = measures.apart(measures.held, name, folder / name, mixed[:_HELD])
    small = measures.apart(measures.committed, name, options.corpus, folder / name)
    return {
        **asdict(held),
        **{"commit_" + key: value for key, value in asdict(small).items()},
    }


def _summary(timed: rounds.Timed) -> dict[str, Any]:
    names = dict.fromkeys(name for each in timed.spent.values() for name in each)
    ratios: dict[str, Any] = {}
    for name in names:
        if name != _BASELINE and _BASELINE in names:
            medians, means = rounds.ratios(timed.spent, name, _BASELINE)
            ratios[name] = {
                "p50": medians,
                "mean": means,
                "geometric_p50": rounds.overall(medians),
                "geometric_mean": rounds.overall(means),
            }
    return {
        "classes": {
            kind: {name: asdict(rounds.Spread.of(s)) for name, s in each.items()}
            for kind, each in timed.spent.items()
        },
        "asked": sum(len(totals) for totals in timed.totals.values()),
        "hits": {k: int(median(v)) for k, v in timed.totals.items() if v},
        "ratios": ratios,
        "disagreements": timed.disagreements,
    }


def _print(figures: dict[str, Any], chosen: list[str]) -> None:
    engines = figures["engines"]
    base = engines.get(_BASELINE)
    if base:
        for each in engines.values():
            each["speed of tantivy"] = base["cpu_s"] / each["cpu_s"]
            each["size of tantivy"] = each["index_mb"] / base["index_mb"]
    print(f"\n{figures['corpus']}, {figures['articles']} articles\n")
    print(table.columns(engines))
    print("\nTen hits, total, three facets, snippets\n")
    print(table.times(figures["full"], chosen))
    print("\nTen hits alone\n")
    print(table.times(figures["top"], chosen))
    if figures["stages"]:
        print("\nWhere the time of ours goes, mean CPU ms\n")
        names = next(iter(figures["stages"].values())).keys()
        lines = [[kind, *each.values()] for kind, each in figures["stages"].items()]
        print(table.table(["", *names], lines))
    _print_disagreements(figures["full"], chosen[0])


def _print_disagreements(figures: dict[str, Any], first: str) -> None:
    print(f"\nAnswers that differ from those of {first}: {figures['asked']} asked\n")
    for kind in figures["classes"]:
        for name, asked in figures["disagreements"].get(kind, {}).items():
            print(f"{kind}, {name}: {len(asked)}, as {'; '.join(asked[:3])}")


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

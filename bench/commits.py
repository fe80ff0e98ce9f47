"""Time small commits: ``python -m bench.commits CORPUS --docs 100000``.

CORPUS holds JSON lines as bench.engines reads them. An index of the first ``--docs`` is
built in batches of 10,000; then ten articles, half of them new and half replaced, are
committed ``--commits`` times, each by a run of its own, and the whole is verified.
One JSON line: the build's seconds and peak memory, the commits' milliseconds.

Left out: cleaning pages, the ledger, merges of big segments, and a cold cache.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from bench.engines.corpus import article, rows
from search.engines import open_build, open_writer, verify
from search.model import Article

_BATCH = 10_000
_SMALL = 10


def main() -> None:
    """Print the figures as one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--docs", type=int, default=100_000)
    parser.add_argument("--commits", type=int, default=40)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        locator = str(Path(folder) / "index")
        begun = time.perf_counter()
        _build(locator, _articles(options.corpus, options.docs))
        built = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        changed = list(_articles(options.corpus, _SMALL * options.commits))
        times = [
            _commit(locator, changed[at : at + _SMALL])
            for at in range(0, len(changed), _SMALL)
        ]
        wall, spent = zip(*times, strict=True)
        begun = time.perf_counter()
        found = verify(locator)
        verified = time.perf_counter() - begun
    figures = {
        "articles": options.docs,
        "build_s": round(built, 1),
        "build_peak_mb": round(peak),
        "commit_p50_ms": round(quantiles(wall, n=20)[9]),
        "commit_p95_ms": round(quantiles(wall, n=20)[18]),
        "commit_cpu_p50_ms": round(quantiles(spent, n=20)[9]),
        "commit_cpu_p95_ms": round(quantiles(spent, n=20)[18]),
        "verify_ms": round(1e3 * verified),
        "bytes": found.bytes,
        "faults": len(found.faults),
    }
    print(json.dumps(figures))


def _articles(path: Path, number: int) -> Iterator[Article]:
    return (article(row) for row in rows(path, number))


def _build(locator: str, articles: Iterator[Article]) -> None:
    with open_build(locator, full=True) as build:
        while batch := list(islice(articles, _BATCH)):
            with build.writer() as writer:
                for one in batch:
                    writer.add(one)


def _commit(locator: str, articles: list[Article]) -> tuple[float, float]:
    """Return wall and CPU ms of a commit in which every other article is a new one."""
    begun, idle = time.perf_counter(), time.process_time()
    with open_writer(locator) as writer:
        for number, one in enumerate(articles):
            writer.add(one if number % 2 else replace(one, id=f"new{one.id[3:]}"))
    return 1e3 * (time.perf_counter() - begun), 1e3 * (time.process_time() - idle)


if __name__ == "__main__":
    main()

"""Measure what earlier versions of articles cost: ``python -m bench.versions``.

The pages of the bundled sample under ``--times`` addresses, indexed; then a second copy
of each, saved a day later with one sentence more. One JSON line: what a version adds to
the ledger (kB), CPU of the run that brings the copies for each of them (ms), of the
same run into an empty index, where nothing has a version (ms), their ratio, and the CPU
of looking up the versions of one article (ms).

Left out: pages of over 30 kB, and what it costs to show a version, which is a page as
any other. Both copies in one run cost more: the earlier one is read twice then.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from index.pipeline import Task, reindex
from index.report import Muted
from index.way import STAGES
from search.engines import open_build, open_searcher, state_of
from search.histories import Histories
from search.model import Query
from search.status import LEDGER
from tests.paper import Ear

_SAMPLE = Path(__file__).parent.parent / "sample" / "pages"
_DAY = 86_400  # seconds
_SAVED = 1_000_000_000
_MORE = " That was not all of it, as was heard on the day after."


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=8)
    options = parser.parse_args()
    with TemporaryDirectory() as made:
        folder = Path(made).resolve()
        _write(folder, options.times)
        index = str(folder / "index")
        _run(folder / "first", index)
        before = _ledger(index)
        again = _run(folder / "later", index)
        alone = _run(folder / "later", str(folder / "alone"))
        found, lookup = _looked_up(index)
        more = _ledger(index) - before - _ledger(str(folder / "alone"))
    figures = {
        "versions": found,
        "ledger_kb_a_version": round(more / found / 1000, 1),
        "cpu_ms_a_copy": round(1000 * again / found, 1),
        "cpu_ms_a_copy_alone": round(1000 * alone / found, 1),
        "ratio": round(again / alone, 2),
        "lookup_ms": round(1000 * lookup, 2),
    }
    print(json.dumps(figures))


def _write(folder: Path, times: int) -> None:
    """Write the pages that have an address of their own, on both days."""
    for page in sorted(_SAMPLE.rglob("*.html")):
        text = page.read_text("utf-8", "replace")
        if '<link rel="canonical" href="https://' not in text or len(text) > 30_000:
            continue
        for time_ in range(times):
            for day, name in enumerate(("first", "later")):
                to = folder / name / f"{time_}-{page.parent.name}-{page.name}"
                to.parent.mkdir(exist_ok=True)
                said = text.replace(".example/", f".example/{time_}/")
                if day:
                    said = said.replace("</p>", f"{_MORE}</p>", 1)
                to.write_text(said, "utf-8")
                os.utime(to, (_SAVED + day * _DAY,) * 2)


def _run(pages: Path, index: str) -> float:
    """Bring the index up to date with ``pages``; return the seconds of CPU it took."""
    before = _cpu()
    reindex(open_build(index), Task(paths=(pages,)), STAGES, Muted(Ear()))
    return _cpu() - before


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (0, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _ledger(index: str) -> int:
    state = state_of(index)
    return (state / LEDGER).stat().st_size if state else 0


def _looked_up(index: str) -> tuple[int, float]:
    """Return how many earlier versions there are, and the seconds a look-up takes."""
    searcher = open_searcher(index)
    hits = searcher.export(Query(kinds=(), snippets=0)).hits
    ids = [hit.id for hit in hits]
    searcher.close()
    histories = Histories(index)
    before = time.process_time()
    found = [histories.of(id_) for id_ in ids]
    took = time.process_time() - before
    return sum(max(0, len(one) - 1) for one in found), took / len(ids)


if __name__ == "__main__":
    main()

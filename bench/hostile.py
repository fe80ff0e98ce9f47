"""Index hostile pages as their manifest says: ``python -m bench.hostile DATA_DIR``.

DATA_DIR holds ``MANIFEST.tsv`` (file, marker, expect, bytes) and the files it names.
All are indexed in one run, then each is looked for by its marker and in the report; and
each is read and cleaned in a process of its own, whose CPU time and memory count. One
JSON line for each file that does otherwise than its manifest says, or needs 2 s or
500 MiB, then one for all. Exit code 1 if there is one.

Left out: what pages show of it (tests/test_web_security.py); hazards of file systems,
which cannot be kept in a folder (tests/test_walk.py).
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import resource
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.watching import Silent
from index.pipeline import Task, reindex
from index.stages import Preparing, ReadFile
from index.walk import Found
from index.way import STAGES
from search.engines import open_build, open_searcher
from search.model import Query

SECONDS, MIB = 2.0, 500.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file needs: CPU time, and the most memory of its process."""

    seconds: float
    mib: float


def main() -> None:
    """Print what is wrong and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    data: Path = parser.parse_args().data
    with (data / "MANIFEST.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    with TemporaryDirectory() as folder:
        found, reported = _indexed(data, Path(folder), [row["marker"] for row in rows])
    faults, worst = 0, Cost(0, 0)
    for row in rows:
        cost = _cost(data / row["file"])
        worst = Cost(max(worst.seconds, cost.seconds), max(worst.mib, cost.mib))
        fault = _fault(row, cost, found, reported)
        if fault:
            faults += 1
            print(json.dumps({"file": row["file"], "fault": fault, **asdict(cost)}))
    print(json.dumps({"files": len(rows), "faults": faults, **asdict(worst)}))
    sys.exit(1 if faults else 0)


def _indexed(data: Path, folder: Path, markers: list[str]) -> tuple[set[str], set[str]]:
    """Return the markers that are found, and the files that are reported."""
    index = str(folder / "index")
    report = folder / "report.jsonl"
    task = Task(paths=(data,), workers=2, report=report)
    reindex(open_build(index), task, STAGES, Silent())
    lines = map(json.loads, report.read_text("utf-8").splitlines())
    reported = {
        str(Path(line["path"]).relative_to(data.resolve()))
        for line in lines
        if line["reason"]
    }
    searcher = open_searcher(index)
    try:
        found = {
            marker
            for marker in set(markers) - {"-"}
            if searcher.search(Query(text=f'"={marker}"', kinds=())).total
        }
    finally:
        searcher.close()
    return found, reported


def _fault(
    row: dict[str, str], cost: Cost, found: set[str], reported: set[str]
) -> str | None:
    """Return what a file does otherwise than it should."""
    name, expect = row["file"], row["expect"].split(";")[0].strip()
    if cost.seconds >= SECONDS or cost.mib >= MIB:
        return "costs too much"
    is_found, is_told = row["marker"] in found, name in reported
    if expect == "indexed" and not is_found:
        return "not found"
    if expect == "indexed_or_reported" and not (is_found or is_told):
        return "neither found nor reported"
    if expect.startswith("reported") and (is_found or not is_told):
        return "not reported"
    return None


def _cost(path: Path) -> Cost:
    """Return what reading and cleaning one file costs a process that is ready."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_clean, args=(path, theirs))
    process.start()
    theirs.close()
    seconds, mib = ours.recv() if ours.poll(60) else (60.0, 0.0)
    process.kill()
    process.join()
    return Cost(round(seconds, 3), round(mib, 1))


def _clean(path: Path, pipe: multiprocessing.connection.Connection) -> None:
    began = time.process_time()
    Preparing(STAGES)(ReadFile(Found(path, path.name, ()), "nasty"))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    pipe.send((time.process_time() - began, usage.ru_maxrss / 1024))


if __name__ == "__main__":
    main()

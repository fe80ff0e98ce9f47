"""A site under load while its index changes: by runs, full ones and HUP.

Each run leaves a number of articles that no other run leaves. Whatever generation an
answer says it is of, its total, its facet and the size of the index must be those of
every other answer of that generation, and of one run.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.client import HTTPResponse
from pathlib import Path

from tests.serving import CHECKOUT, Load, Site, fetch, serving

_WORD = "kestrel"
_PATHS = (
    f"/api/search?q={_WORD}&facet=source",
    f"/search?q={_WORD}",
    f"/api/search?q={_WORD}+harbour&facet=source&sort=newest",
    "/",
    "/healthz",
    "/readyz",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was asked and what came of it; memory is of all workers, in MiB."""

    answers: int
    runs: int
    full: int
    reloads: int
    faults: tuple[str, ...]
    generations: int
    p50_ms: float
    p99_ms: float
    memory_before: float
    memory_most: float
    descriptors_before: int
    descriptors_after: int


@dataclass
class _Judge:
    """Finds answers that are of no one state."""

    totals: set[int] = field(default_factory=set)
    seen: defaultdict[str, set[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def __call__(self, path: str, answer: HTTPResponse, body: bytes) -> str | None:
        if answer.status != 200:
            return f"{answer.status} {body[:100]!r}"
        if not path.startswith("/api/search"):
            return None
        said = json.loads(body)
        index, total = said["index"], said["total"]
        counted = sum(v["count"] for v in said["facets"]["source"]["values"])
        self.seen[index["generation"]].add((total, index["documents"]))
        whole = total == counted == index["documents"]
        known = total in self.totals and len(self.seen[index["generation"]]) == 1
        return None if whole and known else f"{index} says {total}, counts {counted}"


def run(work: Path, seconds: float, runs: int, clients: int = 4) -> Outcome:
    """Load a site for ``seconds``, and meanwhile change its index ``runs`` times.

    Every third run is a full one; after the second, sixth, … the site is reloaded.
    """
    index, judge = work / "index", _Judge()
    _change(work, index, 200, judge, full=False)
    full = reloads = 0
    with serving(index, DATELINE_LOG_REQUESTS="0") as site:
        with Load(site.address, _PATHS, judge, clients=1) as warming:
            warming.wait(300)
        before, begun = _state(site), time.monotonic()
        most = before[0]
        with Load(site.address, _PATHS, judge, clients=clients) as load:
            for number in range(1, runs + 1):
                is_full = number % 3 == 0
                size = 200 + (number if number % 2 else -number) * 3
                _change(work, index, size, judge, full=is_full)
                full += is_full
                most = max(most, _state(site)[0])
                if number % 4 == 2:
                    site.hang_up()
                    reloads += 1
                due = begun + seconds * number / runs
                time.sleep(max(0.0, due - time.monotonic()))
        time.sleep(2.5)  # old workers keep quiet connections for two seconds
        most, after = max(most, _state(site)[0]), _state(site)
    times = sorted(load.seconds)
    return Outcome(
        answers=load.answers,
        runs=runs,
        full=full,
        reloads=reloads,
        faults=(*warming.faults, *load.faults),
        generations=len(judge.seen),
        p50_ms=round(times[len(times) // 2] * 1000, 1),
        p99_ms=round(times[len(times) * 99 // 100] * 1000, 1),
        memory_before=round(before[0] / 2**20, 1),
        memory_most=round(most / 2**20, 1),
        descriptors_before=before[1],
        descriptors_after=after[1],
    )


def _change(work: Path, index: Path, size: int, judge: _Judge, *, full: bool) -> None:
    """Make the index hold ``size`` articles."""
    rows = [
        {
            "id": str(number),
            "title": f"The {number}th {_WORD} over the harbour",
            "body": f"A {_WORD} at the harbour, seen {size - number} times.",
            "source": f"outlet{number % 7}.example",
        }
        for number in range(size)
    ]
    judge.totals.add(size)
    pages = work / "rows.jsonl"
    fresh = work / "rows.new"
    fresh.write_text("".join(json.dumps(row) + "\n" for row in rows))
    fresh.replace(pages)
    command = [
        *(sys.executable, "-m", "dateline", "reindex", str(pages), "--prune"),
        *("--index", str(index), "--jobs", "1", *(("--full",) if full else ())),
    ]
    ran = subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def _state(site: Site) -> tuple[float, int]:
    """Return the private memory of all workers, and the most descriptors of one."""
    text = fetch(site.url, "/metrics")
    found: dict[str, list[float]] = defaultdict(list)
    for name, value in re.findall(r"^dateline_worker_(\w+)\{\S+ (\d+)", text, re.M):
        found[name].append(float(value))
    return sum(found["private_bytes"]), int(max(found["descriptors"]))

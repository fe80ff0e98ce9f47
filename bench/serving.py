"""What the site costs a small server: start, memory, latency, a run beside it, a soak.

``python -m bench.serving INDEX [--rows FILE] [--soak N]`` runs ``dateline serve`` over
INDEX and prints one JSON line a part. For one core put ``taskset -c 0`` before it.
Queries are words of the index in a fixed mix. ``--rows`` is the JSON-lines file that
INDEX was made of: one row in a hundred is changed, and a run brings a copy of INDEX
up to date while that is served. ``--soak`` asks so often in one process. It leaves out
the network, TLS and the proxy, and its clients share the core.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import cycle, islice, pairwise
from pathlib import Path
from random import Random

from search.settings import Settings
from tests.serving import CHECKOUT, Site, fetch, serving
from web.app import create_app

_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(prog="bench.serving", description=__doc__)
    parser.add_argument("index")
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--soak", type=int, default=0, help="requests")
    parser.add_argument("--requests", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1987)
    asked = parser.parse_args()
    index = Path(asked.index)
    if asked.rows:
        index = Path(tempfile.mkdtemp()) / "index"
        shutil.copytree(asked.index, index)
    paths = list(_paths(index, Random(asked.seed)))
    with _started(index) as (site, cold):
        _print("cold start", **cold)
        _print("one after another", **_latency(site, paths, asked.requests))
        _print("memory", **_memory(site))
        if asked.rows:
            _print("beside a run", **_beside(site, paths, asked.rows, index))
            _print("memory after", **_memory(site))
    if asked.soak:
        _print("soak", **_soak(index, paths, asked.soak))
    if asked.rows:
        shutil.rmtree(index.parent)


class _started:  # noqa: N801 - a context that also measures
    """A site over an index, and how long it took to its first answers."""

    def __init__(self, index: Path) -> None:
        self._began = time.monotonic()
        self._serving = serving(index, DATELINE_LOG_REQUESTS="0")

    def __enter__(self) -> tuple[Site, dict[str, float]]:
        site = self._serving.__enter__()
        found = {"listening_s": self._past()}
        for name, path in (
            ("health_s", "/healthz"),
            ("first_search_s", "/api/search?q=market&facet=source"),
            ("first_page_s", "/search?q=market"),
            ("home_s", "/"),
        ):
            fetch(site.url, path)
            found[name] = self._past()
        return site, found

    def __exit__(self, *error: object) -> None:
        self._serving.__exit__(None, None, None)

    def _past(self) -> float:
        return round(time.monotonic() - self._began, 2)


def _paths(index: Path, random: Random) -> Iterator[str]:
    """Yield addresses as people ask for them: searches, pages beyond, articles."""
    with serving(index, DATELINE_LOG_REQUESTS="0") as site:
        hits = []
        for page in range(1, 6):
            found = fetch(site.url, f"/api/search?per_page=100&page={page}")
            hits += json.loads(found)["hits"]
    words = sorted(
        {w for h in hits for w in re.findall("[a-z]{4,}", h["lead"].lower())}
    )
    random.shuffle(words)
    for number, (one, two) in enumerate(pairwise(words)):
        kinds = (
            f"/search?q={one}",
            f"/search?q={one}+{two}",
            f"/search?q={one}+OR+{two}&sort=newest",
            f"/search?q={one}&page=2",
            f"/search?q=%22{one}+{two}%22",
            f"/api/search?q={one}&facet=source,place,date",
            f"/api/search?q={one[:3]}*",
            f"/doc/{hits[number % len(hits)]['id']}?q={one}",
        )
        yield kinds[number % len(kinds)]


def _latency(site: Site, paths: list[str], number: int) -> dict[str, float]:
    """Ask one after another on one connection; times in milliseconds."""
    threads = [
        threading.Thread(target=_many, args=(site, paths[part::8], 100))
        for part in range(8)
    ]
    for thread in threads:  # all workers get to know the index
        thread.start()
    for thread in threads:
        thread.join()
    connection = http.client.HTTPConnection(*site.address, timeout=60)
    asked = list(islice(cycle(paths), number))
    before = _cpu(site)
    times = sorted(_ask(connection, path) for path in asked)
    cpu = _cpu(site) - before
    connection.close()
    return {
        "requests": number,
        **_shares(times),
        "cpu_ms_a_request": round(cpu / number * 1000, 2),
    }


def _shares(times: list[float]) -> dict[str, float]:
    return {
        f"p{share}_ms": round(times[min(len(times) - 1, len(times) * share // 100)], 1)
        for share in (50, 95, 99)
    } | {"most_ms": round(times[-1], 1)}


def _ask(connection: http.client.HTTPConnection, path: str) -> float:
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body[:200]!r}")
    return (time.perf_counter() - began) * 1000


def _cpu(site: Site) -> float:
    """Return the seconds of CPU that the site's workers have used."""
    fields = (Path(f"/proc/{pid}/stat").read_text() for pid in site.workers())
    return (
        sum(sum(map(int, f.rpartition(")")[2].split()[11:13])) for f in fields) / _TICKS
    )


def _memory(site: Site) -> dict[str, object]:
    """Return megabytes of each process: what it wrote, and its share of all it maps.

    What it only read is the index, in the kernel's cache, whoever maps it.
    """
    private, proportional = [], []
    for pid in (site.process.pid, *site.workers()):
        rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
        sizes = {k: int(v) for k, v in re.findall(r"^(\w+): +(\d+) kB", rolled, re.M)}
        private.append(round(sizes["Private_Dirty"] / 1024))
        proportional.append(round(sizes["Pss"] / 1024))
    return {
        "parent_private_mb": private[0],
        "workers_private_mb": private[1:],
        "all_pss_mb": sum(proportional),
    }


def _beside(site: Site, paths: list[str], rows: Path, index: Path) -> dict[str, object]:
    """Change one row in a hundred of the index that is served, under requests."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "rows.jsonl")
        with rows.open() as lines, given.open("w") as changed:
            changed.writelines(_changed(line) for line in islice(lines, 0, None, 100))
        return _run(site, paths, given, index)


def _changed(line: str) -> str:
    row = json.loads(line)
    return json.dumps({**row, "body": row["body"] + " Corrected."}) + "\n"


def _run(site: Site, paths: list[str], rows: Path, index: Path) -> dict[str, object]:
    times: list[float] = []
    ended = threading.Event()

    def ask() -> None:
        connection = http.client.HTTPConnection(*site.address, timeout=60)
        for path in cycle(paths):
            if ended.is_set():
                break
            times.append(_ask(connection, path))
            time.sleep(0.1)

    asking = threading.Thread(target=ask)
    asking.start()
    began = time.monotonic()
    command = [sys.executable, "-m", "dateline", "reindex", str(rows)]
    command += ["--index", str(index), "--jobs", "1", "--memory", "64"]
    run = subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.DEVNULL)
    most = 0
    while run.poll() is None:
        most = max(most, sum(map(_own, _tree(run.pid))))
        time.sleep(0.25)
    seconds = time.monotonic() - began
    ended.set()
    asking.join()
    return {
        "exit": run.returncode,
        "seconds": round(seconds, 1),
        "most_private_mb": round(most / 2**20),
        "requests": len(times),
        **_shares(sorted(times)),
    }


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(below for child in children for below in _tree(int(child)))]


def _own(pid: int) -> int:
    """Return the bytes of a process that are no mapped files."""
    try:
        resident, shared = map(int, Path(f"/proc/{pid}/statm").read_text().split()[1:3])
    except OSError:
        return 0
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def _soak(index: Path, paths: list[str], number: int) -> dict[str, object]:
    """Ask so often in this process, which none replaces; a tenth at a time."""
    client = create_app(Settings(index=str(index))).test_client()
    seen: list[tuple[float, int]] = []
    began = time.process_time()
    asked = cycle(paths)
    for _ in range(10):
        for path in islice(asked, number // 10):
            answer = client.get(path, buffered=True)
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status}")
        gc.collect()
        files = len(list(Path("/proc/self/fd").iterdir()))
        seen.append((round(_own(os.getpid()) / 2**20, 1), files))
        print(f"{len(seen)} tenths: {seen[-1]}", file=sys.stderr)
    slope = _slope([own for own, _ in seen]) / (number / 10 / 10_000)
    return {
        "requests": number,
        "cpu_s": round(time.process_time() - began),
        "private_mb": [own for own, _ in seen],
        "descriptors": [files for _, files in seen],
        "mb_per_10k": round(slope, 3),
    }


def _many(site: Site, paths: list[str], number: int) -> None:
    connection = http.client.HTTPConnection(*site.address, timeout=60)
    for path in islice(cycle(paths), number):
        _ask(connection, path)
    connection.close()


def _slope(values: list[float]) -> float:
    """Return the slope a step of the line of least squares, after three steps."""
    values = values[3:]
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    above = sum((n - middle) * (value - mean) for n, value in enumerate(values))
    return above / sum((n - middle) ** 2 for n in range(len(values)))


def _print(part: str, **figures: object) -> None:
    print(json.dumps({"part": part, **figures}), flush=True)


if __name__ == "__main__":
    main()

"""Everything at length: ``python -m tests.torture [PART]… [--seed N]``.

Prints one JSON line a part, with its seed; a fault ends it with exit code 1.
"""

from __future__ import annotations

import argparse
import errno
import json
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.torture import changing, damage, full_disk, hostile, power_cuts
from tests.torture.asking import ask
from tests.torture.kills import Kills

Figures = dict[str, object]


def main() -> None:
    """Run all parts, each in a folder of its own that is removed."""
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", help="power, full, damaged, served, kills, fuzzed; or all"
    )
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--cuts", type=int, default=1_000)
    parser.add_argument("--damages", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=60, help="under load")
    parser.add_argument("--minutes", type=float, default=60, help="for the kills")
    parser.add_argument("--fuzz", type=float, default=10, help="minutes a part")
    asked = parser.parse_args()
    seed = asked.seed

    def power(work: Path) -> Figures:
        histories = range(0, asked.cuts, 50)
        for number in histories:
            (work / str(number)).mkdir()
            power_cuts.run(work / str(number), seed + number, 50)
        return {"cuts": 50 * len(histories), "unreadable": 0, "lost": 0}

    def full(work: Path) -> Figures:
        (work / "budgets").mkdir()
        done: Figures = {"budgets": full_disk.budgets(work / "budgets", seed, 48)}
        for code in (errno.ENOSPC, errno.EIO, errno.EACCES):
            name = errno.errorcode[code]
            (work / name).mkdir()
            done[name] = full_disk.failures(work / name, seed, 100, code)
        return done

    def damaged(work: Path) -> Figures:
        outcome = damage.run(work, seed, asked.damages, ask)
        assert (outcome.found, outcome.wrong) == (outcome.damages, 0), outcome
        return asdict(outcome)

    def kills(work: Path) -> Figures:
        outcome = Kills(work, seed).run(asked.kills, asked.minutes * 60)
        assert not outcome.lost + outcome.unreadable + outcome.stale, outcome
        return asdict(outcome)

    def served(work: Path) -> Figures:
        outcome = changing.run(work, asked.seconds, runs=round(asked.seconds / 5))
        assert not outcome.faults, outcome
        assert outcome.memory_most - outcome.memory_before <= 150, outcome
        assert outcome.descriptors_after <= outcome.descriptors_before + 4, outcome
        return asdict(outcome)

    def fuzzed(work: Path) -> Figures:
        return {
            "patterns": hostile.patterns(seed),
            "cleaner": asdict(hostile.cleaner(seed, 60 * asked.fuzz)),
            "readers": asdict(hostile.readers(seed, 60 * asked.fuzz, work)),
        }

    for part in (power, full, damaged, kills, served, fuzzed):
        if not asked.parts or part.__name__ in asked.parts:
            _print(part, seed)


def _print(part: Callable[[Path], Figures], seed: int) -> None:
    work = Path(tempfile.mkdtemp(prefix="dateline-torture-"))
    began = time.monotonic()
    try:
        figures = part(work)
    except AssertionError as error:
        sys.exit(f"{part.__name__} with --seed {seed}: {error!r}; see {work}")
    seconds = round(time.monotonic() - began)
    line = {"part": part.__name__, "seed": seed, **figures, "seconds": seconds}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    shutil.rmtree(work)


if __name__ == "__main__":
    main()

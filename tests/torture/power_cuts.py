"""Cut the power anywhere in a history, and look at what is left."""

from __future__ import annotations

from pathlib import Path
from random import Random

from search.engines.folder import Folder
from search.errors import DatelineError
from tests.torture.checks import held, recovers
from tests.torture.history import Contents, live_through
from tests.torture.power import Acknowledged, PowerDisk, Wrote, after_cut


class Lost(AssertionError):
    """What was acknowledged is gone, or cannot be read."""


def run(work: Path, seed: int, cuts: int) -> int:
    """Return how many cuts were survived: all, or it raises Lost."""
    random = Random(seed)
    root = work / "live"
    root.mkdir()
    disk = PowerDisk(root)
    states = live_through(
        Folder(root / "index", disk),
        random,
        lambda done: disk.log.append(Acknowledged(done)),
    )
    # Most steps write bytes; those between them are where it gets dangerous.
    turns = [i for i, step in enumerate(disk.log) if not isinstance(step, Wrote)]
    for number in range(cuts):
        steps = random.choice([random.choice(turns), random.randrange(len(disk.log))])
        to = work / f"cut{number}"
        after_cut(disk, steps, random, to)
        said = f"seed {seed}, cut {number} after step {steps} of {len(disk.log)}"
        _check(Folder(to / "index"), _possible(disk, states, steps), said)
    return cuts


def _possible(disk: PowerDisk, states: list[Contents], steps: int) -> list[Contents]:
    """Return what the index may hold: what was acknowledged, or what came next."""
    done = [s.commits for s in disk.log[:steps] if isinstance(s, Acknowledged)]
    sure = done[-1] if done else 0
    return states[sure : sure + 2]


def _check(folder: Folder, possible: list[Contents], said: str) -> None:
    try:
        found = held(folder)
        if found not in possible:
            raise Lost(said)
        recovers(folder)
    except (DatelineError, AssertionError) as error:
        raise Lost(f"{said}: {error}") from error

"""Fill the disk, or have one call fail, anywhere in a run."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from search.engines.columnar.build import ColumnarBuild
from search.engines.folder import Folder
from search.errors import DatelineError
from tests.columnar_index import put
from tests.factories import article
from tests.torture.checks import Contents, held, recovers
from tests.torture.failing import FailingDisk
from tests.torture.history import WORDS


def budgets(work: Path, seed: int, budgets: int) -> int:
    """Return how many budgets of bytes were run out of, each at a different place."""
    random = Random(seed)
    old = _old(work)
    needed = {full: _measured(work, old, full=full).taken for full in (False, True)}
    for number in range(budgets):
        full = bool(number % 2)
        room = needed[full] * (number + random.random()) / budgets
        assert not _try(work, old, FailingDisk(room=room), full=full)
    return budgets


def failures(work: Path, seed: int, failures: int, code: int) -> int:
    """Return after how many failing calls the index was sound."""
    random = Random(seed)
    old = _old(work)
    calls = {full: _measured(work, old, full=full).calls for full in (False, True)}
    for number in range(failures):
        full = bool(number % 2)
        at = random.randrange(1, calls[full] + 1)
        _try(work, old, FailingDisk(at=at, code=code), full=full)
    return failures


def _old(work: Path) -> Path:
    """Return an index that is there before the fault."""
    folder = Folder(work / "old")
    for number in range(9):
        put(folder, article(id=f"{number}", text="kestrel"))
    return folder.path


def _measured(work: Path, old: Path, *, full: bool) -> FailingDisk:
    """Return the disk of a run that nothing happened to."""
    disk = FailingDisk()
    assert _try(work, old, disk, full=full)
    return disk


def _try(work: Path, old: Path, disk: FailingDisk, *, full: bool) -> bool:
    """Return whether a run ended well; whether or not, all must be sound after it."""
    path = work / "index"
    shutil.copytree(old, path)
    fault = _fault(Folder(path, disk), full=full)
    if fault is not None:
        said = str(fault)
        assert (fault.exit_code > 0, "\n" in said, str(path) in said) == (1, 0, 1), said
    found = held(Folder(path))
    possible = _states(held(Folder(old)), full=full)
    assert found == possible[-1] if fault is None else found in possible
    recovers(Folder(path))
    shutil.rmtree(path)
    return fault is None


def _fault(folder: Folder, *, full: bool) -> DatelineError | None:
    """Return what went wrong in a run, if anything did."""
    try:
        _change(folder, full=full)
    except DatelineError as fault:
        return fault
    return None


def _change(folder: Folder, *, full: bool) -> None:
    """Change the index as a run does, in two batches that do not fit in memory."""
    with ColumnarBuild(folder, full=full, memory=1) as build:
        for batch in _batches():
            with build.writer() as writer:
                for name, text in batch.items():
                    writer.add(article(id=name, text=text))


def _batches() -> list[Contents]:
    return [
        {f"{n}": f"{WORDS[n % len(WORDS)]} " * 20_000 for n in range(start, 30, 2)}
        for start in (0, 1)
    ]


def _states(old: Contents, *, full: bool) -> list[Contents]:
    """Return what the index may hold on the way, and at last at the end."""
    first, second = _batches()
    if full:
        return [old, first | second]
    return [old, old | first, old | first | second]

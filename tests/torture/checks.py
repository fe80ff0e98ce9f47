"""What must hold after any fault."""

from __future__ import annotations

import time
from pathlib import Path

from search.engines.columnar.build import ColumnarBuild
from search.engines.columnar.commits import open_current
from search.engines.columnar.fingerprint import FORMAT
from search.engines.columnar.verify import verify
from search.engines.folder import Folder
from search.errors import NoIndex
from tests.columnar_index import contents, put
from tests.factories import article

Contents = dict[str, str]
START = 5.0  # seconds, the most the next run may take until it works


def held(folder: Folder) -> Contents:
    """Return what the index holds, all of it verified; nothing where there is none."""
    try:
        found = contents(folder)
    except NoIndex:
        return {}
    assert verify(folder, FORMAT).faults == []
    return found


def recovers(folder: Folder) -> None:
    """Have the next run start in time, add an article, and leave no stale file."""
    before = held(folder)
    began = time.monotonic()
    with ColumnarBuild(folder, full=False):
        assert time.monotonic() - began < START
    put(folder, article(id="next", text="gull"))
    assert contents(folder) == before | {"next": "gull"}
    assert stale(folder) == []


def stale(folder: Folder) -> list[str]:
    """Return the files that nobody needs."""
    snapshot = open_current(folder, FORMAT)
    generation = snapshot.generation
    needed = {folder.pointer, folder.path / "lock", generation.path, generation.state}
    needed |= {generation.about}
    needed |= {generation.path / name for name in snapshot.commit.files}
    snapshot.close()
    return sorted(str(p) for p in _below(folder.path) if p not in needed)


def _below(path: Path) -> list[Path]:
    return [p for p in path.rglob("*") if p.parent.name != "state"]

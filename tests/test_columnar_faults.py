"""Cut power, full and failing disks, damaged files: what was committed is kept.

``make torture`` does the same at length, and kills runs of the real command.
"""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture import damage, full_disk, power_cuts
from tests.torture.asking import ask
from tests.torture.power import LoggedFile, PowerDisk

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent.parent

# Power


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert power_cuts.run(tmp_path, seed=1987, cuts=20) == 20


def test_the_power_cuts_find_what_is_not_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LoggedFile, "sync", lambda self: None)
    with pytest.raises(power_cuts.Lost):
        power_cuts.run(tmp_path, seed=1987, cuts=30)


def test_the_power_cuts_find_a_folder_that_is_not_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PowerDisk, "sync_folder", lambda self, path: None)
    with pytest.raises(power_cuts.Lost):
        power_cuts.run(tmp_path, seed=1987, cuts=30)


# Full and failing disks


def test_a_disk_that_fills_up_leaves_the_old_index(tmp_path: Path) -> None:
    assert full_disk.budgets(tmp_path, seed=1987, budgets=8) == 8


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_call_that_fails_leaves_the_old_index_or_the_new(
    tmp_path: Path, code: int
) -> None:
    assert full_disk.failures(tmp_path, seed=1987, failures=3, code=code) == 3


# Damage


def test_damage_is_found_and_never_answered_from(tmp_path: Path) -> None:
    outcome = damage.run(tmp_path, seed=1987, damages=40, ask=ask)
    assert (outcome.found, outcome.wrong) == (40, 0)


# Kills


def test_a_killed_run_loses_nothing_that_was_acknowledged() -> None:
    words = ["-m", "tests.torture", "kills", "--seed=1987", "--kills=3", "--minutes=1"]
    ran = subprocess.run(
        [sys.executable, *words], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout)
    assert [figures[n] for n in ("lost", "unreadable", "stale")] == [0, 0, 0]

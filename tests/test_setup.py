"""What the set-up says on a machine that lacks something, and what it never touches."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
# The interpreter below this environment, which must stay as it is.
BASE = getattr(sys, "_base_executable", sys.executable)
LINE = "apt-get install -y python3-venv"

# As Debian's own without python3-venv; ensurepip may or may not be importable.
PYTHON = """#!/bin/sh
case "$*" in
*ensurepip*) {probe} ;;
"-m venv "*)
    echo "The virtual environment was not created successfully because ensurepip is not"
    echo "available."
    exit 1 ;;
*"-m pip"*) echo "$0 $*" >> {log} ;;
*) exec {real} "$@" ;;
esac
"""


@pytest.fixture
def setup(tmp_path):
    """Return what runs the set-up of a bare checkout with a python3 of its own."""
    checkout = tmp_path / "checkout"
    (checkout / "tools").mkdir(parents=True)
    for name in ("setup.sh", "need.sh"):
        shutil.copy(CHECKOUT / "tools" / name, checkout / "tools")
    for name in ("setup.cfg", "pyproject.toml", "requirements.lock"):
        (checkout / name).write_text("")
    log = tmp_path / "pip.log"

    def run(probe: str) -> subprocess.CompletedProcess[str]:
        python = tmp_path / "bin" / "python3"
        python.parent.mkdir(exist_ok=True)
        python.write_text(PYTHON.format(probe=probe, log=log, real=BASE))
        python.chmod(0o755)
        path = f"{python.parent}:{os.environ['PATH']}"
        return subprocess.run(
            ["tools/setup.sh", "requirements.lock"],
            cwd=checkout,
            env={**os.environ, "PATH": path, "VENV": ".venv"},
            capture_output=True,
            text=True,
            check=False,
        )

    run.checkout = checkout  # type: ignore[attr-defined]
    run.log = log  # type: ignore[attr-defined]
    return run


@pytest.mark.parametrize("probe", ["exit 1", "exit 0"])
def test_a_missing_venv_module_is_one_line_to_run(setup, probe):
    ran = setup(probe)
    assert ran.returncode == 1
    assert [line for line in ran.stderr.splitlines() if LINE in line]
    assert "ensurepip" not in ran.stderr


def test_nothing_is_installed_into_a_python_that_is_no_environment(setup, tmp_path):
    fake = setup.checkout / ".venv" / "bin" / "python"
    setup("exit 0")  # writes the system's python3
    fake.parent.mkdir(parents=True)
    fake.symlink_to(tmp_path / "bin" / "python3")
    assert setup("exit 0").returncode == 1
    assert not setup.log.exists()


def test_every_package_is_installed():
    """Tests, benchmarks and maintainers' tools stay in the checkout."""
    settings = ConfigParser()
    settings.read(CHECKOUT / "setup.cfg")
    named = set(settings["options"]["packages"].split())
    found = {
        ".".join(file.parent.relative_to(CHECKOUT).parts)
        for door in ("search", "index", "web", "sample")
        for file in (CHECKOUT / door).rglob("__init__.py")
    }
    assert named == found

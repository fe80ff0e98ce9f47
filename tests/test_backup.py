"""The recipes of docs/reliability.md, run as they stand there."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from search.engines import open_build, open_searcher, open_writer
from search.engines.folder import Folder
from search.model import Query
from tests.columnar_index import contents
from tests.factories import article

pytestmark = pytest.mark.skipif(not shutil.which("flock"), reason="needs flock(1)")

DOCS = Path(__file__).parent.parent / "docs" / "reliability.md"
RECIPES = re.findall(r"```sh\n(flock .*?)```", DOCS.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "index"
    with open_build(str(path)) as build, build.writer() as writer:
        writer.add(article(id="x", text="kestrel"))
        (build.state / "notes").write_text("seen")
    return path


def take(recipe: str, index: Path) -> subprocess.CompletedProcess[str]:
    places = {"INDEX": str(index), "BACKUP": str(index.parent / "backup")}
    lines = re.sub(r"INDEX|BACKUP", lambda found: places[found[0]], recipe)
    return subprocess.run(
        ["sh", "-ec", lines], capture_output=True, text=True, check=False
    )


def test_there_are_two_recipes() -> None:
    assert len(RECIPES) == 2


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_backup_answers_as_the_index_did(recipe: str, index: Path) -> None:
    ran = take(recipe, index)
    with open_build(str(index)) as build, build.writer() as writer:
        writer.delete("x")
        (build.state / "notes").write_text("changed")
    backup = index.parent / "backup"
    notes = next(backup.glob("g*/state/notes"))
    assert (ran.stderr, contents(Folder(backup)), notes.read_text()) == (
        "",
        {"x": "kestrel"},
        "seen",
    )


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_run_goes_on_from_a_backup(recipe: str, index: Path) -> None:
    take(recipe, index)
    backup = index.parent / "backup"
    with open_writer(str(backup)) as writer:
        writer.add(article(id="y", text="osprey"))
    assert contents(Folder(backup)) == {"x": "kestrel", "y": "osprey"}


@pytest.mark.parametrize("recipe", RECIPES)
def test_runs_on_an_index_and_on_its_backup_do_not_wait(
    recipe: str, index: Path
) -> None:
    take(recipe, index)
    backup = index.parent / "backup"
    with open_writer(str(index)) as one, open_writer(str(backup)) as other:
        one.add(article(id="y", text="osprey"))
        other.add(article(id="z", text="heron"))
    assert contents(Folder(index)) == {"x": "kestrel", "y": "osprey"}
    assert contents(Folder(backup)) == {"x": "kestrel", "z": "heron"}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_reader_of_a_backup_holds_nothing_of_the_index(
    recipe: str, index: Path
) -> None:
    take(recipe, index)
    with closing(open_searcher(str(index.parent / "backup"))) as reader:
        reader.search(Query())
        with open_writer(str(index)) as writer:
            writer.delete("x")
        assert len(list(index.glob("g*/commit-*"))) == 1


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_backup_waits_for_the_run_to_end(recipe: str, index: Path) -> None:
    hurried = recipe.replace("flock ", "flock --timeout 0.1 ", 1)
    with open_build(str(index)):
        ran = take(hurried, index)
    assert (ran.returncode, (index.parent / "backup").exists()) == (1, False)

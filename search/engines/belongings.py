"""What in a folder is an index's own: nothing else is removed or written over."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from search.engines.sealed import Damaged, read_line, unseal_or_bare
from search.engines.unusable import PROGRAMS

CURRENT = "current"
DRAFT = f"{CURRENT}.new"
LOCK = "lock"
ABOUT = "about.json"
STATE = "state"

_GENERATION = re.compile(r"g\d{8}")
# All that a generation's folder can hold beside its state.
_FILE = re.compile(
    r"about\.json(\.new)?|(commit|groups)-\d{8,}|s\d{8}\.seg|s\d{8}-\d+\.live"
)


def generations(path: Path) -> list[Path]:
    """Return the folders in the folder at ``path`` that hold a generation, no more.

    One that holds nothing, as when a run was killed, is one, and so is what a removal
    that was cut short left. One with anything in it that is not the index's own, and a
    link to one, is somebody else's.

    Raises:
        OSError: the folder, or one in it, cannot be listed.
    """
    if not path.is_dir():
        return []
    return [each for each in path.iterdir() if _is_generation(each)]


def next_generation(path: Path) -> Path:
    """Return where in the folder at ``path`` the next generation goes."""
    names = [each.name for each in generations(path)]
    with suppress(OSError, ValueError, KeyError, TypeError):
        names.append(read_pointer(path / CURRENT)["folder"])
    number = 1 + max((int(name[1:]) for name in names), default=0)
    while os.path.lexists(made := path / f"g{number:08}"):  # somebody else's
        number += 1
    return made


def is_file_of_ours(name: str) -> bool:
    """Return whether a generation may have a file of this name."""
    return _FILE.fullmatch(name) is not None


def is_of_others(path: Path) -> bool:
    """Return whether the folder at ``path`` has files in it and no index.

    Raises:
        OSError: it cannot be listed.
    """
    if generations(path) or _is_pointer(path / CURRENT):
        return False
    names = {each.name for each in path.iterdir()}
    # A first run that failed leaves no more of an index than its lock, which is empty.
    return CURRENT in names or bool(names and not _is_empty(path / LOCK))


def is_a_programs(path: Path) -> bool:
    """Return whether a generation was made through the Whoosh API.

    Whatever else was put into it; what cannot be read says nothing.
    """
    found: list[Path] = []
    with suppress(OSError):
        found = [each for each in path.iterdir() if _GENERATION.fullmatch(each.name)]
    return any(_format(each).startswith(PROGRAMS) for each in found)


def read_pointer(path: Path) -> dict[str, Any]:
    """Return what the file at ``path`` says of the current generation.

    Raises:
        OSError: it cannot be read.
        ValueError, KeyError, TypeError: it is damaged, or none of ours.
    """
    line = unseal_or_bare(path.read_bytes())
    if not _GENERATION.fullmatch(line["folder"]):
        raise ValueError(f"not the name of a generation: {line['folder']!r}")
    return line


def _is_generation(path: Path) -> bool:
    if not _GENERATION.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
        return False
    with os.scandir(path) as entries:
        return all(map(_is_ours, entries))


def _is_ours(entry: os.DirEntry[str]) -> bool:
    if entry.name == STATE:
        return entry.is_dir(follow_symlinks=False)
    return is_file_of_ours(entry.name) and entry.is_file(follow_symlinks=False)


def _is_pointer(path: Path) -> bool:
    try:
        read_pointer(path)
    except PermissionError:
        return True  # it may be, and whoever opens it says so
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def _is_empty(path: Path) -> bool:
    return path.is_file() and not path.stat().st_size


def _format(generation: Path) -> str:
    try:
        return str(read_line((generation / ABOUT).read_bytes())["format"])
    except (OSError, Damaged, KeyError):
        return ""

"""What in a folder is an index's own: nothing else is removed or written over."""

from __future__ import annotations

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
# All that a generation's folder can hold; a removal cut short leaves any of it.
_OURS = re.compile(
    r"about\.json(\.new)?|state|commit-\d{8,}|s\d{8}\.seg|s\d{8}-\d+\.live"
)


def generations(path: Path) -> list[Path]:
    """Return the folders in the folder at ``path`` that hold a generation.

    One that holds nothing, as when a run was killed, is one.

    Raises:
        OSError: the folder, or one in it, cannot be listed.
    """
    if not path.is_dir():
        return []
    return [each for each in path.iterdir() if _is_generation(each)]


def next_generation(path: Path) -> Path:
    """Return where in the folder at ``path`` the next generation goes."""
    number = 1 + max((int(each.name[1:]) for each in generations(path)), default=0)
    while (made := path / f"g{number:08}").exists():  # somebody else's
        number += 1
    return made


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

    What cannot be read says nothing.
    """
    found: list[Path] = []
    with suppress(OSError):
        found = generations(path)
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
    if not _GENERATION.fullmatch(path.name) or not path.is_dir():
        return False
    names = [each.name for each in path.iterdir()]
    return not names or any(map(_OURS.fullmatch, names))


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

"""The gazetteer that an index is searched with: the places its articles know."""

from __future__ import annotations

from pathlib import Path

from search.engines.disk import Disk
from search.engines.sealed import Damaged, seal, unseal
from search.errors import BadSetting
from search.extended_gazetteer import ExtendedGazetteer, extended
from search.gazetteer import Gazetteer
from search.own_places import parse

FILE = "places.json"  # the copy of a user's file, beside the notes of runs
_TEXT = "text"


def kept(state: Path, last: Gazetteer | None = None) -> Gazetteer:
    """Return the gazetteer with the places that ``state`` of an index has a copy of.

    That is ``last`` where nothing has changed.

    Raises:
        Damaged: the copy is not what was written, or holds no such places.
    """
    text = copied(state)
    if isinstance(last, ExtendedGazetteer) and last.own.text == text:
        return last
    try:
        return extended(parse(text, str(state / FILE)))
    except BadSetting as error:
        raise Damaged(str(error)) from error


def copied(state: Path) -> str:
    """Return the file of places that ``state`` has a copy of, "" where it has none.

    Raises:
        Damaged: the copy is not what was written.
    """
    path = state / FILE
    return str(unseal(path.read_bytes())[_TEXT]) if path.exists() else ""


def copy(text: str, state: Path) -> None:
    """Keep a copy of a file of places in ``state``: whole or not at all, and synced."""
    disk, draft = Disk(), state / f"{FILE}.new"
    disk.unlink(draft)
    disk.write_file(draft, seal({_TEXT: text}))
    disk.rename(draft, state / FILE)
    disk.sync_folder(state)

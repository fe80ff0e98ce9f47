"""The gazetteer that an index is searched with: the places its articles know."""

from __future__ import annotations

from pathlib import Path

from search.engines.sealed import Damaged
from search.errors import BadSetting
from search.extended_gazetteer import ExtendedGazetteer, extended
from search.gazetteer import Gazetteer
from search.own_places import FILE, parse


def kept(state: Path, last: Gazetteer | None = None) -> Gazetteer:
    """Return the gazetteer with the places that ``state`` of an index has a copy of.

    That is ``last`` where nothing has changed.

    Raises:
        Damaged: the copy is none that a run has made.
    """
    path = state / FILE
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        if isinstance(last, ExtendedGazetteer) and last.own.text == text:
            return last
        return extended(parse(text, str(path)))
    except (BadSetting, UnicodeDecodeError) as error:
        raise Damaged(str(error)) from error

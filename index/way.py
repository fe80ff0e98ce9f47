"""The way in as the product goes it: the real stages, put together once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from index.cleaner.clean import clean
from index.ledger import FILE, Ledger
from index.mending.mend import mended
from index.metadata.describe import describe
from index.metadata.language import load
from index.readers.files import read
from index.stages import Stages
from index.toponyms.locate import locate, recognise
from index.walk import Found, walk
from search.errors import IndexUnusable
from search.extended_gazetteer import extended
from search.own_places import OwnPlaces

STAGES = Stages(
    walk=walk,
    read=read,
    clean=clean,
    describe=describe,
    mend=mended,
    locate=locate,
    recognise=recognise,
    load=load,
)


def knowing(own: OwnPlaces) -> Stages:
    """Return the stages that know a user's places beside the gazetteer's."""
    known = extended(own)
    return replace(
        STAGES,
        locate=partial(locate, known=known),
        recognise=partial(recognise, known=known),
    )


def count(paths: Iterable[Path]) -> int:
    """Return how many files may hold pages at or below ``paths``."""
    return sum(
        isinstance(entry, Found)
        for path in paths
        if path.exists()
        for entry in walk(path)
    )


def roots(state: Path | None) -> list[Path]:
    """Return the roots that the runs whose notes lie in ``state`` have known."""
    if state is None or not (state / FILE).exists():
        return []
    try:
        with Ledger(state / FILE, read_only=True) as ledger:
            return [root.path for root in ledger.roots()]
    except IndexUnusable:
        return []  # whoever needs them for more than a progress bar says so

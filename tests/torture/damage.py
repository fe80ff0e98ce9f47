"""Flip bits, cut files short and zero pages; ask what is found of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from search.engines.columnar.fingerprint import FORMAT
from search.engines.columnar.verify import verify
from search.engines.folder import Folder
from search.errors import IndexUnusable
from tests.columnar_index import put
from tests.factories import article
from tests.torture.history import WORDS

_PAGE = 4096

# Answers a folder's index gives: any value, the same for the same index.
Ask = Callable[[Folder], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many damages there were, how many were found, how many questions refused."""

    damages: int
    found: int
    refused: int
    wrong: int


def run(work: Path, seed: int, damages: int, ask: Ask) -> Outcome:
    """Return what became of so many damages, over all files in turn."""
    random = Random(seed)
    whole = _whole(work)
    right = ask(Folder(whole))
    names = sorted(
        str(p.relative_to(whole))
        for p in whole.rglob("*")
        if p.is_file() and p.name != "lock" and p.parent.name != "state"
    )
    found = refused = wrong = 0
    path = work / "damaged"
    for number in range(damages):
        shutil.copytree(whole, path)
        harm = (_flip, _cut, _zero)[number % 3]
        _harm(path / names[number % len(names)], harm, random)
        found += _is_found(Folder(path))
        answer = _answer(ask, Folder(path))
        refused += answer is None
        wrong += answer not in {None, right}
        shutil.rmtree(path)
    return Outcome(damages, found, refused, wrong)


def _whole(work: Path) -> Path:
    """Return an index of several segments, some documents deleted."""
    folder = Folder(work / "whole")
    for batch in range(5):
        articles = [
            article(
                id=f"{batch}-{n}",
                title=f"{WORDS[n % 6].title()} {n}",
                text=f"{WORDS[n % 6]} {WORDS[batch]} over the harbour {n}. " * (n % 40),
                source=f"Paper {n % 5}",
                published=f"1987-10-{n % 28 + 1:02}",
            )
            for n in range(400)
        ]
        put(folder, *articles, delete=[f"{batch - 1}-{n}" for n in range(0, 400, 7)])
    return folder.path


def _harm(
    path: Path, harm: Callable[[bytearray, Random], bytearray], random: Random
) -> None:
    """Change the file, whatever it takes."""
    data = path.read_bytes()
    changed = bytearray(data)
    while changed == data:  # zeros are zeroed, for one
        changed = harm(bytearray(data), random)
    path.write_bytes(changed)


def _flip(data: bytearray, random: Random) -> bytearray:
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def _cut(data: bytearray, random: Random) -> bytearray:
    return data[: random.randrange(len(data))]


def _zero(data: bytearray, random: Random) -> bytearray:
    at = random.randrange(len(data)) // _PAGE * _PAGE
    size = min(_PAGE, len(data) - at)
    data[at : at + size] = bytes(size)
    return data


def _is_found(folder: Folder) -> bool:
    try:
        found = verify(folder, FORMAT)
    except IndexUnusable as fault:
        return "dateline reindex --full" in str(fault)
    return bool(found.faults) and "dateline reindex --full" in found.remedy


def _answer(ask: Ask, folder: Folder) -> object:
    """Return the answer, None where the index was refused with a remedy."""
    try:
        return ask(folder)
    except IndexUnusable as fault:
        if "dateline reindex --full" in str(fault):
            return None
        raise

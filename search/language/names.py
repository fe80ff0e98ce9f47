"""Names known by several names: who asks for one also searches the others."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path

from search.errors import BadSetting
from search.language.analyzers import WORDS
from search.language.terms import is_in_a_row

_BUNDLED = "names.csv"


@dataclass(frozen=True, slots=True)
class Names:
    """Groups of names that mean the same.

    Names are compared as the words of an article are: case, accents and endings do not
    matter, but ``US`` and ``WHO`` are not ``us`` and ``who``.
    """

    _groups: dict[tuple[str, ...], tuple[str, ...]]
    longest: int  # words

    @classmethod
    def of(cls, groups: Iterable[tuple[str, ...]]) -> Names:
        """Return the names in ``groups``; groups that share a name become one."""
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        for group in groups:
            known = [found.get(WORDS.phrase(name), ()) for name in group]
            united: dict[tuple[str, ...], str] = {}
            for name in (*chain.from_iterable(known), *group):
                united.setdefault(WORDS.phrase(name), name)
            found.update(dict.fromkeys(united, tuple(united.values())))
        return cls(found, max(map(len, found), default=0))

    @classmethod
    def load(cls, path: Path | None = None) -> Names:
        """Return the bundled names together with the groups in the CSV file ``path``.

        One group a line, at least two names in it; lines that begin with ``#`` are
        comments. A group that shares a name with a bundled one extends it.

        Raises:
            BadSetting: ``path`` cannot be read or a line of it is no group.
        """
        bundled = files(__package__).joinpath(_BUNDLED).read_text("utf-8")
        groups = list(_groups_in(bundled, _BUNDLED))
        if path is not None:
            groups += _groups_in(_read(path), str(path))
        return cls.of(groups)

    def others(self, row: tuple[str, ...]) -> tuple[str, ...]:
        """Return the other names of what these tokens name, () if they name nothing.

        Names that another name is a part of are left out: it finds them too.
        """
        group = {WORDS.phrase(name): name for name in self._groups.get(row, ())}
        return tuple(
            name
            for other, name in group.items()
            if other != row
            and not any(
                is_in_a_row(shorter, other) for shorter in group if shorter != other
            )
        )


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"names: {path} cannot be read: {error}") from error


def _groups_in(text: str, where: str) -> Iterator[tuple[str, ...]]:
    """Yield the groups in the text of a CSV file, which ``where`` names."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield _group_of(line, f"names: {where}, line {number}")


def _group_of(line: str, where: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], strict=True, skipinitialspace=True))
    except csv.Error as error:
        raise BadSetting(f"{where}: not CSV: {error}") from error
    group = tuple(" ".join(cell.split()) for cell in cells)
    for name in group:
        if not WORDS.phrase(name):
            raise BadSetting(f"{where}: a name is empty or has no letters: {name!r}")
    if len(group) < 2:
        raise BadSetting(f"{where}: a group needs two names, separated by a comma")
    return group

"""Which rows speak of an article, and what they say together.

The row that says most wins: an id over a path, a path over a source, a file over the
folder it lies in. Of rows that say as much, the later one wins, and that of a root
inside another one over that root's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.corrections.correction import UNKNOWN, Correction, Key, merged
from index.corrections.sheet import CORRECTIONS
from index.corrections.tables import Placed
from search.folding import fold


@dataclass(frozen=True, slots=True)
class Named:
    """What an article can be named by: ``source`` and folded ``label`` as its page has
    them, "" for none; its file, None for standard input, and ``row``, ``#3`` or "".
    """

    id: str
    source: str = ""
    label: str = ""
    path: Path | None = None
    row: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rows together say of an article; ``lines`` tells where they stand."""

    said: Correction
    lines: str = ""


class Corrections:
    """The rows in force."""

    def __init__(self, rows: Iterable[Placed]) -> None:
        self._rows: dict[Key, dict[str, list[Placed]]] = {
            key: defaultdict(list) for key in Key
        }
        for placed in rows:
            for name in _names(placed):
                self._rows[placed.row.key][name].append(placed)

    @property
    def is_empty(self) -> bool:
        """Return whether there are none."""
        return not any(self._rows.values())

    def of(self, article: Named) -> Verdict:
        """Return what the rows say of ``article``."""
        rows = list(self._speaking(article))
        if not rows:
            return Verdict(Correction())
        by_folder: dict[Path, list[int]] = defaultdict(list)
        for placed in rows:
            by_folder[placed.folder].append(placed.row.line)
        said = merged(placed.row.said for placed in rows)
        return Verdict(said, "; ".join(_lines(*each) for each in by_folder.items()))

    def _speaking(self, article: Named) -> Iterator[Placed]:
        """Yield the rows that speak of ``article``, those that win last."""
        if article.path is not None and (by_source := self._rows[Key.SOURCE]):
            names = {article.source, article.label} - {""} or {UNKNOWN}
            found = [p for name in names for p in by_source.get(name, ())]
            found = [p for p in found if article.path.is_relative_to(p.folder)]
            yield from sorted(found, key=lambda p: (p.folder, p.row.line))
        if article.path is not None and (by_path := self._rows[Key.PATH]):
            for place in _places(article.path, article.row):
                yield from by_path.get(place, ())
        yield from self._rows[Key.ID].get(article.id, ())


def _names(placed: Placed) -> set[str]:
    """Return what the articles that a row names have, any of it."""
    if placed.row.key is Key.PATH:
        return {str(placed.folder / placed.row.name)}
    if placed.row.key is Key.SOURCE:
        return {placed.row.name.lower(), fold(placed.row.name)}
    return {placed.row.name}


def _places(path: Path, row: str) -> Iterator[str]:
    """Yield the paths that name the row ``row`` of a file, the outermost first."""
    yield from map(str, reversed(path.parents))
    files = (*([path.with_suffix("")] if path.suffix == ".gz" else []), path)
    yield from map(str, files)
    if row:
        yield from (f"{file}{row}" for file in files)


def _lines(folder: Path, lines: list[int]) -> str:
    numbers = ", ".join(map(str, sorted(set(lines))))
    return f"{folder / CORRECTIONS}, line{'s' * (len(set(lines)) > 1)} {numbers}"

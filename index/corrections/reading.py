"""The corrections of a run: read at the roots it covers, and what is odd about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from index.corrections import sheet
from index.corrections.sheet import CORRECTIONS
from index.corrections.tables import Placed
from index.ledger import Ledger
from index.records import FAILED, SKIPPED
from index.roots import Ground
from index.walk import corrections_at

_MOST = 5  # rows of a file that are named one by one outside the report
_KNOWN = "id, path, source, date, agency, place and note"


class Reading:
    """Brings the rows of ``corrections.csv`` to the ledger; one a run."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._read: set[Path] = set()
        self._warnings: list[str] = []

    def take(self, grounds: Iterable[Ground]) -> None:
        """Take over what the corrections at the roots of ``grounds`` say by now.

        Those of other roots stay as they are, and so do those that cannot be read,
        which the walk reports. Those of roots that are known no more go.
        """
        roots = {root.path for root in self._ledger.roots()}
        for folder in self._ledger.corrections.folders():
            if folder not in roots:
                self._ledger.corrections.put(folder, ())
        for ground in grounds:
            folder = ground.root.path
            path = folder / CORRECTIONS
            if ground.only in (None, path) and folder.is_dir() and ground.covers(path):
                self._take(folder, path)

    def warnings(self, *, whole: bool) -> tuple[str, ...]:
        """Return what whoever wrote the corrections should know, in order.

        Without ``whole`` the index may lack articles that another share of the files
        brings, so that nothing is said of rows that name none.
        """
        rows = self._ledger.corrections.in_force()
        read = [placed for placed in rows if placed.folder in self._read]
        stale = [p for p in read if not self._ledger.standing.is_met(p)]
        return (*self._warnings, *(self._stale(stale) if whole else ()))

    def _take(self, folder: Path, path: Path) -> None:
        if not corrections_at(path):
            self._ledger.corrections.put(folder, ())
            return
        said = sheet.read(path)
        if said.fault:
            return
        self._read.add(folder)
        self._ledger.corrections.put(folder, said.rows)
        for fault in said.faults:
            reason = f"line {fault.line}: {fault.reason}"
            self._ledger.run.note(str(path), None, FAILED, reason)
        for column in said.unknown:
            self._warnings.append(
                f"{path}: nothing is read from the column {column}; known are {_KNOWN}"
            )

    def _stale(self, rows: Iterable[Placed]) -> Iterator[str]:
        for folder, group in groupby(rows, key=lambda placed: placed.folder):
            path, found = folder / CORRECTIONS, list(group)
            for placed in found:
                row = placed.row
                name = f"{row.key.name.lower()} {row.name}"
                reason = f"line {row.line}: no article has the {name}"
                self._ledger.run.note(str(path), None, SKIPPED, reason)
            lines = [str(placed.row.line) for placed in found]
            more = f" and {len(lines) - _MOST} more" if len(lines) > _MOST else ""
            plural = "s" if len(lines) > 1 else ""
            named = ", ".join(lines[:_MOST]) + more
            yield f"{path}: no article is named by line{plural} {named}"

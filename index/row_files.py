"""Files of rows: a file is one unit, of which only the changed rows are done again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from index.ledger import Ledger
from index.page import RawPage, Unread
from index.recorder import Recorder
from index.records import FAILED, UPDATED, File, Page
from index.stages import (
    ReadRow,
    Sheaf,
    Stages,
    Turn,
    Work,
    failure,
    fingerprint,
    row_of,
)
from index.versions import Versions
from index.walk import Found


@dataclass(slots=True)
class _Rows:
    """A row file being read; ``anew`` where something else is said of it than was.

    It is ``sound`` while nothing went wrong that may pass, and ``whole`` while
    nothing keeps its reader from the rows below.
    """

    file: File
    anew: bool = False
    nth: int = 0
    sound: bool = True
    whole: bool = True


class RowFiles:
    """Brings the rows of files to the ledger and the index; one a run."""

    def __init__(
        self,
        ledger: Ledger,
        versions: Versions,
        recorder: Recorder,
        stages: Stages,
        run: int,
    ) -> None:
        self._ledger = ledger
        self._versions = versions
        self._recorder = recorder
        self._stages = stages
        self._run = run

    def read(self, file: File, found: Found, root: str) -> Iterator[Work]:
        """Yield the work of the changed rows of ``file``, then the end of it."""
        known = self._ledger.file(found.path)
        beside = known.stamp.beside if known else file.stamp.beside
        # Until all rows are done it counts as what was said of those that are not.
        stamp = replace(file.stamp, beside=beside)
        key = self._ledger.put_file(replace(file, stamp=stamp, settled=False))
        self._ledger.see(key)
        rows = _Rows(replace(file, key=key), anew=beside != file.stamp.beside)
        try:
            rows.file = replace(rows.file, digest=fingerprint(found.path))
            for raw in self._stages.read(found, root):
                yield from self._row(rows, raw, row_of(raw.name, found.name))
        except Exception as error:  # noqa: BLE001 - one file must not end a run
            fault = failure("", error)
            rows.sound, rows.whole = not fault.fleeting, False
            page = Page(key, "", rows.nth + 1, None, None, None)
            self._recorder.failed(page, str(fault.reason))
        yield Turn(), partial(self._end, rows)

    def reread(self, page: Page, file: File, found: Found, root: str) -> Iterator[Work]:
        """Yield the work of one row of ``file``, if it is still there."""
        for raw in self._stages.read(found, root):
            if isinstance(raw, RawPage) and raw.name == file.name + page.row:
                yield ReadRow(raw), partial(self._use_heir, file, page)
                return

    def earlier(
        self, wanted: Mapping[str, Page], found: Found, root: str
    ) -> Iterator[Work]:
        """Yield the work of keeping what the ``wanted`` rows of a file say."""
        left = dict(wanted)
        try:
            for raw in self._stages.read(found, root):
                page = left.pop(row_of(raw.name, found.name), None)
                if page is not None and isinstance(raw, RawPage):
                    yield ReadRow(raw), partial(self._recorder.earlier, {"": page})
                if not left:
                    return
        except Exception:  # noqa: BLE001 - who reads the file for its rows tells of it
            return

    def _row(self, rows: _Rows, raw: RawPage | Unread, row: str) -> Iterator[Work]:
        rows.nth += 1
        key = rows.file.key
        page = Page(key, row, rows.nth, None, None, None)
        if isinstance(raw, Unread):
            rows.whole = rows.whole and not raw.ends
            self._recorder.failed(page, raw.reason)
            return
        known = self._ledger.page(key, row)
        same = known is not None and known.digest == raw.digest and not rows.anew
        if known is not None and same and known.status != FAILED:
            timeless = known.saved is None and self._ledger.claims.count(known.id) > 1
            if not timeless:
                self._versions.keep(replace(known, nth=rows.nth))
                return
        yield ReadRow(raw), partial(self._use, rows, page)

    def _use(self, rows: _Rows, page: Page, sheaf: Sheaf) -> None:
        for prepared in sheaf.pages:
            rows.sound = rows.sound and not prepared.fleeting
            self._recorder.page(page, prepared)

    def _use_heir(self, file: File, page: Page, sheaf: Sheaf) -> None:
        """Record a row that steps in; its file may be of a root not in this run."""
        self._use(_Rows(file), page, sheaf)
        if not self._ledger.is_seen(file.key):
            path = f"{file.path}{page.row}"
            self._ledger.run.note(path, page.id, UPDATED, "")

    def _end(self, rows: _Rows, _: Sheaf) -> None:
        """Record that a row file was read to its end, or as far as it could be."""
        file = rows.file
        held = self._ledger.pages(file.key)
        unmet = [page for page in held if page.run != self._run]
        # What is gone may have to stay until a later run.
        if not rows.sound or (rows.whole and unmet):
            file = replace(file, settled=False, digest=None)
        self._ledger.put_file(file)
        for page in unmet:
            if page.id is None:  # nothing but a fault, which is told anew where it is
                self._versions.drop(page)
            elif rows.whole:
                self._vanish(page)
            elif page.current and self._ledger.claims.count(page.id) > 1:
                self._recorder.failed(page, "can no longer be read")
        self._recorder.done()

    def _vanish(self, page: Page) -> None:
        """Note that a row is gone, and with it what was wrong with it."""
        self._ledger.vanish(page)
        if page.status == FAILED:
            self._versions.keep(replace(page, reason=None))

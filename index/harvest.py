"""What the files below a root give: jobs for the workers, results for the ledger.

A piece of work is a job and what to do with its result; results come in the order of
the jobs. A file of one page is read by a worker, a row file here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from index.file_types import ROWS, kind_of
from index.ledger import Ledger
from index.page import RawPage, Unread
from index.records import (
    FAILED,
    SKIPPED,
    STDIN,
    UNCHANGED,
    UPDATED,
    File,
    Page,
    Stamp,
)
from index.report import Watcher
from index.roots import Ground, Part
from index.stages import (
    Job,
    Prepared,
    ReadFile,
    ReadRow,
    Sheaf,
    Stages,
    Turn,
    failure,
    fingerprint,
    row_of,
)
from index.stamps import is_same, settles, stamp_of
from index.versions import Versions
from index.walk import Found, Skipped
from index.workers import Lost, Pool

Work = tuple[Job, Callable[[Sheaf], None]]


@dataclass(slots=True)
class _Rows:
    """A row file being read; ``sound`` while nothing went wrong that may pass."""

    file: File
    nth: int = 0
    sound: bool = True
    whole: bool = True


class Harvest:
    """Brings files to the ledger and the index; one a run."""

    def __init__(
        self,
        ledger: Ledger,
        versions: Versions,
        stages: Stages,
        watcher: Watcher,
        run: int,
    ) -> None:
        self._ledger = ledger
        self._versions = versions
        self._stages = stages
        self._watcher = watcher
        self._run = run
        self.told: set[str] = set()  # paths whose failure the watcher knows

    def do(
        self, pool: Pool[Job, Sheaf], work: Iterable[Work], then: Callable[[], None]
    ) -> None:
        """Have ``pool`` do the jobs, use each result, and call ``then`` after it."""
        uses: deque[Callable[[Sheaf], None]] = deque()

        def jobs() -> Iterator[Job]:
            for job, use in work:
                uses.append(use)
                yield job

        for _, result in pool.map(jobs()):
            uses.popleft()(_lost(result) if isinstance(result, Lost) else result)
            then()

    def below(self, ground: Ground, part: Part) -> Iterator[Work]:
        """Yield the work that new and changed files below ``ground`` make.

        Raises:
            OSError: its root is missing or cannot be read.
        """
        root = ground.root
        for entry in self._stages.walk(root.path):
            if isinstance(entry, Unread):
                self._unread(ground, entry, part)
            elif ground.covers(entry.path) and part.holds(root.name, entry.name):
                if isinstance(entry, Skipped):
                    self._ledger.run.note(str(entry.path), None, SKIPPED, entry.reason)
                else:
                    yield from self._found(ground, entry)

    def reread(self, page: Page) -> Iterator[Work]:
        """Yield the work of reading ``page`` again, which is unchanged on disk."""
        file = self._ledger.file_of(page)
        found = Found(file.path, file.name, file.sidecars)
        root = next(r for r in self._ledger.roots() if r.path == file.root)
        if not page.row:
            yield ReadFile(found, root.name), partial(self._use_file, file)
            return
        for raw in self._stages.read(found, root.name):
            if isinstance(raw, RawPage) and raw.name == file.name + page.row:
                yield ReadRow(raw), partial(self._use_heir, file, page)
                return

    def rows(self, rows: Iterable[RawPage | Unread], now: float) -> Iterator[Work]:
        """Yield the work of rows from standard input, read at ``now``."""
        file = File(STDIN, STDIN, str(STDIN), (), Stamp(0, 0))
        file = replace(file, key=self._ledger.put_file(file))
        for raw in rows:
            if isinstance(raw, Unread):
                self._fault(raw.name, raw.reason)
                self._ledger.run.note(raw.name, None, FAILED, raw.reason)
            else:
                yield ReadRow(raw), partial(self._use_input, file, raw, now)

    def _found(self, ground: Ground, found: Found) -> Iterator[Work]:
        known = self._ledger.file(found.path)
        try:
            stamp = stamp_of(found.path, found.sidecars)
            file = File(
                path=found.path,
                root=ground.root.path,
                name=found.name,
                sidecars=found.sidecars,
                stamp=stamp,
                settled=settles(stamp),
            )
            if known is not None and is_same(known, file) and self._stays(known, file):
                return
        except OSError as error:
            reason = f"cannot be read: {error.strerror or error}"
            self._unread(ground, Unread(found.name, reason), Part())
            return
        if kind_of(found.name) in ROWS:
            yield from self._row_file(ground, found, file)
        else:
            yield ReadFile(found, ground.root.name), partial(self._use_file, file)

    def _stays(self, known: File, file: File) -> bool:
        """Note that ``file`` is as ``known``; False if its new time may matter."""
        if known.stamp.mtime != file.stamp.mtime and any(
            page.saved is None and self._ledger.claims.count(page.id) > 1
            for page in self._ledger.pages(known.key)
        ):
            return False
        if (known.stamp, known.settled) != (file.stamp, file.settled):
            self._ledger.put_file(replace(file, digest=known.digest))
        self._ledger.see(known.key)
        self._watcher.step()
        return True

    def _use_file(self, file: File, sheaf: Sheaf) -> None:
        """Record the pages of a file that a worker has read."""
        sound = not any(page.fleeting for page in sheaf.pages)
        digest = sheaf.digest if sound else None
        settled = file.settled and sound
        key = self._ledger.put_file(replace(file, settled=settled, digest=digest))
        self._ledger.see(key)
        for nth, prepared in enumerate(sheaf.pages):
            self._record(Page(key, prepared.row, nth, None, None, None), prepared)
        rows = {prepared.row for prepared in sheaf.pages}
        if all(prepared.article is not None for prepared in sheaf.pages):
            for page in self._ledger.pages(key):
                if page.row not in rows:
                    self._ledger.vanish(page)
        self._watcher.step()

    def _row_file(self, ground: Ground, found: Found, file: File) -> Iterator[Work]:
        """Yield the work of the changed rows of a file, then the end of it."""
        key = self._ledger.put_file(replace(file, settled=False))
        self._ledger.see(key)
        rows = _Rows(replace(file, key=key))
        try:
            rows.file = replace(rows.file, digest=fingerprint(found.path))
            for raw in self._stages.read(found, ground.root.name):
                yield from self._row(rows, raw, row_of(raw.name, found.name))
        except Exception as error:  # noqa: BLE001 - one file must not end a run
            fault = failure("", error)
            rows.sound, rows.whole = not fault.fleeting, False
            self._versions.fail(
                Page(key, "", rows.nth + 1, None, None, None), str(fault.reason)
            )
            self._fault(str(file.path), str(fault.reason))
        yield Turn(), partial(self._end_rows, rows)

    def _row(self, rows: _Rows, raw: RawPage | Unread, row: str) -> Iterator[Work]:
        rows.nth += 1
        key = rows.file.key
        page = Page(key, row, rows.nth, None, None, None)
        if isinstance(raw, Unread):
            rows.whole = not raw.ends
            self._versions.fail(page, raw.reason)
            self._fault(f"{rows.file.path}{row}", raw.reason)
            return
        known = self._ledger.page(key, row)
        same = known is not None and known.digest == raw.digest
        if known is not None and same and known.status != FAILED:
            timeless = known.saved is None and self._ledger.claims.count(known.id) > 1
            if not timeless:
                self._versions.keep(replace(known, nth=rows.nth))
                return
        yield ReadRow(raw), partial(self._use_row, rows, page)

    def _use_row(self, rows: _Rows, page: Page, sheaf: Sheaf) -> None:
        for prepared in sheaf.pages:
            rows.sound = rows.sound and not prepared.fleeting
            self._record(page, prepared)

    def _use_heir(self, file: File, page: Page, sheaf: Sheaf) -> None:
        """Record a row that steps in; its file may be of a root not in this run."""
        self._use_row(_Rows(file), page, sheaf)
        if not self._ledger.is_seen(file.key):
            path = f"{file.path}{page.row}"
            self._ledger.run.note(path, page.id, UPDATED, "")

    def _end_rows(self, rows: _Rows, _: Sheaf) -> None:
        """Record that a row file was read to its end, or as far as it could be."""
        file = rows.file
        if not rows.sound:
            file = replace(file, settled=False, digest=None)
        self._ledger.put_file(file)
        for page in self._ledger.pages(file.key):
            if rows.whole and page.run != self._run:
                self._ledger.vanish(page)
        self._watcher.step()

    def _use_input(self, file: File, raw: RawPage, now: float, sheaf: Sheaf) -> None:
        """Record a row of standard input; it is kept under its id."""
        for prepared in sheaf.pages:
            if prepared.article is None:
                reason = str(prepared.reason)
                self._fault(raw.name, reason)
                self._ledger.run.note(raw.name, None, FAILED, reason)
                continue
            id_ = prepared.article.id
            known = self._ledger.page(file.key, f"#{id_}")
            if known is not None and known.current and known.digest == raw.digest:
                self._ledger.run.note(raw.name, id_, UNCHANGED, "")
                continue
            saved = now if prepared.saved is None else prepared.saved
            page = Page(file.key, f"#{id_}", 0, id_, raw.digest, saved)
            self._versions.claim(page, prepared.article)
            after = self._ledger.page(file.key, f"#{id_}") or page
            self._ledger.run.note(raw.name, id_, after.status, after.reason or "")

    def _record(self, page: Page, prepared: Prepared) -> None:
        """Hand a page to the versions, or note why it cannot be."""
        if prepared.article is None:
            reason = str(prepared.reason)
            self._versions.fail(replace(page, digest=prepared.digest), reason)
            self._fault(f"{self._ledger.file_of(page).path}{page.row}", reason)
            return
        page = replace(page, digest=prepared.digest, saved=prepared.saved)
        self._versions.claim(page, prepared.article)

    def _unread(self, ground: Ground, entry: Unread, part: Part) -> None:
        """Note a file or folder that could not be looked at; what it held stays."""
        path = ground.root.base / entry.name
        self._ledger.run.spare(ground.root.path, entry.name)
        if ground.covers(path) and part.holds(ground.root.name, entry.name):
            self._ledger.run.note(str(path), None, FAILED, entry.reason)
            self._fault(str(path), entry.reason)

    def _fault(self, path: str, reason: str) -> None:
        self.told.add(path)
        self._watcher.failed(path, reason)


def _lost(lost: Lost) -> Sheaf:
    """Return what is recorded of a job that cost its worker."""
    return Sheaf((Prepared("", reason=lost.reason, fleeting=True),))

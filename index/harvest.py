"""What the files below a root give: jobs for the workers, results for the ledger.

A piece of work is a job and what to do with its result; results come in the order of
the jobs. A file of one page is read by a worker; the rows of a file, and those of
standard input, are read here and made into articles there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from index.file_types import ROWS, kind_of
from index.ledger import Ledger
from index.page import RawPage, Unread
from index.recorder import Recorder
from index.records import FAILED, SKIPPED, File, Page
from index.report import Watcher
from index.roots import Ground, Part
from index.row_files import RowFiles
from index.stages import Job, Prepared, ReadFile, Sheaf, Stages, Work
from index.stamps import is_same, settles, stamp_of
from index.standard_input import StandardInput
from index.versions import Versions
from index.walk import Found, Skipped
from index.workers import Lost, Pool


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
        self._stages = stages
        self._recorder = Recorder(ledger, versions, watcher)
        self._row_files = RowFiles(ledger, versions, self._recorder, stages, run)
        self._input = StandardInput(ledger, versions, self._recorder)

    @property
    def told(self) -> set[str]:
        """Return the paths whose failure the watcher knows."""
        return self._recorder.told

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
        if page.row:
            yield from self._row_files.reread(page, file, found, root.name)
        else:
            yield ReadFile(found, root.name), partial(self._use_file, file)

    def earlier(self, pages: Iterable[Page]) -> Iterator[Work]:
        """Yield the work of keeping what ``pages``, in order of files, say."""
        roots = {root.path: root.name for root in self._ledger.roots()}
        for _, some in groupby(pages, key=lambda page: page.file):
            wanted = {page.row: page for page in some}
            file = self._ledger.file_of(next(iter(wanted.values())))
            found = Found(file.path, file.name, file.sidecars)
            root = roots.get(file.root)
            if root is None or not file.path.exists():
                continue  # it is kept when it can be read again
            if kind_of(file.name) in ROWS:
                yield from self._row_files.earlier(wanted, found, root)
            else:
                yield ReadFile(found, root), partial(self._recorder.earlier, wanted)

    def rows(self, rows: Iterable[RawPage | Unread], now: float) -> Iterator[Work]:
        """Yield the work of rows from standard input, read at ``now``."""
        return self._input.read(rows, now)

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
            yield from self._row_files.read(file, found, ground.root.name)
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
        self._recorder.done()
        return True

    def _use_file(self, file: File, sheaf: Sheaf) -> None:
        """Record the pages of a file that a worker has read."""
        sound = not any(page.fleeting for page in sheaf.pages)
        digest = sheaf.digest if sound else None
        settled = file.settled and sound
        key = self._ledger.put_file(replace(file, settled=settled, digest=digest))
        self._ledger.see(key)
        for nth, prepared in enumerate(sheaf.pages):
            self._recorder.page(
                Page(key, prepared.row, nth, None, None, None), prepared
            )
        rows = {prepared.row for prepared in sheaf.pages}
        if all(prepared.article is not None for prepared in sheaf.pages):
            for page in self._ledger.pages(key):
                if page.row not in rows:
                    self._ledger.vanish(page)
        self._recorder.done()

    def _unread(self, ground: Ground, entry: Unread, part: Part) -> None:
        """Note a file or folder that could not be looked at; what it held stays."""
        path = ground.root.base / entry.name
        self._ledger.run.spare(ground.root.path, entry.name)
        if ground.covers(path) and part.holds(ground.root.name, entry.name):
            self._ledger.run.note(str(path), None, FAILED, entry.reason)
            self._recorder.fault(str(path), entry.reason)


def _lost(lost: Lost) -> Sheaf:
    """Return what is recorded of a job that cost its worker."""
    return Sheaf((Prepared("", reason=lost.reason, fleeting=True),))

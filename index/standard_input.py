"""Rows that come through standard input, which no later run can read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from index.ledger import Ledger
from index.page import RawPage, Unread
from index.recorder import Recorder
from index.records import FAILED, STDIN, UNCHANGED, File, Page, Stamp
from index.stages import ReadRow, Sheaf, Work
from index.versions import Versions
from search.errors import BadPage


class StandardInput:
    """Brings rows to the ledger and the index; each is kept under its id."""

    def __init__(self, ledger: Ledger, versions: Versions, recorder: Recorder) -> None:
        self._ledger = ledger
        self._versions = versions
        self._recorder = recorder

    def read(self, rows: Iterable[RawPage | Unread], now: float) -> Iterator[Work]:
        """Yield the work of ``rows``; ``now`` is when one was saved that is silent."""
        file = File(STDIN, STDIN, str(STDIN), (), Stamp(0, 0))
        key = self._ledger.put_file(file)
        try:
            for raw in rows:
                if isinstance(raw, Unread):
                    self._failed(raw.name, raw.reason)
                else:
                    yield ReadRow(raw), partial(self._use, key, raw, now)
        except BadPage as error:
            self._failed(str(STDIN), str(error))

    def _use(self, file: int, raw: RawPage, now: float, sheaf: Sheaf) -> None:
        for prepared in sheaf.pages:
            if prepared.article is None:
                self._failed(raw.name, str(prepared.reason))
                continue
            id_ = prepared.article.id
            known = self._ledger.page(file, f"#{id_}")
            if known is not None and known.current and known.digest == raw.digest:
                self._ledger.run.note(raw.name, id_, UNCHANGED, "")
                continue
            saved = now if prepared.saved is None else prepared.saved
            page = Page(file, f"#{id_}", 0, id_, raw.digest, saved)
            self._versions.claim(
                page, prepared.article, prepared.traits, prepared.testimony
            )
            after = self._ledger.page(file, f"#{id_}") or page
            self._ledger.run.note(raw.name, id_, after.status, after.reason or "")

    def _failed(self, name: str, reason: str) -> None:
        self._recorder.fault(name, reason)
        self._ledger.run.note(name, None, FAILED, reason)

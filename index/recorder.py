"""What became of each page that was read, told to the ledger and to the watcher."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from index.ledger import Ledger
from index.records import Page
from index.report import Watcher
from index.stages import Prepared, Sheaf
from index.versions import Versions


class Recorder:
    """Hands what was read to the versions, and tells the watcher of faults."""

    def __init__(self, ledger: Ledger, versions: Versions, watcher: Watcher) -> None:
        self._ledger = ledger
        self._versions = versions
        self._watcher = watcher
        self.told: set[str] = set()  # paths whose failure the watcher knows

    def page(self, page: Page, prepared: Prepared) -> None:
        """Record the article of ``page``, or why it gives none."""
        if prepared.article is None:
            self.failed(replace(page, digest=prepared.digest), str(prepared.reason))
            return
        page = replace(page, digest=prepared.digest, saved=prepared.saved)
        self._versions.claim(
            page, prepared.article, prepared.traits, prepared.testimony
        )

    def earlier(self, wanted: Mapping[str, Page], sheaf: Sheaf) -> None:
        """Keep the articles of ``wanted`` pages, by row, that are as they were."""
        for prepared in sheaf.pages:
            page, article = wanted.get(prepared.row), prepared.article
            if page is None or article is None:
                continue  # its file has changed, which the next run over it finds
            if (article.id, prepared.digest) == (page.id, page.digest):
                self._versions.keep_earlier(page, article, prepared.traits)

    def failed(self, page: Page, reason: str) -> None:
        """Record that ``page`` could not be read."""
        self._versions.fail(page, reason)
        self.fault(f"{self._ledger.file_of(page).path}{page.row}", reason)

    def fault(self, path: str, reason: str) -> None:
        """Tell the watcher what could not be read."""
        self.told.add(path)
        self._watcher.failed(path, reason)

    def done(self) -> None:
        """Tell the watcher that another file is done with."""
        self._watcher.step()

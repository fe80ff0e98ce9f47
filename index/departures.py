"""Pages whose files are gone: what may be deleted, and who steps into their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.ledger import Ledger
from index.records import DELETED, FAILED, STDIN, Page
from index.roots import Ground, Part
from index.versions import Versions
from search.errors import BadRoot, TooManyVanished

_SHARE = 10  # a tenth of a root may go without a word


class Departures:
    """Takes pages out of ledger and index; one a run.

    Made before the run reads anything: the guard compares with what was there then.
    """

    def __init__(self, ledger: Ledger, versions: Versions, part: Part) -> None:
        self._ledger = ledger
        self._versions = versions
        self._part = part
        self._before = {r.path: self._size(r.path, r.name) for r in ledger.roots()}

    def forget(self, path: Path) -> None:
        """Drop the root at ``path`` and all its pages.

        Raises:
            BadRoot: there is no such root.
        """
        paths = [root.path for root in self._ledger.roots()]
        known = next((p for p in (path.resolve(), path.absolute()) if p in paths), None)
        if known is None:
            listed = ", ".join(map(str, paths)) or "none"
            raise BadRoot(f"{path} is not a root of this index; its roots: {listed}")
        for file in list(self._ledger.files_below(known)):
            for page in self._ledger.pages(file.key):
                self._drop(page)
        self._ledger.drop_root(known)

    def vanished(self, ground: Ground, *, guard: bool) -> list[Page]:
        """Return the pages of ``ground`` whose files or rows are gone.

        Raises:
            TooManyVanished: with ``guard``, if more articles would leave the index than
                may without being asked for.
        """
        path = ground.root.path
        gone = list(self._gone(ground))
        ids = Counter(page.id for page in gone if page.id is not None)
        leaving = sum(
            count >= self._ledger.claims.count(id_) for id_, count in ids.items()
        )
        before = self._before.get(path, 0)
        if guard and leaving > before / _SHARE:
            raise TooManyVanished(
                f"{path}: {leaving} of {before} pages have vanished, so nothing was"
                " deleted; run again with --prune to delete them"
            )
        return gone

    def delete(self, pages: list[Page]) -> None:
        """Take ``pages`` out; another file with the id of one steps in later."""
        for page in pages:
            self._drop(page)

    def heirs(self) -> Iterator[Page]:
        """Yield the page to read for each id whose article may not be in the index.

        One whose whole root is away keeps its claim for another run.
        """
        for id_ in self._ledger.claims.vacant():
            page = self._ledger.claims.latest(id_)
            while page is not None and self._ledger.file_of(page).path == STDIN:
                self._drop(page, reason="standard input cannot be read again")
                page = self._ledger.claims.latest(id_)
            if page is not None and page.status == FAILED:
                self._ledger.claims.fill(id_)  # nobody else can: what it held stays
            elif page is not None and self._ledger.file_of(page).root.exists():
                yield page

    def settle(self, heir: Page) -> None:
        """Take its claim from ``heir``, which was read again, if it gave no page."""
        if heir.id is None or not self._ledger.claims.is_vacant(heir.id):
            return
        latest = self._ledger.claims.latest(heir.id)
        if latest is not None and (latest.file, latest.row) == (heir.file, heir.row):
            self._versions.disown(latest)

    def _gone(self, ground: Ground) -> Iterator[Page]:
        root = ground.root
        spared = tuple(self._ledger.run.spared(root.path))
        for file in self._ledger.unseen(root.path):
            below = any(file.name == s or file.name.startswith(f"{s}/") for s in spared)
            if not below and self._part.holds(root.name, file.name):
                yield from self._ledger.pages(file.key)
        yield from self._ledger.vanished_rows(root.path)

    def _drop(self, page: Page, reason: str = "") -> None:
        path = self._ledger.file_of(page).path
        if self._versions.drop(page):
            self._ledger.run.note(f"{path}{page.row}", page.id, DELETED, reason)
        self._ledger.drop_if_empty(page.file)

    def _size(self, path: Path, name: str) -> int:
        """Return how many pages of a root are in this run's share."""
        if self._part.of == 1:
            return self._ledger.count_pages(path)
        return sum(
            len(self._ledger.pages(file.key))
            for file in self._ledger.files_below(path)
            if self._part.holds(name, file.name)
        )

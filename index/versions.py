"""Which of several files with one id is the article in the index.

The one saved last is; the others are kept in the ledger as duplicates, and what they
say as earlier versions, so that the next of them steps in when it goes or cannot be
read any more. The answer depends on the files alone and not on the order in which runs
met them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from index.chrome.rows import group_of
from index.chrome.traits import Traits
from index.ledger import Ledger
from index.records import (
    ADDED,
    DELETED,
    DUPLICATE,
    FAILED,
    UNCHANGED,
    UPDATED,
    Page,
)
from index.toponyms.priors import Testimony
from search.model import Article


class Changes(Protocol):
    """Where articles go to and leave from: the batch that is being written."""

    def add(
        self, article: Article, traits: Traits, testimony: Testimony | None
    ) -> None:
        """Put ``article`` into the index, or in place of the one with its id."""

    def delete(self, id: str) -> None:
        """Take the article with this id out of the index."""

    def alone(self, page: Page) -> tuple[Article, Traits] | None:
        """Return what ``page``, which holds its id, gave; None if it is not known."""


class Versions:
    """Decides for one run, whose number is ``run``; works on ledger and batch alike."""

    def __init__(self, ledger: Ledger, changes: Changes, run: int) -> None:
        self._ledger = ledger
        self._changes = changes
        self._run = run

    def claim(
        self, page: Page, article: Article, traits: Traits, testimony: Testimony | None
    ) -> None:
        """Record that ``page`` gives ``article``; it is indexed if it is the latest."""
        before = self._ledger.page(page.file, page.row)
        holder = self._ledger.claims.holder(article.id)
        known = holder is not None or self._ledger.claims.is_vacant(article.id)
        page = replace(page, id=article.id, run=self._run, current=False, reason=None)
        self._ledger.put_page(replace(page, status=DUPLICATE))
        left = before is not None and before.id != article.id and self._give_up(before)
        latest = self._ledger.claims.latest(article.id)
        first = latest is not None and _same(latest, page)
        if before is not None and left and (known or not first):
            self._note_deleted(page, before.id)
        if latest is None or not first:
            self._stand_back(page, holder, latest)
            self.keep_earlier(page, article, traits)
            return
        if holder is not None and not _same(holder, page):
            self._step_down(holder, page)
        self._ledger.claims.fill(article.id)
        self._changes.add(article, traits, testimony)
        status = self._status(known=known or left, holder=holder, page=page)
        self._ledger.put_page(replace(page, current=True, status=status))

    def keep_earlier(self, page: Page, article: Article, traits: Traits) -> None:
        """Keep the ``article`` of a page that does not hold its id."""
        if page.digest is not None:
            self._ledger.earlier.put(page, group_of(article), article, traits)

    def keep(self, page: Page) -> None:
        """Record that ``page`` is as it was."""
        status = UNCHANGED if page.current else DUPLICATE
        self._ledger.put_page(replace(page, run=self._run, status=status))

    def fail(self, page: Page, reason: str) -> None:
        """Record that ``page`` could not be read.

        The article it holds stays in the index unless another page can give its id.
        A page that holds none loses its claim.
        """
        page = replace(page, run=self._run, status=FAILED, reason=reason)
        before = self._ledger.page(page.file, page.row)
        if before is None or not before.current:
            self._ledger.put_page(page)
            if before is not None and self._give_up(before):
                self._note_deleted(page, before.id)
            return
        self._ledger.put_page(
            replace(page, id=before.id, saved=before.saved, current=True)
        )
        if before.id is not None and self._ledger.claims.count(before.id) > 1:
            self._ledger.claims.vacate(before.id)

    def drop(self, page: Page) -> bool:
        """Forget ``page``; return whether its article leaves the index with it."""
        self._ledger.drop_page(page)
        return self._give_up(page)

    def disown(self, page: Page) -> None:
        """Take its id from ``page``, which is not found in its file any more."""
        reason = "no longer holds the page it held"
        self._ledger.put_page(
            replace(page, id=None, current=False, status=FAILED, reason=reason)
        )
        if self._give_up(page):
            self._note_deleted(page, page.id)

    def _give_up(self, page: Page) -> bool:
        """Settle the id that ``page`` had; return whether it leaves the index."""
        if page.id is None:
            return False
        held = page.current or self._ledger.claims.is_vacant(page.id)
        return held and not self._hand_on(page.id)

    def _hand_on(self, id: str) -> bool:
        """Let the next page with ``id`` step in; return whether there is one."""
        if self._ledger.claims.latest(id) is not None:
            self._ledger.claims.vacate(id)
            return True
        self._ledger.claims.fill(id)
        self._changes.delete(id)
        return False

    def _stand_back(self, page: Page, holder: Page | None, latest: Page | None) -> None:
        """Leave the id to ``latest``, which has to be read if it did not hold it."""
        if latest is None or page.id is None:
            return
        reason = self._outranked(page, latest)
        self._ledger.put_page(replace(page, status=DUPLICATE, reason=reason))
        if holder is None or not _same(holder, latest):
            self._ledger.claims.vacate(page.id)

    def _step_down(self, holder: Page, page: Page) -> None:
        """Make ``holder`` a duplicate of ``page``, or no version where it failed."""
        holder = replace(holder, current=False)
        if holder.status == FAILED:
            self._ledger.put_page(replace(holder, id=None))
            return
        reason = self._outranked(holder, page)
        self._ledger.put_page(replace(holder, status=DUPLICATE, reason=reason))
        if found := self._changes.alone(holder):
            self.keep_earlier(holder, *found)

    def _outranked(self, page: Page, by: Page) -> str:
        """Return why ``page`` is a duplicate."""
        path = self._ledger.file_of(by).path
        differs = "" if page.digest == by.digest else ", with other content"
        return f"{path}{by.row} is the current file of this id{differs}"

    def _note_deleted(self, page: Page, id: str | None) -> None:
        """Note that the article ``page`` gave has left the index with its id."""
        path = self._ledger.file_of(page).path
        self._ledger.run.note(f"{path}{page.row}", id, DELETED, "")

    def _status(self, *, known: bool, holder: Page | None, page: Page) -> str:
        """Return what became of the article: a second change in a run adds nothing."""
        if holder is not None and holder.run == self._run and holder.status == ADDED:
            return ADDED
        if holder is not None and holder.file == page.file and holder.row != page.row:
            same = holder.digest == page.digest
            return UNCHANGED if same else UPDATED  # the row has only moved
        return UPDATED if known else ADDED


def _same(page: Page, other: Page) -> bool:
    """Return whether both stand for one place in one file."""
    return (page.file, page.row) == (other.file, other.row)

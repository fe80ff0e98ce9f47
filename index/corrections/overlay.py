"""Articles on their way into the index, with what stands over their pages' values.

Who looks at it from the pages' side sees what pages say; the index holds what stands:
values set by hand, and the one value of an outlet that is known by two names. What a
page said is kept beside it, so that a correction may be taken back, and its article
read from the index and put back, without parsing anything.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from index.batches import Batches
from index.corrections.correction import unpacked
from index.corrections.matching import Corrections, Named, Verdict
from index.corrections.outlets import Outlets, bare, is_domain, named_by
from index.corrections.tables import Standing
from index.corrections.values import (
    Locate,
    at_home,
    corrected,
    own_values,
    replaced,
    restored,
    source_called,
)
from index.ledger import Ledger
from index.records import CORRECTED, STDIN, Page
from search.engine import Build
from search.folding import fold, whole
from search.model import Article

_ASIDE = "?"  # under what an article stands while it is being put back


class Overlay:
    """Takes articles as their pages have them into ``batches``; one a run."""

    def __init__(
        self, build: Build, batches: Batches, ledger: Ledger, locate: Locate
    ) -> None:
        self._build = build
        self._batches = batches
        self._ledger = ledger
        self._locate = locate
        self._told: dict[str, str] = {}  # by id, what became of corrected articles
        self._outlets: Outlets | None = None

    # As the pages say.

    def article(self, id: str) -> Article | None:
        """Return the article with this id as its page has it, None for none.

        Raises:
            IndexUnusable: the index is damaged.
        """
        article = self._build.article(id)
        standing = self._ledger.standing.get(id)
        if article is None or standing is None or not standing.was:
            return article
        return restored(article, json.loads(standing.was))

    def committed(self, id: str) -> Article | None:
        """Return the same article, None where it changed since the last commit."""
        return None if self._batches.holds(id) else self.article(id)

    def add(self, article: Article) -> None:
        """Put ``article`` into the index, or in place of the one with its id."""
        free = self._corrections.is_empty  # then it does not matter where its page is
        page = None if free else self._ledger.claims.latest(article.id)
        self._batches.add(self._standing(article, page))

    def revise(self, article: Article) -> None:
        """Put ``article`` in place of the one with its id; no page changed for it."""
        page = self._ledger.claims.holder(article.id)
        self._batches.revise(self._standing(article, page))

    def delete(self, id: str) -> None:
        """Take the article with this id out of the index."""
        self._batches.delete(id)
        self._ledger.standing.drop(id)
        self._told.pop(id, None)

    def commit(self) -> None:
        """Make all changes so far visible and durable."""
        self._batches.commit()

    def commit_if_due(self) -> None:
        """Commit a batch that is full or has been open for long enough."""
        self._batches.commit_if_due()

    # As it stands.

    def settle(self) -> None:
        """Bring every article to what the corrections and all pages want it to be.

        Costs a look at the notes of each article that a row names which came or went,
        and of each outlet whose domain did; only what is to change is read and written.
        """
        table = self._ledger.standing
        table.untouch()
        for placed in self._ledger.corrections.unsettled():
            table.touch(placed)
        self._outlets = Outlets(table.names())
        for named, outlet in table.outlets():
            if self._outlets.domain(named) != outlet:
                table.touch_named(named, outlet)
        if table.is_touched():
            self._batches.commit()  # for articles are read as they were committed
            if self._ledger.file(STDIN) is not None:
                self._set_aside()
            for id_ in table.touched():
                self._renew(id_)
        self._ledger.corrections.settle()
        self._tell()

    def _set_aside(self) -> None:
        """Keep first what came through standard input, and cannot be read again."""
        for id_ in self._ledger.standing.touched():
            page = self._ledger.claims.holder(id_)
            if page is None or self._ledger.file_of(page).path != STDIN:
                continue
            standing = self._ledger.standing.get(id_)
            article = self.article(id_)
            if standing and article and self._renewed(standing, page):
                was = json.dumps(own_values(article))
                self._ledger.standing.put(replace(standing, said=_ASIDE, was=was))
        self._ledger.commit()

    def _renew(self, id: str) -> None:
        """Put the article with this id back as it should stand, if it does not."""
        page = self._ledger.claims.holder(id)
        standing = self._ledger.standing.get(id) or Standing(id, "", "")
        verdict = self._renewed(standing, page)
        if verdict is None:
            return
        article = self.article(id)
        if article is None:  # nothing is written, or `dateline verify` tells of it
            self._note(standing, verdict)
            return
        self._batches.revise(self._standing(article, page))
        self._batches.commit_if_due()

    def _renewed(self, before: Standing, page: Page | None) -> Verdict | None:
        """Return what is to stand over an article, None if nothing changes."""
        verdict = self._verdict(before, page)
        named = bare(before.label) if before.source else None
        named = None if is_domain(before.source) else named
        if verdict.said.source is not None:
            named = named_by(source_called(verdict.said.source))
        now = (verdict.said.packed(), named, self._known.domain(named))
        return None if now == (before.said, before.named, before.outlet) else verdict

    def _standing(self, article: Article, page: Page | None) -> Article:
        """Return ``article`` as it is to stand, and keep what its page says."""
        source = article.source
        value, label = (source.value, source.label) if source else ("", "")
        before = self._ledger.standing.get(article.id)
        own = Standing(article.id, whole(value), fold(whole(label)))
        verdict = self._verdict(own, page)
        over = corrected(article, verdict.said, self._locate)
        named = named_by(over.source)
        named = whole(named) if named else None
        outlet = self._known.domain(named)
        over = at_home(over, outlet)
        was = replaced(article, over)
        self._ledger.standing.put(
            replace(
                own,
                named=named,
                outlet=outlet,
                said=verdict.said.packed(),
                was=json.dumps(was) if was else "",
            )
        )
        stands = over.source.value if over.source else ""
        self._ledger.witnesses.stand(article.id, whole(stands))
        self._note(before or own, verdict)
        return over

    def _verdict(self, own: Standing, page: Page | None) -> Verdict:
        path: Path | None = None
        if page is not None and not self._corrections.is_empty:
            path = self._ledger.file_of(page).path
        named = Named(own.id, own.source, own.label, path if path != STDIN else None)
        return self._corrections.of(replace(named, row=page.row if page else ""))

    @cached_property
    def _corrections(self) -> Corrections:
        return Corrections(self._ledger.corrections.in_force())

    @property
    def _known(self) -> Outlets:
        """Return the outlets as they were before this run, until it settles."""
        if self._outlets is None:
            self._outlets = Outlets(self._ledger.standing.names())
        return self._outlets

    def _note(self, before: Standing, verdict: Verdict) -> None:
        if verdict.said:
            names = ", ".join(verdict.said.set)
            self._told[before.id] = f"{names} set by hand ({verdict.lines})"
        elif before.said:
            what = "" if before.said == _ASIDE else ", ".join(unpacked(before.said).set)
            self._told[before.id] = f"{what} no longer set by hand".strip()

    def _tell(self) -> None:
        """Note for the report what became of corrected articles."""
        for id_, reason in self._told.items():
            page = self._ledger.claims.holder(id_)
            if page is not None:
                path = f"{self._ledger.file_of(page).path}{page.row}"
                self._ledger.run.note(path, id_, CORRECTED, reason)
        self._told.clear()

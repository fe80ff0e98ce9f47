"""Articles on their way into the index, less what the collection knows for chrome.

    page by page    article ─ less what is learned so far ─▶ batch; its row ─▶ ledger
    at the end      each source that changed: learn ─▶ what is content elsewhere stays
                    ─▶ what copies elsewhere keep comes back
                    ─▶ which rows are not as that wants?
                    ─▶ their articles read from the index, and put back

So the last word on every page is what all pages of its source say, in whatever order
and in how many runs they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import chain

from index.chrome.digests import digest
from index.chrome.knowledge import Knowledge
from index.chrome.rows import Row, group_of, sums_of
from index.chrome.traits import Traits
from index.chrome.verdicts import RULE, as_alone, guessed, with_back, without
from index.corrections.overlay import Overlay
from index.earlier import Earlier, Kept
from index.priors.witnesses import Witnesses
from index.records import Page
from index.stages import Stages
from index.toponyms.priors import Testimony
from search.model import Article


class Collection:
    """Takes articles into ``overlay``, and their rows into ``knowledge`` and
    ``witnesses``; one a run.

    ``earlier`` are the versions beside them, which teach nothing.
    """

    def __init__(
        self,
        overlay: Overlay,
        knowledge: Knowledge,
        witnesses: Witnesses,
        earlier: Earlier,
        stages: Stages,
    ) -> None:
        self._overlay = overlay
        self._knowledge = knowledge
        self._witnesses = witnesses
        self._earlier = earlier
        self._stages = stages

    def add(
        self, article: Article, traits: Traits, testimony: Testimony | None
    ) -> None:
        """Put ``article`` into the index, or in place of the one with its id."""
        source = group_of(article)
        condemned = self._knowledge.learned(source).condemned(traits.codes)
        left = without(article, condemned)
        self._overlay.add(left)
        self._witnesses.put(article.id, testimony)
        row = Row(article.id, source, traits, condemned, removed=sums_of(left))
        self._knowledge.put(row)
        self._say(source, left)

    def alone(self, page: Page) -> tuple[Article, Traits] | None:
        """Return what ``page``, which holds its id, gave; None where it must be read.

        That is so where its article was put into the index since the last commit, and
        where its outlet's others decided on its places.
        """
        row = self._knowledge.row(str(page.id))
        if row is None or self._witnesses.has_prior(row.id):
            return None
        article = self._overlay.committed(row.id)
        if article is None or article.digest != page.digest:
            return None
        alone = as_alone(article, partial(self._again, row), row.restored)
        return alone, row.traits

    def delete(self, id: str) -> None:
        """Take the article with this id out of the index."""
        self._overlay.delete(id)
        self._witnesses.drop(id)
        self._knowledge.drop(id)

    def settle(self) -> None:
        """Bring all pages to what all pages of their source say by now.

        Commits what is waiting first, where anything has to be read back. Costs a
        look at the row of each page of a source that changed, two where that changes
        what is known of it: 1 million pages of one source take a minute. The codes of
        all pages are looked through up to four times, 10 µs a page in all.
        """
        committed = False
        restored_anew: set[str] = set()
        changed = self._knowledge.unsettled()
        for source in changed:
            self._knowledge.learn(source)
        back: Mapping[int, frozenset[int]] = {}
        if changed:
            self._knowledge.spare()
            back = self._knowledge.reprinted()
        unsettled = self._knowledge.unsettled()
        for source in unsettled:
            learned = self._knowledge.learned(source)
            steady = self._knowledge.is_steady(source)
            unsaid = self._knowledge.unsaid(source)
            for row in () if steady else self._knowledge.rows(source):
                condemned = learned.condemned(row.traits.codes)
                restored = back.get(row.key, frozenset())
                is_so = condemned == row.condemned and restored == row.restored.keys()
                if is_so and unsaid.isdisjoint(condemned):
                    continue
                unsaid -= condemned
                if not committed:
                    self._overlay.commit()
                    committed = True
                if restored != row.restored.keys():
                    restored_anew.add(row.id)
                self._revise(replace(row, condemned=condemned), restored)
            self._knowledge.settle(source)
        others = self._earlier.sources(), self._earlier.sources_of(restored_anew)
        for source in dict.fromkeys((*unsettled, *chain(*others))):
            self._show_earlier(source)

    def _show_earlier(self, source: str) -> None:
        """Show the earlier versions of ``source`` by what became of the latest.

        Else their differences would be of what was learned, and not of what was saved.
        """
        learned = self._knowledge.learned(source)
        for kept in self._earlier.of(source):
            row = self._knowledge.row(kept.id)
            wanted = replace(
                kept,
                condemned=learned.condemned(kept.codes),
                restored=frozenset(row.restored) if row else frozenset(),
            )
            if wanted != kept:
                self._earlier.show(wanted, self._shown(wanted, row))

    def _shown(self, kept: Kept, row: Row | None) -> Article:
        """Return what is shown of a version, whose latest one has the ``row``."""
        article = self._earlier.alone(kept)
        if row is not None:
            again = partial(self._placed, row)
            article = with_back(article, row.restored.keys(), again)
        return without(article, kept.condemned or frozenset())

    def _revise(self, row: Row, restored: frozenset[int]) -> None:
        """Put the article of ``row`` back into the index, less what is condemned.

        And with what is ``restored``, in place of what was by ``row``.
        """
        article = self._overlay.article(row.id)
        if article is None:
            return  # the index has lost it, which `dateline verify` tells
        again = partial(self._again, row)
        alone = as_alone(article, again, row.restored)
        rules = guessed(alone, restored)
        whole = with_back(alone, restored, again)
        left = without(whole, row.condemned)
        if left != article:
            self._overlay.revise(left)
        kept = {number: rules.get(number, "") for number in restored}
        self._knowledge.alter(replace(row, restored=kept, removed=sums_of(left)))
        self._say(row.source, left)
        self._overlay.commit_if_due()

    def _again(self, row: Row, article: Article) -> Article:
        """Return the article of ``row`` mended, and placed by its text alone."""
        if not row.traits.placed:
            self._witnesses.forget_prior(row.id)
        return self._placed(row, article)

    def _placed(self, row: Row, article: Article) -> Article:
        """Return an article mended, and placed where that takes its text."""
        mended = self._stages.mend(article)
        if row.traits.placed:
            return mended
        return self._stages.recognised(mended).article

    def _say(self, source: str, article: Article) -> None:
        gone = {digest(b.text): b.text for b in article.removed if b.rule == RULE}
        if gone:
            self._knowledge.say(source, gone)

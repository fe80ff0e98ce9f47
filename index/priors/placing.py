"""Places by where the other articles of their outlet play, at the end of a run.

    page by page    article, placed by its text alone ─▶ batch; its testimony ─▶ ledger
    at the end      each outlet that changed: learn ─▶ which articles were not placed by
                    that? ─▶ they are read from the index, placed again, and put back

So the places of an article are what all articles of its outlet want, in whatever order
and in how many runs they came.
"""

from __future__ import annotations

from index.chrome.verdicts import as_alone, without
from index.corrections.overlay import Overlay
from index.ledger import Ledger
from index.priors.witnesses import Row
from index.stages import Stages
from index.toponyms.priors import Prior


class Placing:
    """Places the articles of ``overlay`` by what the ledger knows; one a run."""

    def __init__(self, overlay: Overlay, ledger: Ledger, stages: Stages) -> None:
        self._overlay = overlay
        self._ledger = ledger
        self._stages = stages

    def settle(self) -> None:
        """Bring the places of all articles to what those of their outlet want by now.

        Commits what is waiting first, where anything has to be read back. Costs a look
        at the row of each article that came, of all that have a name of several places
        where the sample of their outlet changed; and reading and placing those whose
        names may mean a place in a region that the outlet is at home in.
        """
        table = self._ledger.witnesses
        committed = False
        for outlet in table.unsettled():
            sample = table.sample(outlet)
            for row in table.rows(outlet, sample):
                number, prior = sample.prior(row)
                if number != row.prior:
                    if not committed:
                        self._overlay.commit()
                        committed = True
                    self._place(row, prior)
                table.place(row.id, number)
                self._overlay.commit_if_due()
            table.settle(outlet, sample)

    def _place(self, row: Row, prior: Prior | None) -> None:
        """Put the article of ``row`` back into the index, placed with ``prior``."""
        article = self._overlay.article(row.id)
        if article is None:
            return  # the index has lost it, which `dateline verify` tells
        kept = self._ledger.knowledge.row(row.id)
        alone = as_alone(article, self._stages.mend)
        placed = self._stages.recognised(alone, prior).article
        left = without(placed, kept.condemned if kept else frozenset())
        if left != article:
            self._overlay.revise(left)

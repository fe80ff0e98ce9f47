"""What terms are weighed by: the statistics of this commit, or of an earlier one.

Who follows a list of hits from page to page meets each article at the place it had when
the list began: its score is worked out as it was then, whatever came or went meanwhile.
"""

from __future__ import annotations

from search.engines.columnar.scoring import TermStats
from search.engines.columnar.view import FieldView, Numbers
from search.engines.statistics import Statistics, name_of

_MOST = 64  # terms whose statistics a cursor has room for


class Weighing:
    """Gives the statistics of the terms of one query, and knows which it gave.

    They are those of ``began`` where that has them.
    """

    def __init__(self, began: Statistics | None = None) -> None:
        self._began = began
        self._given: dict[tuple[str, bytes], TermStats] = {}

    @property
    def statistics(self) -> Statistics | None:
        """Return what was given; None where that is nothing, or too much to carry."""
        given = self._given
        if not 0 < len(given) <= _MOST:
            return None
        documents = next(iter(given.values())).documents
        return Statistics(
            documents,
            {field: stats.tokens for (field, _), stats in given.items()},
            {name_of(*term): stats.containing for term, stats in given.items()},
        )

    def stats(self, field: FieldView, term: bytes, numbers: Numbers) -> TermStats:
        """Return what the weight of a term depends on."""
        found = field.stats(numbers)
        if self._began is not None:
            found = _as_of(self._began, field.name, term, found)
        self._given[field.name, term] = found
        return found


def _as_of(began: Statistics, field: str, term: bytes, now: TermStats) -> TermStats:
    containing = began.containing.get(name_of(field, term), now.containing)
    return TermStats(
        began.documents,
        min(containing, began.documents),
        began.tokens.get(field, now.tokens),
        now.count,
    )

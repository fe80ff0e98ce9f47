"""What cleaning left out of each outlet's pages, as runs wrote it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.removals import Recurring, Sum, recurring, sums
from web import rules

_TEXTS = 20  # recurring blocks of an outlet that are quoted


@dataclass(frozen=True, slots=True)
class RuleSum:
    """A rule's sum, and what it is in words."""

    said: str
    sum: Sum


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The sums of an outlet by rule, and ``texts`` that recur; there are ``others``."""

    rules: tuple[RuleSum, ...]
    texts: tuple[Recurring, ...]
    others: int

    @property
    def blocks(self) -> int:
        """Return how many blocks were left out."""
        return sum(each.sum.blocks for each in self.rules)


def left_out(state: Path | None, sources: Sequence[str]) -> Mapping[str, LeftOut]:
    """Return what was left out of each of ``sources``; the empty one is unknown.

    ``state`` is where runs keep their notes, None where nothing is known.

    Raises:
        IndexUnusable: the notes are damaged or of another version.
    """
    removed, learned = sums(state, sources), recurring(state, sources)
    return {
        source: LeftOut(
            tuple(RuleSum(rules.said(each.rule), each) for each in summed),
            learned.get(source, ())[:_TEXTS],
            max(0, len(learned.get(source, ())) - _TEXTS),
        )
        for source, summed in removed.items()
    }

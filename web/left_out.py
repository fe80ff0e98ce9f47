"""What cleaning left out of each outlet's pages, as runs wrote it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.removals import Recurring, Sum, recurring, sums

_TEXTS = 20  # recurring blocks of an outlet that are quoted


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The sums of an outlet by rule, and ``texts`` that recur; there are ``others``."""

    rules: tuple[Sum, ...]
    texts: tuple[Recurring, ...]
    others: int

    @property
    def blocks(self) -> int:
        """Return how many blocks were left out."""
        return sum(each.blocks for each in self.rules)


def left_out(state: Path | None, sources: Sequence[str]) -> Mapping[str, LeftOut]:
    """Return what was left out of each of ``sources``; the empty one is unknown.

    ``state`` is where runs keep their notes, None where nothing is known.

    Raises:
        IndexUnusable: the notes are damaged or of another version.
    """
    removed, learned = sums(state, sources), recurring(state, sources)
    return {
        source: LeftOut(
            rules,
            learned.get(source, ())[:_TEXTS],
            max(0, len(learned.get(source, ())) - _TEXTS),
        )
        for source, rules in removed.items()
    }

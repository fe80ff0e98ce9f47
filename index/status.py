"""What an index holds and how it came about, as the command prints it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from search import status as of
from search.engine import Searcher
from search.removals import recurring, sums


def status(searcher: Searcher, state: Path | None) -> dict[str, Any]:
    """Return the index's documents, size, roots, last run and failures.

    And for each source what each rule removed, and the blocks that recur in it.

    ``state`` is where its runs keep their notes, None where nothing is known.

    Raises:
        IndexUnusable: the index or the ledger is damaged.
    """
    found = of.status(searcher, state)
    info, run = found.index, found.notes.last_run
    return {
        "documents": info.documents,
        "kinds": dict(found.kinds),
        "generation": info.generation,
        "built": info.built.isoformat(timespec="seconds") if info.built else None,
        "segments": info.segments,
        "bytes": info.bytes,
        "roots": list(found.notes.roots),
        "last_run": asdict(run) if run else None,
        "failures": [asdict(failure) for failure in found.notes.failures],
        "removed": {
            source: [asdict(each) for each in rules]
            for source, rules in sums(state).items()
        },
        "recurring": {
            source: [asdict(each) for each in texts]
            for source, texts in recurring(state).items()
        },
    }

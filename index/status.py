"""What an index holds and how it came about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index.ledger import FILE, Ledger
from search.engine import Searcher
from search.model import Query


def status(searcher: Searcher, state: Path | None) -> dict[str, Any]:
    """Return the index's documents, size, roots, last run and failures.

    ``state`` is where its runs keep their notes, None where nothing is known.

    Raises:
        IndexUnusable: the index or the ledger is damaged.
    """
    result = searcher.search(Query(kinds=(), facets=("kind",), per_page=1))
    info = result.index
    kinds = {b.value: b.count for facet in result.facets for b in facet.buckets}
    found: dict[str, Any] = {
        "documents": info.documents,
        "kinds": kinds,
        "generation": info.generation,
        "built": info.built.isoformat(timespec="seconds") if info.built else None,
        "segments": info.segments,
        "bytes": info.bytes,
        "roots": [],
        "last_run": None,
        "failures": [],
    }
    if state is not None and (state / FILE).exists():
        with Ledger(state / FILE, read_only=True) as ledger:
            found["roots"] = [str(root.path) for root in ledger.roots()]
            found["last_run"] = ledger.run.last_run()
            found["failures"] = [
                {"path": path, "reason": reason}
                for path, reason in ledger.run.failures()
            ]
    return found

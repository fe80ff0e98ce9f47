"""Whoosh's searcher of a columnar index."""

from __future__ import annotations

from whoosh.searching import Searcher


class ColumnarSearcher(Searcher):  # type: ignore[misc]  # Whoosh is untyped
    """Searches one commit; :meth:`refresh` returns a searcher of the newest."""

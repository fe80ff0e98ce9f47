"""Questions whose answers touch every array of an index."""

from __future__ import annotations

from datetime import date

from search.engines import open_searcher
from search.engines.folder import Folder
from search.model import Query, Sort

_QUERIES = (
    Query(facets=("source", "kind", "lang")),
    Query(text="kestrel", facets=("source",)),
    Query(text="osprey harbour -merlin"),
    Query(text='"over the harbour"'),
    Query(text="title:gos*"),
    Query(text="in:body harrier~"),
    Query(text="merlin", sort=Sort.OLDEST),
    Query(text="harbour", sources=("Paper 1",), since=date(1987, 10, 9)),
)


def ask(folder: Folder) -> object:
    """Return what the searcher answers to all of them: hits, counts, one article.

    Raises:
        IndexUnusable: the index is damaged, and one of them would have met it.
    """
    searcher = open_searcher(str(folder.path))
    try:
        results = [searcher.search(query) for query in _QUERIES]
        article = searcher.get(results[1].hits[0].id)
    finally:
        searcher.close()
    return repr([(r.total, r.hits, r.facets, r.warnings) for r in results]), article

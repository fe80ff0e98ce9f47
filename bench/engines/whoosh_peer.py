"""Whoosh as found: its own storage, collectors, facets and highlights.

It takes Dateline's analyzers. Its ``groupedby`` counts every match whatever the limit.
It is some hundred times slower than the others, so it is asked less, and of few
articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import index, query
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.sorting import Count, Facets, FieldFacet

from bench.engines.asks import Ask, Form
from bench.engines.corpus import Row
from bench.engines.peer import HITS, VALUES, Answer
from search.language.analyzers import EXACT, WORDS

_MEMORY = 256  # MB, as Whoosh counts them


class StockWhoosh:
    """Whoosh through its public classes only."""

    most: int | None = 20_000
    rounds: int | None = 10

    def prepared(self, row: Row) -> Row:
        """Return the row."""
        return row

    def build(self, folder: Path, items: Iterable[Row]) -> None:
        """Write one segment."""
        _write(index.create_in(str(folder), _schema()), items)

    def add(self, folder: Path, items: Iterable[Row]) -> None:
        """Write with a writer opened for ``items``; Whoosh may merge."""
        _write(index.open_dir(str(folder)), items)

    def open(self, folder: Path) -> WhooshIndex:
        """Return a searcher of the index."""
        return WhooshIndex(index.open_dir(str(folder)).searcher())


class WhooshIndex:
    """One searcher."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def full(self, ask: Ask) -> Answer:
        """Return the whole answer; a source asked for is counted in its absence."""
        tree = _tree(ask)
        facets = _facets("place", "month", *(() if ask.source else ("source",)))
        results = self._searcher.search(
            tree, filter=_filter(ask, ask.source), groupedby=facets, **self._page(ask)
        )
        hits = [results[i] for i in range(*self._shown(ask, len(results.top_n)))]
        shown = [(hit["id"], hit["title"], hit.highlights("body")) for hit in hits]
        by_source = results
        if ask.source:
            by_source = self._searcher.search(
                tree, filter=_filter(ask, None), groupedby=_facets("source"), limit=1
            )
        counts = by_source.groups("source")
        for name in ("place", "month"):
            results.groups(name)
        return Answer(
            len(results),
            tuple(hit[0] for hit in shown),
            dict(sorted(counts.items(), key=lambda item: -item[1])[:VALUES]),
            sum(bool(snippet) for _, _, snippet in shown),
        )

    def top(self, ask: Ask) -> tuple[str, ...]:
        """Return ten hits."""
        results = self._searcher.search(
            _tree(ask), filter=_filter(ask, ask.source), **self._page(ask)
        )
        places = range(*self._shown(ask, len(results.top_n)))
        return tuple(results[i]["id"] for i in places)

    def close(self) -> None:
        """Close the searcher."""
        self._searcher.close()

    def _page(self, ask: Ask) -> dict[str, Any]:
        newest = ask.form is Form.EVERYTHING
        sorting = {"sortedby": FieldFacet("day", reverse=True)} if newest else {}
        return {"limit": ask.page * HITS, **sorting}

    def _shown(self, ask: Ask, found: int) -> tuple[int, int]:
        return (ask.page - 1) * HITS, min(ask.page * HITS, found)


def _facets(*names: str) -> Any:
    facets = Facets()
    for name in names:
        facet = FieldFacet(name, allow_overlap=name == "place", maptype=Count)
        facets.add_facet(name, facet)
    return facets


def _filter(ask: Ask, source: str | None) -> Any:
    parts: list[Any] = [query.Term("source", source)] if source else []
    if ask.since and ask.until:
        days = ask.since.toordinal(), ask.until.toordinal()
        parts.append(query.NumericRange("day", *days))
    return query.And(parts) if parts else None


def _tree(ask: Ask) -> Any:
    stems = [stem for word in ask.words for stem in WORDS.phrase(word)]
    match ask.form:
        case Form.EVERYTHING:
            return query.Every()
        case Form.ANY_OF:
            return query.Or([query.Term("text", stem) for stem in stems])
        case Form.PHRASE:
            return query.Phrase("text", stems)
        case Form.PREFIX:
            fields = ("text", "exact")
            return query.Or([query.Prefix(field, ask.words[0]) for field in fields])
        case Form.TITLE:
            return query.Term("title", stems[0])
        case Form.TWO_FIELDS:
            return query.And(
                [
                    query.Or([query.Term("title", stem), query.Term("body", stem)])
                    for stem in stems
                ]
            )
        case Form.ALL_OF:
            return query.And([query.Term("text", stem) for stem in stems])


def _schema() -> Schema:
    return Schema(
        id=ID(stored=True),
        title=TEXT(analyzer=WORDS, stored=True),
        body=TEXT(analyzer=WORDS, stored=True),
        text=TEXT(analyzer=WORDS),
        exact=TEXT(analyzer=EXACT),
        source=ID(sortable=True),
        place=ID(),
        day=NUMERIC(int, bits=32, sortable=True),
        month=NUMERIC(int, bits=32, sortable=True),
    )


def _write(found: Any, items: Iterable[Row]) -> None:
    writer = found.writer(limitmb=_MEMORY)
    for row in items:
        both = f"{row.title}\n\n{row.body}"
        writer.add_document(
            id=row.id,
            title=row.title,
            body=row.body,
            text=both,
            exact=both,
            source=row.source,
            place=list(row.places),
            day=row.day,
            month=row.month,
        )
    writer.commit()


PEER = StockWhoosh()

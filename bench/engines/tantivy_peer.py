"""tantivy, with the same text fields, the same analysis and fast fields for facets.

Every text field of Dateline's that these articles fill is there: title, body, both
together, and both unstemmed. Differences that stay: a word of the title counts once
in ``text``, and words are cut at every character that is no letter or digit.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Document, FieldType, Filter, Occur, Order, Tokenizer

from bench.engines.asks import Ask, Form
from bench.engines.corpus import Row
from bench.engines.peer import HITS, SNIPPET, VALUES, Answer

_HEAP = 256_000_000  # bytes; with less it leaves more segments, and is slower
_SMALL_HEAP = 32_000_000  # bytes, for a few articles; less is refused in some releases
_FACETS = {
    "source": {"terms": {"field": "source", "size": VALUES}},
    "place": {"terms": {"field": "place", "size": VALUES}},
    "month": {"histogram": {"field": "month", "interval": 1, "min_doc_count": 1}},
}
_OTHER_FACETS = {name: facet for name, facet in _FACETS.items() if name != "source"}
_SOURCE_FACET = {"source": _FACETS["source"]}


class Tantivy:
    """tantivy through its own Python package."""

    most = None
    rounds = None

    def prepared(self, row: Row) -> Row:
        """Return the row; making a document of it is what a program would do."""
        return row

    def build(self, folder: Path, items: Iterable[Row]) -> None:
        """Write with one thread and wait for its merges."""
        _write(_index(folder), items, _HEAP)

    def add(self, folder: Path, items: Iterable[Row]) -> None:
        """Write with a writer opened for ``items``."""
        _write(_index(folder), items, _SMALL_HEAP)

    def open(self, folder: Path) -> TantivyIndex:
        """Return the index as it is now."""
        return TantivyIndex(_index(folder))


class TantivyIndex:
    """An index with one searcher of it."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._schema = index.schema
        self._searcher = index.searcher()

    def full(self, ask: Ask) -> Answer:
        """Return the whole answer; a source asked for is counted in its absence."""
        words, every = self._words(ask), self._query(ask)
        found = self._found(ask, every, count=True)
        if ask.source:
            facets = self._searcher.aggregate(every, _OTHER_FACETS)
            without = self._filtered(words, ask, source=None)
            facets |= self._searcher.aggregate(without, _SOURCE_FACET)
        else:
            facets = self._searcher.aggregate(every, _FACETS)
        documents = [self._searcher.doc(address) for _, address in found.hits]
        shown = self._snippets(ask, words, documents)
        told = [(str(d.get_first("id")), d.get_first("title")) for d in documents]
        buckets = facets["source"]["buckets"]
        return Answer(
            found.count,
            tuple(hit[0] for hit in told),
            {bucket["key"]: bucket["doc_count"] for bucket in buckets},
            sum(bool(text) for text, _ in shown),
        )

    def top(self, ask: Ask) -> tuple[str, ...]:
        """Return ten hits and count nothing."""
        found = self._found(ask, self._query(ask), count=False)
        documents = [self._searcher.doc(address) for _, address in found.hits]
        told = [(str(d.get_first("id")), d.get_first("title")) for d in documents]
        return tuple(hit[0] for hit in told)

    def close(self) -> None:
        """Nothing is held that its own end would not release."""

    def _found(self, ask: Ask, query: tantivy.Query, *, count: bool) -> Any:
        newest = "day" if ask.form is Form.EVERYTHING else None
        return self._searcher.search(
            query,
            HITS,
            count,
            order_by_field=newest,
            offset=(ask.page - 1) * HITS,
            order=Order.Desc,
        )

    def _snippets(
        self, ask: Ask, words: tantivy.Query, documents: list[Document]
    ) -> list[tuple[str, list[tuple[int, int]]]]:
        if ask.form is Form.EVERYTHING:
            return [(str(d.get_first("body"))[:SNIPPET], []) for d in documents]
        maker = tantivy.SnippetGenerator.create(
            self._searcher, words, self._schema, "body"
        )
        maker.set_max_num_chars(SNIPPET)
        made = map(maker.snippet_from_doc, documents)
        return [
            (s.fragment(), [(part.start, part.end) for part in s.highlighted()])
            for s in made
        ]

    def _query(self, ask: Ask) -> tantivy.Query:
        return self._filtered(self._words(ask), ask, source=ask.source)

    def _filtered(
        self, words: tantivy.Query, ask: Ask, *, source: str | None
    ) -> tantivy.Query:
        parts = [words]
        if source:
            term = tantivy.Query.term_query(self._schema, "source", source, "basic")
            parts.append(tantivy.Query.const_score_query(term, 0.0))
        if ask.since and ask.until:
            days = tantivy.Query.range_query(
                self._schema,
                "day",
                FieldType.Unsigned,
                ask.since.toordinal(),
                ask.until.toordinal(),
            )
            parts.append(tantivy.Query.const_score_query(days, 0.0))
        if len(parts) == 1:
            return words
        if ask.form is Form.EVERYTHING:
            parts = parts[1:]
        return tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])

    def _words(self, ask: Ask) -> tantivy.Query:
        text = " ".join(ask.words)
        match ask.form:
            case Form.ALL_OF:
                return self._parsed(text, "text")
            case Form.ANY_OF:
                return self._index.parse_query(text, ["text"])
            case Form.PHRASE:
                return self._parsed(f'"{text}"', "text")
            case Form.TITLE:
                return self._parsed(text, "title")
            case Form.TWO_FIELDS:
                return self._parsed(text, "title", "body")
            case Form.PREFIX:
                return self._prefix(text)
            case Form.EVERYTHING:
                return tantivy.Query.all_query()

    def _parsed(self, text: str, *fields: str) -> tantivy.Query:
        return self._index.parse_query(text, list(fields), conjunction_by_default=True)

    def _prefix(self, letters: str) -> tantivy.Query:
        """Return what finds stems, or words as written, that begin so."""
        either = (
            tantivy.Query.regex_query(self._schema, field, letters + ".*")
            for field in ("text", "exact")
        )
        return tantivy.Query.boolean_query([(Occur.Should, query) for query in either])


def _index(folder: Path) -> tantivy.Index:
    index = tantivy.Index(_schema(), path=str(folder))
    words = tantivy.TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    index.register_tokenizer("exact", words.build())
    words = tantivy.TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    stems = words.filter(Filter.stemmer("English"))
    index.register_tokenizer("stems", stems.build())
    index.config_reader("manual")
    index.reload()
    return index


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body"):
        schema.add_text_field(name, stored=True, tokenizer_name="stems")
    schema.add_text_field("text", tokenizer_name="stems")
    schema.add_text_field("exact", tokenizer_name="exact")
    for name in ("source", "place"):
        schema.add_text_field(
            name, fast=True, tokenizer_name="raw", index_option="basic", stored=True
        )
    schema.add_unsigned_field("day", indexed=True, fast=True, stored=True)
    schema.add_unsigned_field("month", fast=True)
    return schema.build()


def _write(index: tantivy.Index, items: Iterable[Row], heap: int) -> None:
    writer, schema = index.writer(heap, 1), index.schema
    for row in items:
        both = [row.title, row.body]
        fields: dict[str, Any] = {
            "id": row.id,
            "title": row.title,
            "body": row.body,
            "text": both,
            "exact": both,
            "source": row.source,
            "place": list(row.places),
            "day": row.day,
            "month": row.month,
        }
        writer.add_document(Document.from_dict(fields, schema))
    writer.commit()
    writer.wait_merging_threads()


PEER = Tantivy()

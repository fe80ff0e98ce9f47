"""What a segment must hold: inverted by hand, and read back from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from whoosh.formats import Existence
from whoosh.util.numeric import length_to_byte

from search.engines.columnar.container import Container
from search.engines.columnar.field import Field
from search.engines.columnar.segment import Segment
from search.engines.columnar.segment_writer import DocumentWriter, SegmentWriter
from search.engines.disk import Disk
from search.engines.docsets import ids_of
from search.engines.rows import COLUMNS, Row
from search.language.schema import SCHEMA, fields_of
from search.model import (
    Agency,
    Article,
    Kind,
    Place,
    Published,
    Removed,
    Source,
)

# One posting: document, frequency, positions.
Posting = tuple[int, int, tuple[int, ...]]


@dataclass
class Inverted:
    """The postings of one field, by term, and the tokens of each document."""

    terms: dict[bytes, list[Posting]] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)

    @property
    def stats(self) -> tuple[int, int, int, int]:
        """Return tokens, documents, least and greatest length."""
        lengths = [n for n in self.lengths.values() if n] or [0]
        return sum(lengths), sum(map(bool, lengths)), min(lengths), max(lengths)


def inverted(documents: Sequence[dict[str, Any]], schema: Any) -> dict[str, Inverted]:
    """Return every field of ``documents`` as Whoosh's fields index their values."""
    fields = {name: Inverted() for name, made in schema.items() if made.indexed}
    for doc, values in enumerate(documents):
        for name, value in values.items():
            made, found = schema[name], fields[name]
            items = {}
            for term, frequency, _, data in made.index(whole(value)):
                positions = ()
                if made.format.supports("positions"):
                    positions = tuple(made.format.decode_positions(data))
                once = isinstance(made.format, Existence)
                items[term] = (doc, 1 if once else frequency, positions)
            for term, posting in items.items():
                found.terms.setdefault(term, []).append(posting)
            found.lengths[doc] = sum(posting[1] for posting in items.values())
    return fields


def inverted_articles(articles: Sequence[Article]) -> dict[str, Inverted]:
    """Return every field of ``articles``."""
    return inverted([fields_of(article) for article in articles], SCHEMA)


def whole(value: Any) -> Any:
    """Return ``value`` with half characters made ``?``."""
    if isinstance(value, list):
        return [whole(one) for one in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def read_field(made: Field) -> Inverted:
    """Return all there is in a field of a segment, term by term."""
    found = Inverted()
    for number, term in enumerate(made.terms(0, made.size)):
        docs = made.documents_of(number).tolist()
        tf = made.frequencies(number, None).tolist()
        positions: list[tuple[int, ...]] = [()] * len(docs)
        if made.has_positions:
            flat, counts = made.positions(number, np.arange(len(docs)))
            parts = np.split(flat, np.cumsum(counts)[:-1])
            positions = [tuple(part.tolist()) for part in parts]
        found.terms[term] = list(zip(docs, tf, positions, strict=True))
        for doc, count in zip(docs, tf, strict=True):
            found.lengths[doc] = found.lengths.get(doc, 0) + count
    return found


def written(
    writer: SegmentWriter | DocumentWriter, folder: Path, name: str = "a.seg"
) -> Segment:
    """Return what ``writer`` collected, as a segment read from ``folder``."""
    path = folder / name
    return Segment(Container.open(path, writer.write(path, Disk())))


def segment_of(many: Sequence[Article], folder: Path, name: str = "a.seg") -> Segment:
    """Return a segment of articles, read from ``folder``."""
    writer = SegmentWriter()
    for one in many:
        writer.add(one)
    return written(writer, folder, name)


def check(segment: Segment, fields: dict[str, Inverted]) -> None:
    """Assert that ``segment`` holds ``fields`` and says the right things of them."""
    assert set(segment.fields) >= set(fields)
    for name, expected in fields.items():
        made = segment.fields[name]
        assert read_field(made).terms == dict(sorted(expected.terms.items())), name
        kept = ("total", "documents", "min_length", "max_length")
        said = tuple(made.meta[name] for name in kept)
        assert said == expected.stats, name
        check_terms(segment, made, expected)
        if made.scorable:
            lengths = [expected.lengths.get(doc, 0) for doc in range(segment.size)]
            assert made.lengths.tolist() == [length_to_byte(n) for n in lengths]


def check_terms(segment: Segment, made: Field, expected: Inverted) -> None:
    """Assert what is said of each term, and that it is found."""
    for number, (term, postings) in enumerate(sorted(expected.terms.items())):
        assert made.find(term) == made.lower(term) == number
        assert made.term(number) == term
        assert made.find(term + b"\0") == -1
        assert made.df(number) == len(postings)
        assert made.ctf(number) == sum(tf for _, tf, _ in postings)
        if made.has_positions:
            some = np.arange(1, len(postings), 2)
            flat, counts = made.positions(number, some)
            assert counts.tolist() == [postings[i][1] for i in some]
            assert flat.tolist() == [p for i in some for p in postings[i][2]]
        cut = made.postings(number).tf
        if cut is not None:
            assert cut.tolist() == [min(tf, 255) for _, tf, _ in postings]
    union = {doc for postings in expected.terms.values() for doc, _, _ in postings}
    bits = made.union(0, made.size)
    assert (set(ids_of(bits).tolist()), len(bits)) == (union, segment.words)


def rows_of(segment: Segment) -> list[Row]:
    """Return the rows of all documents."""
    known = segment.container
    columns = [segment.column(name) for name in COLUMNS]
    rows = []
    for doc in range(segment.size):
        values = []
        for column in columns:
            if column.off is None:
                code = int(column.codes[doc])
                codes = [] if code == len(column.values) else [code]
            else:
                codes = column.codes[column.off[doc] : column.off[doc + 1]].tolist()
            values.append(tuple(column.values[code] for code in codes))
        rows.append(
            Row(
                known.array("c/id")[doc].decode("utf-8", "surrogatepass"),
                int(known.array("c/first")[doc]),
                int(known.array("c/last")[doc]),
                int(known.array("c/group")[doc]),
                tuple(values),
            )
        )
    return rows


NASTY = [
    *"abstS ,.'’-_&@\u00ad\u00a0\u200b\u0301\x1d\x1e\0\ud800éÉßıİ東京日กข0١",
    " s",
    "\u00a0s",
    " t",
    "don",
    "n't",
    "U.S.",
    "US",
    "WHO",
    "1,200",
    "3.5",
    "SYRIA",
    "Syria",
    "running",
    "'s",
    "S&P",
    "  ",
    "\n\n",
    "\u3000",
    "\x85",
]
texts = st.lists(st.sampled_from(NASTY), max_size=30).map("".join) | st.text(
    max_size=12
)
_words = st.lists(
    st.sampled_from(["port", "storm", "the", "Ferries", "東京都", "x's"]), max_size=25
).map(" ".join)
_names = st.text("abé'’ \x1e", min_size=1, max_size=6)
_places = st.builds(
    lambda key, label, parents, written, weight: Place(
        key, label, (*parents, key), as_written=tuple(written), weight=weight
    ),
    st.sampled_from("123456"),
    _names,
    st.lists(st.sampled_from("789"), max_size=2, unique=True),
    st.lists(_names, max_size=2),
    st.floats(0, 1),
)
articles = st.builds(
    Article,
    id=st.text("0123456789abcdef", min_size=1, max_size=16),
    text=texts | _words,
    title=st.none() | texts | _words,
    kind=st.sampled_from(Kind),
    url=st.none() | texts,
    path=st.none() | texts,
    source=st.none() | st.builds(Source, _names, _names, _names),
    agency=st.none() | st.builds(Agency, _names, _names),
    published=st.none()
    | st.sampled_from(["1987", "2016-02", "2024-02-29"]).map(
        lambda value: Published(value, "meta")
    ),
    authors=st.lists(_names, max_size=3).map(tuple),
    lang=st.none() | st.sampled_from(["en", "de", ""]),
    places=st.lists(_places, max_size=3).map(tuple),
    removed=st.lists(
        st.builds(Removed, texts, _names, st.integers(0, 9)), max_size=2
    ).map(tuple),
    saved=st.none() | st.datetimes(),
    digest=st.none() | st.just("ab" * 32),
)

"""The fields of articles: each text is tokenized once, whatever fields it is in.

What is indexed is what ``search.language.schema.fields_of`` and its schema say; the
fields of text are derived here, which is many times faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from search.engines.columnar.field_writer import Documents, FieldWriter, Traits
from search.engines.columnar.inverter import Sorted, TextStream, ranked
from search.engines.columnar.postings import Batch
from search.engines.columnar.tokens import Tokens
from search.language.schema import SCHEMA

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.model import Article

TEXTS = ("text", "title", "body", "exact", "byline", "chrome")
_MARKERS = str.maketrans({"\x1e": " ", "\x1d": " "})


class Texts(NamedTuple):
    """The texts of an article: title and text, names, and what was removed."""

    main: list[str]
    byline: list[str]
    chrome: list[str]


class ArticleTexts:
    """Takes the texts of articles, and gives the postings of all fields of text."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._main = TextStream(tokens)
        self._byline = TextStream(tokens)
        self._chrome = TextStream(tokens)

    @property
    def held(self) -> int:
        """Return about how much memory is held, what the tokens hold aside."""
        return self._main.held + self._byline.held + self._chrome.held

    def add(self, doc: int, texts: Texts) -> None:
        """Append an article's texts, the one with the next number."""
        self._main.add(doc, texts.main)
        self._byline.add(doc, texts.byline)
        self._chrome.add(doc, texts.chrome)

    def writers(self, size: int, folder: Path) -> Iterator[tuple[str, FieldWriter]]:
        """Yield the fields with all their postings, of ``size`` articles.

        What does not fit in memory waits in nameless files in ``folder``.
        """
        terms, ranks = _ranked(self._tokens.words)
        words = ranks[self._tokens.words_of_pairs()]
        yield from self._main_fields(terms, words, size, folder)
        yield self._alone("exact", self._main, self._exact(), size, folder)
        yield self._alone("byline", self._byline, (terms, words), size, folder)
        yield self._alone("chrome", self._chrome, (terms, words), size, folder)

    def _exact(self) -> tuple[list[bytes], NDArray[np.int64]]:
        terms, ranks = _ranked(self._tokens.exact)
        return terms, ranks[self._tokens.exact_of_pairs()]

    def _alone(
        self,
        name: str,
        stream: TextStream,
        vocabulary: tuple[list[bytes], NDArray[np.int64]],
        size: int,
        folder: Path,
    ) -> tuple[str, FieldWriter]:
        """Return a field that holds the tokens of a stream as they are.

        ``vocabulary`` is its terms, and the rank among them of each pair.
        """
        terms, ranks = vocabulary
        docs, _, counts = stream.parts()
        lengths = np.bincount(docs, counts, size).astype(np.int64)
        writer = _writer(name, lengths, folder)
        for some in stream.sorted(ranks, size):
            writer.add(some.batch(terms))
        return name, writer

    def _main_fields(
        self, terms: list[bytes], ranks: NDArray[np.int64], size: int, folder: Path
    ) -> Iterator[tuple[str, FieldWriter]]:
        """Yield title and body, and the field of both."""
        title, body, shift = _title_and_body(self._main, size)
        writers = {
            "text": _writer("text", 2 * title + body, folder),
            "title": _writer("title", title, folder),
            "body": _writer("body", body, folder),
        }
        for some in self._main.sorted(ranks, size):
            for name, batch in _divided(some, terms, shift):
                writers[name].add(batch)
        yield from writers.items()


def texts_of(article: Article) -> Texts:
    """Return the texts of ``article``, each as the parts no phrase may cross."""
    title, text = clean(article.title or ""), clean(article.text)
    names = [*article.authors]
    if article.agency:
        names.append(article.agency.value)
    return Texts(
        [title, text] if title else [text],
        [clean(name) for name in names if name],
        [clean(block.text) for block in article.removed if block.text],
    )


def clean(text: str) -> str:
    """Return ``text`` without the markers between blocks and without half characters.

    Those are made ``?``: terms cannot hold them.
    """
    if text.isascii():
        if "\x1e" in text or "\x1d" in text:
            return text.translate(_MARKERS)
        return text
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole.translate(_MARKERS) if "\x1e" in text or "\x1d" in text else whole


def _ranked(numbers: dict[str, int]) -> tuple[list[bytes], NDArray[np.int64]]:
    return ranked({term.encode("utf-8"): i for term, i in numbers.items()})


def _writer(name: str, lengths: NDArray[np.int64], folder: Path) -> FieldWriter:
    return FieldWriter(name, Traits.of(SCHEMA[name]), Documents.of(lengths), folder)


def _title_and_body(
    stream: TextStream, size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return a document's tokens in title and body, and where its body begins."""
    docs, starts, counts = stream.parts()
    title, body, shift = (np.zeros(size, np.int64) for _ in range(3))
    last = np.ones(len(docs), bool)
    np.not_equal(docs[1:], docs[:-1], out=last[:-1])
    body[docs[last]] = counts[last]
    shift[docs[last]] = starts[last]
    title[docs[~last]] = counts[~last]
    return title, body, shift


def _divided(
    some: Sorted, terms: list[bytes], shift: NDArray[np.int64]
) -> Iterator[tuple[str, Batch]]:
    """Yield the postings of body, title and both, where a title's words count twice."""
    begin = shift[some.docs]
    in_body = some.positions >= begin
    both = np.repeat(some.keys, np.where(in_body, 1, 2))
    yield "text", some.batch(terms, both)
    yield "title", some.batch(terms, some.keys[~in_body])
    body = some.keys[in_body] - begin[in_body].astype(np.uint64)
    yield "body", some.batch(terms, body)

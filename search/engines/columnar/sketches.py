"""Which documents of a segment have which sampled shingles: an inverted file.

``k/keys`` are the sampled shingles of all documents, rising, and for each document one
of its whole text; ``k/docs`` whose they are, rising where keys are equal; ``k/size``
how many each document has.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from search.copies.identical import NO_GROUP
from search.copies.shingles import RATE, Numbers, shingled
from search.engines.column import narrow
from search.model import Article, Kind
from search.runs import spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.engines.columnar.container import Container, ContainerWriter

    Ints = NDArray[np.int64]

TEXT = np.uint32(1 << 31)  # set in the keys of whole texts, and in no shingle's

_PARTS = 16  # ranges of keys that are merged one after another, to hold less


class Postings(NamedTuple):
    """Who has some keys: the place of each among those asked for, and a document."""

    asked: Ints
    docs: Ints


class SketchWriter:
    """Takes the sampled shingles of a segment's documents in order."""

    def __init__(self) -> None:
        self._keys = array("I")
        self._sizes = array("H")

    @property
    def held(self) -> int:
        """Return about how much memory is held, sorting aside."""
        return 4 * len(self._keys) + 2 * len(self._sizes)

    def add(self, sampled: Numbers, text: int) -> None:
        """Append a document: its sampled shingles, and the number of its whole text."""
        keys = shingle_keys(sampled)
        if text != NO_GROUP:
            keys = np.append(keys, text_keys(np.array([text], np.uint64)))
        self._keys.frombytes(keys.tobytes())
        self._sizes.append(min(len(keys), 0xFFFF))

    def write(self, container: ContainerWriter) -> None:
        """Write the inverted file."""
        sizes = np.array(self._sizes, np.uint16)
        counts = sizes.astype(np.int64)
        docs = np.repeat(np.arange(len(sizes)), counts)
        keys = np.array(self._keys, np.uint32)
        order = np.argsort(keys, kind="stable")
        container.put("k/size", sizes)
        container.put("k/keys", keys[order])
        container.put("k/docs", docs[order].astype(narrow(len(sizes))))


def sketch_of(article: Article) -> Numbers:
    """Return what is sampled of an article; of other kinds of pages nothing is.

    They hold pieces of many articles, which are no copies of each other for that.
    """
    if article.kind is not Kind.ARTICLE:
        return np.zeros(0, np.uint32)
    return shingled(article.text).sampled


def shingle_keys(sampled: Numbers) -> Numbers:
    """Return sampled shingles as keys: at most 65,534, those of the lowest numbers."""
    return (sampled // RATE)[: 0xFFFF - 1]


def text_keys(texts: NDArray[np.uint64]) -> Numbers:
    """Return the numbers of whole texts as keys; different texts may have one."""
    return texts.astype(np.uint32) | TEXT


def has_sketches(container: Container) -> bool:
    """Return whether a segment has sketches; those of programs have none."""
    return "k/keys" in container.names


def sizes(container: Container, docs: Ints) -> Ints:
    """Return how many keys each of ``docs`` has."""
    found: Ints = container.array("k/size")[docs].astype(np.int64)
    return found


def look_up(container: Container, wanted: Numbers) -> Postings:
    """Return which documents, deleted ones too, have the ``wanted`` keys, which rise.

    Costs a binary search a key.
    """
    keys = container.array("k/keys")
    first = np.searchsorted(keys, wanted, "left")
    counts = np.searchsorted(keys, wanted, "right") - first
    docs = container.array("k/docs")[spans(first, counts)]
    return Postings(np.repeat(np.arange(len(wanted)), counts), docs.astype(np.int64))


def all_of(container: Container) -> tuple[Numbers, Ints]:
    """Return all keys of a segment, rising, and the documents that have them."""
    docs = container.array("k/docs").astype(np.int64)
    return container.array("k/keys"), docs


def merge(
    sources: Sequence[tuple[Container, Ints]], size: int, container: ContainerWriter
) -> None:
    """Write the inverted file of several segments as one of ``size`` documents.

    With each comes the new number of each of its documents, -1 for those left out.
    """
    counts = [c.array("k/size")[numbers >= 0] for c, numbers in sources]
    container.put("k/size", np.concatenate(counts))
    total = sum(int(count.sum(dtype=np.int64)) for count in counts)
    keys = container.reserve("k/keys", np.uint32, (total,))
    docs = container.reserve("k/docs", narrow(size), (total,))
    at = 0
    for some_keys, some_docs in _merged(sources):
        keys.write(at, some_keys)
        docs.write(at, some_docs)
        at += len(some_keys)


def _merged(
    sources: Sequence[tuple[Container, Ints]],
) -> Iterator[tuple[Numbers, Ints]]:
    bounds = np.linspace(0, 1 << 32, 2 * _PARTS + 1)[1:-1].astype(np.uint32)
    cuts = [
        np.concatenate(([0], np.searchsorted(keys, bounds), [len(keys)]))
        for keys in (c.array("k/keys") for c, _ in sources)
    ]
    for part in range(2 * _PARTS):
        found = []
        for (container, numbers), cut in zip(sources, cuts, strict=True):
            some = slice(int(cut[part]), int(cut[part + 1]))
            docs = numbers[container.array("k/docs")[some]]
            found.append((container.array("k/keys")[some][docs >= 0], docs[docs >= 0]))
        keys = np.concatenate([keys for keys, _ in found])
        order = np.argsort(keys, kind="stable")
        yield keys[order], np.concatenate([docs for _, docs in found])[order]

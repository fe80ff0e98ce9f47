"""Articles in memory, on their way into a segment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from search.engines.columnar.commits import Part, new_part
from search.engines.columnar.removals import Keys, keys_of
from search.engines.columnar.segment_writer import SegmentWriter
from search.engines.columnar.tokens import Tokens
from search.engines.disk import Disk
from search.model import Article

_STEP = 1 << 18  # bytes of articles between two looks at how much memory is held


@dataclass(frozen=True, slots=True)
class Flushed:
    """A new segment, and the ``keys`` it takes out of all segments before it.

    ``part`` is None where every article was replaced or removed again.
    """

    part: Part | None
    keys: Keys


class Buffer:
    """Changes that wait for a segment of their own, in memory and in ``folder``."""

    def __init__(self, tokens: Tokens, folder: Path) -> None:
        self._writer = SegmentWriter(tokens, folder)
        self._docs: dict[str, int] = {}  # of the articles that are to stay
        self._dead: list[int] = []
        self._touched: set[str] = set()
        self._looked = 0  # at how many bytes of articles

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was changed."""
        return not self._touched

    def add(self, article: Article) -> None:
        """Add ``article``, or put it in place of the one with its id."""
        doc = self._writer.add(article)
        self.delete(article.id)
        self._docs[article.id] = doc

    def delete(self, id: str) -> None:
        """Remove the article with this id, here or in a segment before."""
        dead = self._docs.pop(id, None)
        if dead is not None:
            self._dead.append(dead)
        self._touched.add(id)

    def is_full(self, memory: int) -> bool:
        """Return whether about ``memory`` bytes are held; mostly at once."""
        if self._writer.taken - self._looked < _STEP:
            return False
        self._looked = self._writer.taken
        return self._writer.buffered >= memory

    def flush(self, path: Path, disk: Disk) -> Flushed:
        """Write the segment to the new file ``path``, synced.

        Raises:
            OSError: the disk is full or fails.
        """
        keys = keys_of(self._touched)
        if not self._docs:
            return Flushed(None, keys)
        part = new_part(path, self._writer.write(path, disk))
        return Flushed(part.without(np.array(self._dead, np.int64)), keys)

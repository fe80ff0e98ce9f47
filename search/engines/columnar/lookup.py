"""One article of the last commit, for the run that made it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from search.engines.columnar.commits import Part
from search.engines.columnar.container import Container
from search.engines.columnar.record import Record
from search.engines.columnar.removals import found, keys_of
from search.engines.columnar.stored import FrameReader
from search.engines.docsets import bits_of
from search.model import Article


class Lookup:
    """Reads articles from segments, each of which is made ready once."""

    def __init__(self) -> None:
        self._frames: dict[Container, FrameReader] = {}

    def article(self, parts: Iterable[Part], id: str) -> Article | None:
        """Return the article with this id, if it lives in one of ``parts``.

        Raises:
            Damaged: a file is not what was written.
        """
        keys = keys_of((id,))
        for part in parts if len(keys) else ():
            docs = found(part.container, keys)
            for doc in docs.tolist():
                if (part.live & bits_of(len(part.live), np.array([doc]))).any():
                    return Record(self._reader(part.container).frame(doc)).article()
        return None

    def _reader(self, container: Container) -> FrameReader:
        if container not in self._frames:
            if len(self._frames) > 100:  # segments come and go in a long run
                self._frames.clear()
            self._frames[container] = FrameReader(container)
        return self._frames[container]

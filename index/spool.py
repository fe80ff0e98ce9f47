"""Texts kept on disk in the order they came, to be read again by their number."""

from __future__ import annotations

import tempfile
from array import array
from types import TracebackType
from typing import Self

_IN_MEMORY = 1 << 24  # bytes that need no file


class Spool:
    """Texts numbered from 0; a context manager. Costs 8 bytes of memory a text."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with this
        self._starts = array("q", (0,))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def add(self, text: str) -> int:
        """Keep ``text`` and return its number."""
        data = text.encode("utf-8", "surrogatepass")
        self._file.seek(self._starts[-1])
        self._file.write(data)
        self._starts.append(self._starts[-1] + len(data))
        return len(self) - 1

    def __getitem__(self, number: int) -> str:
        start, end = self._starts[number], self._starts[number + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")

    def size(self, number: int) -> int:
        """Return how many bytes a text has."""
        return self._starts[number + 1] - self._starts[number]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

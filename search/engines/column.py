"""One field's values by document, as numbers: to count, to filter and to sort by."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.engines.docsets import WORD, DocSet, Ids, bits_of, pack
from search.runs import spans

Codes = NDArray[np.integer[Any]]
Value = TypeVar("Value", bound=Hashable)

_REMEMBERED = 16  # sets of documents, an eighth of a byte for each document
_FEW = 6  # one document in so many is counted by its own values; bench.engines


class Column(Generic[Value]):
    """The values of each document, any number of them.

    ``values`` are the distinct ones, rising; a code is a place among them. Without
    ``starts`` document d has the one code ``codes[d]``, ``len(values)`` where it has no
    value; with it, the codes from ``starts[d]`` to before ``starts[d + 1]``.
    """

    def __init__(
        self,
        values: Sequence[Value] | NDArray[Any],
        codes: Codes,
        starts: Codes | None = None,
    ) -> None:
        self.values = values
        self.codes = codes
        self.starts = starts
        self.size = len(codes) if starts is None else len(starts) - 1
        self._words = -(-self.size // WORD)
        self._asked: dict[int, DocSet] = {}

    @classmethod
    def of(cls, rows: Sequence[Sequence[Value]]) -> Column[Value]:
        """Return the column with one document for each of ``rows``."""
        values: list[Any] = sorted({*chain.from_iterable(rows)})
        code_of = {value: code for code, value in enumerate(values)}
        codes = [code_of[value] for value in chain.from_iterable(rows)]
        counts = [len(row) for row in rows]
        return cls(values, np.array(codes, np.int64), np.cumsum([0, *counts]))

    @classmethod
    def join(
        cls, parts: Sequence[Column[Value]], sizes: Sequence[int]
    ) -> Column[Value]:
        """Return the documents of all ``parts`` one after the other.

        Each takes the room of so many documents as ``sizes`` says; what it does not
        fill has no value.
        """
        known = sorted({*chain.from_iterable(part.values for part in parts)})
        code_of = {value: code for code, value in enumerate(known)}
        dtype: type[np.integer[Any]] = narrow(len(known))
        maps = [
            np.array([*(code_of[v] for v in part.values), len(known)], dtype)
            for part in parts
        ]
        if all(part.starts is None for part in parts):
            room = np.full(sum(sizes), len(known), dtype)
            for part, map_, at in zip(parts, maps, _bases(sizes), strict=True):
                room[at : at + part.size] = map_[part.codes]
            return cls(known, room)
        listed = [part.listed() for part in parts]
        codes = [m[codes] for m, (codes, _) in zip(maps, listed, strict=True)]
        starts = [np.zeros(1, np.int64)]
        for (_, ends), size in zip(listed, sizes, strict=True):
            room = np.full(size, ends[-1], np.int64)
            room[: len(ends) - 1] = ends[1:]
            starts.append(room + starts[-1][-1])
        return cls(
            known,
            np.concatenate([np.zeros(0, dtype), *codes]),
            np.concatenate(starts).astype(np.uint32),
        )

    def listed(self) -> tuple[Codes, Codes]:
        """Return the codes and where each document's begin, for any column."""
        if self.starts is not None:
            return self.codes, self.starts
        there = self.codes < len(self.values)
        return self.codes[there], np.concatenate([[0], np.cumsum(there)])

    @cached_property
    def code_of(self) -> dict[Value, int]:
        """Return the code of each value."""
        return {value: code for code, value in enumerate(self.values)}

    def counts(self, docs: DocSet) -> Ids:
        """Return, by code, how many of ``docs`` have the value.

        Of more than half, by counting the others.
        """
        if docs.count * 2 > self.size:
            return self._of_all - self._counted(self._all - docs)
        return self._counted(docs)

    def _counted(self, docs: DocSet) -> Ids:
        codes = self._codes_of(docs)
        return np.bincount(codes, minlength=len(self.values))[: len(self.values)]

    @cached_property
    def _all(self) -> DocSet:
        return DocSet.of_bits(pack(np.ones(self.size, np.bool_)))

    @cached_property
    def _of_all(self) -> Ids:
        return self._counted(self._all)

    def having(self, values: Collection[Value]) -> DocSet:
        """Return the documents that have one of ``values``."""
        wanted = [self.code_of[value] for value in values if value in self.code_of]
        if not wanted:
            return DocSet.none(self._words)
        if len(wanted) == 1:
            return self._having_one(wanted[0])
        known = np.zeros(len(self.values) + 1, np.bool_)
        known[wanted] = True
        return self._docs_at(known[self.codes])

    def _having_one(self, code: int) -> DocSet:
        """Return the documents that have a value; the last few are remembered.

        Nearly every query asks for articles, the kind of page.
        """
        docs = self._asked.get(code)
        if docs is None:
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            docs = self._asked[code] = self._docs_at(self.codes == code)
        return docs

    def _docs_at(self, codes: NDArray[np.bool_]) -> DocSet:
        """Return the documents of these codes."""
        if self.starts is None:
            return DocSet.of_bits(pack(codes))
        return DocSet.of_bits(bits_of(self._words, self._owners[codes]))

    @cached_property
    def missing(self) -> DocSet:
        """Return the documents without a value."""
        if self.starts is None:
            there = self.codes < len(self.values)
        else:
            there = np.diff(self.starts.astype(np.int64)) > 0
        return DocSet.of_bits(pack(~there))

    def first(self, ids: Ids) -> Ids:
        """Return the code of each document's first value, ``len(values)`` for none."""
        if self.starts is None:
            return self.codes[ids].astype(np.int64)
        start, end = self.starts[ids], self.starts[ids + 1]
        found = np.full(len(ids), len(self.values), np.int64)
        there = start < end
        found[there] = self.codes[start[there]]
        return found

    def held(self, docs: DocSet) -> tuple[Ids, Ids]:
        """Return all values of ``docs``: each time the document, and the code."""
        ids = docs.ids
        if self.starts is None:
            codes = self.codes.take(ids).astype(np.int64)
            there = codes < len(self.values)
            return ids[there], codes[there]
        start = self.starts.take(ids).astype(np.int64)
        counts = self.starts.take(ids + 1) - start
        codes = self.codes.take(spans(start, counts)).astype(np.int64)
        return np.repeat(ids, counts), codes

    def value_of(self, doc: int) -> Value | None:
        """Return the first value of a document, None where it has none."""
        code = int(self.first(np.array([doc]))[0])
        return self.values[code] if code < len(self.values) else None

    def _codes_of(self, docs: DocSet) -> Codes:
        """Return the codes of all ``docs``, each as often as documents have it."""
        # A list costs a tenth of what a mask does as an index, once it is made.
        if self.starts is None:
            return self.codes.take(docs.ids)
        if docs.count * _FEW >= self.size:
            return self.codes.compress(docs.mask.take(self._owners))
        start = self.starts.take(docs.ids).astype(np.int64)
        counts = self.starts.take(docs.ids + 1) - start
        return self.codes.take(spans(start, counts))

    @cached_property
    def _owners(self) -> Ids:
        """Return the document of each code; of columns with several values only."""
        if self.starts is None:
            raise ValueError("each document has one code")
        counts = self.starts[1:] - self.starts[:-1]
        return np.repeat(np.arange(self.size), counts)


def narrow(values: int) -> type[np.integer[Any]]:
    """Return the narrowest type for codes of so many values and of none."""
    return np.uint16 if values < 1 << 16 else np.uint32


def _bases(sizes: Sequence[int]) -> list[int]:
    return [sum(sizes[:i]) for i in range(len(sizes))]

"""What Whoosh is told of a term, and a cursor over the terms of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.base import FieldCursor
from whoosh.reading import TermInfo
from whoosh.util.numeric import byte_to_length

if TYPE_CHECKING:
    from search.engines.columnar.field import Field


def term_info(field: Field, number: int, boost: float = 1.0) -> TermInfo:
    """Return what is known of a term, deleted documents included.

    ``boost`` is what the field's format weighs each occurrence by. Costs a look at each
    of the term's postings.
    """
    docs = field.documents_of(number)
    shortest = longest = 1
    if field.scorable:
        lengths = field.lengths[docs]
        shortest = byte_to_length(int(lengths.min()))
        longest = byte_to_length(int(lengths.max()))
    return TermInfo(
        weight=field.ctf(number) * boost,
        df=len(docs),
        minlength=shortest,
        maxlength=longest,
        maxweight=float(np.max(field.frequencies(number, None))) * boost,
        minid=int(docs[0]),
        maxid=int(docs[-1]),
    )


class TermCursor(FieldCursor):  # type: ignore[misc]  # Whoosh is untyped
    """Goes through the terms of a field in order of their bytes.

    ``type`` is the field's in the schema; a field that is None has no terms.
    """

    def __init__(self, field: Field | None, type: Any) -> None:
        self._field = field
        self._type = type
        self._size = field.size if field else 0
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term and return it, None where there is none."""
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not less, and return it."""
        if self._field is not None:
            self._at = self._field.lower(self._type.to_bytes(term))
        return self.text()

    def next(self) -> str | None:
        """Go to the next term and return it, None at the end."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Return the current term, None at the end."""
        if self._field is None or not self.is_valid():
            return None
        text: str = self._type.from_bytes(self._field.term(self._at))
        return text

    def term_info(self) -> TermInfo | None:
        """Return what is known of the current term."""
        if self._field is None or not self.is_valid():
            return None
        return term_info(self._field, self._at, self._type.format.field_boost)

    def is_valid(self) -> bool:
        """Return whether there is a current term."""
        return self._at < self._size
